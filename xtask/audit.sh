# Licences, sources and advisories of what falter is built with. Sourced by build.sh.

# What of it needs no network is part of `test` (tests/js/licences.test.js). What could not be asked is said, and is no failure: a
# database out of reach tells nothing about us. What was found is one.
audit() {
  prepare
  mkdir -p target
  step 'licences' node --test --test-reporter=spec tests/js/licences.test.js
  local folder unasked=()
  if have cargo-deny; then
    step 'cargo deny: licences, bans, sources' cargo deny --all-features check licenses bans sources
    ask 'advisories of crates' 'failed to (fetch|clone|open)|error sending|could not (fetch|connect|resolve)|unable to' \
      cargo deny --all-features check advisories
  else
    unasked+=("cargo-deny is missing: cargo install cargo-deny --locked")
  fi
  for folder in . benches tests/package; do
    ask "advisories of npm packages in $folder" 'audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ENOAUDIT' \
      npm audit --prefix "$folder" --package-lock-only
  done
  ((${#unasked[@]} == 0)) || printf 'not asked: %s\n' "${unasked[@]}"
}

# ask WHAT OUT_OF_REACH COMMAND…: a failure whose words are as OUT_OF_REACH is put aside, any other ends the audit.
ask() {
  local what=$1 out_of_reach=$2 log=target/audit.log
  shift 2
  echo "== $what"
  if "$@" >"$log" 2>&1 </dev/null; then
    echo "   none known"
  elif grep -Eq "$out_of_reach" "$log"; then
    unasked+=("$what: $(grep -E "$out_of_reach" "$log" | head -n 1)")
  else
    cat "$log"
    fail "$what: see above"
  fi
}
