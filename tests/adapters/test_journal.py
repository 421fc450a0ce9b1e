"""What every journal does, be it in a file or in dictionaries."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.adapters.made_sittings import PROBE, walks
from tests.domain.made_interviews import NOON, made_grade, made_question, made_sitting
from tests.fakes.counting_scheduler import CountingScheduler
from tests.fakes.memory_journal import MemoryJournal

from interviewbot.adapters.journal import SqlJournal
from interviewbot.domain.errors import BadInput, OutOfStep, SittingHeld
from interviewbot.domain.grade import Ungraded, Verdict
from interviewbot.domain.interview import (
    Answered,
    Asked,
    Closed,
    Draft,
    Ended,
    Ending,
    Event,
    Judged,
    Left,
    Mode,
    Passed,
    Sitting,
    step,
)
from interviewbot.domain.memory import Memory, OwnVerdict, Rating, Review
from interviewbot.ports import Journal

SHARED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
GRADE = made_grade(made_question(), {"p2": Verdict.MISSING})
ASKED = Asked(at=NOON, place=0)
ANSWERED = Answered(at=NOON, text="An answer.", seconds=12.5)
SKIPPED = Passed(at=NOON, ending=Ending.SKIPPED, text="half", seconds=3.0)
FIRST: tuple[Event, ...] = (ASKED, ANSWERED, Judged(result=GRADE))
WHOLE: tuple[Event, ...] = (*FIRST, Closed(at=NOON, result=GRADE), Left())
Reopen = Callable[[], Journal]


@pytest.fixture(params=["file", "dictionaries"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Reopen:
    """Return what opens the same journal once more."""
    memory = MemoryJournal()
    return (lambda: SqlJournal(tmp_path)) if request.param == "file" else (lambda: memory)


@pytest.fixture
def journal(reopen: Reopen) -> Journal:
    """Return an empty journal."""
    return reopen()


def tell(journal: Journal, sitting: Sitting, *events: Event) -> Sitting:
    """Tell ``events`` one after the other; return the sitting after them."""
    for event in events:
        sitting = step(sitting, event)
        journal.tell(sitting, event)
    return sitting


def begun(journal: Journal, *ids: str, name: str = "s1", minutes: float = 0) -> Sitting:
    """Return a sitting that the journal knows of, begun ``minutes`` after noon."""
    sitting = replace(
        made_sitting(*ids, mode=Mode.MOCK), id=name, began=NOON + timedelta(minutes=minutes)
    )
    journal.begin(sitting)
    return sitting


def review(
    point: str, rating: Rating = Rating.GOOD, *, exchange: int = 0, sitting: str = "s1"
) -> Review:
    """Return a review of a point of AA0001."""
    return Review(
        question_id="AA0001",
        point_id=point,
        rating=rating,
        at=NOON + timedelta(days=exchange),
        sitting=sitting,
        exchange=exchange,
    )


def learned(*reviews: Review) -> list[tuple[Review, Memory]]:
    """Return ``reviews`` with the memory after each."""
    return [(one, CountingScheduler().after(None, one)) for one in reviews]


def own_verdict(point: str, *, minute: int = 0, own: Verdict = Verdict.COVERED) -> OwnVerdict:
    """Return the candidate's verdict on a point of the first exchange."""
    return OwnVerdict(
        sitting="s1",
        exchange=0,
        question_id="AA0001",
        point_id=point,
        judged=Verdict.MISSING,
        own=own,
        reason="said so",
        at=NOON + timedelta(minutes=minute),
    )


@SHARED
@given(walk=walks())
def test_a_sitting_is_what_its_events_make_it(
    reopen: Reopen, walk: tuple[Sitting, list[Event]]
) -> None:
    """Whatever was said and judged comes back as it was, after every event and a new start."""
    sitting, events = walk
    journal = reopen()
    journal.begin(sitting)
    assert journal.sitting(sitting.id) == sitting
    for event in events:
        sitting = tell(journal, sitting, event)
        assert journal.sitting(sitting.id) == sitting
    again = reopen()
    assert again.sitting(sitting.id) == sitting
    assert (sitting in again.unfinished()) == (sitting.ended is None)
    assert (sitting in again.finished()) == (sitting.ended is not None)
    for choice in sitting.plan:
        closed = [exchange for exchange in sitting.exchanges if exchange.closed]
        about = [e for e in closed if sitting.choice(e).question_id == choice.question_id]
        found = [e for s, e in again.exchanges(choice.question_id) if s.id == sitting.id]
        assert len(found) == len(about)
        assert all(exchange in found for exchange in about)


def test_unknown_sittings_are_said_to_be_unknown(journal: Journal) -> None:
    """Neither None nor an empty sitting."""
    with pytest.raises(BadInput, match="no such interview"):
        journal.sitting("s1")


def test_a_sitting_begins_once_and_with_nothing_told(journal: Journal) -> None:
    """The first one stays as it was."""
    sitting = begun(journal)
    with pytest.raises(OutOfStep):
        journal.begin(replace(sitting, minutes=5.0))
    with pytest.raises(OutOfStep):
        journal.begin(step(replace(sitting, id="s2"), ASKED))
    assert journal.unfinished() == [sitting]


def test_the_latest_come_first(journal: Journal) -> None:
    """Unfinished ones by when they began, finished ones by when they ended."""
    for name, minutes in [("b", 2.0), ("a", 1.0), ("c", 3.0)]:
        begun(journal, name=name, minutes=minutes)
    assert [one.id for one in journal.unfinished()] == ["c", "b", "a"]
    for name, day in [("c", 1), ("a", 3), ("b", 2)]:
        tell(journal, journal.sitting(name), Ended(at=NOON + timedelta(days=day)))
    assert [one.id for one in journal.finished()] == ["a", "b", "c"]
    assert [one.id for one in journal.finished(limit=2)] == ["a", "b"]
    assert journal.finished(limit=0) == []
    assert journal.unfinished() == []


STALE: dict[str, tuple[tuple[Event, ...], tuple[Event, ...], Event]] = {
    # events both windows know; what the first one told since; what the second one then tries
    "asks twice": ((), (ASKED,), ASKED),
    "asks after the end": ((), (Ended(at=NOON),), ASKED),
    "answers twice": ((ASKED,), (ANSWERED,), ANSWERED),
    "answers what was skipped": ((ASKED,), (SKIPPED,), ANSWERED),
    "judges twice": (FIRST[:2], FIRST[2:], FIRST[2]),
    "judges otherwise": (FIRST[:2], FIRST[2:], Judged(result=Ungraded(reason="late"))),
    "closes twice": (FIRST, WHOLE[3:4], WHOLE[3]),
    "closes while a follow-up is asked": (FIRST, (Asked(at=NOON, place=0, probe=PROBE),), WHOLE[3]),
    "asks a follow-up of what is closed": (
        FIRST,
        WHOLE[3:4],
        Asked(at=NOON, place=0, probe=PROBE),
    ),
    "leaves twice": (WHOLE[:-1], WHOLE[-1:], Left()),
    "goes on where the first tries again": (
        WHOLE,
        (Asked(at=NOON, place=0, retry=True),),
        Asked(at=NOON, place=1),
    ),
    "ends while the next is asked": (WHOLE, (Asked(at=NOON, place=1),), Ended(at=NOON)),
    "ends twice": (WHOLE, (Ended(at=NOON),), Ended(at=NOON)),
}  # fmt: skip


@pytest.mark.parametrize("name", STALE)
def test_a_window_that_is_behind_changes_nothing(reopen: Reopen, name: str) -> None:
    """Its event is refused with what was learned of it, and the first one's counts once."""
    known, since, late = STALE[name]
    journal, other = reopen(), reopen()
    both = tell(journal, begun(journal, "AA0001", "AA0002"), *known)
    first = tell(journal, both, *since)
    with pytest.raises(OutOfStep):
        other.tell(step(both, late), late, learned(review("p1")))
    assert reopen().sitting("s1") == first
    assert other.reviews() == []
    assert other.memories() == []


def test_a_sitting_that_never_began_is_out_of_step(journal: Journal) -> None:
    """Nothing of the event is kept."""
    with pytest.raises(OutOfStep):
        tell(journal, made_sitting(), ASKED)
    assert journal.unfinished() == []


def test_closing_keeps_what_was_learned(reopen: Reopen) -> None:
    """Result, reviews and memories are there together."""
    journal = reopen()
    sitting = tell(journal, begun(journal), *FIRST)
    closed, found = Closed(at=NOON, result=GRADE), learned(review("p2", Rating.AGAIN), review("p1"))
    sitting = step(sitting, closed)
    journal.tell(sitting, closed, found)
    again = reopen()
    assert again.sitting("s1") == sitting
    assert again.reviews() == [found[1][0], found[0][0]]
    assert again.reviews(("AA0001", "p2")) == [found[0][0]]
    assert again.reviews(("AA0002", "p2")) == []
    assert again.memories() == [found[1][1], found[0][1]]


def test_a_review_counts_once(journal: Journal) -> None:
    """An exchange that teaches a point twice is refused as a whole."""
    sitting = tell(journal, begun(journal), *FIRST)
    closed = Closed(at=NOON, result=GRADE)
    with pytest.raises(OutOfStep):
        journal.tell(step(sitting, closed), closed, learned(review("p1"), review("p1")))
    assert journal.sitting("s1") == sitting
    assert journal.reviews() == []
    assert journal.memories() == []


def test_a_draft_lasts_until_its_turn_ends(reopen: Reopen) -> None:
    """Handing in, or skipping, takes it away; the follow-up begins without one."""
    journal = reopen()
    sitting = begun(journal)
    assert journal.draft(sitting) is None
    sitting = tell(journal, sitting, ASKED)
    assert journal.draft(sitting) is None
    for text in ("half", "half an answer"):
        journal.save_draft(Draft.of(sitting, text, 2.5, NOON))
    assert reopen().draft(sitting) == Draft.of(sitting, "half an answer", 2.5, NOON)
    sitting = tell(journal, sitting, *FIRST[1:])
    assert journal.draft(sitting) is None
    sitting = tell(journal, sitting, Asked(at=NOON, place=0, probe=PROBE))
    assert journal.draft(sitting) is None
    follow_up = Draft.of(sitting, "well", 1.0, NOON)
    journal.save_draft(follow_up)
    assert journal.draft(sitting) == follow_up
    assert journal.draft(tell(journal, sitting, SKIPPED)) is None


def test_a_draft_of_a_turn_that_is_over_is_refused(journal: Journal) -> None:
    """Another window has handed it in; so it is with turns that were never asked."""
    typing = tell(journal, begun(journal), ASKED)
    draft = Draft.of(typing, "half", 1.0, NOON)
    handed_in = tell(journal, typing, ANSWERED)
    for late in (draft, replace(draft, exchange=3), replace(draft, turn=7)):
        with pytest.raises(OutOfStep):
            journal.save_draft(late)
    assert journal.sitting("s1") == handed_in


def test_exchanges_are_those_about_the_question(journal: Journal) -> None:
    """Complete ones only, retries too, the latest closed first, from every sitting."""
    question = begun(journal, "AA0001", "AA0002", name="s1")
    question = tell(journal, question, *WHOLE, Asked(at=NOON, place=0, retry=True), SKIPPED)
    later = Closed(at=NOON + timedelta(days=2), result=None)
    first = tell(journal, question, later, Left(), Asked(at=NOON, place=1), ANSWERED)
    second = tell(journal, begun(journal, "AA0002", "AA0001", name="s2"), ASKED, SKIPPED)
    second = tell(journal, second, Closed(at=NOON, result=None), Left(), Asked(at=NOON, place=1))
    second = tell(journal, second, SKIPPED, Closed(at=NOON + timedelta(days=1), result=None))
    assert journal.exchanges("AA0001") == [
        (first, first.exchanges[1]),
        (second, second.exchanges[1]),
        (first, first.exchanges[0]),
    ]
    assert journal.exchanges("AA0002") == [(second, second.exchanges[0])]
    assert journal.exchanges("AA0003") == []


def test_an_own_verdict_takes_the_place_of_the_one_before(reopen: Reopen) -> None:
    """With it the review it changes and the memory that follows; the grade stays."""
    journal = reopen()
    sitting = tell(journal, begun(journal), *FIRST)
    closed = Closed(at=NOON, result=GRADE)
    sitting = step(sitting, closed)
    journal.tell(sitting, closed, learned(review("p1"), review("p2", Rating.AGAIN)))
    journal.contest(own_verdict("p1", minute=2))
    journal.contest(own_verdict("p2", own=Verdict.PARTIAL))
    changed = learned(review("p2", Rating.GOOD))[0]
    journal.contest(own_verdict("p2", minute=1), *changed)
    again = reopen()
    assert again.own_verdicts() == [own_verdict("p2", minute=1), own_verdict("p1", minute=2)]
    assert again.reviews(("AA0001", "p2")) == [changed[0]]
    assert again.memories()[1] == changed[1]
    assert again.sitting("s1") == sitting


def test_contesting_what_is_not_there_changes_nothing(journal: Journal) -> None:
    """Neither an exchange that never was nor a review that never was."""
    tell(journal, begun(journal), *WHOLE)
    with pytest.raises(OutOfStep):
        journal.contest(replace(own_verdict("p1"), exchange=4))
    with pytest.raises(OutOfStep):
        journal.contest(own_verdict("p1"), *learned(review("p1"))[0])
    assert journal.own_verdicts() == []
    assert journal.memories() == []


def test_a_sitting_is_held_once(reopen: Reopen) -> None:
    """A second window is told, whether through the same journal or not; others are free."""
    journal, other = reopen(), reopen()
    held: Callable[[str], AbstractContextManager[None]] = other.hold
    with journal.hold("s1"), held("s2"):
        for one in (journal, other):
            with pytest.raises(SittingHeld, match="another window"), one.hold("s1"):
                pass
    with held("s1"):
        pass
