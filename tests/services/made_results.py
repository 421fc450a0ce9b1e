"""Rows with labels, and grades with credits, made up."""

from __future__ import annotations

from collections.abc import Mapping

from tests.domain.made_calibration import made_calibration
from tests.fakes.fixed_judge import FixedJudge

from interviewbot.domain.gold import GoldRow, Label
from interviewbot.domain.grade import Grade, Verdict
from interviewbot.domain.question import Point, Question
from interviewbot.services.grading import Grading


def row(
    question: str,
    score: float | None,
    *,
    words: int = 5,
    label: Label | None = None,
    point_labels: Mapping[str, Verdict] | None = None,
) -> GoldRow:
    """Return a row with an answer of so many words."""
    return GoldRow(
        id="row",
        answer=" ".join(["word"] * words),
        question_id=question,
        score=score,
        label=label,
        point_labels=point_labels or {},
    )


def grade(*credits_: float, contradicted: frozenset[str] = frozenset()) -> Grade:
    """Return a grade with points p0, p1, ... of these credits, each with confidence 0.9."""
    points = tuple(Point(id=f"p{number}", text="A claim.") for number in range(len(credits_)))
    judge = FixedJudge(
        {f"p{number}": credit for number, credit in enumerate(credits_)}, contradicted=contradicted
    )
    grading = Grading(judge=judge, calibration=made_calibration(), version="1")
    found = grading.grade(Question(id="AA0001", prompt="", points=points), "x")
    assert isinstance(found, Grade)
    return found
