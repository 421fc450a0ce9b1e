"""A grader that reads its verdicts out of the answer. Refuses to understand anything else.

``p1`` in an answer covers the point p1, ``~p1`` says it by half, ``!p1`` contradicts it; what
is not named is missing. An answer that holds ``?`` stays ungraded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from interviewbot.domain.grade import (
    Evidence,
    Feedback,
    Grade,
    PointGrade,
    QuestionMatch,
    Receipt,
    Ungraded,
    Verdict,
    band_of,
    score_of,
)
from interviewbot.domain.question import Point, Question

_SIGNS = {
    "!": (Verdict.CONTRADICTED, 0.0),
    "~": (Verdict.PARTIAL, 0.5),
    "": (Verdict.COVERED, 1.0),
}
_NO_FEEDBACK = Feedback(strengths=(), missing=(), misconceptions=(), follow_up="")


class ScriptedGrader:
    """Grades by name; ``seen`` are the prompts and answers it was given.

    ``meanwhile`` runs while the next answer is being graded, once.
    """

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.seen: list[tuple[str, str]] = []
        self.meanwhile: Callable[[], object] | None = None

    def grade(
        self, question: Question, answer: str, match: QuestionMatch | None = None
    ) -> Grade | Ungraded:
        """Return the grade that ``answer`` names."""
        self.seen.append((question.prompt, answer))
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        if "?" in answer:
            return Ungraded(reason="nobody knows", question_id=question.id, question_match=match)
        points = tuple(_judged(point, answer) for point in question.points)
        empty = Grade(
            question_id=question.id,
            question_match=match,
            score=0.0,
            score_range=(0.0, 0.0),
            band=band_of(0.0),
            judge="scripted",
            degraded=None,
            points=points,
            feedback=_NO_FEEDBACK,
            receipt=Receipt(rubric="sha256:0", judge="scripted", thresholds="0", version="0"),
        )
        return self.with_points(empty, points)

    def with_points(self, grade: Grade, points: Sequence[PointGrade]) -> Grade:
        """Return ``grade`` with other ``points`` and the score that follows."""
        score = score_of(points)
        return replace(
            grade,
            points=tuple(points),
            score=score,
            score_range=(score, score),
            band=band_of(score),
        )


class UnsureGrader(ScriptedGrader):
    """A scripted grader that is sure of nothing."""

    def with_points(self, grade: Grade, points: Sequence[PointGrade]) -> Grade:
        """Return ``grade`` with ``points``, all of them unsure."""
        return super().with_points(grade, [replace(point, confidence=0.2) for point in points])


class OfflineGrader(ScriptedGrader):
    """A scripted grader in the place of a language model; ``why`` is the reason."""

    why = ""

    def with_points(self, grade: Grade, points: Sequence[PointGrade]) -> Grade:
        """Return ``grade`` with ``points``, degraded."""
        return replace(super().with_points(grade, points), degraded=self.why)


def _judged(point: Point, answer: str) -> PointGrade:
    said = answer.split()
    sign = next((sign for sign in _SIGNS if f"{sign}{point.id}" in said), None)
    verdict, credit = (Verdict.MISSING, 0.0) if sign is None else _SIGNS[sign]
    quote = f"{sign}{point.id}"
    start = answer.find(quote)
    return PointGrade(
        id=point.id,
        text=point.text,
        weight=point.weight,
        verdict=verdict,
        credit=credit,
        confidence=0.9,
        evidence=None
        if sign is None
        else Evidence(start=start, end=start + len(quote), quote=quote),
        reason="scripted",
        follow_up=point.follow_up,
    )
