"""One graded answer of a run, as little of it as a comparison needs.

Owns its shape, whether it comes from this run or from the file of an earlier one. Refuses to
compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.services.evaluation.answers import group_of, human_score

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """An answer of a set: ``human`` and ``score`` on 0..1, verdicts and labels by point id.

    ``score`` is None where it stayed ungraded; then it has no verdicts. ``group`` is the
    question it answers.
    """

    set_name: str
    id: str
    group: str
    human: float | None
    score: float | None
    verdicts: Mapping[str, Verdict]
    labels: Mapping[str, Verdict]

    @property
    def key(self) -> Key:
        """The name of its set and its id there: what pairs two runs."""
        return self.set_name, self.id


def graded_of(set_name: str, row: GoldRow, result: Grade | Ungraded) -> Graded:
    """Return what came of ``row``; its human score is that of ``human_score``."""
    graded = result if isinstance(result, Grade) else None
    return Graded(
        set_name=set_name,
        id=row.id,
        group=group_of(row),
        human=human_score(row, graded) if graded else row.score,
        score=graded.score / 100 if graded else None,
        verdicts={point.id: point.verdict for point in graded.points} if graded else {},
        labels=row.point_labels,
    )
