"""Resampling by question: how far a figure would move with other questions.

Owns the dice, and the interval that follows from a figure's value in every round. Refuses to
know any figure. A round is how often each question was drawn, never a list of rows: so all
rounds of a figure are computed at once, and two graders are compared on the same draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Interval = tuple[float, float] | None

FEWEST_GROUPS = 10  # questions: fewer are too few to say where others would lie

_CELLS = 2_000_000  # rounds times rows that are in memory at once


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draws:
    """``counts`` ``[rounds, groups]``: how often a round drew each group of ``names``.

    Rows that belong to fewer groups than ``fewest`` have no figure in any round.
    """

    counts: Floats
    names: Mapping[str, int]
    fewest: int = 2

    @classmethod
    def by_group(
        cls, groups: Sequence[str], *, rounds: int = 1000, seed: int = 0, fewest: int = 2
    ) -> Draws:
        """Draw as many groups as there are different ``groups``, with replacement."""
        names = {name: column for column, name in enumerate(dict.fromkeys(groups))}
        if not names:
            return cls(counts=np.zeros((rounds, 0)), names=names, fewest=fewest)
        even = np.full(len(names), 1 / len(names))
        counts = np.random.default_rng(seed).multinomial(len(names), even, size=rounds)
        return cls(counts=counts.astype(np.float64), names=names, fewest=fewest)

    def of(self, groups: Sequence[str]) -> Sample:
        """Return the draws of rows that belong to ``groups``, one a row.

        Where the rows belong to fewer than ``fewest`` groups nothing is drawn, so that no
        figure exists in any round: one question says nothing about others.
        """
        columns = np.array([self.names[group] for group in groups], dtype=np.int64)
        drawn = self.counts if len(set(groups)) >= self.fewest else np.zeros_like(self.counts)
        return Sample(drawn=drawn, columns=columns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """Rows in every round: ``drawn`` ``[rounds, groups]``, ``columns`` ``[rows]`` into it."""

    drawn: Floats
    columns: NDArray[np.int64]

    def by_group(self, values: Floats) -> Floats:
        """Return the sums of ``values`` ``[rows, k]`` in each group, ``[groups, k]``."""
        found = np.zeros((self.drawn.shape[1], values.shape[1]))
        np.add.at(found, self.columns, values)
        return found

    def sums(self, values: Floats) -> Floats:
        """Return the sums of ``values`` ``[rows, k]`` over drawn rows, ``[rounds, k]``."""
        return self.drawn @ self.by_group(values)

    def parts(self) -> Iterator[Floats]:
        """Yield how often each row was drawn, ``[some rounds, rows]``, some rounds at a time."""
        step = max(1, _CELLS // max(1, len(self.columns)))
        for start in range(0, len(self.drawn), step):
            yield self.drawn[start : start + step][:, self.columns]


def interval(values: Floats) -> Interval:
    """Return where 95 % of ``values`` ``[rounds]`` lie; None where under half of them exist."""
    there = values[np.isfinite(values)]
    if not len(there) or 2 * len(there) < len(values):
        return None
    low, high = np.percentile(there, [2.5, 97.5])
    return float(low), float(high)
