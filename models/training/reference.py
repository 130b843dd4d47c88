#!/usr/bin/env python3
"""Makes tests/training/ again: what CatBoost and XGBoost make of a small table that tests/import.rs generates alike.

usage: reference.py     (in an environment with requirements.txt)
Writes catboost.json (CatBoost's own export), predictions.csv (the leaf of every tree, a hexadecimal digit each, and the raw
prediction of the first rows) and figures.json (AUC and log loss on the held-out rows).
"""

import json
import pathlib

import numpy as np
import xgboost

from trainers import auc, logloss, train_catboost, train_xgboost

ROWS, COLUMNS, CHECKED = 20_000, 12, 300
TREES, DEPTH, RATE, L2, BINS = 40, 4, 0.2, 3.0, 32
OUT = pathlib.Path(__file__).resolve().parents[2] / "tests" / "training"
WORD = (1 << 64) - 1


def unit(row, column):
    """A draw of 24 bits in 0..1 (splitmix64; Steele, Lea, Flood 2014)."""
    state = ((row * 16 + column + 1) * 0x9E3779B97F4A7C15) & WORD
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & WORD
    return ((state ^ (state >> 31)) >> 40) / (1 << 24)


def make_row(row):
    """Even columns are uniform, odd ones have most of their values near 0; the last two are missing in a third of the rows."""
    u = [unit(row, column) for column in range(COLUMNS + 3)]
    values = [value if column % 2 == 0 else value * value * value for column, value in enumerate(u[:COLUMNS])]
    p = 0.05 + 0.3 * values[0] * values[1]
    p += 0.25 if (values[2] > 0.4) != (values[4] > 0.7) else 0.0
    p += 0.2 * values[6] if values[3] < 0.1 else 0.0
    p += 0.1 if u[COLUMNS] < 1 / 3 else 0.15 * values[10]
    for column, draw in ((10, u[COLUMNS]), (11, u[COLUMNS + 1])):
        if draw < 1 / 3:
            values[column] = float("nan")
    return values, int(u[COLUMNS + 2] < p)


def main():
    made = [make_row(row) for row in range(2 * ROWS)]
    rows = np.array([values for values, _ in made], np.float32)
    labels = np.array([label for _, label in made])
    names = [f"column {column}" for column in range(COLUMNS)]
    OUT.mkdir(exist_ok=True)
    borders = OUT / "borders.tsv"
    borders.write_text("".join(f"{c}\t{k / BINS}\tMin\n" for c in range(COLUMNS) for k in range(1, BINS)))
    settings = dict(trees=TREES, depth=DEPTH, rate=RATE, l2=L2, bins=BINS)
    model, _ = train_catboost(names, rows[:ROWS], labels[:ROWS], borders, sampling=False, **settings)
    model.save_model(str(OUT / "catboost.json"), format="json")
    export = json.loads((OUT / "catboost.json").read_text())
    (OUT / "catboost.json").write_text(json.dumps(export, separators=(",", ":")) + "\n")
    raw = model.predict(rows, prediction_type="RawFormulaVal")
    leaves = model.calc_leaf_indexes(rows[:CHECKED])
    lines = ("".join(f"{leaf:x}" for leaf in leaves[row]) + f",{float(raw[row])!r}\n" for row in range(CHECKED))
    (OUT / "predictions.csv").write_text("leaves,RawFormulaVal\n" + "".join(lines))
    borders.unlink()
    boosted, _ = train_xgboost(rows[:ROWS], labels[:ROWS], **settings)
    truth = labels[ROWS:]
    margins = {"catboost": raw[ROWS:], "xgboost": boosted.predict(xgboost.DMatrix(rows[ROWS:]), output_margin=True)}
    figures = {name: {"auc": auc(truth, m), "log_loss": logloss(truth, m)} for name, m in margins.items()}
    (OUT / "figures.json").write_text(json.dumps(figures, indent=2, default=float) + "\n")
    print(json.dumps(figures, default=float), f"{labels.mean():.3f} of the labels are 1")


main()
