"""What changed in a single answer between two runs.

Owns when an answer flipped. Refuses to say whether that was for the better on the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewbot.domain.grade import Band, Verdict, band_of
from interviewbot.services.evaluation.graded import Graded


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChange:
    """A point's verdict in both runs; None in a run whose rubric lacks the point."""

    point: str
    before: Verdict | None
    after: Verdict | None
    label: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """An answer whose band or any of whose verdicts changed; scores are on 0..1."""

    set_name: str
    id: str
    human: float | None
    score_before: float
    score_after: float
    band_before: Band
    band_after: Band
    verdicts: tuple[VerdictChange, ...]


def flip_of(before: Graded, after: Graded) -> Flip | None:
    """Return what flipped in an answer; None where nothing did or a run did not grade it."""
    if before.score is None or after.score is None:
        return None
    bands = _band(before.score), _band(after.score)
    points = dict.fromkeys((*before.verdicts, *after.verdicts))
    changes = tuple(
        VerdictChange(
            point=point,
            before=before.verdicts.get(point),
            after=after.verdicts.get(point),
            label=after.labels.get(point),
        )
        for point in points
        if before.verdicts.get(point) is not after.verdicts.get(point)
    )
    if bands[0] is bands[1] and not changes:
        return None
    return Flip(
        set_name=after.set_name,
        id=after.id,
        human=after.human,
        score_before=before.score,
        score_after=after.score,
        band_before=bands[0],
        band_after=bands[1],
        verdicts=changes,
    )


def _band(score: float) -> Band:
    return band_of(round(100 * score, 4))  # 100 * 0.29 is not 29
