"""A sitting run for real, but for its judge and its disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from tests.domain.made_interviews import made_question
from tests.services.made_world import World

from interviewbot.domain.errors import OutOfStep, SittingHeld, StorageFailed
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.domain.interview import (
    Answered,
    Asked,
    Closed,
    Ended,
    Event,
    Judged,
    Left,
    Passed,
)
from interviewbot.domain.memory import Rating
from interviewbot.domain.sitting import Ending, Mode, Sitting, Stage
from interviewbot.services.interviewing import Interviewing


@pytest.fixture
def world() -> World:
    """Return an empty world."""
    return World()


def kinds(events: Sequence[Event]) -> list[type[Event]]:
    """Return what kinds of events those are."""
    return [type(event) for event in events]


def answer(interviewing: Interviewing, text: str, seconds: float = 10.0) -> list[Event]:
    """Hand in ``text`` and have it graded."""
    return [*interviewing.answer(text, seconds), *interviewing.grade()]


def result(interviewing: Interviewing, exchange: int = -1) -> Grade:
    """Return what an exchange came to."""
    found = interviewing.sitting.exchanges[exchange].result
    assert isinstance(found, Grade)
    return found


ALL = "p1 p2 p3"


def test_a_practice_sitting_from_start_to_end(world: World) -> None:
    """Feedback is waited for after every question; the journal ends where the sitting does."""
    interviewing = world.begin("AA0001", "AA0002")
    assert interviewing.asked == made_question("AA0001")
    assert kinds(answer(interviewing, ALL)) == [Answered, Judged, Closed]
    stages = [interviewing.sitting.stage]
    assert kinds(interviewing.leave()) == [Left, Asked]
    assert interviewing.asked == made_question("AA0002")
    assert kinds(answer(interviewing, ALL)) == [Answered, Judged, Closed]
    assert kinds(interviewing.leave()) == [Left, Ended]
    assert [*stages, interviewing.sitting.stage] == [Stage.REVIEWING, Stage.FINISHED]
    assert world.journal.finished() == [interviewing.sitting]


def test_a_mock_sitting_goes_on_by_itself(world: World) -> None:
    """One answer leads to the next question, the last one to the end."""
    interviewing = world.begin("AA0001", "AA0002", mode=Mode.MOCK)
    assert kinds(answer(interviewing, ALL)) == [Answered, Judged, Closed, Left, Asked]
    assert kinds(answer(interviewing, ALL)) == [Answered, Judged, Closed, Left, Ended]


def test_an_event_is_on_disk_before_it_is_told(world: World) -> None:
    """The journal hears of it while the sitting still stands where it stood."""
    interviewing = world.begin()
    order: list[tuple[str, Stage | None, Stage | None]] = []
    world.journal.watch = lambda after, event: order.append(
        (type(event).__name__, interviewing.sitting.stage, after.stage)
    )
    interviewing.answer(ALL, 10.0)
    assert order == [("Answered", Stage.ANSWERING, Stage.GRADING)]


def test_what_cannot_be_kept_has_not_happened(world: World) -> None:
    """On a full disk the sitting stays as it was, and the same answer can be tried again."""
    interviewing = world.begin()
    before = interviewing.sitting
    world.journal.full = True
    with pytest.raises(StorageFailed):
        interviewing.answer(ALL, 10.0)
    assert interviewing.sitting is before
    world.journal.full = False
    assert kinds(interviewing.answer(ALL, 10.0)) == [Answered]


def test_the_judge_is_loaded_for_the_first_answer(world: World) -> None:
    """And not for asking, skipping or leaving."""
    interviewing = world.begin("AA0001", "AA0002")
    interviewing.skip()
    interviewing.leave()
    assert world.loaded == 0
    answer(interviewing, ALL)
    assert world.loaded > 0


def test_grading_nothing_does_nothing(world: World) -> None:
    """No answer waits, so the judge is not asked."""
    interviewing = world.begin()
    assert interviewing.grade() == []
    assert world.grader.seen == []


def test_a_late_grade_is_dropped(world: World) -> None:
    """Where the sitting ended meanwhile, the grade that was under way counts nowhere."""
    interviewing = world.begin()
    interviewing.answer(ALL, 10.0)
    world.grader.meanwhile = interviewing.finish
    assert interviewing.grade() == []
    assert interviewing.sitting.stage is Stage.FINISHED
    assert len(world.grader.seen) == 2
    assert len(world.journal.reviews()) == 3


def test_follow_ups_are_heard_as_part_of_the_question(world: World) -> None:
    """The judge of a reply knows what was asked; the reply counts for that point alone."""
    interviewing = world.begin()
    events = answer(interviewing, "p1 p2")
    assert kinds(events) == [Answered, Judged, Asked]
    assert kinds(answer(interviewing, "!p1 p3")) == [Answered, Judged, Closed]
    assert world.grader.seen[-1] == ("What is AA0001?\nAnd what of 3?", "!p1 p3")
    found = result(interviewing)
    assert [(p.id, p.verdict, p.turn) for p in found.points] == [
        ("p1", Verdict.COVERED, 0),
        ("p2", Verdict.COVERED, 0),
        ("p3", Verdict.COVERED, 1),
    ]
    assert found.score == 100.0
    assert world.ratings() == {"p1": Rating.GOOD, "p2": Rating.GOOD, "p3": Rating.HARD}


def test_taking_a_point_back_counts(world: World) -> None:
    """Half said, then contradicted in the reply: contradicted."""
    interviewing = world.begin()
    answer(interviewing, "p1 p2 ~p3")
    answer(interviewing, "!p3")
    assert result(interviewing).points[2].verdict is Verdict.CONTRADICTED
    assert world.ratings()["p3"] is Rating.AGAIN


@pytest.mark.parametrize(
    ("reply", "verdict", "rating"),
    [("p3", Verdict.COVERED, Rating.HARD), ("well", Verdict.CONTRADICTED, Rating.AGAIN)],
)
def test_a_contradiction_can_be_put_right(
    world: World, reply: str, verdict: Verdict, rating: Rating
) -> None:
    """Said rightly after the doubt it is worth something; silence leaves it wrong."""
    interviewing = world.begin()
    answer(interviewing, "p1 p2 !p3")
    turn = interviewing.sitting.turn
    assert turn is not None
    assert turn.probe is not None
    assert turn.probe.prompt.startswith("You said: “!p3”")
    answer(interviewing, reply)
    assert result(interviewing).points[2].verdict is verdict
    assert world.ratings()["p3"] is rating


def test_an_ungraded_reply_leaves_the_grade(world: World) -> None:
    """It can make nothing worse and nothing better."""
    interviewing = world.begin()
    answer(interviewing, "p1 p2")
    answer(interviewing, "?")
    assert [p.turn for p in result(interviewing).points] == [0, 0, 0]
    assert world.ratings()["p3"] is Rating.AGAIN


def test_memory_learns_each_point_by_itself(world: World) -> None:
    """One missed point is to come back soon; the others are not."""
    interviewing = world.begin()
    answer(interviewing, "p1 p3")
    interviewing.skip()
    assert world.ratings() == {"p1": Rating.GOOD, "p2": Rating.AGAIN, "p3": Rating.GOOD}
    review = world.journal.reviews(("AA0001", "p2"))
    assert [(r.sitting, r.exchange) for r in review] == [("s1", 0)]


@pytest.mark.parametrize("how", ["ungraded", "skipped", "timed out"])
def test_what_was_not_graded_leaves_memory_alone(world: World, how: str) -> None:
    """Nothing is known of what somebody knows."""
    interviewing = world.begin()
    if how == "ungraded":
        answer(interviewing, "?")
        assert isinstance(interviewing.sitting.exchanges[0].result, Ungraded)
    elif how == "skipped":
        interviewing.skip("p1", 3.0)
    else:
        interviewing.time_out("p1", 60.0)
    assert interviewing.sitting.exchanges[0].closed is not None
    assert world.journal.memories() == []
    assert world.journal.reviews() == []


def test_a_retry_leaves_memory_alone(world: World) -> None:
    """Who has just read the points remembers them, which says nothing about tomorrow."""
    interviewing = world.begin("AA0001", "AA0002")
    answer(interviewing, "p1 p2")
    interviewing.skip()
    before = world.journal.memories()
    assert kinds(interviewing.retry()) == [Left, Asked]
    assert interviewing.asked == made_question("AA0001")
    answer(interviewing, ALL)
    assert result(interviewing).score == 100.0
    assert world.journal.memories() == before
    interviewing.leave()
    assert interviewing.asked == made_question("AA0002")


def test_only_reviewed_questions_can_be_retried(world: World) -> None:
    """Not while one is open, and not when the time is up."""
    interviewing = world.begin(minutes=1.0)
    with pytest.raises(OutOfStep):
        interviewing.retry()
    answer(interviewing, ALL, seconds=61.0)
    before = interviewing.sitting
    with pytest.raises(OutOfStep, match="time is up"):
        interviewing.retry()
    assert interviewing.sitting is before


def test_running_out_of_time_ends_the_sitting(world: World) -> None:
    """What stood there is kept; the rest of the plan was never asked."""
    interviewing = world.begin("AA0001", "AA0002", mode=Mode.MOCK, minutes=1.0)
    assert kinds(interviewing.time_out("p1 and", 60.0)) == [Passed, Closed, Left, Ended]
    turn = interviewing.sitting.exchanges[0].turns[0]
    assert (turn.ending, turn.answer, turn.result) == (Ending.TIMED_OUT, "p1 and", None)
    assert [choice.question_id for choice in interviewing.sitting.unasked] == ["AA0002"]


def test_time_out_in_a_follow_up_keeps_the_grade(world: World) -> None:
    """The answer was handed in in time."""
    interviewing = world.begin(mode=Mode.MOCK, minutes=1.0)
    answer(interviewing, "p1 p2")
    interviewing.time_out("p3", 50.0)
    assert result(interviewing).score == 50.0


STAGES: dict[str, Callable[[Interviewing], object]] = {
    "answering": lambda _: None,
    "grading": lambda i: i.answer("p1 p2", 10.0),
    "follow-up": lambda i: answer(i, "p1 p2"),
    "grading a follow-up": lambda i: (answer(i, "p1 p2"), i.answer("p3", 10.0)),
    "reviewing": lambda i: answer(i, ALL),
    "second question": lambda i: (answer(i, ALL), i.sitting.stage is Stage.REVIEWING and i.leave()),
    "finished": lambda i: i.finish(),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("mode", Mode)
def test_a_sitting_can_be_finished_anywhere(stage: str, mode: Mode) -> None:
    """An open turn is skipped, an answer that was handed in is graded, nothing is lost."""
    world = World()
    interviewing = world.begin("AA0001", "AA0002", mode=mode)
    STAGES[stage](interviewing)
    events = interviewing.finish("half an ans", 4.0)
    assert interviewing.sitting.stage is Stage.FINISHED
    assert events == [] or isinstance(events[-1], Ended)
    assert all(e.left and e.closed for e in interviewing.sitting.exchanges)
    skips = [e for e in events if isinstance(e, Passed)]
    assert all((e.ending, e.text) == (Ending.SKIPPED, "half an ans") for e in skips)
    graded = any(isinstance(e.result, Grade) for e in interviewing.sitting.exchanges)
    assert bool(world.ratings()) == graded
    assert world.journal.unfinished() == []


def test_drafts_are_kept_for_the_open_turn_only(world: World) -> None:
    """A late call for a turn that is over does nothing."""
    interviewing = world.begin()
    assert interviewing.draft is None
    interviewing.save_draft("p1 and", 5.0)
    found = interviewing.draft
    assert found is not None
    assert (found.text, found.seconds, found.exchange, found.turn) == ("p1 and", 5.0, 0, 0)
    answer(interviewing, "p1 p2")
    assert interviewing.draft is None  # the follow-up has a draft of its own
    answer(interviewing, "p3")
    interviewing.save_draft("too late", 5.0)
    assert interviewing.draft is None


def test_resuming_is_going_on(world: World) -> None:
    """Another window takes up exactly where the first one was lost, at every event."""
    interviewing = world.begin("AA0001", "AA0002", mode=Mode.MOCK)
    interviewing.save_draft("p1", 5.0)
    second = world.window(world.journal.sitting("s1"))
    assert second.sitting == interviewing.sitting
    assert second.go_on() == []
    assert second.draft == interviewing.draft
    second.answer("p1 p2", 10.0)
    third = world.window(world.journal.sitting("s1"))
    assert third.go_on() == []
    assert kinds(third.grade()) == [Judged, Asked]


def test_going_on_does_what_was_cut_off(world: World) -> None:
    """A window that died between grade and follow-up asks it after all."""
    interviewing = world.begin()
    interviewing.answer("p1 p2", 10.0)

    def die(_: Sitting, event: Event) -> None:
        if isinstance(event, Asked):
            raise StorageFailed("killed", "")

    world.journal.watch = die
    with pytest.raises(StorageFailed):
        interviewing.grade()
    world.journal.watch = None
    second = world.window(world.journal.sitting("s1"))
    assert second.sitting.stage is None
    assert kinds(second.go_on()) == [Asked]


def test_two_windows_cannot_both_answer(world: World) -> None:
    """The second one's event is refused; neither the answer nor a review counts twice."""
    first = world.begin()
    second = world.window(world.journal.sitting("s1"))
    answer(first, ALL)
    with pytest.raises(OutOfStep):
        second.answer("p1", 10.0)
    assert world.journal.sitting("s1") == first.sitting
    assert len(world.journal.reviews()) == 3


def test_a_sitting_is_held_by_one_window(world: World) -> None:
    """The second one is told, and may have it once the first has let go."""
    interviewing = world.begin()
    other = world.window(interviewing.sitting)
    with interviewing, pytest.raises(SittingHeld), other:
        pass
    with other:
        pass


def test_contesting_changes_memory_by_replay(world: World) -> None:
    """As if it had been rated so from the start, later reviews included."""
    interviewing = world.begin("AA0001", "AA0001")
    answer(interviewing, "p1 p2 ~p3")
    interviewing.skip()
    interviewing.leave()
    answer(interviewing, ALL)
    spelt = {memory.point_id: memory.stability for memory in world.journal.memories()}
    assert spelt == {"p1": 33, "p2": 33, "p3": 23}
    interviewing.contest(0, "p3", Verdict.MISSING, "I guessed")
    interviewing.contest(1, "p1", Verdict.PARTIAL)
    spelt = {memory.point_id: memory.stability for memory in world.journal.memories()}
    assert spelt == {"p1": 32, "p2": 33, "p3": 13}
    ratings = [review.rating for review in world.journal.reviews(("AA0001", "p3"))]
    assert ratings == [Rating.AGAIN, Rating.GOOD]


def test_a_contested_verdict_stands_beside_the_judges(world: World) -> None:
    """The grade is not rewritten; a second thought takes the place of the first."""
    interviewing = world.begin()
    answer(interviewing, "p1 p3")
    interviewing.skip()
    assert interviewing.contest(0, "p2", Verdict.PARTIAL, "nearly")
    interviewing.contest(0, "p2", Verdict.COVERED, "I said it in other words")
    (own,) = interviewing.own_verdicts(0).values()
    assert (own.point_id, own.judged, own.own) == ("p2", Verdict.MISSING, Verdict.COVERED)
    assert (own.question_id, own.reason) == ("AA0001", "I said it in other words")
    assert result(interviewing).points[1].verdict is Verdict.MISSING
    assert world.ratings()["p2"] is Rating.GOOD
    assert world.journal.own_verdicts() == [own]
    assert interviewing.own_verdicts(1) == {}


def test_contesting_a_retry_is_kept_and_leaves_memory_alone(world: World) -> None:
    """There is no review that it could change."""
    interviewing = world.begin()
    answer(interviewing, ALL)
    interviewing.retry()
    answer(interviewing, "p1 p2")
    interviewing.skip()
    before = world.journal.memories()
    assert not interviewing.contest(1, "p3", Verdict.COVERED)
    assert list(interviewing.own_verdicts(1)) == ["p3"]
    assert world.journal.memories() == before


@pytest.mark.parametrize(("exchange", "point"), [(0, "gone"), (1, "p1"), (-1, "p1")])
def test_only_graded_points_can_be_contested(world: World, exchange: int, point: str) -> None:
    """Neither points that are not there nor exchanges that never were."""
    interviewing = world.begin()
    answer(interviewing, ALL)
    with pytest.raises(OutOfStep, match="no grade"):
        interviewing.contest(exchange, point, Verdict.COVERED)
    assert world.journal.own_verdicts() == []


def test_an_open_question_cannot_be_contested(world: World) -> None:
    """It has no grade yet."""
    interviewing = world.begin()
    with pytest.raises(OutOfStep, match="no grade"):
        interviewing.contest(0, "p1", Verdict.COVERED)
