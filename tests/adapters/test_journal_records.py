"""What every journal keeps beside sittings: drafts, reviews, memories, own verdicts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.adapters.made_journals import (
    ANSWERED,
    ASKED,
    FIRST,
    GRADE,
    KINDS,
    SKIPPED,
    WHOLE,
    Reopen,
    begun,
    learned,
    opener,
    own_verdict,
    review,
    tell,
)
from tests.adapters.made_sittings import PROBE
from tests.domain.made_interviews import NOON

from interviewbot.domain.errors import OutOfStep, SittingHeld
from interviewbot.domain.grade import Verdict
from interviewbot.domain.interview import Asked, Closed, Left, step
from interviewbot.domain.memory import Rating
from interviewbot.domain.sitting import Draft
from interviewbot.ports import Journal


@pytest.fixture(params=KINDS)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Reopen:
    """Return what opens the same journal once more."""
    return opener(request.param, tmp_path)


@pytest.fixture
def journal(reopen: Reopen) -> Journal:
    """Return an empty journal."""
    return reopen()


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
