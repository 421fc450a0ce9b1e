"""Forgetting as the scheduler predicts it, and the laws that it keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.made_interviews import NOON, made_grade, made_question

from interviewbot.adapters.fsrs_scheduler import FsrsScheduler
from interviewbot.domain.grade import Verdict
from interviewbot.domain.memory import Memory, Rating, Review, due_points, ratings_of

DAY = timedelta(days=1)
SCHEDULER = FsrsScheduler()
HISTORIES = st.lists(
    st.tuples(st.sampled_from(Rating), st.timedeltas(timedelta(0), timedelta(days=400))), max_size=8
)


def reviewed(rating: Rating, at: datetime = NOON, point: str = "p1") -> Review:
    """Return a review of a point."""
    return Review(
        question_id="AA0001", point_id=point, rating=rating, at=at, sitting="s1", exchange=0
    )


def remembered(history: list[tuple[Rating, timedelta]]) -> tuple[Memory | None, datetime]:
    """Return the memory after a history of ratings and pauses, and when it is then."""
    memory, now = None, NOON
    for rating, pause in history:
        now += pause
        memory = SCHEDULER.after(memory, reviewed(rating, now))
    return memory, now


def test_what_was_missed_is_due_tomorrow_and_it_alone() -> None:
    """One point of five: the others come back later, each by its own memory."""
    grade = made_grade(made_question(points=5), {"p3": Verdict.MISSING})
    memories = [
        SCHEDULER.after(None, reviewed(rating, point=point))
        for point, rating in ratings_of(grade).items()
    ]
    assert due_points(memories, NOON) == []
    assert [memory.point_id for memory in due_points(memories, NOON + DAY)] == ["p3"]
    assert all(m.due >= NOON + 2 * DAY for m in memories if m.rating is Rating.GOOD)


def test_a_first_memory_holds_what_the_review_said() -> None:
    """Point, rating, time and number."""
    memory = SCHEDULER.after(None, reviewed(Rating.HARD))
    assert memory.key == ("AA0001", "p1")
    assert (memory.rating, memory.reviewed, memory.reviews) == (Rating.HARD, NOON, 1)


def test_a_second_review_on_the_same_day_counts_less() -> None:
    """Saying it well an hour after missing it is not knowing it for a week."""
    missed = SCHEDULER.after(None, reviewed(Rating.AGAIN))
    soon = SCHEDULER.after(missed, reviewed(Rating.GOOD, NOON + timedelta(hours=1)))
    later = SCHEDULER.after(missed, reviewed(Rating.GOOD, NOON + 3 * DAY))
    assert soon.reviews == later.reviews == 2
    assert missed.stability < soon.stability < later.stability
    assert soon.due - soon.reviewed < timedelta(days=7)


def test_knowing_it_again_and_again_makes_the_pauses_grow() -> None:
    """Each review when due, each pause longer than the one before."""
    memory, pauses = SCHEDULER.after(None, reviewed(Rating.GOOD)), list[timedelta]()
    for _ in range(5):
        pauses.append(memory.due - memory.reviewed)
        memory = SCHEDULER.after(memory, reviewed(Rating.GOOD, memory.due))
    assert pauses == sorted(set(pauses))


def test_times_of_any_zone_are_taken_as_moments() -> None:
    """And what comes back is UTC."""
    tokyo = timezone(timedelta(hours=9))
    memory = SCHEDULER.after(None, reviewed(Rating.GOOD, NOON.astimezone(tokyo)))
    assert memory == SCHEDULER.after(None, reviewed(Rating.GOOD))
    assert memory.due.tzinfo is memory.reviewed.tzinfo is UTC
    there = (NOON + 9 * DAY).astimezone(tokyo)
    assert SCHEDULER.recall(memory, there) == SCHEDULER.recall(memory, NOON + 9 * DAY)


def test_a_clock_that_was_set_back_breaks_nothing() -> None:
    """A review before the last one still gives a memory that is due later."""
    memory = SCHEDULER.after(None, reviewed(Rating.GOOD))
    early = SCHEDULER.after(memory, reviewed(Rating.GOOD, NOON - 5 * DAY))
    assert early.due > early.reviewed
    assert SCHEDULER.recall(memory, NOON - 5 * DAY) == 1.0


@given(history=HISTORIES, rating=st.sampled_from(Rating))
def test_a_review_leaves_a_memory_in_bounds(
    history: list[tuple[Rating, timedelta]], rating: Rating
) -> None:
    """Due a whole number of days later, at least one; equal input gives equal memories."""
    before, now = remembered(history)
    memory = SCHEDULER.after(before, reviewed(rating, now))
    assert memory == FsrsScheduler().after(before, reviewed(rating, now))
    assert memory.due - now >= DAY
    assert (memory.due - now) % DAY == timedelta(0)
    assert memory.stability > 0
    assert 1 <= memory.difficulty <= 10
    assert memory.reviews == len(history) + 1
    assert (memory.rating, memory.reviewed) == (rating, now)


@given(history=HISTORIES)
def test_who_knew_it_better_sees_it_later(history: list[tuple[Rating, timedelta]]) -> None:
    """Again, hard, good: the due days are in that order, whatever came before."""
    before, now = remembered(history)
    due = [
        SCHEDULER.after(before, reviewed(rating, now)).due
        for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD)
    ]
    assert due == sorted(due)


@given(
    history=HISTORIES.filter(bool),
    pauses=st.lists(st.timedeltas(timedelta(0), timedelta(days=4000)), min_size=2, max_size=6),
)
def test_recall_falls_with_the_days(
    history: list[tuple[Rating, timedelta]], pauses: list[timedelta]
) -> None:
    """It is 1 on the day itself, never rises, and falls from one day to the next."""
    memory, now = remembered(history)
    assert memory is not None
    recalled = [SCHEDULER.recall(memory, now + pause) for pause in sorted(pauses)]
    assert SCHEDULER.recall(memory, now) == 1.0
    assert recalled == sorted(recalled, reverse=True)
    assert all(0 < one <= 1 for one in recalled)
    assert SCHEDULER.recall(memory, now + 2 * DAY) < SCHEDULER.recall(memory, now + DAY) < 1.0


@given(history=HISTORIES.filter(bool))
def test_when_due_it_is_likely_still_known(history: list[tuple[Rating, timedelta]]) -> None:
    """FSRS aims at nine in ten; a day is its smallest step, for what is forgotten faster."""
    memory, _ = remembered(history)
    assert memory is not None
    if memory.stability >= 1:
        assert SCHEDULER.recall(memory, memory.due) > 0.85
