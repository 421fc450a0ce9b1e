"""From verdicts to a grade; what cannot be graded is ungraded with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.made_calibration import made_calibration
from tests.fakes.fixed_judge import FixedJudge
from tests.services.made_questions import DROPOUT

from interviewbot.domain.grade import (
    Aside,
    Band,
    Grade,
    QuestionMatch,
    Receipt,
    Ungraded,
    Verdict,
    score_of,
)
from interviewbot.domain.question import Question, rubric_digest
from interviewbot.services.feedback import feedback_on
from interviewbot.services.grading import Grading

CALIBRATION = made_calibration()
MATCH = QuestionMatch(confidence=0.97, runners_up=("AA0002",))


def grading(judge: FixedJudge) -> Grading:
    """Return a grader of version 1.2.3."""
    return Grading(judge=judge, calibration=CALIBRATION, version="1.2.3")


def graded(judge: FixedJudge, question: Question = DROPOUT) -> Grade:
    """Return the grade of any answer."""
    found = grading(judge).grade(question, "An answer.", MATCH)
    assert isinstance(found, Grade)
    return found


def test_a_grade_follows_from_the_verdicts() -> None:
    """Score, band, range and feedback are those of the points that the judge gave."""
    judge = FixedJudge({"silence": 1.0, "scale": 0.4})
    found = graded(judge)
    assert found.points == judge.judge(DROPOUT, "An answer.")
    assert [point.verdict for point in found.points] == [Verdict.COVERED, Verdict.PARTIAL]
    assert found.score == score_of(found.points) == 80.0
    assert found.band is Band.SOLID
    expected = CALIBRATION.score_range(80.0, [1.0, 0.4], [2.0, 1.0], derived=False)
    assert found.score_range == expected
    assert found.feedback == feedback_on(found.points)
    assert found.feedback.missing == (DROPOUT.points[1].text,)


def test_a_grade_says_what_it_is_about() -> None:
    """The question, how it was found, and by whom it was judged."""
    found = graded(FixedJudge())
    assert (found.question_id, found.question_match) == ("AA0001", MATCH)
    assert (found.judge, found.degraded) == ("local", None)
    assert grading(FixedJudge()).grade(DROPOUT, "An answer.").question_match is None


def test_a_receipt_names_everything_that_could_differ() -> None:
    """Rubric, judge, numbers and version."""
    assert graded(FixedJudge()).receipt == Receipt(
        rubric=rubric_digest(DROPOUT), judge="fixed", thresholds="0123456789ab", version="1.2.3"
    )


def test_points_of_a_reference_have_a_range_of_their_own() -> None:
    """As wide as human marks scatter around a whole reference."""
    judge = FixedJudge({"silence": 1.0, "scale": 0.4})
    found = graded(judge, replace(DROPOUT, derived=True))
    assert found.score_range == CALIBRATION.score_range(80.0, [1.0], [1.0], derived=True)
    assert found.score_range != graded(judge).score_range


def test_a_zero_is_a_grade() -> None:
    """An answer that says nothing right is graded all the same."""
    found = graded(FixedJudge())
    assert (found.score, found.band) == (0.0, Band.WEAK)


@pytest.mark.parametrize("answer", ["", " \n\t\u3000 "])
def test_a_blank_answer_is_ungraded(answer: str) -> None:
    """The judge is not even asked."""
    judge = FixedJudge()
    found = grading(judge).grade(DROPOUT, answer, MATCH)
    assert found == Ungraded(
        reason="the answer is blank", question_id="AA0001", question_match=MATCH, judge="local"
    )
    assert judge.seen == []


def test_a_question_without_points_is_ungraded() -> None:
    """There is nothing to grade against, which is no zero."""
    judge = FixedJudge()
    found = grading(judge).grade(replace(DROPOUT, points=()), "An answer.")
    assert isinstance(found, Ungraded)
    assert "no points" in found.reason
    assert judge.seen == []


def test_what_cannot_be_seen_is_blank() -> None:
    """An answer of zero-width characters is none."""
    found = grading(FixedJudge()).grade(DROPOUT, "\u200b\u00ad")
    assert isinstance(found, Ungraded)
    assert "blank" in found.reason


def test_a_grade_says_what_was_set_aside() -> None:
    """One reason for each sentence that was not counted."""
    found = grading(FixedJudge()).grade(
        DROPOUT, "It rests. Is it so? units, noise, chance, training."
    )
    assert isinstance(found, Grade)
    assert found.aside == (Aside.QUESTION, Aside.LIST)
    assert graded(FixedJudge()).aside == ()


def test_what_the_judge_gives_up_is_ungraded() -> None:
    """With the judge's reason, and with the question it was for."""
    judge = FixedJudge(refused=frozenset({"An answer."}))
    found = grading(judge).grade(DROPOUT, "An answer.", MATCH)
    assert found == Ungraded(reason="the judge gave up", question_id="AA0001", question_match=MATCH)


def test_a_question_without_an_id_has_none() -> None:
    """None rather than an empty text."""
    found = grading(FixedJudge()).grade(replace(DROPOUT, id=""), " ")
    assert found.question_id is None
