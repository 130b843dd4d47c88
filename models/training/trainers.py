"""CatBoost, XGBoost and falter's trainer on one table, set alike: symmetric or depth-wise trees, 64 bins, logistic loss."""

import json
import subprocess
import time

import catboost
import numpy as np
import xgboost

DEPTH, TREES, RATE, L2, BINS = 5, 200, 0.1, 3.0, 64


def auc(labels, margins):
    """Area under the ROC curve; ties count half."""
    _, place, count = np.unique(margins, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    yes = labels.sum()
    return (rank[labels == 1].sum() - yes * (yes + 1) / 2) / (yes * (len(labels) - yes))


def logloss(labels, margins):
    away = np.where(labels == 1, -margins, margins).astype(np.float64)
    return np.logaddexp(0, away).mean()


def train_catboost(names, rows, labels, borders, sampling, trees=TREES, depth=DEPTH):
    """The model and the seconds it took. Without sampling: no bootstrap, no noise on scores, the score being the loss itself."""
    alike = dict(iterations=trees, depth=depth, learning_rate=RATE, l2_leaf_reg=L2, boost_from_average=True)
    plain = {} if sampling else dict(bootstrap_type="No", random_strength=0, score_function="L2")
    start = time.perf_counter()
    model = catboost.CatBoostClassifier(
        **alike, **plain, input_borders=str(borders), thread_count=1, random_seed=1, verbose=0, allow_writing_files=False
    )
    model.fit(catboost.Pool(rows, labels, feature_names=list(names)))
    return model, time.perf_counter() - start


def train_xgboost(rows, labels):
    start = time.perf_counter()
    table = xgboost.QuantileDMatrix(rows, labels, max_bin=BINS, nthread=1)
    settings = dict(
        objective="binary:logistic", tree_method="hist", max_depth=DEPTH, eta=RATE, reg_lambda=L2, max_bin=BINS, nthread=1
    )
    model = xgboost.train(settings, table, TREES)
    return model, time.perf_counter() - start


def train_falter(trainer, folder, rows, labels, held_out):
    """The margins of the held-out rows and the seconds it took. `trainer` is what `cargo bench --bench train` builds."""
    rows.T.astype("<f4").copy(order="C").tofile(folder / "train.f32")
    held_out.T.astype("<f4").copy(order="C").tofile(folder / "held_out.f32")
    labels.astype(np.uint8).tofile(folder / "train.u8")
    settings = [f"trees={TREES}", f"depth={DEPTH}", f"rate={RATE}", f"l2={L2}", f"bins={BINS}"]
    done = subprocess.run([trainer, folder, *settings], check=True, capture_output=True, text=True)
    return np.fromfile(folder / "held_out.margins", "<f4"), json.loads(done.stdout)["seconds"][0]
