#!/usr/bin/env bash
# Builds, tests and serves falter. `./build.sh help` lists the commands.
#
# Needs Rust 1.88 (rustup) and Node 20.19; gets the rest itself or says in one line what is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly MIN_RUST=88 MIN_NODE=20.19
readonly MODEL=models/exit.falter
# The shipped model: anybody gets the same bytes from this line.
readonly TRAIN=(train --simulate 12000 --seed 1)

export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-auto}
TARGET_DIR=${CARGO_TARGET_DIR:-target}

help() {
  cat <<'TEXT'
./build.sh [COMMAND]

  build   makes dist/ (default)
  demo    builds, serves the demo storefront and the studio on 127.0.0.1 and prints its address (PORT=… to choose the port)
  studio  builds what of dist/ the studio alone needs: dist/studio/
  test    runs every check and test
  bench   measures speed: `bench core` natively and how cost grows, `bench page` in Chromium beside its peers, with a
          line a budget (needs Python 3.11), `bench vitals` what a shop's page feels of it; `bench` does these three;
          `bench train` sets the trainer beside CatBoost and XGBoost (needs Python 3.11), `bench ablation` what features,
          trees and bins are worth their bytes, `bench spark [SESSIONS [FOLDER]]` Spark beside falter alone (needs Java 17)
  train   makes models/exit.falter and its manifest again
  spark   `spark RECORDINGS OUT [--model]`: features of recordings by day, and a model, by Spark (docs/scale.md); `spark --help`
          says more, `spark --assemble LOGS OUT DAY` makes recordings of what a collector received (docs/collect.md),
          `spark --test` runs the tests of both
  sizes   builds and prints what the shipped files weigh, and that a page fetches no others; fails over a limit;
          `sizes --why` adds what the engine's bytes are spent on
  traps   runs what fools exit-intent tools beside ouibounce and use-exit-intent, and writes docs/traps.md (20 min)
  fuzz    looks for bytes, and options, that break something: `fuzz [TARGET] [SECONDS]`, all of them for 1800 s each by default
  mutants changes the core's code at one place after the other and says which changes no test notices:
          `mutants [GROUP]` of window, features, model and policy
  coverage
          prints which share of the core's lines the tests run; fails under 95 %
  soak    `soak [HOURS]` (8): that many hours of a shopper at 1 kHz in Chromium, in minutes; prints docs/soak.md's table
  differential
          `differential [SECONDS]` (900): fast ways beside slow ones, WebAssembly beside native and JavaScript, fresh seeds
  audit   licences, sources and advisories of what falter is built with
  reproduce
          builds the commit twice, cleanly and in two places, and compares the bytes
  help    prints this
TEXT
}

build() {
  prepare
  find_wasm_toolchain
  FINGERPRINT_MORE="${WASM_ENV[*]-} ${WASM_ARGS[*]-}" \
    unless_same wasm "src Cargo.toml Cargo.lock package-lock.json xtask/wasm.sh" "target/wasm/falter.wasm" build_wasm
  unless_same nowasm "target/wasm/falter.wasm package-lock.json xtask/nowasm.mjs xtask/exact-bits.mjs" target/wasm/nowasm.js build_nowasm
  unless_same bundle \
    "js $MODEL target/wasm Cargo.toml package-lock.json tsconfig.json xtask/tsconfig.types.json xtask/bundle.mjs xtask/prune-types.mjs xtask/sri.mjs README.md" \
    "dist/falter.js dist/npm/index.d.ts dist/integrity.json" build_js
  [[ $(<target/wasm/kind) == full ]] ||
    echo "dev build: std's source is missing, so it is larger than what is shipped; rustup component add rust-src"
}

build_js() {
  node xtask/bundle.mjs
  node_modules/.bin/tsc --project xtask/tsconfig.types.json
  node xtask/prune-types.mjs
  node xtask/sri.mjs
}

# A second build of the engine takes as long as the first, so only who needs the studio waits for it.
studio() {
  prepare
  find_wasm_toolchain
  FINGERPRINT_MORE="${STUDIO_ENV[*]} ${STUDIO_ARGS[*]}" \
    unless_same 'studio module' "src models/exit.falter models/exit.json Cargo.toml Cargo.lock package-lock.json xtask/wasm.sh xtask/bindgen" \
    "target/wasm/studio/studio.wasm target/wasm/studio/studio.js" build_studio
  unless_same 'studio' "demo/studio js target/wasm/studio package-lock.json xtask/studio.mjs" "dist/studio/studio.wasm" \
    node xtask/studio.mjs
}

demo() {
  build
  studio
  exec node xtask/serve.mjs
}

sizes() {
  [[ ${1:-} == '' || $1 == --why ]] || fail "sizes $1: only \`sizes\` and \`sizes --why\` are known"
  build
  need_chromium
  local is_over=0
  weigh || is_over=1
  # what is over its limit is just what one asks about
  [[ -z ${1:-} ]] || why
  return "$is_over"
}

# The module made again as it ships, but for the functions' names.
why() {
  local folder=target/why option kept=(-g)
  for option in "${WASM_OPT[@]}"; do [[ $option == --strip-debug ]] || kept+=("$option"); done
  mkdir -p "$folder"
  link_wasm -Clink-arg=--demangle
  node_modules/.bin/wasm-opt "$TARGET_DIR/$WASM_TARGET/wasm/falter.wasm" -o "$folder/named.wasm" \
    "${WASM_FEATURES[@]}" "${kept[@]}"
  node xtask/why.mjs "$folder/named.wasm" dist/falter.wasm
}

weigh() {
  local limits=()
  [[ $(<target/wasm/kind) == full ]] || limits=(--no-limits)
  node xtask/sizes.mjs ${limits[@]+"${limits[@]}"}
}

train() {
  need_rust
  falter "${TRAIN[@]}" -o "$MODEL"
  card
}

# The model card. Figures on real people are measured by hand, since their recordings are not here:
# falter evaluate FILES --json > models/real.json
card() { falter inspect "$MODEL" --card --real models/real.json >models/MODEL_CARD.md; }

falter() { cargo run --quiet --locked --release --features cli -- "$@"; }

bench() {
  case ${1:-} in
    '') bench_core; bench_vitals; bench_page ;;
    core | page | vitals | train) "bench_$1" ;;
    ablation) bench_ablation "${@:2}" ;;
    spark) bench_spark "${@:2}" ;;
    *) fail "bench $1: only core, page, vitals, train, ablation and spark are known" ;;
  esac
}

bench_core() {
  need_rust
  need_node
  # growth.mjs draws whatever is there
  rm -rf target/criterion
  CRITERION_HOME=$PWD/target/criterion cargo bench --quiet --locked --bench core -- --quiet --noplot
  node benches/growth.mjs
}

# The peers are given the shipped trees, each in its own format; benches/ has their packages.
bench_page() {
  build
  need_chromium
  need_bench_modules
  need_python benches/peers/requirements.txt target/bench/python
  mkdir -p target/bench/peers
  cargo run --quiet --locked --example trees >target/bench/peers/trees.json
  "$PYTHON" benches/peers/models.py target/bench/peers/trees.json target/bench/peers
  weigh >/dev/null
  node benches/page.mjs
}

bench_vitals() {
  build
  need_chromium
  need_bench_modules
  node benches/vitals.mjs
}

# The reference trainers go to an environment of their own; target/bench/train/ keeps the rows they were given.
bench_train() {
  need_rust
  need_python models/training/requirements.txt target/training-python
  PYTHONDONTWRITEBYTECODE=1 "$PYTHON" models/training/bench.py target/bench/train
}

bench_ablation() {
  need_rust
  cargo build --quiet --locked --release --features cli
  FALTER=$TARGET_DIR/release/falter node benches/ablation.mjs "$@"
}

source xtask/needs.sh
source xtask/wasm.sh
source xtask/steps.sh
source xtask/test.sh
source xtask/traps.sh
source xtask/fuzz.sh
source xtask/mutants.sh
source xtask/coverage.sh
source xtask/soak.sh
source xtask/spark.sh
source xtask/audit.sh
source xtask/reproduce.sh

case ${1:-build} in
  build | demo | studio | test | train | traps | coverage | audit | reproduce) "${1:-build}" ;;
  bench | spark | sizes | fuzz | mutants | soak | differential) "$@" ;;
  help | -h | --help) help ;;
  *)
    help >&2
    exit 2
    ;;
esac
