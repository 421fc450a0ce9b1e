"""Reports: means of what was graded, everything else counted apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.services.made_practice import Bench, answered

from interviewbot.domain.choosing import Wish
from interviewbot.domain.grade import Band, Verdict
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Mode, Sitting


def reported(sitting: Sitting, bench: Bench) -> Report:
    """Return the report of ``sitting``."""
    return bench.practice().report(sitting)


def test_only_graded_questions_make_the_score() -> None:
    """Skipped, ungraded and unasked ones are counted, not as zeros."""
    bench = Bench()
    wish = Wish(question_ids=("AA0001", "CC0001", "BB0001", "AA0002"))
    interviewing = bench.practice().begin(wish)
    interviewing.go_on()
    interviewing.answer("p1", 30)
    interviewing.grade()
    interviewing.skip()  # the follow-up
    interviewing.leave()
    interviewing.answer("really?", 20)
    interviewing.grade()
    interviewing.leave()
    interviewing.skip()
    interviewing.finish()
    report = reported(interviewing.sitting, bench)
    assert report.score == pytest.approx(66.7)
    assert report.band is Band.SOLID
    assert (report.graded, report.ungraded, report.skipped, report.unasked) == (1, 1, 1, 1)
    assert report.timed_out == 0
    assert report.seconds == 50
    assert [(topic.topic, topic.questions) for topic in report.topics] == [("alpha", 1)]
    assert report.exchanges[1].ungraded == "nobody knows"
    assert report.exchanges[1].score is None
    assert report.exchanges[2].points == ()


def test_nothing_graded_is_no_score() -> None:
    """Not a zero."""
    bench = Bench()
    report = reported(answered(bench.practice().begin(Wish(count=2))), bench)
    assert (report.score, report.band, report.topics) == (None, None, ())


def test_time_that_ran_out_is_counted() -> None:
    """With the questions that were never asked."""
    bench = Bench()
    interviewing = bench.practice().begin(Wish(mode=Mode.MOCK, count=3))
    interviewing.go_on()
    interviewing.time_out("too slow", 1080)
    report = reported(interviewing.sitting, bench)
    assert (report.timed_out, report.unasked, report.graded) == (1, 2, 0)
    assert report.exchanges[0].answer == "too slow"


def test_trying_again_counts_in_no_figure() -> None:
    """The points have just been read; the exchange is shown all the same."""
    bench = Bench()
    interviewing = bench.practice().begin(Wish(question_ids=("CC0001",)))
    interviewing.go_on()
    interviewing.answer("x", 10)
    interviewing.grade()
    interviewing.skip()
    interviewing.retry()
    answered(interviewing, "p1")
    report = reported(interviewing.sitting, bench)
    assert [exchange.retry for exchange in report.exchanges] == [False, True]
    assert (report.score, report.graded) == (0.0, 1)
    assert report.exchanges[1].score == 100.0
    assert len(report.returns) == 1


def test_points_carry_quote_follow_up_own_verdict_and_return() -> None:
    """What was said in reply to a follow-up is marked so."""
    bench = Bench()
    interviewing = bench.practice().begin(Wish(question_ids=("AA0001",)))
    sitting = answered(interviewing, "now p1", "then p2")
    interviewing.contest(0, "p1", Verdict.MISSING, "a guess")
    first, second = reported(sitting, bench).exchanges[0].points
    assert (first.quote, first.after_follow_up, first.own) == ("p1", False, Verdict.MISSING)
    assert first.own_reason == "a guess"
    assert (second.quote, second.after_follow_up, second.own) == ("p2", True, None)
    assert first.due == bench.journal.known["AA0001", "p1"].due
    follow_up = reported(sitting, bench).exchanges[0].follow_ups[0]
    assert follow_up.answer == "then p2"


def test_strongest_and_weakest_by_weight_and_by_the_verdict_that_counts() -> None:
    """Contradicted ones are the weakest; a verdict of one's own beats the judge's."""
    bench = Bench()
    interviewing = bench.practice().begin(Wish(question_ids=("AA0001", "AA0002", "CC0001")))
    sitting = answered(interviewing, "p1 !p2", "no", "p2", "no", "p1")
    interviewing.contest(2, "p1", Verdict.PARTIAL)
    report = reported(sitting, bench)
    assert [(point.question_id, point.id) for point in report.strongest] == [
        ("AA0001", "p1"),
        ("AA0002", "p2"),
    ]
    assert [(point.question_id, point.id) for point in report.weakest] == [
        ("AA0001", "p2"),
        ("AA0002", "p1"),
        ("CC0001", "p1"),
    ]


def test_what_comes_back_is_in_the_order_of_its_days() -> None:
    """Missed points first."""
    bench = Bench()
    sitting = answered(bench.practice().begin(Wish(question_ids=("AA0001",))), "p1", "no")
    returns = reported(sitting, bench).returns
    assert [point.id for point in returns] == ["p2", "p1"]


def test_a_question_that_is_gone_is_shown_by_its_id() -> None:
    """Its points are those it was graded by."""
    bench = Bench()
    sitting = answered(bench.practice().begin(Wish(question_ids=("CC0001",))), "p1")
    bench.questions = []
    exchange = reported(sitting, bench).exchanges[0]
    assert (exchange.title, exchange.prompt, exchange.topic) == ("CC0001", "", "")
    assert exchange.points[0].text == "Claim 1 of CC0001."


def test_a_sitting_that_waits_for_its_grade_is_not_graded_yet() -> None:
    """That is said, not guessed."""
    bench = Bench()
    interviewing = bench.practice().begin(Wish(question_ids=("CC0001",)))
    interviewing.go_on()
    interviewing.answer("p1", 1)
    report = reported(replace(interviewing.sitting), bench)
    assert (report.exchanges[0].ungraded, report.ungraded) == ("not graded yet", 1)
