"""What every journal does with sittings, be it in a file or in dictionaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.adapters.made_journals import (
    ANSWERED,
    ASKED,
    FIRST,
    KINDS,
    SKIPPED,
    WHOLE,
    Reopen,
    begun,
    learned,
    opener,
    review,
    tell,
)
from tests.adapters.made_sittings import PROBE, walks
from tests.domain.made_interviews import NOON, made_sitting

from interviewbot.domain.errors import BadInput, OutOfStep
from interviewbot.domain.grade import Ungraded
from interviewbot.domain.interview import Asked, Ended, Event, Judged, Left, step
from interviewbot.domain.sitting import Sitting
from interviewbot.ports import Journal

SHARED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(params=KINDS)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Reopen:
    """Return what opens the same journal once more."""
    return opener(request.param, tmp_path)


@pytest.fixture
def journal(reopen: Reopen) -> Journal:
    """Return an empty journal."""
    return reopen()


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
