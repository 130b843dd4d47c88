"""XGBoost on Spark beside CatBoost: the same rows, judged on the same people."""

import logging

from pyspark.ml.functions import vector_to_array
from pyspark.sql import functions as sql
from xgboost.spark import SparkXGBClassifier

import sample

# It tells every tree.
logging.getLogger("XGBoost-PySpark").setLevel(logging.WARNING)


def predict(spark, drawn, target, seed, settings, without):
    """Labels and risks of the judged rows, by trees that grow freely, with the settings of the others."""
    rows = spark.read.parquet(*[f"{target.address}/{recording.rows}" for recording in drawn])
    features = [name for name in rows.columns[2:-1] if name not in without]
    rows = rows.na.fill(float("nan"), features).withColumn("unit", unit_column(seed))
    classifier = SparkXGBClassifier(
        features_col=features,
        label_col="leaves",
        num_workers=spark.sparkContext.defaultParallelism,
        n_estimators=settings["trees"],
        max_depth=settings["depth"],
        learning_rate=settings["rate"],
        reg_lambda=settings["l2"],
        max_bin=settings["bins"],
        tree_method="hist",
        verbose=False,
    )
    train_end, judge_start = sample.TURNS[0][1], sample.TURNS[-2][1]
    learnt = rows.where(sql.col("unit") < train_end).where(sql.col("t") % sample.LEARN_EVERY_MS == 0)
    boosted = classifier.fit(learnt)
    judged = boosted.transform(rows.where(sql.col("unit") >= judge_start))
    found = judged.select("leaves", vector_to_array("probability")[1].alias("risk")).toPandas()
    return found.leaves.to_numpy(), found.risk.to_numpy()


def unit_column(seed):
    """`sample.unit` of the session, in Spark."""
    digest = sql.sha2(sql.concat(sql.lit(f"{seed}:"), sql.col("session")), 256)
    return sql.conv(sql.substring(digest, 1, 12), 16, 10).cast("double") / sql.lit(float(1 << 48))
