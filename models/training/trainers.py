"""CatBoost, XGBoost and falter's trainer on one table, set alike: symmetric or depth-wise trees, 64 bins, logistic loss."""

import json
import subprocess
import time

import catboost
import numpy as np
import xgboost

FALTER = ["cargo", "run", "--quiet", "--locked", "--release", "--features", "cli", "--"]
TRAINER = ["cargo", "bench", "--quiet", "--locked", "--features", "train", "--bench", "train", "--"]
STANDARD = dict(trees=200, depth=5, rate=0.1, l2=3.0, bins=64)
# Trees without a better loss after which there come no more, as in falter's trainer.
PATIENCE = 30


def auc(labels, margins):
    """Area under the ROC curve; ties count half."""
    _, place, count = np.unique(margins, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    yes = labels.sum()
    return (rank[labels == 1].sum() - yes * (yes + 1) / 2) / (yes * (len(labels) - yes))


def logloss(labels, margins):
    away = np.where(labels == 1, -margins, margins).astype(np.float64)
    return np.logaddexp(0, away).mean()


def train_catboost(names, rows, labels, borders, sampling, trees, depth, rate, l2, bins, threads=1, stop=None, weigh=None):
    """The model and the seconds it took; `bins` is what the borders make. Without sampling: no bootstrap, no noise on scores,
    the score being the loss itself. With rows and labels to `stop` on, no more trees than do them good. `weigh`: CatBoost's
    `auto_class_weights`."""
    alike = dict(iterations=trees, depth=depth, learning_rate=rate, l2_leaf_reg=l2, border_count=bins, boost_from_average=True)
    plain = {} if sampling else dict(bootstrap_type="No", random_strength=0, score_function="L2")
    start = time.perf_counter()
    model = catboost.CatBoostClassifier(
        **alike,
        **plain,
        input_borders=str(borders),
        auto_class_weights=weigh,
        thread_count=threads,
        random_seed=1,
        verbose=0,
        allow_writing_files=False,
    )
    stopping = dict(eval_set=catboost.Pool(*stop, feature_names=list(names)), early_stopping_rounds=PATIENCE) if stop else {}
    model.fit(catboost.Pool(rows, labels, feature_names=list(names)), **stopping)
    return model, time.perf_counter() - start


def train_xgboost(rows, labels, trees, depth, rate, l2, bins):
    start = time.perf_counter()
    table = xgboost.QuantileDMatrix(rows, labels, max_bin=bins, nthread=1)
    settings = dict(
        objective="binary:logistic", tree_method="hist", max_depth=depth, eta=rate, reg_lambda=l2, max_bin=bins, nthread=1
    )
    model = xgboost.train(settings, table, trees)
    return model, time.perf_counter() - start


def train_falter(folder, rows, labels, held_out, **settings):
    """The margins of the held-out rows and the seconds it took, as benches/train.rs took them."""
    rows.T.astype("<f4").copy(order="C").tofile(folder / "train.f32")
    held_out.T.astype("<f4").copy(order="C").tofile(folder / "held_out.f32")
    labels.astype(np.uint8).tofile(folder / "train.u8")
    words = [f"{name}={value}" for name, value in settings.items()]
    done = subprocess.run([*TRAINER, folder, *words], check=True, stdout=subprocess.PIPE, text=True)
    return np.fromfile(folder / "held_out.margins", "<f4"), json.loads(done.stdout)["seconds"][0]
