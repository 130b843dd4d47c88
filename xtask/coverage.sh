# Line coverage: `./build.sh coverage`. Sourced by build.sh; docs/coverage.md says what comes of it.

readonly CARGO_TARPAULIN=0.37.5
# Lines of the core, in a hundred, that a test runs at the least.
readonly LEAST_COVERAGE=95
# No part of it: the command line, which tests run as a program, and what is compiled for WebAssembly alone.
readonly NOT_COVERED=('src/bin/*' 'src/web.rs' 'src/web/*' 'src/studio.rs' 'src/studio/*' 'tests/*' 'benches/*' 'xtask/*')

# Prints a line a file, and the shares of the core and of the trainer; fails where the core's is under the limit.
coverage() {
  need_rust
  need_cargo_tarpaulin
  local report=target/coverage/lines.txt pattern options=()
  for pattern in "${NOT_COVERED[@]}"; do options+=(--exclude-files "$pattern"); done
  mkdir -p target/coverage
  # by what the compiler counts: stopping the program at every line, the other way, takes far longer
  CARGO_PROFILE_TEST_OPT_LEVEL=1 target/tools/bin/cargo-tarpaulin tarpaulin --engine llvm --features train --locked \
    --target-dir target/coverage/build --skip-clean --timeout 600 --out Stdout "${options[@]}" >"$report"
  share_covered "$report" || fail "tests run less than $LEAST_COVERAGE % of the core's lines"
}

# Sums tarpaulin's own lines: "|| src/window/cart.rs: 38/40".
share_covered() {
  awk -v least="$LEAST_COVERAGE" '
    $1 == "||" && $2 ~ /^src\/.*:$/ && $3 ~ /^[0-9]+\/[0-9]+$/ {
      split($3, lines, "/")
      part = $2 ~ /^src\/train[.\/]/ ? "trainer" : "core"
      run[part] += lines[1]
      all[part] += lines[2]
      printf "%5.1f %%  %s %s\n", 100 * lines[1] / (lines[2] ? lines[2] : 1), $2, $3
    }
    END {
      if (!all["core"] || !all["trainer"]) exit 1
      for (part in all) printf "%s: %.2f %% of lines (%d of %d)\n", part, 100 * run[part] / all[part], run[part], all[part]
      exit 100 * run["core"] < least * all["core"]
    }' "$1"
}

need_cargo_tarpaulin() {
  [[ $(target/tools/bin/cargo-tarpaulin --version 2>/dev/null) != *" $CARGO_TARPAULIN" ]] || return 0
  step 'cargo-tarpaulin' cargo install --quiet cargo-tarpaulin --locked --version "$CARGO_TARPAULIN" --root target/tools
}
