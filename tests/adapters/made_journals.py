"""Journals of every kind, and what is told to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.domain.made_interviews import NOON, made_grade, made_question, made_sitting
from tests.fakes.counting_scheduler import CountingScheduler
from tests.fakes.memory_journal import MemoryJournal

from interviewbot.adapters.journal import SqlJournal
from interviewbot.domain.grade import Verdict
from interviewbot.domain.interview import Answered, Asked, Closed, Event, Judged, Left, Passed, step
from interviewbot.domain.memory import Memory, OwnVerdict, Rating, Review
from interviewbot.domain.sitting import Ending, Mode, Sitting
from interviewbot.ports import Journal

GRADE = made_grade(made_question(), {"p2": Verdict.MISSING})
ASKED = Asked(at=NOON, place=0)
ANSWERED = Answered(at=NOON, text="An answer.", seconds=12.5)
SKIPPED = Passed(at=NOON, ending=Ending.SKIPPED, text="half", seconds=3.0)
FIRST: tuple[Event, ...] = (ASKED, ANSWERED, Judged(result=GRADE))
WHOLE: tuple[Event, ...] = (*FIRST, Closed(at=NOON, result=GRADE), Left())
Reopen = Callable[[], Journal]
KINDS = ("file", "dictionaries")


def opener(kind: str, home: Path) -> Reopen:
    """Return what opens the same journal of that kind once more, empty at first."""
    memory = MemoryJournal()
    return (lambda: SqlJournal(home)) if kind == "file" else (lambda: memory)


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
