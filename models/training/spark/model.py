"""A model of a sample of the rows: CatBoost's trees through `falter import`, beside XGBoost on Spark."""

import datetime
import json
import logging
import pathlib
import subprocess
import sys

import numpy as np
import pyarrow
import pyarrow.compute
import pyarrow.parquet
from pyspark.ml.functions import vector_to_array
from pyspark.sql import functions as sql
from xgboost.spark import SparkXGBClassifier

import sample

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from trainers import auc, train_catboost  # noqa: E402

# What the shipped model is made with, so that the two differ in their people alone.
SHIPPED = json.loads((HERE.parents[1] / "exit.json").read_text())
THREADS = 2
PARTS = ("model.falter", "model.json", "MODEL_CARD.md", "figures.json", "report.html", "catboost.json", "borders.tsv", "sample.json")


def add_options(group):
    group.add_argument("--sample-rows", type=int, default=2_000_000, help="rows to draw recordings for [%(default)s]")
    group.add_argument("--seed", type=int, default=1, help="of every draw [%(default)s]")
    group.add_argument("--trees", type=int, default=SHIPPED["training"]["max_trees"], help="[%(default)s, as the shipped model]")
    group.add_argument("--depth", type=int, default=SHIPPED["depth"], help="[%(default)s, as the shipped model]")


def make(spark, found, receipts, source, target, options):
    drawn = sample.draw(found, receipts, options.sample_rows, options.seed)
    with target.attempt() as folder:
        paths, sessions, sources = sample.divide(drawn, source, options.seed, folder)
        is_simulated = "simulated" in sources
        if is_simulated and len(sources) > 1:
            sys.exit(f"simulated and real people are never pooled; the sample has sources {', '.join(map(str, sources))}")
        settings = settings_of(options)
        borders = folder / "borders.tsv"
        falter(options, "features", paths["train"], "--keep-going", "--borders", borders, "--bins", settings["bins"])
        tables = {name: read_rows(drawn, target, name, options.seed) for name in ("train", "judge")}
        names, rows, labels = tables["train"]
        # CatBoost 1.2.10 splits on ignored_features that input_borders names; on what is never known it cannot
        rows[:, [names.index(name) for name in SHIPPED["training"]["without"]]] = np.nan
        _, others, truth = tables["judge"]
        trained, seconds = train_catboost(names, rows, labels, borders, sampling=False, threads=THREADS, **settings)
        raw = trained.predict(others, prediction_type="RawFormulaVal")
        import_trees(options, trained, names, others, raw, paths["calibrate"], folder)
        figures = judge(options, paths["judge"], is_simulated, folder)
        areas = {
            "catboost": auc(truth, raw),
            "falter": figures["risks"]["roc_auc"],
            "xgboost": xgboost_auc(spark, drawn, target, names, options.seed, settings),
        }
        stated = {
            "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
            "seed": options.seed,
            "recordings": [recording.path for recording in drawn],
            "sessions": sessions,
            "rows": {"train": len(labels), "judge": len(truth)},
            "settings": settings,
            "catboost_seconds": round(seconds, 1),
            "roc_auc": areas,
        }
        (folder / "sample.json").write_text(json.dumps(stated, indent=2, default=float) + "\n")
        for part in PARTS:
            target.publish(folder / part, f"model/{part}")
    print(
        f"model of {len(labels):,} rows of {sessions['train']:,} sessions out of {len(drawn)} recordings; ROC-AUC on {len(truth):,} "
        f"rows of {sessions['judge']:,} others: " + ", ".join(f"{name} {area:.4f}" for name, area in areas.items())
    )


def settings_of(options):
    training = SHIPPED["training"]
    return dict(
        trees=options.trees, depth=options.depth, rate=training["learning_rate"], l2=training["l2"], bins=training["bins"]
    )


def falter(options, *words):
    """What falter says; its errors are the job's."""
    done = subprocess.run([options.falter, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr.strip())
    return done.stdout


def read_rows(drawn, target, name, seed):
    """The features' names, and the rows and labels of a turn's sessions; a value that is not known is NaN."""
    tables = []
    for recording in drawn:
        table = pyarrow.parquet.read_table(target.full(recording.rows), filesystem=target.files, partitioning=None)
        ids = table["session"].unique().to_pylist()
        wanted = pyarrow.array([session for session in ids if sample.turn(seed, session) == name], pyarrow.string())
        tables.append(table.filter(pyarrow.compute.is_in(table["session"], wanted)))
    table = pyarrow.concat_tables(tables)
    names = table.column_names[2:-1]
    rows = np.empty((len(table), len(names)), np.float32)
    for place, column in enumerate(names):
        rows[:, place] = table[column].to_numpy()
    return names, rows, table["leaves"].to_numpy()


def import_trees(options, trained, names, others, raw, calibrate, folder):
    """CatBoost's trees as a model of falter's, every leaf checked on the judged rows."""
    trained.save_model(str(folder / "catboost.json"), format="json")
    columns = {name: others[:, place] for place, name in enumerate(names)}
    pyarrow.parquet.write_table(pyarrow.table({**columns, "RawFormulaVal": raw}), folder / "checked.parquet")
    checked = ("--rows", folder / "checked.parquet")
    visits = ("--visits", calibrate, "--keep-going", "--seed", options.seed)
    falter(options, "import", "catboost", folder / "catboost.json", "--output", folder / "model.falter", *checked, *visits)


def judge(options, recording, is_simulated, folder):
    """The figures of the model on people of their own, in a report and in its card."""
    model, figures, manifest = folder / "model.falter", folder / "figures.json", folder / "model.json"
    said = falter(
        options, "evaluate", recording, "--keep-going", "--model", model, "--json", "--html", folder / "report.html"
    )
    figures.write_text(said)
    real = ("--real", figures)
    if is_simulated:
        # the card keeps what simulated people came to apart, in the manifest, as `falter train` does
        text = json.loads(manifest.read_text())
        manifest.write_text(json.dumps({**text, "figures": [json.loads(said)]}, indent=2) + "\n")
        real = ()
    (folder / "MODEL_CARD.md").write_text(falter(options, "inspect", model, "--card", *real))
    return json.loads(said)


def xgboost_auc(spark, drawn, target, names, seed, settings):
    """XGBoost on Spark, trained and judged on the same rows: what freely grown trees would have made of them."""
    rows = spark.read.parquet(*[target.full(recording.rows) for recording in drawn])
    rows = rows.na.fill(float("nan")).withColumn("unit", unit_column(seed))
    train_end, judge_start = sample.TURNS[0][1], sample.TURNS[1][1]
    used = [name for name in names if name not in SHIPPED["training"]["without"]]
    classifier = SparkXGBClassifier(
        features_col=used,
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
    logging.getLogger("XGBoost-PySpark").setLevel(logging.WARNING)
    boosted = classifier.fit(rows.where(sql.col("unit") < train_end))
    judged = boosted.transform(rows.where(sql.col("unit") >= judge_start))
    risk = vector_to_array("probability")[1].alias("risk")
    found = judged.select("leaves", risk).toPandas()
    return auc(found.leaves.to_numpy(), found.risk.to_numpy())


def unit_column(seed):
    """`sample.unit` of the session, in Spark."""
    digest = sql.sha2(sql.concat(sql.lit(f"{seed}:"), sql.col("session")), 256)
    return sql.conv(sql.substring(digest, 1, 12), 16, 10).cast("double") / sql.lit(float(1 << 48))
