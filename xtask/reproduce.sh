# Whether two clean builds are the same bytes. Sourced by build.sh.

# What one may want to compare with what they downloaded.
readonly TOLD='dist/falter.js dist/falter.all.js dist/falter.wasm dist/falter.nowasm.js dist/studio/studio.wasm models/exit.falter falter.tgz'

# Builds the commit that is checked out twice, in two clones, and compares every file of dist/ and models/, and the package as
# npm packs it. The second has another path, home, time zone, language and mask of permissions. Both use this machine's compilers:
# what other versions of them make is not compared.
reproduce() {
  need_rust
  need_node
  have git || fail "git is missing: the builds are of clones"
  local commit folder here other file
  commit=$(git rev-parse HEAD)
  [[ -z $(git status --porcelain) ]] || echo "what is not committed is not built: this is $commit"
  folder=$(mktemp -d)
  # shellcheck disable=SC2064 # as it is now
  trap "rm -rf '$folder'" EXIT
  here=$folder/here other=$folder/somewhere/else/by-another-name
  step 'a build' clean_build "$commit" "$here" MASK=022
  # what cargo downloaded once need not be again, but seen from here it lies elsewhere
  mkdir -p "$folder/home/cargo"
  for file in "${CARGO_HOME:-$HOME/.cargo}"/*; do ln -s "$file" "$folder/home/cargo/"; done
  step 'and another' clean_build "$commit" "$other" MASK=077 "CARGO_HOME=$folder/home/cargo" TZ=Pacific/Chatham LC_ALL=C
  diff "$here.sums" "$other.sums" || fail "two clean builds of $commit differ in the files above"
  for file in $TOLD; do grep " $file\$" "$here.sums"; done
  echo "$commit: $(wc -l <"$here.sums") files, the same bytes twice, by $(rustc --version), Node $(node --version)"
}

# clean_build COMMIT FOLDER NAME=VALUE…: builds it there with these in the environment, and writes FOLDER.sums
clean_build() {
  local commit=$1 folder=$2
  shift 2
  mkdir -p "$(dirname "$folder")"
  git clone --quiet --no-hardlinks --no-checkout . "$folder"
  cd "$folder"
  git checkout --quiet --detach "$commit"
  env -u CARGO_TARGET_DIR "$@" bash -euo pipefail -c '
    umask "$MASK"
    for command in build studio train; do ./build.sh "$command"; done
    mv "$(npm pack --silent ./dist/npm)" falter.tgz'
  find dist models falter.tgz -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >"$folder.sums"
  # some gigabytes, not needed any more
  rm -rf target node_modules
}
