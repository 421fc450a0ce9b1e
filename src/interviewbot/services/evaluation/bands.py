"""Five equal bands of score, and the error in each.

Owns which band a score is in, for weighted kappa and for the error by band. Refuses to know
the words for the score of a grade (strong, solid, …): those bands are not equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BANDS = 5
_ROUNDING = 1e-9  # a mean of thirds that should be 0.6 may lie just below


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBand:
    """Errors where people scored from ``low`` to under ``high``; all scores on 0..1.

    The last band includes 1. ``bias`` is the mean of machine minus human: above 0 the machine
    is too kind. The figures are None where ``n`` is 0.
    """

    low: float
    high: float
    n: int
    mean_human: float | None
    mean_machine: float | None
    mae: float | None
    bias: float | None


def band_number(score: float) -> int:
    """Return the band, 0 to 4, of a ``score`` on 0..1."""
    return max(0, min(BANDS - 1, int(score * BANDS + _ROUNDING)))


def by_band(human: Sequence[float], machine: Sequence[float]) -> tuple[ScoreBand, ...]:
    """Return the five bands of human score, lowest first, with the errors in each."""
    members: list[list[tuple[float, float]]] = [[] for _ in range(BANDS)]
    for pair in zip(human, machine, strict=True):
        members[band_number(pair[0])].append(pair)
    return tuple(_band(number, pairs) for number, pairs in enumerate(members))


def _band(number: int, pairs: Sequence[tuple[float, float]]) -> ScoreBand:
    gaps = [machine - human for human, machine in pairs]
    return ScoreBand(
        low=number / BANDS,
        high=(number + 1) / BANDS,
        n=len(pairs),
        mean_human=_mean([human for human, _ in pairs]),
        mean_machine=_mean([machine for _, machine in pairs]),
        mae=_mean([abs(gap) for gap in gaps]),
        bias=_mean(gaps),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
