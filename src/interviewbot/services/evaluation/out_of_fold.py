"""What is fitted to human scores, on other questions than it is used on.

Owns the folds and the line. Refuses to know what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from interviewbot.services.evaluation.resampling import Floats

_FOLDS = 5

Features = Sequence[Sequence[float]]
Fit = Callable[[Features, Sequence[float], Features], Sequence[float]]
"""Takes features and targets to fit, and features for which to say the target."""


def folds_of(groups: Sequence[str], seed: int = 0) -> NDArray[np.int64]:
    """Return the fold of every member of ``groups``: five of whole groups, or one a group."""
    names = list(dict.fromkeys(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = {names[group]: place % _FOLDS for place, group in enumerate(order)}
    return np.array([fold_of[group] for group in groups], dtype=np.int64)


def fitted_line(
    numbers: Sequence[float], human: Sequence[float], groups: Sequence[str], seed: int = 0
) -> list[float] | None:
    """Return ``numbers`` on the scale of ``human`` (0..1), by least squares.

    Five folds of whole groups (as many as there are groups, where those are fewer); each is
    mapped by the line through the others, and clipped to 0..1. None for one group.
    """
    if len(set(groups)) < 2:
        return None
    folds = folds_of(groups, seed)
    x, y = np.asarray(numbers, dtype=np.float64), np.asarray(human, dtype=np.float64)
    mapped = np.zeros(len(x))
    for fold in np.unique(folds):
        here = folds == fold
        slope, level = line_of(x[~here], y[~here])
        mapped[here] = level + slope * x[here]
    return [float(score) for score in np.clip(mapped, 0.0, 1.0)]


def fitted(
    fit: Fit, features: Features, targets: Sequence[float], groups: Sequence[str], seed: int = 0
) -> list[float]:
    """Return what ``fit`` says of every row of ``features``, fitted on the other folds.

    Raises:
        ValueError: if there are fewer than two groups.
    """
    if len(set(groups)) < 2:
        raise ValueError("one group leaves nothing to fit on")
    folds = folds_of(groups, seed)
    found = np.zeros(len(folds))
    for fold in np.unique(folds):
        members = np.flatnonzero(folds == fold).tolist()
        others = np.flatnonzero(folds != fold).tolist()
        found[members] = fit(
            [features[row] for row in others],
            [targets[row] for row in others],
            [features[row] for row in members],
        )
    return [float(value) for value in found]


def line_of(x: Floats, y: Floats) -> tuple[float, float]:
    """Return slope and level of the line of least squares; a constant ``x`` has no slope."""
    from_mean = x - x.mean()
    spread = float(from_mean @ from_mean)
    slope = float(from_mean @ (y - y.mean())) / spread if spread > 1e-12 else 0.0
    return slope, float(y.mean() - slope * x.mean())
