# The wasm module: which compiler makes it, and how. Sourced by build.sh.
#
# Release builds compile std along (build-std) without what a page never needs: panic messages, unwinding, speed. That
# takes std's source, which is looked for in this order:
#   1. rustup's component rust-src
#   2. Debian's packages rustc-web cargo-web rust-web-src: a compiler of their own, with the linker of the first
#   3. none: the target wasm32-unknown-unknown as rustup ships it makes a dev build, which no size limit is held to

readonly WASM_TARGET=wasm32-unknown-unknown
readonly RUST_SRC_TIMEOUT_S=60
# 64 KiB: the deepest path needs a fraction of it, and it is most of what the page's memory starts with.
readonly WASM_STACK=65536
# 1 MiB, as a thread natively has 2: the studio's module trains and judges, and its page has memory to spare.
readonly STUDIO_STACK=1048576

# What rustc emits for this target, so that wasm-opt may use it too.
readonly WASM_FEATURES=(--enable-bulk-memory --enable-multivalue --enable-mutable-globals
  --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext)
# Chosen for what brotli makes of it, by trying others at random, 2026-11-21: 12,325 B with the list before, 12,279 B with this.
# Control flow that was taken apart and put together anew (--flatten --rereloop) compresses better, and so does what is
# inlined late and little.
readonly WASM_OPT=(--converge --flatten --precompute-propagate --rereloop -Os --flatten --zero-filled-memory -O2 -Oz
  --generate-global-effects
  --strip-debug --strip-producers --strip-target-features)

# Sets WASM_KIND (full or dev), WASM_ENV (for env), WASM_ARGS (for cargo) and WASM_CLIPPY (a command of that cargo), and for the
# studio's module STUDIO_ENV and STUDIO_ARGS: the same compiler and source, but std with its messages and for speed.
find_wasm_toolchain() {
  [[ -z ${WASM_KIND:-} ]] || return 0
  WASM_KIND=full WASM_CLIPPY=(cargo clippy)
  local flags="-Clink-arg=-zstack-size=$WASM_STACK" features=optimize_for_size minor
  # A panic says its file; where that lies on this machine is nobody's business.
  local studio="-Clink-arg=-zstack-size=$STUDIO_STACK --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo"
  studio+=" --remap-path-prefix=$(rustc --print sysroot)=rust --remap-path-prefix=$PWD=."
  if has_std_source rustc || add_rust_src; then
    WASM_ENV=(RUSTC_BOOTSTRAP=1)
    minor=$(rust_minor rustc)
  elif has_debian_rust || { apt_install rustc-web cargo-web rust-web-src && has_debian_rust; }; then
    WASM_ENV=(RUSTC_BOOTSTRAP=1 "PATH=/usr/bin:$PATH" "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(find_lld)")
    # Cargo looks into its own home first, where rustup's clippy is, of another version.
    WASM_CLIPPY=(/usr/bin/cargo-clippy clippy)
    minor=$(rust_minor /usr/bin/rustc)
  elif has_wasm_target || rustup target add "$WASM_TARGET" >/dev/null 2>&1 </dev/null; then
    WASM_KIND=dev WASM_ENV=("RUSTFLAGS=$flags") WASM_ARGS=(--target "$WASM_TARGET")
    STUDIO_ENV=("RUSTFLAGS=$studio") STUDIO_ARGS=("${WASM_ARGS[@]}")
    return 0
  else
    fail "std's source is missing: rustup component add rust-src (or, on Debian: apt-get install rustc-web cargo-web rust-web-src)"
  fi
  STUDIO_ENV=("${WASM_ENV[@]}" "RUSTFLAGS=$studio") STUDIO_ARGS=(--target "$WASM_TARGET" -Zbuild-std=std,panic_abort)
  # Nobody reads where a panic would have been: a path of the machine that built it. And LLVM inlines at opt-level s as if
  # calls were dearer than they are to brotli.
  flags+=" -Zlocation-detail=none -Cllvm-args=-inline-threshold=10"
  # A panic is one trap instruction: from 1.91 on a strategy of the compiler, before a feature of std.
  if ((minor >= 91)); then
    flags+=" -Zunstable-options -Cpanic=immediate-abort"
  else
    features+=,panic_immediate_abort
  fi
  WASM_ENV+=("RUSTFLAGS=$flags")
  WASM_ARGS=(--target "$WASM_TARGET" -Zbuild-std=std,panic_abort "-Zbuild-std-features=$features")
}

has_std_source() { [[ -d "$("$1" --print sysroot)/lib/rustlib/src/rust/library/std" ]]; }
has_debian_rust() { [[ -x /usr/bin/cargo && -x /usr/bin/rustc ]] && has_std_source /usr/bin/rustc; }
has_wasm_target() { [[ -d "$(rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib" ]]; }
rust_minor() { "$1" --version | sed -E 's/^rustc 1\.([0-9]+).*/\1/'; }

add_rust_src() {
  have rustup || return 1
  limit_time "$RUST_SRC_TIMEOUT_S" rustup component add rust-src >/dev/null 2>&1 </dev/null && has_std_source rustc
}

# The linker that came with rustup, else Debian's.
find_lld() {
  local lld
  for lld in "$(rustc --print sysroot)"/lib/rustlib/*/bin/rust-lld; do
    [[ -x $lld ]] && echo "$lld" && return
  done
  have wasm-ld || apt_install lld || fail "a linker for wasm is missing: apt-get install lld"
  command -v wasm-ld
}

# Cargo, or a command of it, with what the wasm target needs: for_wasm cargo build --profile wasm
for_wasm() {
  local command=("$1" "$2")
  shift 2
  env -u CARGO_ENCODED_RUSTFLAGS "${WASM_ENV[@]}" "${command[@]}" --quiet --locked --lib --features web "${WASM_ARGS[@]}" "$@"
}

# The same for the studio's module.
for_studio() {
  local command=("$1" "$2")
  shift 2
  env -u CARGO_ENCODED_RUSTFLAGS "${STUDIO_ENV[@]}" "${command[@]}" --quiet --locked --lib --features studio "${STUDIO_ARGS[@]}" "$@"
}

need_clippy() {
  cargo clippy --version >/dev/null 2>&1 || rustup component add clippy rustfmt >/dev/null 2>&1 </dev/null ||
    fail "clippy is missing: rustup component add clippy rustfmt"
  have "${WASM_CLIPPY[0]}" || apt_install rust-web-clippy || fail "clippy for wasm is missing: apt-get install rust-web-clippy"
}

# The module as the linker leaves it. Alone: beside the rlib that Cargo.toml names too, this crate would have no part in the
# link-time optimization, and the module 800 B more of brotli. Takes more flags for rustc.
link_wasm() {
  for_wasm cargo rustc --profile wasm --crate-type cdylib -- "$@"
}

# target/wasm/falter.wasm
build_wasm() {
  link_wasm
  mkdir -p target/wasm
  node_modules/.bin/wasm-opt "$TARGET_DIR/$WASM_TARGET/wasm/falter.wasm" -o target/wasm/falter.wasm \
    "${WASM_FEATURES[@]}" "${WASM_OPT[@]}"
  echo "$WASM_KIND" >target/wasm/kind
}

# The same module as plain JavaScript, for pages that forbid WebAssembly: target/wasm/nowasm.js
build_nowasm() {
  node xtask/nowasm.mjs target/wasm/falter.wasm target/wasm/nowasm.js
}

# The studio's module with the JavaScript beside it: target/wasm/studio/
build_studio() {
  local made=$TARGET_DIR/$WASM_TARGET/studio/falter.wasm folder=target/wasm/studio
  for_studio cargo rustc --profile studio --crate-type cdylib
  rm -rf "$folder"
  cargo run --quiet --locked --package bindgen -- "$made" "$folder"
  node_modules/.bin/wasm-opt "$folder/studio_bg.wasm" -o "$folder/studio.wasm" "${WASM_FEATURES[@]}" -O3
  rm "$folder/studio_bg.wasm"
}
