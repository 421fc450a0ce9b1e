"""Sittings, grades and times made up for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from interviewbot.domain.grade import (
    Evidence,
    Feedback,
    Grade,
    PointGrade,
    Receipt,
    Verdict,
    band_of,
    score_of,
)
from interviewbot.domain.question import Point, Question
from interviewbot.domain.sitting import Choice, Mode, Sitting

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CREDIT = {
    Verdict.COVERED: 1.0,
    Verdict.PARTIAL: 0.5,
    Verdict.MISSING: 0.0,
    Verdict.CONTRADICTED: 0.0,
}


def made_question(question_id: str = "AA0001", points: int = 3) -> Question:
    """Return a question whose point n weighs n, with a follow-up that says nothing of it."""
    return Question(
        id=question_id,
        prompt=f"What is {question_id}?",
        topic="made-up",
        points=tuple(
            Point(
                id=f"p{number}",
                text=f"Claim number {number}.",
                weight=float(number),
                follow_up=f"And what of {number}?",
            )
            for number in range(1, points + 1)
        ),
    )


def graded_point(
    point: Point, verdict: Verdict, *, quote: str = "", turn: int = 0, credit: float | None = None
) -> PointGrade:
    """Return the grade of ``point``, with evidence where there is a ``quote``."""
    return PointGrade(
        id=point.id,
        text=point.text,
        weight=point.weight,
        verdict=verdict,
        credit=CREDIT[verdict] if credit is None else credit,
        confidence=0.9,
        evidence=Evidence(start=0, end=len(quote), quote=quote) if quote else None,
        reason="made up",
        follow_up=point.follow_up,
        turn=turn,
    )


def made_grade(question: Question, verdicts: Mapping[str, Verdict] | None = None) -> Grade:
    """Return a grade of ``question``; points without a verdict are covered."""
    given = verdicts or {}
    points = tuple(
        graded_point(point, given.get(point.id, Verdict.COVERED)) for point in question.points
    )
    score = score_of(points)
    return Grade(
        question_id=question.id,
        question_match=None,
        score=score,
        score_range=(score, score),
        band=band_of(score),
        judge="made",
        degraded=None,
        points=points,
        feedback=Feedback(strengths=(), missing=(), misconceptions=(), follow_up=""),
        receipt=Receipt(rubric="sha256:0", judge="made", thresholds="0", version="0"),
    )


def made_sitting(
    *question_ids: str, mode: Mode = Mode.PRACTICE, minutes: float | None = None
) -> Sitting:
    """Return a sitting that begins at noon and plans ``question_ids``, AA0001 by default."""
    return Sitting(
        id="s1",
        mode=mode,
        began=NOON,
        plan=tuple(Choice(question_id=q, why="made up") for q in question_ids or ("AA0001",)),
        minutes=minutes,
    )


class Ticking:
    """A clock that goes on by a second with every look at it."""

    def __init__(self, start: datetime = NOON) -> None:
        """Begin at ``start``."""
        self.now = start

    def __call__(self) -> datetime:
        """Return the next second."""
        self.now = self.now + timedelta(seconds=1)
        return self.now
