# Steps with a heading, a duration and a memory. Sourced by build.sh.

# step HEADING COMMAND…: runs it and says how long it took; ends everything when it fails.
step() {
  local heading=$1 start=$SECONDS status
  shift
  echo "== $heading"
  # As part of a condition the command would run on after its first error, so not `"$@" || …`.
  set +e
  (set -e && "$@")
  status=$?
  set -e
  ((status == 0)) || fail "$heading: failed after $((SECONDS - start)) s"
  echo "   $heading: $((SECONDS - start)) s"
}

# unless_same NAME INPUTS OUTPUTS COMMAND…: a step that is left out while nothing it reads has changed since it last went
# well and what it makes is there. INPUTS and OUTPUTS are lists of files and folders, divided by blanks.
unless_same() {
  local name=$1 inputs=$2 outputs=$3 stamp="target/stamps/${1// /-}" hash output missing=''
  shift 3
  for output in $outputs; do
    [[ -e $output ]] || missing=$output
  done
  # shellcheck disable=SC2086 # a list
  hash=$(fingerprint $inputs)
  if [[ -z $missing && -f $stamp && $(<"$stamp") == "$hash" ]]; then return 0; fi
  mkdir -p target/stamps
  rm -f "$stamp"
  step "$name" "$@"
  echo "$hash" >"$stamp"
}

# One hash over the names and contents of files, over the tools that read them, and over FINGERPRINT_MORE where it is set.
fingerprint() {
  local checksum=(sha256sum)
  have sha256sum || checksum=(shasum -a 256)
  {
    rustc --version
    node --version
    echo "${FINGERPRINT_MORE-}"
    find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 "${checksum[@]}"
  } | "${checksum[@]}"
}
