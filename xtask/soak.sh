# Differential tests and the soak, for as long as one likes. Sourced by build.sh.

# differential [SECONDS]: fresh seeds for so long, half of it natively, half in JavaScript.
differential() {
  local seconds=${1:-900} folder=$TARGET_DIR/differential tests=5
  [[ $seconds =~ ^[0-9]+$ ]] || fail "differential $seconds: a number of seconds is expected"
  build
  date -u '+%Y-%m-%d %H:%M UTC'
  # this builds the command, too
  FALTER_DIFFERENTIAL_SECONDS=$((seconds / 2)) CARGO_TARGET_DIR=$folder in_haste \
    cargo test --quiet --locked --release --features cli --test differential -- --nocapture
  FALTER_DIFFERENTIAL_SECONDS=$((seconds / 2 / (tests - 1))) FALTER=$folder/release/falter \
    node --test --test-reporter=spec tests/js/differential.test.js
}

# soak [HOURS]: so many hours of a shopper at 1 kHz.
soak() {
  local hours=${1:-8} folder=$TARGET_DIR/soak
  [[ $hours =~ ^[0-9]+$ ]] || fail "soak $hours: a number of hours is expected"
  build
  need_chromium
  CARGO_TARGET_DIR=$folder in_haste cargo build --quiet --locked --release --features cli
  FALTER=$folder/release/falter node tests/browser/soak/run.mjs "$hours"
}

# Optimized, without what a release takes minutes for. A release aborts where it panics and a test unwinds: that would be two builds of
# the library at once in one file, whose name has no hash, and now and again what needs it did not compile.
in_haste() { CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_PANIC=unwind "$@"; }
