"""Sittings whose questions leave the corpus while they are unfinished."""

from __future__ import annotations

import pytest
from tests.services.made_practice import QUESTIONS, Bench

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.interview import Asked, Closed, Ended, Left, Passed
from interviewbot.domain.sitting import Ending, Mode, Stage
from interviewbot.services.interviewing import Interviewing
from interviewbot.services.resuming import passed_over

PLAN = ("AA0001", "BB0001", "CC0001")


@pytest.fixture
def bench() -> Bench:
    """Return a practice over four questions."""
    return Bench()


def begun(bench: Bench, mode: Mode = Mode.PRACTICE) -> Interviewing:
    """Return a sitting of three questions, the first one asked."""
    interviewing = bench.practice().begin(Wish(question_ids=PLAN, mode=mode))
    interviewing.go_on()
    return interviewing


def lose(bench: Bench, *names: str) -> None:
    """Take questions out of the corpus."""
    bench.questions = [one for one in QUESTIONS if one.id not in names]


@pytest.mark.parametrize("mode", Mode)
def test_the_open_question_is_passed_over(bench: Bench, mode: Mode) -> None:
    """With its draft, as skipped; the next one is asked at once and the face is told."""
    begun(bench, mode).save_draft("half a thought", 12.0)
    lose(bench, "AA0001")
    again = bench.practice().resume()
    (asked,) = again.go_on()
    assert isinstance(asked, Asked)
    assert asked.place == 1
    assert again.passed_over == ["AA0001"]
    exchange = again.sitting.exchanges[0]
    assert (exchange.ending, exchange.result, exchange.left) == (Ending.SKIPPED, None, True)
    assert (exchange.turns[0].answer, exchange.turns[0].seconds) == ("half a thought", 12.0)
    assert bench.journal.sitting(again.sitting.id) == again.sitting
    assert (bench.graders, bench.journal.known) == (0, {})


@pytest.mark.parametrize("mode", Mode)
def test_a_question_further_on_is_passed_over_in_its_turn(bench: Bench, mode: Mode) -> None:
    """What is there is asked as planned; the last one gone is the end."""
    begun(bench, mode)
    lose(bench, "BB0001", "CC0001")
    again = bench.practice().resume()
    assert again.go_on() == []
    assert again.passed_over == []
    events = again.skip()
    if mode is Mode.PRACTICE:
        events += again.leave()
    assert [type(event) for event in events] == [Passed, Closed, Left, Ended]
    assert again.passed_over == ["BB0001", "CC0001"]
    assert [exchange.ending for exchange in again.sitting.exchanges] == [Ending.SKIPPED] * 3


def test_a_corpus_that_is_gone_as_a_whole_ends_the_sitting(bench: Bench) -> None:
    """There is nothing left to ask."""
    begun(bench)
    bench.questions = []
    again = bench.practice().resume()
    assert [type(event) for event in again.go_on()] == [Ended]
    assert again.passed_over == list(PLAN)


def test_an_answer_whose_question_is_gone_is_closed_ungraded(bench: Bench) -> None:
    """With that reason, without a judge; it can be read, but not tried again."""
    begun(bench).answer("p1 p2", 5.0)
    lose(bench, "AA0001")
    again = bench.practice().resume()
    again.go_on()
    assert again.sitting.stage is Stage.REVIEWING
    result = again.sitting.exchanges[0].result
    assert isinstance(result, Ungraded)
    assert "no longer in the corpus" in result.reason
    assert (bench.graders, bench.journal.known) == (0, {})
    with pytest.raises(OutOfStep, match="no longer in the corpus"):
        again.retry()
    (_, asked) = again.leave()
    assert isinstance(asked, Asked)
    assert asked.place == 1


def test_an_answer_is_not_graded_either_where_its_question_goes_meanwhile(bench: Bench) -> None:
    """The window that runs the sitting need not be opened again."""
    interviewing = begun(bench)
    interviewing.answer("p1 p2", 5.0)
    lose(bench, "AA0001")
    interviewing.grade()
    assert isinstance(interviewing.sitting.exchanges[0].result, Ungraded)
    assert bench.graders == 0


def test_a_follow_up_whose_question_is_gone_keeps_the_grade(bench: Bench) -> None:
    """No other follow-up comes, and the feedback is there to be read."""
    interviewing = begun(bench)
    interviewing.answer("p1", 5.0)
    interviewing.grade()
    assert interviewing.sitting.stage is Stage.ANSWERING
    lose(bench, "AA0001")
    again = bench.practice().resume()
    assert [type(event) for event in again.go_on()] == [Passed, Closed]
    assert again.sitting.stage is Stage.REVIEWING
    assert isinstance(again.sitting.exchanges[0].result, Grade)
    assert again.passed_over == ["AA0001"]


def test_feedback_is_read_without_its_question(bench: Bench) -> None:
    """It holds all that it needs."""
    interviewing = begun(bench)
    interviewing.answer("p1 p2", 5.0)
    interviewing.grade()
    lose(bench, "AA0001")
    again = bench.practice().resume()
    assert again.go_on() == []
    assert again.sitting.stage is Stage.REVIEWING
    assert again.asked is not None
    assert (again.asked.id, again.asked.points) == ("AA0001", ())
    assert again.passed_over == []


def test_the_line_that_tells() -> None:
    """One sentence with the id."""
    assert passed_over("ML0036") == "ML0036 is no longer in the corpus; it is passed over"
