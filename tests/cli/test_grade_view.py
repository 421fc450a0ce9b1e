"""A grade as a candidate reads it."""

from __future__ import annotations

from dataclasses import replace

from tests.domain.made_interviews import made_grade, made_question

from interviewbot.cli.grade_view import as_text
from interviewbot.domain.grade import Opinion, PointGrade, Verdict


def judged(point: PointGrade, local: Verdict, credit: float) -> PointGrade:
    """Return ``point`` as a model judged it, beside the offline judge."""
    model = Opinion(verdict=point.verdict, credit=point.credit)
    return replace(point, model=model, local=Opinion(verdict=local, credit=credit))


def test_wherever_the_judges_differ_it_is_shown() -> None:
    """Disputed or not; where they agree there is nothing to say."""
    grade = made_grade(made_question())
    one, two, three = (replace(p, verdict=Verdict.MISSING, credit=0.0) for p in grade.points)
    why = "The model says missing, the offline judge says covered."
    points = (
        replace(judged(one, Verdict.COVERED, 0.95), disputed=True, dispute=why),
        judged(two, Verdict.COVERED, 0.8),
        judged(three, Verdict.MISSING, 0.0),
    )
    shown = [line.strip() for line in as_text(replace(grade, points=points), "Title")]
    assert shown.count("the offline judge says covered") == 1
    assert f"disputed: {why} Look for yourself." in " ".join(shown)
    assert "the offline judge says missing" not in shown
