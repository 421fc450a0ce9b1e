"""What a complete exchange comes to, and what memory learns from it.

Owns how replies to follow-ups move the grade of the answer, and which exchanges count.
Refuses to keep anything.
"""

from __future__ import annotations

from collections.abc import Callable

from interviewbot.domain.follow_up import after_reply
from interviewbot.domain.grade import Grade, PointGrade, Ungraded
from interviewbot.domain.interview import Closed, Event
from interviewbot.domain.memory import Memory, Review, ratings_of
from interviewbot.domain.sitting import Exchange, Sitting
from interviewbot.ports import Grader, Journal, Scheduler


def conclude(exchange: Exchange, grader: Callable[[], Grader]) -> Grade | Ungraded | None:
    """Return what ``exchange`` comes to: the answer's grade, moved by the replies.

    ``grader`` is called for only where a reply moved something.
    """
    result = exchange.turns[0].result
    if not isinstance(result, Grade):
        return result
    points = {point.id: point for point in result.points}
    for number, turn in enumerate(exchange.turns[1:], start=1):
        if turn.probe is None or not isinstance(turn.result, Grade):
            continue
        name = turn.probe.point_id
        reply = next((point for point in turn.result.points if point.id == name), None)
        if reply is not None and name in points:
            points[name] = after_reply(points[name], reply, number)
    heard: tuple[PointGrade, ...] = tuple(points.values())
    return result if heard == result.points else grader().with_points(result, heard)


def learned(
    after: Sitting, event: Event, journal: Journal, scheduler: Scheduler
) -> list[tuple[Review, Memory]]:
    """Return what ``event`` says about memory, ``after`` being the sitting after it.

    Only an exchange that is closed with a grade says something. A retry does not: the
    candidate has just read the points.
    """
    exchange = after.current
    if not isinstance(event, Closed) or exchange is None or exchange.retry:
        return []
    if not isinstance(event.result, Grade):
        return []
    question_id = after.choice(exchange).question_id
    known = {memory.key: memory for memory in journal.memories()}
    found: list[tuple[Review, Memory]] = []
    for point_id, rating in ratings_of(event.result).items():
        review = Review(
            question_id=question_id,
            point_id=point_id,
            rating=rating,
            at=event.at,
            sitting=after.id,
            exchange=len(after.exchanges) - 1,
        )
        found.append((review, scheduler.after(known.get(review.key), review)))
    return found
