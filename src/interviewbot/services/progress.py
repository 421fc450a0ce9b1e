"""Mastery now, through time, and the days ahead.

Owns replaying what was reviewed. Refuses to predict forgetting itself and to know where
reviews are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from interviewbot.domain.choosing import Known
from interviewbot.domain.memory import Memory, PointKey, Review
from interviewbot.domain.progress import PointStanding
from interviewbot.domain.question import Question
from interviewbot.ports import Journal, Scheduler

Day = Callable[[datetime], date]


def known_now(journal: Journal, scheduler: Scheduler, now: datetime) -> Known:
    """Return what memory holds at ``now``, and how much of each point is mastered."""
    memories: dict[PointKey, Memory] = {memory.key: memory for memory in journal.memories()}
    mastery = {
        key: scheduler.recall(memory, now) * memory.rating.credit
        for key, memory in memories.items()
    }
    return Known(memories=memories, mastery=mastery, now=now)


def mastery_over_time(
    questions: Iterable[Question],
    reviews: Sequence[Review],
    *,
    scheduler: Scheduler,
    now: datetime,
    day: Day,
    days: int,
) -> list[tuple[date, float]]:
    """Return the weighted mastery (0..1) of ``questions`` on each of the last ``days``.

    ``reviews`` are replayed, the oldest first; a day stands for its latest moment at or
    before ``now``. Reviews of points that are not there any more are passed over.
    """
    weights = {
        (question.id, point.id): point.weight for question in questions for point in question.points
    }
    total = sum(weights.values())
    moments = _moments(now, day, days)
    replayed: dict[PointKey, list[Review]] = {}
    for review in sorted(reviews, key=lambda review: review.at):
        if review.key in weights:
            replayed.setdefault(review.key, []).append(review)
    sums = [0.0] * len(moments)
    for key, its in replayed.items():
        for place, known in _known(its, [moment for _, moment in moments], scheduler):
            sums[place] += weights[key] * known
    return [
        (when, known / total if total else 0.0)
        for (when, _), known in zip(moments, sums, strict=True)
    ]


def calendar(
    standings: Iterable[PointStanding], *, now: datetime, day: Day, days: int
) -> list[tuple[date, int]]:
    """Return how many of ``standings`` come due on each of ``days`` from today.

    What is overdue counts today; points that were never asked count nowhere.
    """
    today = day(now)
    counts = Counter(
        max(today, day(standing.due)) for standing in standings if standing.due is not None
    )
    coming = [today + timedelta(days=number) for number in range(days)]
    return [(when, counts[when]) for when in coming]


def _moments(now: datetime, day: Day, days: int) -> list[tuple[date, datetime]]:
    """Return the last ``days``, each with its last moment, which for today is ``now``.

    Going back in steps of 24 hours from ``now`` would miss a day where clocks change.
    """
    today = day(now)
    found = [(today, now)]
    moment = now
    while len(found) < days:
        moment = _last_moment_before(moment, day)
        found.append((day(moment), moment))
    return found[::-1][-days:] if days > 0 else []


def _last_moment_before(moment: datetime, day: Day) -> datetime:
    """Return the latest moment, to the second, that falls on a day before that of ``moment``."""
    here = day(moment)
    early, late = moment - timedelta(hours=26), moment
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        early, late = (middle, late) if day(middle) < here else (early, middle)
    return early


def _known(
    reviews: Sequence[Review], moments: Sequence[datetime], scheduler: Scheduler
) -> Iterable[tuple[int, float]]:
    """Yield (place of the moment, mastery then) of one point from its first review on."""
    memory: Memory | None = None
    done = 0
    for place, moment in enumerate(moments):
        while done < len(reviews) and reviews[done].at <= moment:
            memory = scheduler.after(memory, reviews[done])
            done += 1
        if memory is not None and memory.rating.credit:
            yield place, scheduler.recall(memory, moment) * memory.rating.credit
