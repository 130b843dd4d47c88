"""The model of Spark's rows beside those of one machine without Spark."""

import json
import shutil
import subprocess
import sys
import types

import model
import recordings
from storage import Storage


# As CatBoost counts them.
EVERY_ROW_ALIKE = ("--late-weight", "1", "--early-weight", "1")


def compare(source, out, folder, falter):
    """ROC-AUC on the same people: of the job's model; of CatBoost on rows by `falter features` alone; of `falter train`."""
    words = [sys.executable, "-W", "ignore", str(model.HERE / "job.py"), str(source), str(out), "--falter", falter, "--model"]
    subprocess.run(words, check=True)
    stated = json.loads((out / "model" / "sample.json").read_text())
    place = folder / "model-alone"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    found, _ = recordings.find(Storage(source))
    drawn = [recording for path in stated["recordings"] for recording in found if recording.path == path]
    options = types.SimpleNamespace(falter=falter, seed=stated["seed"])
    for recording in drawn:
        plain, rows = place / "plain.ndjson", place / recording.rows
        rows.parent.mkdir(parents=True, exist_ok=True)
        plain.write_bytes(Storage(source).read(recording.path))
        model.falter(options, "features", plain, "-o", rows)
    again = model.build(drawn, Storage(source), Storage(place), options, place)
    native = place / "native.falter"
    people = (place / "train.ndjson", place / "stop.ndjson", place / "calibrate.ndjson")
    words = zip(("--trees", "--depth", "--learning-rate", "--l2", "--bins"), model.STANDARD.values())
    model.falter(options, "train", *people, *(word for pair in words for word in pair), *EVERY_ROW_ALIKE, "--output", native)
    judged = model.falter(options, "evaluate", place / "judge.ndjson", "--model", native, "--json")
    return {
        "sessions": stated["sessions"],
        "rows": stated["rows"],
        "spark": stated["roc_auc"]["falter"],
        "spark_xgboost": stated["roc_auc"]["xgboost"],
        "alone": {"catboost": again["roc_auc"]["falter"], "falter train": json.loads(judged)["risks"]["roc_auc"]},
        "same_bytes": (place / "model.falter").read_bytes() == (out / "model" / "model.falter").read_bytes(),
    }
