"""A judge whose credits are settled beforehand. Refuses to read the answer."""

from __future__ import annotations

from collections.abc import Mapping

from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.grade import PointGrade, Verdict, verdict_of
from interviewbot.domain.question import Question


class FixedJudge:
    """Gives ``credits_`` by point id, 0 where there is none; ``seen`` are the answers.

    A point in ``contradicted`` is contradicted. An answer in ``refused`` gets no grade.
    """

    def __init__(
        self,
        credits_: Mapping[str, float] | None = None,
        *,
        contradicted: frozenset[str] = frozenset(),
        refused: frozenset[str] = frozenset(),
    ) -> None:
        """Keep what to give."""
        self.credits = credits_ or {}
        self.contradicted = contradicted
        self.refused = refused
        self.seen: list[tuple[str, str]] = []

    @property
    def id(self) -> str:
        """What goes into the receipt."""
        return "fixed"

    def judge(self, question: Question, answer: str) -> tuple[PointGrade, ...]:
        """Judge ``answer``, one grade a point, in the order of the points."""
        self.seen.append((question.id, answer))
        if answer in self.refused:
            raise CouldNotGrade("the judge gave up", "try again")
        return tuple(
            PointGrade(
                id=point.id,
                text=point.text,
                weight=point.weight,
                verdict=self._verdict(point.id),
                credit=0.0 if point.id in self.contradicted else self.credits.get(point.id, 0.0),
                confidence=0.9,
                evidence=None,
                reason="settled beforehand",
                follow_up=point.follow_up,
            )
            for point in question.points
        )

    def _verdict(self, point_id: str) -> Verdict:
        if point_id in self.contradicted:
            return Verdict.CONTRADICTED
        return verdict_of(self.credits.get(point_id, 0.0))
