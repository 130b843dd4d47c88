# Mutation testing: `./build.sh mutants [GROUP]`. Sourced by build.sh; docs/coverage.md says what comes of it.

# The core's parts from a signal to a decision: what is changed is src/GROUP.rs and all in src/GROUP/.
readonly MUTANT_GROUPS=(window features model policy)
readonly CARGO_MUTANTS=27.1.0
# A part's own tests take a second, on a busy machine many times that; who runs for longer never ends.
readonly MUTANT_SECONDS=60

# mutants [GROUP]: one part, or all. Fails where a change to the code is noticed by no test, nor explained in
# xtask/mutants.toml.
mutants() {
  local group=${1:-all} groups=("${MUTANT_GROUPS[@]}") one missed=''
  if [[ $group != all ]]; then
    [[ " ${MUTANT_GROUPS[*]} " == *" $group "* ]] || fail "mutants $group: only ${MUTANT_GROUPS[*]} are known"
    groups=("$group")
  fi
  need_rust
  need_cargo_mutants
  for one in "${groups[@]}"; do
    mutate "$one" || missed+=" target/mutants/$one/mutants.out/missed.txt"
  done
  [[ -z $missed ]] || fail "no test notices these, and xtask/mutants.toml does not explain them:$missed"
}

# First the part's own tests, which know most and take seconds; then, for what they let through, all of the core and the
# trainer, which take minutes.
mutate() {
  local group=$1 file others=()
  rm -rf "target/mutants/$group"
  mkdir -p "target/mutants/$group"
  # shellcheck disable=SC2046 # a list
  try_mutants "$group" $(own_tests "$group")
  if has_missed "$group"; then
    for file in $(grep -L '^#!\[cfg(feature = "cli")\]' tests/*.rs); do others+=("$(basename "$file" .rs)"); done
    try_mutants "$group" "${others[@]}" --iterate --features train
  fi
  ! has_missed "$group"
}

own_tests() {
  case $1 in
    window) echo clicks dwell features window detector ;;
    features) echo features window reason ;;
    model) echo model model_format ;;
    policy) echo policy ;;
  esac
}

# try_mutants GROUP TESTS… OPTIONS…: with these tests alone. That some were missed or ran out of time is in the lists it
# leaves, and no error.
try_mutants() {
  local group=$1 status=0 options=()
  shift
  while (($#)) && [[ $1 != --* ]]; do
    options+=("--cargo-arg=--test=$1")
    shift
  done
  # the tests run ten times as fast optimised a little, and are built nearly as soon
  CARGO_PROFILE_TEST_OPT_LEVEL=1 CARGO_PROFILE_TEST_DEBUG=0 CARGO_TARGET_DIR=$PWD/target/mutants/build \
    target/tools/bin/cargo-mutants mutants --config xtask/mutants.toml --file "src/$group.rs" --file "src/$group/**" \
    --timeout "$MUTANT_SECONDS" --output "target/mutants/$group" --cargo-arg=--locked "${options[@]}" "$@" || status=$?
  ((status == 0 || status == 2 || status == 3)) || fail "cargo-mutants: $status"
}

has_missed() { [[ -s target/mutants/$1/mutants.out/missed.txt ]]; }

need_cargo_mutants() {
  [[ $(target/tools/bin/cargo-mutants mutants --version 2>/dev/null) != "cargo-mutants $CARGO_MUTANTS" ]] || return 0
  step 'cargo-mutants' cargo install --quiet cargo-mutants --locked --version "$CARGO_MUTANTS" --root target/tools
}
