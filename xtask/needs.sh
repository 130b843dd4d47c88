# What has to be on the machine, and how it gets there. Sourced by build.sh.

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Where there is no `timeout` (macOS), patience.
limit_time() {
  local seconds=$1
  shift
  if have timeout; then timeout "$seconds" "$@"; else "$@"; fi
}

prepare() {
  need_rust
  need_node
  unless_same node_modules package-lock.json node_modules/.package-lock.json install_node_modules
}

need_rust() {
  have cargo || fail "Rust is missing: get it from https://rustup.rs"
  (($(rust_minor rustc) >= MIN_RUST)) || fail "$(rustc --version) is too old: rustup update stable"
}

need_node() {
  have node && have npm || fail "Node is missing: get $MIN_NODE or newer from https://nodejs.org"
  local version
  version=$(node --version)
  [[ $(printf '%s\n' "v$MIN_NODE" "$version" | sort -V | head -n 1) == "v$MIN_NODE" ]] ||
    fail "Node $version is too old: get $MIN_NODE or newer from https://nodejs.org"
}

install_node_modules() {
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null ||
    fail "npm could not install the build tools: see above; a network is needed once"
}

# need_python REQUIREMENTS FOLDER: sets PYTHON, one that has what is required, in an environment of its own there.
need_python() {
  local wanted=$1 venv=$2
  PYTHON=$venv/bin/python
  if [[ -x $PYTHON ]] && cmp -s "$wanted" "$venv/requirements.txt"; then return; fi
  have python3 || fail "Python is missing: get 3.11 or newer from https://python.org"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "$(python3 --version) is too old: get 3.11 or newer"
  rm -rf "$venv"
  mkdir -p "$(dirname "$venv")"
  python3 -m venv "$venv" || fail "Python has no venv: apt-get install python3-venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" ||
    fail "pip could not install $wanted: see above; a network is needed once"
  cp "$wanted" "$venv/"
}

# What falter is measured beside; the build and the tests need none of it.
need_bench_modules() {
  unless_same 'bench modules' "benches/package.json benches/package-lock.json" benches/node_modules/.package-lock.json \
    npm ci --prefix benches --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null
}

# Sets CHROMIUM for the browser tests.
need_chromium() {
  [[ -z ${CHROMIUM:-} ]] || return 0
  local name
  for name in chromium chromium-browser google-chrome; do
    have "$name" && export CHROMIUM="$(command -v "$name")" && return
  done
  apt_install chromium || fail "Chromium is missing: apt-get install chromium, or set CHROMIUM to where it is"
  export CHROMIUM=/usr/bin/chromium
}

# The other engines that the core is tested in. Where they cannot be had their tests are left out, and say so; not in CI.
need_browsers() {
  have firefox-esr || have firefox || [[ -n ${FIREFOX:-} ]] || apt_install firefox-esr || miss 'Firefox' firefox-esr
  { have WebKitWebDriver && have Xvfb; } || apt_install webkit2gtk-driver xvfb || miss 'WebKit' webkit2gtk-driver xvfb
}

# For the WordPress plugin.
need_php() { have php || apt_install php-cli || miss 'PHP' php-cli; }

# miss NAME PACKAGES…
miss() {
  local name=$1
  shift
  [[ ${CI:-} != true ]] || fail "$name is missing: apt-get install $*"
  echo "$name is missing, so nothing is tested in it: apt-get install $*"
}

# Debian packages, where we may install them; quiet unless it fails.
apt_install() {
  [[ $EUID == 0 ]] && have apt-get || return 1
  echo "installing $*"
  local log=target/apt.log
  mkdir -p target
  { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }; } \
    >"$log" 2>&1 </dev/null || { tail -n 3 "$log" >&2; return 1; }
}
