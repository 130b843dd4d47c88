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
  demo    builds, serves the demo storefront on 127.0.0.1 and prints its address (PORT=… to choose the port)
  test    runs every check and test
  bench   measures speed; `bench train` sets the trainer beside CatBoost and XGBoost (needs Python 3.11),
          `bench ablation` what features, trees and bins are worth their bytes
  train   makes models/exit.falter and its manifest again
  sizes   builds and prints what the shipped files weigh; fails over a limit
  help    prints this
TEXT
}

build() {
  prepare
  find_wasm_toolchain
  unless_same wasm "src Cargo.toml Cargo.lock package-lock.json xtask/wasm.sh" "target/wasm/falter.wasm" build_wasm
  unless_same bundle \
    "js $MODEL target/wasm Cargo.toml package-lock.json tsconfig.json xtask/tsconfig.types.json xtask/bundle.mjs xtask/prune-types.mjs README.md" \
    "dist/falter.js dist/npm/index.d.ts" build_js
  [[ $(<target/wasm/kind) == full ]] ||
    echo "dev build: std's source is missing, so it is larger than what is shipped; rustup component add rust-src"
}

build_js() {
  node xtask/bundle.mjs
  node_modules/.bin/tsc --project xtask/tsconfig.types.json
  node xtask/prune-types.mjs
}

demo() {
  build
  exec node xtask/serve.mjs
}

sizes() {
  build
  weigh
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
    '') ;;
    train) bench_train; return ;;
    ablation) bench_ablation "${@:2}"; return ;;
    *) fail "bench ${1}: only \`bench\`, \`bench train\` and \`bench ablation\` are known" ;;
  esac
  build
  need_chromium
  cargo bench --quiet --locked --bench core
  node benches/page.mjs
}

# The reference trainers go to an environment of their own; target/bench/train/ keeps the rows they were given.
bench_train() {
  need_rust
  need_training_python
  PYTHONDONTWRITEBYTECODE=1 "$TRAINING_PYTHON" models/training/bench.py target/bench/train
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

case ${1:-build} in
  build | demo | test | train | sizes) "${1:-build}" ;;
  bench) bench "${@:2}" ;;
  help | -h | --help) help ;;
  *)
    help >&2
    exit 2
    ;;
esac
