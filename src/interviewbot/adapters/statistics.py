"""The metrics of agreement, by scipy and scikit-learn.

Owns which library call stands for which figure, and when a figure does not exist. Refuses
to know where the numbers come from, and to resample. All scores are on 0..1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def pearson(human: Sequence[float], machine: Sequence[float]) -> float | None:
    """Return Pearson's r; None where either side is constant or there are under 3 pairs."""
    from scipy.stats import pearsonr

    if not _varies(human) or not _varies(machine):
        return None
    return float(pearsonr(human, machine).statistic)


def spearman(human: Sequence[float], machine: Sequence[float]) -> float | None:
    """Return Spearman's rank correlation; None as for ``pearson``."""
    from scipy.stats import spearmanr

    if not _varies(human) or not _varies(machine):
        return None
    return float(spearmanr(human, machine).statistic)


def partial_correlation(
    human: Sequence[float], machine: Sequence[float], given: Sequence[float]
) -> float | None:
    """Return the correlation of what is left of both sides after a line over ``given``."""
    if not _varies(given):
        return pearson(human, machine)
    return pearson(_residual(human, given), _residual(machine, given))


def within_groups(
    human: Sequence[float], machine: Sequence[float], groups: Sequence[str]
) -> float | None:
    """Return the mean of Pearson's r over the groups in which it exists."""
    found: list[float] = []
    for members in _members(groups).values():
        r = pearson([human[i] for i in members], [machine[i] for i in members])
        if r is not None:
            found.append(r)
    return float(np.mean(found)) if found else None


def rmse(human: Sequence[float], machine: Sequence[float]) -> float:
    """Return the root of the mean squared error."""
    from sklearn.metrics import root_mean_squared_error

    return float(root_mean_squared_error(human, machine))


def mae(human: Sequence[float], machine: Sequence[float]) -> float:
    """Return the mean absolute error."""
    from sklearn.metrics import mean_absolute_error

    return float(mean_absolute_error(human, machine))


def quadratic_weighted_kappa(
    human: Sequence[int], machine: Sequence[int], levels: int
) -> float | None:
    """Return Cohen's kappa with quadratic weights of levels 0 to ``levels`` - 1 (Cohen 1968).

    None where both sides know but one level.
    """
    from sklearn.metrics import cohen_kappa_score

    if len({*human, *machine}) < 2:
        return None
    labels = list(range(levels))
    return float(cohen_kappa_score(human, machine, weights="quadratic", labels=labels))


def auc(positive: Sequence[bool], machine: Sequence[float]) -> float | None:
    """Return the area under the ROC curve; None where all are of one class."""
    from sklearn.metrics import roc_auc_score

    if len(set(positive)) < 2:
        return None
    return float(roc_auc_score(positive, machine))


def f1(truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
    """Return F1 of one label; None where it is in neither."""
    from sklearn.metrics import f1_score

    if label not in truth and label not in machine:
        return None
    return float(f1_score(truth, machine, labels=[label], average="macro", zero_division=0))


def macro_f1(truth: Sequence[str], machine: Sequence[str], labels: Sequence[str]) -> float | None:
    """Return the mean of F1 over those ``labels`` that the truth holds."""
    from sklearn.metrics import f1_score

    present = [label for label in labels if label in truth]
    if not present:
        return None
    return float(f1_score(truth, machine, labels=present, average="macro", zero_division=0))


def precision(truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
    """Return the share of what was called ``label`` that is; None where nothing was."""
    from sklearn.metrics import precision_score

    if label not in machine:
        return None
    return float(precision_score(truth, machine, labels=[label], average="macro", zero_division=0))


def recall(truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
    """Return the share of ``label`` in the truth that was found; None where there is none."""
    from sklearn.metrics import recall_score

    if label not in truth:
        return None
    return float(recall_score(truth, machine, labels=[label], average="macro", zero_division=0))


def confusion(
    truth: Sequence[str], machine: Sequence[str], labels: Sequence[str]
) -> tuple[tuple[int, ...], ...]:
    """Return how often each of ``labels`` (rows) was called each of them (columns)."""
    from sklearn.metrics import confusion_matrix

    if not truth:
        return ((0,) * len(labels),) * len(labels)
    found = confusion_matrix(truth, machine, labels=list(labels))
    return tuple(tuple(int(count) for count in row) for row in found)


def brier(confidence: Sequence[float], right: Sequence[bool]) -> float | None:
    """Return the mean squared gap of confidence and being right (Brier 1950), on 0..1."""
    from sklearn.metrics import brier_score_loss

    if not confidence:
        return None
    return float(brier_score_loss([int(hit) for hit in right], confidence, pos_label=1))


def boosted(
    features: Sequence[Sequence[float]],
    targets: Sequence[float],
    unseen: Sequence[Sequence[float]],
) -> list[float]:
    """Return what small boosted trees, fitted to ``targets``, say of ``unseen`` (Friedman 2001).

    ``features`` are ``[n, k]``, ``unseen`` ``[m, k]``. One thread, exact splits and a seed: the
    same every time.
    """
    from sklearn.ensemble import GradientBoostingRegressor

    trees = GradientBoostingRegressor(
        n_estimators=50, learning_rate=0.1, max_depth=3, min_samples_leaf=8, random_state=0
    )
    trees.fit(np.asarray(features), np.asarray(targets, dtype=np.float64))
    return [float(value) for value in trees.predict(np.asarray(unseen))]


def mcnemar(newly_wrong: int, newly_right: int) -> float:
    """Return p of McNemar's exact test, two-sided; 1 where nothing changed (McNemar 1947)."""
    from scipy.stats import binomtest

    changed = newly_wrong + newly_right
    return float(binomtest(newly_wrong, changed, 0.5).pvalue) if changed else 1.0


def _varies(values: Sequence[float]) -> bool:
    return len(values) >= 3 and float(np.ptp(np.asarray(values, dtype=np.float64))) > 1e-12


def _residual(values: Sequence[float], given: Sequence[float]) -> list[float]:
    y, x = np.asarray(values, dtype=np.float64), np.asarray(given, dtype=np.float64)
    gradient, intercept = np.polyfit(x, y, 1)
    rest: Floats = y - (intercept + gradient * x)
    return [float(value) for value in rest]


def _members(groups: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        found.setdefault(group, []).append(row)
    return found
