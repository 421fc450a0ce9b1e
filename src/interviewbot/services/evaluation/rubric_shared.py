"""Points of different questions that say the same, so that one answer may earn both.

Owns setting them apart from credit that is not deserved. Refuses to decide what fails.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.question import Point
from interviewbot.domain.trial import Results
from interviewbot.services.evaluation.rubric_likeness import TextVectors, say_the_same
from interviewbot.services.evaluation.rubric_measures import Graded, earning


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPair:
    """Two points of different questions that say the same, so that one answer may earn both."""

    question_id: str
    point: str
    other_id: str
    other_point: str
    likeness: float


def without_shared(
    graded: Graded,
    results: Results,
    vectors: TextVectors,
    shared: dict[tuple[str, ...], SharedPair],
) -> Graded:
    """Return ``graded`` with what is earned undeserved; what is shared is noted down."""
    case = graded.case
    (point,) = case.points
    undeserved = []
    for other, judged in earning(case, results):
        pair = _shared(case.entry, point, other, vectors)
        if pair is None:
            undeserved.append((other, judged))
        else:
            key = (pair.question_id, pair.point, pair.other_id, pair.other_point)
            shared[key] = pair
    return replace(graded, undeserved=tuple(undeserved))


def _shared(
    entry: CorpusEntry, point: Point, other: CorpusEntry, vectors: TextVectors
) -> SharedPair | None:
    """Return the point of ``other`` that says the same as ``point``; the same from either side."""
    same = {p.id: say_the_same(point.claims, p.claims, vectors) for p in other.question.points}
    near = {name: found for name, found in same.items() if found is not None}
    if not near:
        return None
    nearest = max(near, key=lambda name: near[name])
    ends = sorted([(entry.question.id, point.id), (other.question.id, nearest)])
    return SharedPair(
        question_id=ends[0][0],
        point=ends[0][1],
        other_id=ends[1][0],
        other_point=ends[1][1],
        likeness=round(near[nearest], 4),
    )
