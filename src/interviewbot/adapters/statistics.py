"""The metrics of agreement, by scipy and scikit-learn.

Owns which library call stands for which figure, and when a figure does not exist. Refuses
to know where the numbers come from. All scores are on 0..1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_LEVELS = 5  # scores are put into this many equal bands for weighted kappa


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


def quadratic_weighted_kappa(human: Sequence[float], machine: Sequence[float]) -> float | None:
    """Return Cohen's kappa with quadratic weights over five equal bands of score."""
    from sklearn.metrics import cohen_kappa_score

    first, second = _bands(human), _bands(machine)
    if len(set(first.tolist()) | set(second.tolist())) < 2:
        return None
    labels = list(range(_LEVELS))
    return float(cohen_kappa_score(first, second, weights="quadratic", labels=labels))


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


def recall(truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
    """Return the share of ``label`` in the truth that was found; None where there is none."""
    from sklearn.metrics import recall_score

    if label not in truth:
        return None
    return float(recall_score(truth, machine, labels=[label], average="macro", zero_division=0))


def expected_calibration_error(
    confidence: Sequence[float], right: Sequence[bool], bins: int = 10
) -> float | None:
    """Return the mean gap of confidence and accuracy over equal bins (Naeini et al. 2015)."""
    if not confidence:
        return None
    sure, hit = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)
    index = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [
        abs(float(sure[index == b].mean()) - float(hit[index == b].mean()))
        * float((index == b).mean())
        for b in np.unique(index)
    ]
    return float(sum(gaps))


def bootstrap_interval(
    figure: Callable[[Sequence[int]], float | None],
    groups: Sequence[str],
    *,
    rounds: int = 400,
    seed: int = 0,
) -> tuple[float, float] | None:
    """Return the 95 % interval of ``figure`` (of row numbers), resampling whole groups.

    None where fewer than two groups or too few rounds give the figure.
    """
    members = list(_members(groups).values())
    if len(members) < 2:
        return None
    dice = np.random.default_rng(seed)
    found: list[float] = []
    for _ in range(rounds):
        drawn = dice.integers(0, len(members), len(members))
        value = figure([row for group in drawn for row in members[group]])
        if value is not None:
            found.append(value)
    if len(found) < rounds // 2:
        return None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def _varies(values: Sequence[float]) -> bool:
    return len(values) >= 3 and float(np.ptp(np.asarray(values, dtype=np.float64))) > 1e-12


def _residual(values: Sequence[float], given: Sequence[float]) -> list[float]:
    y, x = np.asarray(values, dtype=np.float64), np.asarray(given, dtype=np.float64)
    gradient, intercept = np.polyfit(x, y, 1)
    rest: Floats = y - (intercept + gradient * x)
    return [float(value) for value in rest]


def _bands(values: Sequence[float]) -> NDArray[np.int64]:
    return np.minimum((np.asarray(values) * _LEVELS).astype(np.int64), _LEVELS - 1)


def _members(groups: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        found.setdefault(group, []).append(row)
    return found
