"""A model of a sample of the rows: CatBoost's trees through `falter import`, beside XGBoost on Spark."""

import datetime
import json
import pathlib
import subprocess
import sys

import numpy as np
import pyarrow
import pyarrow.compute
import pyarrow.parquet

import sample
import spark_xgboost

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from trainers import STANDARD, auc, train_catboost  # noqa: E402

# What tells the shop rather than the person; the shipped model's trees don't split on it either.
WITHOUT = json.loads((HERE.parents[1] / "exit.json").read_text())["training"]["without"]
# CatBoost scores splits by gradients and counts (by hessians on GPUs alone), so where leaves are few, as ours are, it splits
# for the many: 0.004 of AUC (docs/scale.md). Calibration on other people takes the weights' bias away.
WEIGH = "SqrtBalanced"
THREADS = 2
PARTS = (
    *("model.falter", "model.json", "MODEL_CARD.md", "figures.json", "report.html"),
    *("sample.json", "catboost.json", "borders.tsv"),
)


def add_options(group):
    group.add_argument("--sample-rows", type=int, default=4_000_000, help="rows to draw recordings for [%(default)s]")
    group.add_argument("--seed", type=int, default=1, help="of every draw [%(default)s]")


def make(spark, found, receipts, source, target, options):
    drawn = sample.draw(found, receipts, options.sample_rows, options.seed)
    with target.attempt() as folder:
        stated = build(drawn, source, target, options, folder)
        labels, risks = spark_xgboost.predict(spark, drawn, target, options.seed, STANDARD, WITHOUT)
        stated["roc_auc"]["xgboost"] = auc(labels, risks)
        (folder / "sample.json").write_text(json.dumps(stated, indent=2, default=float) + "\n")
        for part in PARTS:
            target.publish(folder / part, f"model/{part}")
    rows, sessions = stated["rows"], stated["sessions"]
    print(
        f"model of {rows['train']:,} rows of {sessions['train']:,} sessions out of {len(drawn)} recordings; ROC-AUC on "
        f"{rows['judge']:,} rows of {sessions['judge']:,} others: "
        + ", ".join(f"{name} {area:.4f}" for name, area in stated["roc_auc"].items())
    )


def build(drawn, source, target, options, folder):
    """Trains, imports, judges and describes; the files go to `folder`. Returns what it was made of and came to."""
    paths, sessions, sources = sample.divide(drawn, source, options.seed, folder)
    is_simulated = "simulated" in sources
    if is_simulated and len(sources) > 1:
        sys.exit(f"simulated and real people are never pooled; the sample has sources {', '.join(map(str, sources))}")
    borders = folder / "borders.tsv"
    falter(options, "features", paths["train"], "--keep-going", "--borders", borders, "--bins", STANDARD["bins"])
    names, rows, labels = read_rows(drawn, target, "train", options.seed, sample.LEARN_EVERY_MS)
    _, *stop = read_rows(drawn, target, "stop", options.seed, sample.LEARN_EVERY_MS)
    _, others, truth = read_rows(drawn, target, "judge", options.seed)
    # CatBoost 1.2.10 splits on ignored_features that input_borders names; on what is never known it cannot
    rows[:, [names.index(name) for name in WITHOUT]] = np.nan
    alike = dict(sampling=False, threads=THREADS, stop=stop, weigh=WEIGH)
    trained, seconds = train_catboost(names, rows, labels, borders, **alike, **STANDARD)
    raw = trained.predict(others, prediction_type="RawFormulaVal")
    import_trees(options, trained, names, others, raw, paths["calibrate"], folder)
    figures = judge(options, paths["judge"], is_simulated, folder)
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "seed": options.seed,
        "recordings": [recording.path for recording in drawn],
        "sessions": sessions,
        "rows": {"train": len(labels), "judge": len(truth)},
        "trees": trained.tree_count_,
        "settings": {**STANDARD, "auto_class_weights": WEIGH},
        "catboost_seconds": round(seconds, 1),
        "roc_auc": {"catboost": auc(truth, raw), "falter": figures["risks"]["roc_auc"]},
    }


def falter(options, *words):
    """What falter says; its errors are the job's."""
    done = subprocess.run([options.falter, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr.strip())
    return done.stdout


def read_rows(drawn, target, name, seed, every_ms=1):
    """The features' names, and the rows and labels of a turn's sessions; a value that is not known is NaN."""
    tables = []
    for recording in drawn:
        table = pyarrow.parquet.read_table(target.full(recording.rows), filesystem=target.files, partitioning=None)
        ids = table["session"].unique().to_pylist()
        wanted = pyarrow.array([session for session in ids if sample.turn(seed, session) == name], pyarrow.string())
        is_due = pyarrow.array(table["t"].to_numpy() % every_ms == 0)
        is_wanted = pyarrow.compute.is_in(table["session"].combine_chunks(), wanted)
        tables.append(table.filter(pyarrow.compute.and_(is_wanted, is_due)))
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
