# What fools exit-intent tools, with falter and its peers on the same pages. Sourced by build.sh.

traps() {
  build
  need_chromium
  need_browsers
  need_bench_modules
  node tests/browser/traps/main.mjs "$@"
}
