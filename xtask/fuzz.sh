# Fuzzing: `./build.sh fuzz [TARGET] [SECONDS]`. Sourced by build.sh; docs/fuzzing.md says what comes of it.

readonly FUZZ_TARGETS=(model recording facts plays catboost signals)
readonly CARGO_FUZZ=0.13.2
# Of text formats, whose words no mutation of bytes would find.
readonly JSON_TARGETS=' recording plays catboost '
# A visit or a file of this length has room for all there is; longer ones only take longer.
readonly FUZZ_BYTES=4096

# fuzz [TARGET] [SECONDS]: one target, or all one after the other; `options` is JavaScript, the others are Rust.
fuzz() {
  local target=${1:-all} seconds=${2:-1800} one
  case $target in
    all)
      for one in "${FUZZ_TARGETS[@]}"; do fuzz_rust "$one" "$seconds"; done
      fuzz_options "$seconds"
      ;;
    options) fuzz_options "$seconds" ;;
    *)
      [[ " ${FUZZ_TARGETS[*]} " == *" $target "* ]] || fail "fuzz $target: only ${FUZZ_TARGETS[*]} and options are known"
      fuzz_rust "$target" "$seconds"
      ;;
  esac
}

# What it finds goes to target/fuzz/corpus/; what breaks something to target/fuzz/crashes/, and its file is to become a regression.
fuzz_rust() {
  local target=$1 seconds=$2 found=target/fuzz/corpus/$1 crashes=target/fuzz/crashes/$1 options
  need_rust
  need_cargo_fuzz
  mkdir -p "$found" "$crashes"
  options=("-max_total_time=$seconds" "-max_len=$FUZZ_BYTES" -timeout=30 -rss_limit_mb=4096 "-artifact_prefix=$crashes/")
  [[ $JSON_TARGETS != *" $target "* ]] || options+=(-dict=tests/fuzz/json.dict)
  # regressions are seeds too: what broke once is near to what breaks again
  cargo_fuzz run "$target" "$found" "tests/fuzz/corpus/$target" tests/fuzz/regressions -- "${options[@]}"
}

# Sanitizer coverage is of unstable flags, which any toolchain has.
cargo_fuzz() {
  local command=$1 build
  shift
  mkdir -p "$TARGET_DIR/fuzz/build"
  build=$(cd "$TARGET_DIR/fuzz/build" && pwd)
  RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$build target/tools/bin/cargo-fuzz "$command" --fuzz-dir tests/fuzz --sanitizer none "$@"
}

need_cargo_fuzz() {
  [[ $(target/tools/bin/cargo-fuzz --version 2>/dev/null) != "cargo-fuzz $CARGO_FUZZ" ]] || return 0
  step 'cargo-fuzz' cargo install --quiet cargo-fuzz --locked --version "$CARGO_FUZZ" --root target/tools
}

fuzz_options() {
  build
  FUZZ_SECONDS=$1 node_test tests/js/fuzz.test.js
}
