#!/usr/bin/env python3
"""falter's trainer beside CatBoost and XGBoost: the same rows, the same held-out people, one core.

usage: bench.py FOLDER     (./build.sh bench train calls it, in an environment with requirements.txt)
FOLDER: where files may be written.
Exit status 1 when a target is missed.
"""

import pathlib
import statistics
import subprocess
import sys

import numpy as np
import pandas
import xgboost

from trainers import FALTER, STANDARD, auc, logloss, train_catboost, train_falter, train_xgboost

# Targets: DESIGN budgets.
AUC_APART, LOGLOSS_APART, TIME_RATIO = 0.002, 0.005, 1.5
TRAIN_VISITS, HELD_OUT_VISITS = 1_500, 1_500
ROWS, COLUMNS, REPEATS = 100_000, 50, 7


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    train, held_out, borders = write_rows(folder)
    is_met = parity(folder, train, held_out, borders)
    is_met &= speed(folder, train)
    sys.exit(0 if is_met else 1)


def write_rows(folder):
    """Rows of simulated visits; the second seed's people are held out."""
    tables = []
    borders = folder / "borders.tsv"
    for name, seed, visits, more in (("train", 11, TRAIN_VISITS, ["--borders", borders]), ("held_out", 12, HELD_OUT_VISITS, [])):
        recording, rows = folder / f"{name}.ndjson", folder / f"{name}.parquet"
        run("simulate", "--sessions", str(visits), "--seed", str(seed), "-o", recording)
        run("features", recording, "-o", rows, *more)
        tables.append(pandas.read_parquet(rows))
    return *tables, borders


def run(*command):
    subprocess.run([*FALTER, *command], check=True, stderr=subprocess.DEVNULL)


def parity(folder, train, held_out, borders):
    names = list(train.columns[2:-1])
    rows, labels = train[names].to_numpy(np.float32), train.leaves.to_numpy()
    others, truth = held_out[names].to_numpy(np.float32), held_out.leaves.to_numpy()
    print(
        f"parity: {len(labels):,} rows of {TRAIN_VISITS} simulated visits, judged on {len(truth):,} of {HELD_OUT_VISITS} others;\n"
        f"{described()}, one core\n"
    )
    plain, plain_s = train_catboost(names, rows, labels, borders, sampling=False, **STANDARD)
    sampled, sampled_s = train_catboost(names, rows, labels, borders, sampling=True, **STANDARD)
    boosted, boosted_s = train_xgboost(rows, labels, **STANDARD)
    ours, ours_s = train_falter(folder, rows, labels, others, **STANDARD)
    margins = {
        "falter": (ours, ours_s),
        "CatBoost, all rows every tree": (plain.predict(others, prediction_type="RawFormulaVal"), plain_s),
        "CatBoost, as it comes (sampled)": (sampled.predict(others, prediction_type="RawFormulaVal"), sampled_s),
        "XGBoost hist (depth-wise trees)": (
            boosted.predict(xgboost.DMatrix(others), output_margin=True),
            boosted_s,
        ),
    }
    results = {name: (auc(truth, m), logloss(truth, m), s) for name, (m, s) in margins.items()}
    ours_auc, ours_loss, _ = results["falter"]
    print(f"{'trainer':34} {'AUC':>8} {'falter':>9} {'log loss':>9} {'falter':>9} {'seconds':>8}")
    for name, (area, loss, seconds) in results.items():
        print(f"{name:34} {area:8.5f} {ours_auc - area:+9.5f} {loss:9.5f} {ours_loss / loss - 1:+9.2%} {seconds:8.1f}")
    theirs = [values for name, values in results.items() if name.startswith("CatBoost")]
    is_met = all(ours_auc > area - AUC_APART and ours_loss < loss * (1 + LOGLOSS_APART) for area, loss, _ in theirs)
    print(f"target: AUC within {AUC_APART} of CatBoost's and log loss within {LOGLOSS_APART:.1%}: {verdict(is_met)}\n")
    return is_met & imports(folder, plain, held_out, margins["CatBoost, all rows every tree"][0])


def imports(folder, model, held_out, raw):
    """CatBoost's model through `falter import`, checked on the held-out rows with CatBoost's own predictions."""
    model.save_model(str(folder / "catboost.json"), format="json")
    held_out.assign(RawFormulaVal=raw).to_parquet(folder / "checked.parquet")
    done = subprocess.run(
        [*FALTER, "import", "catboost", folder / "catboost.json", "-o", folder / "imported.falter", "--rows", folder / "checked.parquet"],
        capture_output=True,
        text=True,
    )
    print("import:", (done.stdout or done.stderr).strip().replace("\n", "\n        "), "\n")
    return done.returncode == 0


def speed(folder, train):
    print(f"time: {ROWS:,} rows x {COLUMNS} columns x {described()}, binning included, one core, {REPEATS} pairs")
    random = np.random.default_rng(1)
    dense = random.normal(size=(ROWS, COLUMNS)).astype(np.float32)
    margin = 0.3 * dense @ random.normal(size=COLUMNS) * 0.4 + 0.5 * dense[:, 0] * dense[:, 1] + np.sin(3 * dense[:, 2]) - 2
    labels = (random.random(ROWS) < 1 / (1 + np.exp(-margin))).astype(np.uint8)
    some = train.iloc[np.linspace(0, len(train) - 1, ROWS).astype(int)]
    tables = {
        "dense normal columns": (dense, labels),
        "rows of simulated visits": (some[some.columns[2 : 2 + COLUMNS]].to_numpy(np.float32), some.leaves.to_numpy()),
    }
    is_met = True
    print(f"{'table':28} {'falter s':>10} {'XGBoost s':>10} {'ratio: median':>14} {'min':>6} {'max':>6}")
    for name, (rows, labels) in tables.items():
        pairs = []
        for _ in range(REPEATS):
            _, ours = train_falter(folder, rows, labels, rows[:1], **STANDARD)
            _, theirs = train_xgboost(rows, labels, **STANDARD)
            pairs.append((ours, theirs))
        ratios = sorted(ours / theirs for ours, theirs in pairs)
        ours, theirs = (statistics.median(side) for side in zip(*pairs))
        ratio = statistics.median(ratios)
        print(f"{name:28} {ours:10.2f} {theirs:10.2f} {ratio:14.2f} {ratios[0]:6.2f} {ratios[-1]:6.2f}")
        is_met &= ratio <= TIME_RATIO
    print(f"target: at most {TIME_RATIO} x XGBoost hist: {verdict(is_met)}")
    return is_met


def described():
    return "{trees} trees of depth {depth}, rate {rate}, L2 {l2}, {bins} bins".format(**STANDARD)


def verdict(is_met):
    return "met" if is_met else "MISSED"


main()
