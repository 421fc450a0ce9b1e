"""A line from a number to the human score, fitted on other questions than it is used on.

Owns the folds and the line. Refuses to know what the number means.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interviewbot.services.evaluation.resampling import Floats

_FOLDS = 5


def fitted_line(
    numbers: Sequence[float], human: Sequence[float], groups: Sequence[str], seed: int = 0
) -> list[float] | None:
    """Return ``numbers`` on the scale of ``human`` (0..1), by least squares.

    Five folds of whole groups (as many as there are groups, where those are fewer); each is
    mapped by the line through the others, and clipped to 0..1. None for one group.
    """
    names = list(dict.fromkeys(groups))
    if len(names) < 2:
        return None
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = {names[group]: place % _FOLDS for place, group in enumerate(order)}
    folds = np.array([fold_of[group] for group in groups])
    x, y = np.asarray(numbers, dtype=np.float64), np.asarray(human, dtype=np.float64)
    mapped = np.zeros(len(x))
    for fold in range(min(_FOLDS, len(names))):
        here = folds == fold
        slope, level = line_of(x[~here], y[~here])
        mapped[here] = level + slope * x[here]
    return [float(score) for score in np.clip(mapped, 0.0, 1.0)]


def line_of(x: Floats, y: Floats) -> tuple[float, float]:
    """Return slope and level of the line of least squares; a constant ``x`` has no slope."""
    from_mean = x - x.mean()
    spread = float(from_mean @ from_mean)
    slope = float(from_mean @ (y - y.mean())) / spread if spread > 1e-12 else 0.0
    return slope, float(y.mean() - slope * x.mean())
