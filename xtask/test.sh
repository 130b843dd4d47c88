# Every check and test. Sourced by build.sh.

readonly TEST_LOG=target/test.log

test() {
  prepare
  find_wasm_toolchain
  need_clippy
  need_chromium
  need_browsers
  need_php
  mkdir -p target
  : >"$TEST_LOG"
  trap summary EXIT
  step 'cargo fmt' cargo fmt --all --check
  step 'clippy' cargo clippy --quiet --locked --workspace --all-targets --features cli -- -D warnings
  step 'clippy for wasm' wasm_clippy
  step 'rustdoc' rustdoc
  step 'cargo test' counted cargo test --quiet --locked --features cli
  build
  studio
  step 'eslint' node_modules/.bin/eslint --max-warnings 0 .
  step 'types' node_modules/.bin/tsc --project tsconfig.json
  step 'JavaScript tests' node_test tests/js/*.test.js
  step 'sizes' weigh
  unless_same 'model made again' "src Cargo.toml Cargo.lock build.sh models" '' reproduce_model
  # one after the other: they share a workshop, and drive a real pointer in real time
  step 'package tests' node_test --test-concurrency=1 tests/package/*.test.js
  # one after the other: they drive a real pointer in real time
  step 'browser tests' node_test --test-concurrency=1 tests/browser/*.test.js tests/browser/shops/*.test.js
}

wasm_clippy() {
  for_wasm "${WASM_CLIPPY[@]}" -- -D warnings
  for_studio "${WASM_CLIPPY[@]}" -- -D warnings
}

rustdoc() {
  RUSTDOCFLAGS='-D warnings' cargo doc --quiet --locked --lib --no-deps --features cli
}

node_test() {
  counted node --test --test-reporter=spec "$@"
}

# The model in the repository is what its recipe makes, to the bit.
reproduce_model() {
  local again=target/model/exit.falter
  mkdir -p target/model
  falter "${TRAIN[@]}" -o "$again"
  cmp "$again" "$MODEL" && cmp "${again%.falter}.json" "${MODEL%.falter}.json" ||
    fail "$MODEL is not what its recipe makes: ./build.sh train, and commit models/"
}

# Runs a test runner; what it says is counted in the end.
counted() {
  "$@" 2>&1 | tee -a "$TEST_LOG"
}

# Sums the runners' own counts: cargo's "test result: ok. 3 passed; 0 failed", Node's "ℹ pass 3" and "ℹ fail 0".
summary() {
  awk '
    /^test result:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) passed += $(i - 1); if ($i ~ /^failed/) failed += $(i - 1) } }
    /^ℹ pass [0-9]+$/ { passed += $3 }
    /^ℹ fail [0-9]+$/ { failed += $3 }
    END { printf "%d passed, %d failed\n", passed, failed }' "$TEST_LOG"
}
