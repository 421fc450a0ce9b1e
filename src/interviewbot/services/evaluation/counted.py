"""The metrics of agreement in all rounds of a resampling at once.

Owns their forms over rows that were drawn several times, by formulas of sums. Refuses to be
what is reported: that is for scipy and scikit-learn, which these equal to the last digits and
of which thousands of calls would take minutes. Every function returns a value a round,
``[rounds]``, NaN where the figure does not exist; rows are ``[rows]``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from interviewbot.services.evaluation.resampling import Floats, Sample

_FEWEST = 3  # rows, for a correlation
_TINY = 1e-13  # a variance below it is a rounding error
_DIGITS = 12  # what differs beyond them is tied


def mean(sample: Sample, values: ArrayLike) -> Floats:
    """Return the mean of ``values``."""
    sums = sample.sums(_table(np.ones(np.shape(values)), values))
    return sums[:, 1] / _or_nan(sums[:, 0])


def rmse(sample: Sample, human: ArrayLike, machine: ArrayLike) -> Floats:
    """Return the root of the mean squared error."""
    return np.sqrt(mean(sample, np.square(np.subtract(human, machine))))


def mae(sample: Sample, human: ArrayLike, machine: ArrayLike) -> Floats:
    """Return the mean absolute error."""
    return mean(sample, np.abs(np.subtract(human, machine)))


def pearson(sample: Sample, human: ArrayLike, machine: ArrayLike) -> Floats:
    """Return Pearson's r."""
    found = _covariance(sample.sums, human, machine)
    return _correlation(found[:, 0, 1], found[:, 0, 0], found[:, 1, 1])


def partial_correlation(
    sample: Sample, human: ArrayLike, machine: ArrayLike, given: ArrayLike
) -> Floats:
    """Return the correlation of what is left of both sides after a line over ``given``."""
    found = _covariance(sample.sums, human, machine, given)
    spread = found[:, 2, 2]
    explained = found[:, :2, 2, None] * found[:, None, :2, 2]
    slope = np.where(spread > _TINY, 1 / _or_nan(spread), 0.0)
    rest = found[:, :2, :2] - explained * slope[:, None, None]
    return _correlation(rest[:, 0, 1], rest[:, 0, 0], rest[:, 1, 1])


def within_groups(sample: Sample, human: ArrayLike, machine: ArrayLike) -> Floats:
    """Return the mean over drawn groups of Pearson's r."""
    found = _covariance(sample.by_group, human, machine)
    each = _correlation(found[:, 0, 1], found[:, 0, 0], found[:, 1, 1])
    exists = np.isfinite(each)
    counts = sample.drawn[:, exists]
    return (counts @ each[exists]) / _or_nan(counts.sum(axis=1))


def spearman(sample: Sample, human: ArrayLike, machine: ArrayLike) -> Floats:
    """Return Spearman's rank correlation."""
    parts = [
        _rank_correlation(_ranks(human, counts), _ranks(machine, counts), counts)
        for counts in sample.parts()
    ]
    return np.concatenate(parts)


def auc(sample: Sample, positive: ArrayLike, machine: ArrayLike) -> Floats:
    """Return the area under the ROC curve, from the ranks (Mann and Whitney 1947)."""
    chosen = np.asarray(positive, dtype=bool)
    parts: list[Floats] = []
    for counts in sample.parts():
        yes, no = counts[:, chosen].sum(axis=1), counts[:, ~chosen].sum(axis=1)
        ranked = (counts * _ranks(machine, counts))[:, chosen].sum(axis=1)
        parts.append((ranked - yes * (yes + 1) / 2) / _or_nan(yes * no))
    return np.concatenate(parts)


def quadratic_weighted_kappa(
    sample: Sample, human: ArrayLike, machine: ArrayLike, levels: int
) -> Floats:
    """Return Cohen's kappa with quadratic weights of levels 0 to ``levels`` - 1."""
    observed = _tally(sample, human, machine, levels)
    n = _or_nan(observed.sum(axis=(1, 2)))
    expected = observed.sum(axis=2)[:, :, None] * observed.sum(axis=1)[:, None, :]
    step = np.arange(levels)
    weights = np.square(step[:, None] - step[None, :])
    by_chance = (weights * expected).sum(axis=(1, 2)) / n
    kappa: Floats = 1 - (weights * observed).sum(axis=(1, 2)) / _or_nan(by_chance)
    return kappa


def macro_f1(sample: Sample, truth: ArrayLike, machine: ArrayLike, levels: int) -> Floats:
    """Return the mean F1 over those of labels 0 to ``levels`` - 1 that the truth holds."""
    tally = _tally(sample, truth, machine, levels)
    hits = np.diagonal(tally, axis1=1, axis2=2)
    true, found = tally.sum(axis=2), tally.sum(axis=1)
    f1 = np.where(true > 0, 2 * hits / np.maximum(true + found, 1), 0.0)
    macro: Floats = f1.sum(axis=1) / _or_nan((true > 0).sum(axis=1))
    return macro


def _table(*columns: ArrayLike) -> Floats:
    return np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])


def _or_nan(values: ArrayLike) -> Floats:
    """Return ``values`` with NaN for what must not divide."""
    found = np.asarray(values, dtype=np.float64)
    return np.where(found > 0, found, np.nan)


def _covariance(summed: Callable[[Floats], Floats], *columns: ArrayLike) -> Floats:
    """Return the covariances ``[sums, k, k]`` of ``columns``; NaN for too few rows."""
    table = _table(*columns)
    table = table - (table.mean(axis=0) if len(table) else 0.0)  # else sums of squares cancel
    rows, k = table.shape
    products = (table[:, :, None] * table[:, None, :]).reshape(rows, k * k)
    sums = summed(np.hstack([np.ones((rows, 1)), table, products]))
    n = np.where(sums[:, 0] >= _FEWEST, sums[:, 0], np.nan)[:, None]
    means, squares = sums[:, 1 : 1 + k] / n, sums[:, 1 + k :] / n
    return squares.reshape(-1, k, k) - means[:, :, None] * means[:, None, :]


def _correlation(both: Floats, first: Floats, second: Floats) -> Floats:
    """Return r from a covariance and two variances."""
    exists = (first > _TINY) & (second > _TINY)
    spread = np.sqrt(np.where(exists, first * second, np.nan))
    return np.clip(both / spread, -1.0, 1.0)


def _ranks(values: ArrayLike, counts: Floats) -> Floats:
    """Return every row's rank ``[rounds, rows]`` among the drawn ones, ties at their mean."""
    if not counts.shape[1]:
        return counts
    plain = np.round(np.asarray(values, dtype=np.float64), _DIGITS)
    _, first, level = np.unique(plain, return_index=True, return_inverse=True)
    order = np.argsort(level, kind="stable")
    starts = np.searchsorted(level[order], np.arange(len(first)))
    tied = np.add.reduceat(counts[:, order], starts, axis=1)
    middle = np.cumsum(tied, axis=1) - tied + (tied + 1) / 2
    ranks: Floats = middle[:, level]
    return ranks


def _rank_correlation(first: Floats, second: Floats, counts: Floats) -> Floats:
    total = counts.sum(axis=1)
    n = np.where(total >= _FEWEST, total, np.nan)
    middle = ((n + 1) / 2)[:, None]  # the mean of the ranks, whatever the ties
    first, second = first - middle, second - middle

    def product(one: Floats, other: Floats) -> Floats:
        found: Floats = (counts * one * other).sum(axis=1) / n
        return found

    return _correlation(product(first, second), product(first, first), product(second, second))


def _tally(sample: Sample, truth: ArrayLike, machine: ArrayLike, levels: int) -> Floats:
    """Return the confusion matrices ``[rounds, levels, levels]``, rows the truth."""
    cells: NDArray[np.int64] = np.asarray(truth, dtype=np.int64) * levels + np.asarray(
        machine, dtype=np.int64
    )
    one_hot = np.eye(levels * levels)[cells]
    return sample.sums(one_hot).reshape(-1, levels, levels)
