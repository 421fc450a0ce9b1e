"""What may happen when in a sitting, one transition after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.domain.made_interviews import NOON, made_grade, made_question, made_sitting

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.follow_up import Probe
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
    reaction,
    replay,
    step,
)
from interviewbot.domain.sitting import Draft, Ending, Exchange, Mode, Sitting, Stage

GRADE = made_grade(made_question())
HALF = made_grade(made_question(), {"p3": Verdict.MISSING, "p2": Verdict.PARTIAL})
UNGRADED = Ungraded(reason="the answer is blank")
ASKED = Asked(at=NOON, place=0)
ANSWERED = Answered(at=NOON, text="An answer.", seconds=20.0)
SKIPPED = Passed(at=NOON, ending=Ending.SKIPPED, text="Half an", seconds=5.0)
TIMED_OUT = Passed(at=NOON, ending=Ending.TIMED_OUT, text="Half an", seconds=60.0)
JUDGED = Judged(result=GRADE)
CLOSED = Closed(at=NOON, result=GRADE)
ENDED = Ended(at=NOON)
PROBE = Asked(
    at=NOON,
    place=0,
    probe=Probe(point_id="p3", prompt="And what of 3?", verdict=Verdict.MISSING),
)
TO_REVIEW = (ASKED, ANSWERED, JUDGED, CLOSED)


def conclude(exchange: Exchange) -> Grade | Ungraded | None:
    """Let an exchange come to what its answer came to."""
    return exchange.turns[0].result


def next_event(sitting: Sitting) -> Event | None:
    """Return what the interviewer does next in a world of made questions."""
    return reaction(sitting, NOON, question=made_question, conclude=conclude)


def test_a_sitting_begins_with_nothing_asked() -> None:
    """It is the interviewer's move, and the whole plan is ahead."""
    sitting = made_sitting("AA0001", "AA0002")
    assert sitting.stage is None
    assert (sitting.current, sitting.turn, sitting.seconds) == (None, None, 0)
    assert sitting.unasked == sitting.plan
    assert next_event(sitting) == ASKED


def test_the_way_of_one_question() -> None:
    """Asked, answered, judged, closed, left, ended: each leads to its stage."""
    sitting = made_sitting()
    stages = []
    for event in (ASKED, ANSWERED, JUDGED, CLOSED, Left(), ENDED):
        sitting = step(sitting, event)
        stages.append(sitting.stage)
    assert stages == [
        Stage.ANSWERING,
        Stage.GRADING,
        None,
        Stage.REVIEWING,
        None,
        Stage.FINISHED,
    ]
    (exchange,) = sitting.exchanges
    assert (exchange.closed, exchange.result, exchange.left) == (NOON, GRADE, True)
    assert (exchange.turns[0].answer, exchange.turns[0].result) == ("An answer.", GRADE)
    assert sitting.ended == NOON


def test_a_mock_sitting_does_not_stop_for_review() -> None:
    """A complete question is left at once."""
    sitting = replay(made_sitting(mode=Mode.MOCK), TO_REVIEW)
    assert sitting.stage is None
    assert next_event(sitting) == Left()


EVENTS: dict[str, Event] = {
    "asked": ASKED,
    "asked next": Asked(at=NOON, place=1),
    "asked again": Asked(at=NOON, place=0, retry=True),
    "probed": PROBE,
    "answered": ANSWERED,
    "skipped": SKIPPED,
    "timed out": TIMED_OUT,
    "judged": JUDGED,
    "closed": CLOSED,
    "left": Left(),
    "ended": ENDED,
}


@pytest.mark.parametrize(
    ("so_far", "possible"),
    [
        ((), {"asked", "ended"}),
        ((ASKED,), {"answered", "skipped", "timed out"}),
        ((ASKED, ANSWERED), {"judged"}),
        ((ASKED, ANSWERED, JUDGED), {"probed", "closed"}),
        ((ASKED, ANSWERED, JUDGED, PROBE), {"answered", "skipped", "timed out"}),
        ((ASKED, SKIPPED), {"probed", "closed"}),
        ((ASKED, TIMED_OUT), {"closed"}),
        (TO_REVIEW, {"left"}),
        ((*TO_REVIEW, Left()), {"asked next", "asked again", "ended"}),
        ((*TO_REVIEW, Left(), ENDED), set()),
    ],
)
def test_what_is_possible_when(so_far: tuple[Event, ...], possible: set[str]) -> None:
    """Every other event is out of step, and leaves the sitting as it was."""
    sitting = replay(made_sitting("AA0001", "AA0002"), so_far)
    taken = set()
    for name, event in EVENTS.items():
        before = replace(sitting)
        try:
            step(sitting, event)
            taken.add(name)
        except OutOfStep:
            assert sitting == before
    assert taken == possible


@pytest.mark.parametrize("place", [-1, 1])
def test_the_plan_is_asked_in_order(place: int) -> None:
    """Neither back nor beyond its end."""
    with pytest.raises(OutOfStep, match="place"):
        step(made_sitting(), Asked(at=NOON, place=place))


def test_a_retry_stays_at_its_place() -> None:
    """The same question again, after which the plan goes on."""
    again = Asked(at=NOON, place=0, retry=True)
    sitting = replay(made_sitting("AA0001", "AA0002"), (*TO_REVIEW, Left(), again))
    assert [(e.place, e.retry) for e in sitting.exchanges] == [(0, False), (0, True)]
    assert [choice.question_id for choice in sitting.unasked] == ["AA0002"]
    sitting = replay(sitting, (ANSWERED, JUDGED, CLOSED, Left()))
    assert next_event(sitting) == Asked(at=NOON, place=1)


def test_nothing_can_be_asked_again_before_it_was_asked() -> None:
    """A retry needs a question to retry."""
    with pytest.raises(OutOfStep):
        step(made_sitting(), Asked(at=NOON, place=0, retry=True))


def test_a_follow_up_belongs_to_the_open_question() -> None:
    """It cannot be put to another place of the plan."""
    sitting = replay(made_sitting("AA0001", "AA0002"), (ASKED, ANSWERED, JUDGED))
    with pytest.raises(OutOfStep, match="belongs"):
        step(sitting, replace(PROBE, place=1))


def test_an_answer_is_not_a_pass() -> None:
    """Nobody can answer without handing in a text."""
    sitting = step(made_sitting(), ASKED)
    with pytest.raises(OutOfStep, match="not a pass"):
        step(sitting, Passed(at=NOON, ending=Ending.ANSWERED))


@pytest.mark.parametrize("event", [SKIPPED, TIMED_OUT])
def test_a_pass_keeps_what_stood_there_and_is_not_graded(event: Passed) -> None:
    """Recorded as what it was, and no result ever."""
    sitting = step(step(made_sitting(), ASKED), event)
    turn = sitting.turn
    assert turn is not None
    assert (turn.ending, turn.answer, turn.result) == (event.ending, "Half an", None)
    assert next_event(sitting) == Closed(at=NOON, result=None)


def test_a_skip_goes_on_and_a_timeout_ends() -> None:
    """Running out of time is the end of the sitting, whatever was planned."""
    plan = made_sitting("AA0001", "AA0002", minutes=1.0)
    closed = Closed(at=NOON, result=None)
    skipped = replay(plan, (ASKED, SKIPPED, closed, Left()))
    assert next_event(skipped) == Asked(at=NOON, place=1)
    timed_out = replay(plan, (ASKED, TIMED_OUT, closed, Left()))
    assert next_event(timed_out) == ENDED
    with pytest.raises(OutOfStep, match="time is up"):
        step(timed_out, Asked(at=NOON, place=1))


def test_the_bound_is_on_the_time_spent_answering() -> None:
    """Seconds of all turns add up; none are left when they are used up."""
    sitting = replay(made_sitting("AA0001", "AA0002", minutes=1.0), (ASKED, ANSWERED))
    assert (sitting.seconds, sitting.seconds_left) == (20.0, 40.0)
    assert not sitting.time_is_up
    sitting = replay(sitting, (JUDGED, PROBE, replace(ANSWERED, seconds=45.0)))
    assert (sitting.seconds, sitting.seconds_left) == (65.0, 0.0)
    assert sitting.time_is_up


def test_without_a_bound_time_is_never_up() -> None:
    """However long an answer takes."""
    sitting = replay(made_sitting(), (ASKED, replace(ANSWERED, seconds=1e6)))
    assert sitting.seconds_left is None
    assert not sitting.time_is_up


def test_no_follow_up_is_asked_when_the_time_is_up() -> None:
    """The question is closed with what was said in time, and the sitting ends."""
    late = replace(ANSWERED, seconds=60.0)
    sitting = replay(made_sitting(minutes=1.0), (ASKED, late, Judged(result=HALF)))
    assert next_event(sitting) == Closed(at=NOON, result=HALF)


def test_follow_ups_are_asked_before_a_question_is_closed() -> None:
    """The point that would add most comes first; then the next; then it is enough."""
    sitting = replay(made_sitting(), (ASKED, ANSWERED, Judged(result=HALF)))
    asked = []
    while isinstance(event := next_event(sitting), Asked):
        assert event.probe is not None
        asked.append(event.probe.point_id)
        sitting = replay(sitting, (event, ANSWERED, JUDGED))
    assert asked == ["p3", "p2"]
    assert event == Closed(at=NOON, result=HALF)


def test_a_skipped_follow_up_is_no_skipped_question() -> None:
    """The question stays answered, and its grade stands."""
    sitting = replay(made_sitting(), (ASKED, ANSWERED, Judged(result=HALF), PROBE, SKIPPED))
    assert sitting.exchanges[0].ending is Ending.ANSWERED
    assert conclude(sitting.exchanges[0]) == HALF


def test_an_ungraded_answer_is_closed_without_follow_ups() -> None:
    """Nobody knows what to ask about."""
    sitting = replay(made_sitting(), (ASKED, ANSWERED, Judged(result=UNGRADED)))
    assert next_event(sitting) == Closed(at=NOON, result=UNGRADED)


@pytest.mark.parametrize("so_far", [(ASKED,), (ASKED, ANSWERED), TO_REVIEW])
def test_the_interviewer_waits_for_others(so_far: tuple[Event, ...]) -> None:
    """While the candidate or the judge is at work nothing happens by itself."""
    assert next_event(replay(made_sitting(), so_far)) is None


def test_a_finished_sitting_stays_as_it_is() -> None:
    """No reaction, and nothing can be told."""
    sitting = step(made_sitting(), ENDED)
    assert next_event(sitting) is None
    with pytest.raises(OutOfStep, match="over"):
        step(sitting, ASKED)


def test_a_draft_belongs_to_the_latest_turn() -> None:
    """It names exchange and turn, so that it cannot stray into another."""
    sitting = replay(made_sitting(), (ASKED, ANSWERED, JUDGED, PROBE))
    later = NOON + timedelta(seconds=9)
    draft = Draft.of(sitting, "Well,", 9.0, later)
    assert (draft.sitting, draft.exchange, draft.turn) == ("s1", 0, 1)
    assert (draft.text, draft.seconds, draft.at) == ("Well,", 9.0, later)
