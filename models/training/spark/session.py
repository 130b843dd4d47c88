"""The Spark session of a command here."""

import os
import pathlib
import sys

from pyspark import SparkConf
from pyspark.sql import SparkSession

HERE = pathlib.Path(__file__).resolve().parent
# What executors run.
SHIPPED = ("storage.py", "recordings.py", "compute.py")


def start_spark(*files):
    """A session on the master that spark-submit or SPARK_MASTER names, local[2] where none does. Executors get the files."""
    conf = SparkConf()
    if not conf.contains("spark.master"):
        conf.setMaster(os.environ.get("SPARK_MASTER", "local[2]"))
    if conf.get("spark.master").startswith("local"):
        # this very Python has what is required; on a cluster it is somewhere else
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        # nobody else has to reach it
        conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1").setIfMissing("spark.driver.host", "127.0.0.1")
        conf.setIfMissing("spark.ui.enabled", "false")
    # the progress bar writes over what is told
    conf.setIfMissing("spark.app.name", "falter").setIfMissing("spark.ui.showConsoleProgress", "false")
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    for file in files:
        spark.sparkContext.addFile(file)
    for name in SHIPPED:
        spark.sparkContext.addPyFile(str(HERE / name))
    return spark
