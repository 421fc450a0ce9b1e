"""Practice: the door through which every face goes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.services.made_practice import QUESTIONS, Bench, answered, made_question

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import BadInput, OutOfStep, UnknownQuestion
from interviewbot.domain.grade import Ungraded, Verdict
from interviewbot.domain.memory import Rating
from interviewbot.domain.sitting import Choice, Ending, Mode, Stage


def test_a_new_sitting_is_in_the_journal_before_anything_is_asked() -> None:
    """With its plan; no grader is loaded for that."""
    bench = Bench()
    interviewing = bench.practice().begin(Wish(count=3))
    assert bench.journal.unfinished() == [interviewing.sitting]
    assert len(interviewing.sitting.plan) == 3
    assert interviewing.sitting.minutes is None
    assert bench.graders == 0


def test_two_sittings_do_not_ask_the_same_way() -> None:
    """Their ids are the seed of the choice."""
    bench = Bench(questions=[made_question(f"Q{n}", f"t{n % 5}") for n in range(30)])
    practice = bench.practice()
    plans = {tuple(practice.begin(Wish()).sitting.plan) for _ in range(6)}
    assert len(plans) > 3


@pytest.mark.parametrize(("minutes", "expected"), [(None, 24.0), (7.5, 7.5)])
def test_a_mock_interview_is_timed(minutes: float | None, expected: float) -> None:
    """Six minutes a question, or what was wished."""
    wish = Wish(mode=Mode.MOCK, minutes=minutes)
    assert Bench().practice().begin(wish).sitting.minutes == expected


def test_named_questions_are_asked_in_their_order() -> None:
    """Once each, whatever the count and the filters."""
    wish = Wish(question_ids=("CC0001", "AA0001", "CC0001"), count=1, topics=("beta",))
    plan = Bench().practice().begin(wish).sitting.plan
    assert plan == tuple(
        Choice(question_id=name, why="you asked for it") for name in ("CC0001", "AA0001")
    )


def test_a_wish_that_cannot_be_met_leaves_no_sitting() -> None:
    """An unknown question, an unknown topic, no question at all."""
    bench = Bench()
    for wish in (Wish(question_ids=("XX",)), Wish(topics=("delta",)), Wish(count=0)):
        with pytest.raises(BadInput):
            bench.practice().begin(wish)
    assert bench.journal.sittings == {}


def test_a_job_text_is_matched_within_the_filters() -> None:
    """The matching sees only questions that the filters let through."""
    plan = Bench().practice().begin(Wish(job="a job", topics=("alpha",))).sitting.plan
    assert [choice.question_id for choice in plan] == ["AA0001", "AA0002"]
    assert plan[0].why == "fits “a job”"


def test_the_overview_counts_points_topics_and_unfinished_sittings() -> None:
    """Missed points are due the next day; the rest later; a lost question counts nowhere."""
    bench = Bench()
    practice = bench.practice()
    empty = practice.overview()
    assert (empty.due_points, empty.due_questions, empty.unfinished) == (0, 0, ())
    answered(practice.begin(Wish(question_ids=("AA0001", "CC0001"))), "p1", "nothing", "p1")
    open_one = practice.begin(Wish(count=1)).sitting
    bench.later(days=1)
    overview = practice.overview()
    assert overview.unfinished == (open_one,)
    assert (overview.due_points, overview.due_questions) == (1, 1)
    alpha = overview.topics[0]
    assert (alpha.topic, alpha.questions, alpha.points, alpha.seen, alpha.due) == (
        "alpha",
        2,
        4,
        2,
        1,
    )
    assert alpha.mastery == pytest.approx(2 / 6)  # a point of weight 2 of 6 in all
    bench.questions = [one for one in QUESTIONS if one.id != "AA0001"]
    assert practice.overview().due_points == 0
    assert practice.overview().topics[0].seen == 0


def test_the_latest_unfinished_sitting_is_taken_up() -> None:
    """Or the one that is named; what is over is not."""
    bench = Bench()
    practice = bench.practice()
    with pytest.raises(BadInput, match="no interview to go on with"):
        practice.resume()
    first, second = (practice.begin(Wish()).sitting.id for _ in range(2))
    assert practice.resume().sitting.id == second
    assert practice.resume(first).sitting.id == first
    practice.finish(first)
    with pytest.raises(BadInput, match="is over"):
        practice.resume(first)


def test_a_question_that_is_gone_does_not_stop_the_end() -> None:
    """The sitting can be finished without it, its draft kept as skipped."""
    bench = Bench()
    practice = bench.practice()
    interviewing = practice.begin(Wish(question_ids=("AA0001", "BB0001")))
    interviewing.go_on()
    interviewing.save_draft("half a thought", 12.0)
    bench.questions = [one for one in QUESTIONS if one.topic == "gamma"]
    over = practice.finish()
    assert over.stage is Stage.FINISHED
    turn = over.exchanges[0].turns[0]
    assert (turn.ending, turn.answer, turn.seconds) == (Ending.SKIPPED, "half a thought", 12.0)
    assert bench.journal.held == set()


def test_a_question_that_is_gone_and_behind_does_no_harm() -> None:
    """Only what is still to be asked, shown or graded must be there."""
    bench = Bench()
    practice = bench.practice()
    interviewing = practice.begin(Wish(question_ids=("CC0001", "BB0001")))
    interviewing.go_on()
    interviewing.answer("p1", 5.0)
    interviewing.grade()
    interviewing.leave()
    bench.questions = [one for one in QUESTIONS if one.topic == "beta"]
    assert practice.resume().sitting.turn == interviewing.sitting.turn


def test_an_answer_to_a_question_that_is_gone_stays_ungraded() -> None:
    """It is kept with the reason, and memory does not change."""
    bench = Bench()
    practice = bench.practice()
    interviewing = practice.begin(Wish(question_ids=("AA0001",)))
    interviewing.go_on()
    interviewing.answer("p1 p2", 5.0)
    bench.questions = []
    result = practice.finish().exchanges[0].result
    assert isinstance(result, Ungraded)
    assert "no longer in the corpus" in result.reason
    assert bench.journal.known == {}


def test_standings_keep_memory_by_the_id_of_the_point() -> None:
    """A reworded point keeps its memory, a new id starts afresh."""
    bench = Bench()
    practice = bench.practice()
    answered(practice.begin(Wish(question_ids=("CC0001",))), "p1")
    changed = made_question("CC0001", "gamma", 2)
    bench.questions = [changed]
    first, second = practice.standings()
    assert (first.mastery, first.reviews, first.topic) == (1.0, 1, "gamma")
    assert first.due is not None
    assert (second.mastery, second.due, second.rating, second.reviews) == (0.0, None, None, 0)


def test_past_exchanges_come_latest_first() -> None:
    """Only complete ones."""
    bench = Bench()
    practice = bench.practice()
    first = answered(practice.begin(Wish(question_ids=("CC0001",))), "p1")
    bench.later(days=2)
    second = answered(practice.begin(Wish(question_ids=("CC0001",))), "!p1", "p1")
    practice.begin(Wish(question_ids=("CC0001",))).go_on()
    assert [sitting.id for sitting, _ in practice.past("CC0001")] == [second.id, first.id]


def test_the_calendar_gathers_what_is_overdue_today() -> None:
    """Every day is there, with nothing due or with something."""
    bench = Bench()
    practice = bench.practice()
    answered(practice.begin(Wish(question_ids=("AA0001",))), "p1", "x")
    bench.later(days=3)
    calendar = practice.calendar(days=7)
    today = bench.now.date()
    assert [day for day, _ in calendar] == [today + timedelta(days=n) for n in range(7)]
    assert [count for _, count in calendar] == [1, 0, 0, 0, 0, 1, 0]


def test_mastery_over_time_can_be_of_one_topic() -> None:
    """An unknown one is refused."""
    bench = Bench()
    practice = bench.practice()
    answered(practice.begin(Wish(question_ids=("CC0001",))), "p1")
    bench.later(days=1)
    assert [round(share, 3) for _, share in practice.mastery_over_time("gamma", 3)] == [0, 1, 1]
    assert practice.mastery_over_time(days=1)[0][1] == pytest.approx(2 / 11)
    with pytest.raises(BadInput, match="no topic"):
        practice.mastery_over_time("delta")


def test_a_blank_search_finds_nothing_and_loads_nothing() -> None:
    """As when the field is cleared."""
    assert Bench().practice().search("  ") == []


def test_one_question_is_found_or_not() -> None:
    """By its id."""
    practice = Bench().practice()
    assert practice.question("AA0001") == practice.questions()[0]
    with pytest.raises(UnknownQuestion):
        practice.question("nothing")


def test_a_report_goes_to_the_renderer() -> None:
    """With its path; nothing is replaced unless told."""
    bench = Bench()
    practice = bench.practice()
    report = practice.report(answered(practice.begin(Wish(question_ids=("CC0001",))), "p1"))
    practice.export(report, Path("a.md"))
    practice.export(report, Path("a.md"), overwrite=True)
    assert [call[1:] for call in bench.written] == [(Path("a.md"), False), (Path("a.md"), True)]


def test_a_sitting_that_is_over_can_be_contested() -> None:
    """Memory follows as if it had been said right after the answer."""
    bench = Bench()
    practice = bench.practice()
    sitting = answered(practice.begin(Wish(question_ids=("AA0001",))), "p1 only", "nothing")
    assert practice.finished() == (sitting,)
    assert practice.contest(sitting.id, 0, "p2", Verdict.COVERED, "I said it")
    (own,) = bench.journal.own_verdicts()
    assert (own.sitting, own.exchange, own.own) == (sitting.id, 0, Verdict.COVERED)
    memories = {memory.point_id: memory for memory in bench.journal.memories()}
    assert memories["p2"].rating is Rating.GOOD
    (exchange,) = practice.report(practice.sitting(sitting.id)).exchanges
    assert [point.own for point in exchange.points if point.id == "p2"] == [Verdict.COVERED]
    with pytest.raises(OutOfStep):
        practice.contest(sitting.id, 1, "p2", Verdict.COVERED)


def test_contested_rows_carry_the_candidates_verdicts_alone() -> None:
    """All answers carry the judge's too, and say whose each is."""
    bench = Bench()
    practice = bench.practice()
    interviewing = practice.begin(Wish(question_ids=("AA0001", "CC0001")))
    answered(interviewing, "p1 only", "about p2", "p1")
    interviewing.contest(0, "p2", Verdict.PARTIAL, "I said \x1b[31mthis")
    (row,) = [row.document() for row in practice.contested()]
    assert row["id"] == f"{interviewing.sitting.id}-1"
    assert row["answer"] == "p1 only\n\nabout p2"
    assert row["point_labels"] == {"p2": "partial"}
    assert row["labelled_by"] == {"p2": "candidate"}
    assert row["split"] == "contested"
    assert row["reasons"] == {"p2": "I said \x1b[31mthis"}
    first, second = (row.document() for row in practice.answers())
    assert first["point_labels"] == {"p1": "covered", "p2": "partial"}
    assert first["labelled_by"] == {"p1": "scripted", "p2": "candidate"}
    assert second["point_labels"] == {"p1": "covered"}
    assert second["split"] == "journal"
    assert "reasons" not in second
