# Features and models by Spark. Sourced by build.sh; docs/scale.md says what comes of it.

# spark RECORDINGS OUT [OPTIONS]: rows by day, and with --model a model; --assemble LOGS OUT DAY: recordings of what a collector
# received; --test: its tests.
spark() {
  need_spark
  case ${1:-} in
    --test) spark_test ;;
    --assemble) "$PYTHON" models/training/spark/assemble.py "${@:2}" ;;
    *) "$PYTHON" models/training/spark/job.py --falter "$FALTER" "$@" ;;
  esac
}

spark_test() {
  have nginx || apt_install nginx-light || miss nginx nginx-light
  (cd tests/training/spark && "$PYTHON" -W ignore -m unittest discover --pattern '*_test.py')
}

# bench_spark [SESSIONS [FOLDER]]: 20 kB of disk a session are taken in FOLDER, and stay there.
bench_spark() {
  need_spark
  "$PYTHON" models/training/spark/bench.py "${1:-200000}" "${2:-target/bench/spark}"
}

# Sets PYTHON and FALTER.
need_spark() {
  need_rust
  need_java
  need_python models/training/spark/requirements.txt target/spark-python
  export PYTHON=$PWD/$PYTHON PYTHONDONTWRITEBYTECODE=1
  cargo build --quiet --locked --release --features cli
  FALTER=$(cd "$TARGET_DIR" && pwd)/release/falter
  export FALTER
}

need_java() {
  [[ -n ${JAVA_HOME:-} ]] || have java || apt_install openjdk-17-jre-headless || apt_install default-jre-headless ||
    fail "Java is missing: get 17 or newer, apt-get install default-jre-headless"
}
