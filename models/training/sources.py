#!/usr/bin/env python3
"""How well do the features tell two sources of recordings apart, far from any leave? The nearer to 0.5, the less a model can go by
the source instead of the person.

usage: sources.py ONE.csv OTHER.csv     rows by `falter features`; needs numpy and scikit-learn
Rows within 10 s before a leave or 4 s after one are set aside. AUC by 5 folds over sessions, as many rows of each source, mean and
spread of 5 shuffles; then what each feature alone tells.
"""
import csv
import math
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

AHEAD_MS, AFTER_MS, SHUFFLES, ROWS = 10_000, 4_000, 5, 6_000
# below every feature's range
UNKNOWN = -1e6


def far_rows(path):
    """Names of the features, sessions and rows that are far from any leave."""
    sessions, times, rows, leaving = [], [], [], {}
    with open(path, newline="") as file:
        lines = csv.reader(file)
        names = next(lines)[2:-1]
        for session, t, *values, leaves in lines:
            sessions.append(session)
            times.append(int(t))
            rows.append([float(value) if value else math.nan for value in values])
            if leaves == "1":
                leaving.setdefault(session, []).append(int(t))
    leaving = {session: np.array(ticks) for session, ticks in leaving.items()}

    def is_far(session, t):
        ticks = leaving.get(session)
        return ticks is None or not np.any((ticks - t <= AHEAD_MS) & (t - ticks <= AFTER_MS + 4_000))

    kept = [place for place, (session, t) in enumerate(zip(sessions, times)) if is_far(session, t)]
    return names, np.array(sessions)[kept], np.nan_to_num(np.array(rows)[kept], nan=UNKNOWN)


def auc(rows, labels, groups, seed):
    rng = np.random.default_rng(seed)
    most = min(ROWS, np.bincount(labels).min())
    picked = np.concatenate([rng.permutation(np.flatnonzero(labels == label))[:most] for label in (0, 1)])
    rows, labels, groups = rows[picked], labels[picked], groups[picked]
    _, numbers = np.unique(groups, return_inverse=True)
    shuffled = rng.permutation(numbers.max() + 1)[numbers]
    scores = np.zeros(len(labels))
    for train, test in GroupKFold(5).split(rows, labels, shuffled):
        model = HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=8, random_state=seed)
        scores[test] = model.fit(rows[train], labels[train]).predict_proba(rows[test])[:, 1]
    return roc_auc_score(labels, scores)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    (names, one, a), (_, other, b) = map(far_rows, sys.argv[1:])
    rows, labels = np.vstack([a, b]), np.repeat([0, 1], [len(a), len(b)])
    groups = np.concatenate([np.char.add("a", one), np.char.add("b", other)])
    print(f"rows far from any leave: {len(a)} of {len(set(one))} sessions, {len(b)} of {len(set(other))}")
    every = [auc(rows, labels, groups, seed) for seed in range(SHUFFLES)]
    print(f"all features: AUC {np.mean(every):.3f} ± {np.std(every):.3f} (0.5 cannot be told apart)")
    alone = {name: auc(rows[:, [place]], labels, groups, 0) for place, name in enumerate(names)}
    for name, value in sorted(alone.items(), key=lambda item: -item[1])[:8]:
        print(f"  {name:20} alone {value:.3f}")


if __name__ == "__main__":
    main()
