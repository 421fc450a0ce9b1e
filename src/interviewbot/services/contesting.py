"""The candidate's own verdict beside the judge's, and what memory makes of it.

Owns the replay: the review that the verdict changes counts as the candidate says, and every
later review of that point after it. Refuses to touch the grade, which stays as it was given.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.grade import Grade, PointGrade, Verdict
from interviewbot.domain.memory import Memory, OwnVerdict, Review, rating_of
from interviewbot.domain.sitting import Sitting
from interviewbot.ports import Journal, Scheduler


def contest(
    sitting: Sitting,
    exchange: int,
    point_id: str,
    own: Verdict,
    *,
    reason: str,
    at: datetime,
    journal: Journal,
    scheduler: Scheduler,
) -> bool:
    """Keep ``own`` beside the judge's verdict on a point of ``sitting.exchanges[exchange]``.

    Returns:
        Whether memory follows it: not where the exchange was never learnt from, as a retry.

    Raises:
        OutOfStep: if the exchange has no grade for that point.
    """
    point = _point(sitting, exchange, point_id)
    if point is None:
        raise OutOfStep("there is no grade of that point to contest")
    verdict = OwnVerdict(
        sitting=sitting.id,
        exchange=exchange,
        question_id=sitting.choice(sitting.exchanges[exchange]).question_id,
        point_id=point_id,
        judged=point.verdict,
        own=own,
        reason=reason,
        at=at,
    )
    review, memory = _replayed(verdict, journal, scheduler)
    journal.contest(verdict, review, memory)
    return review is not None


def own_verdicts(journal: Journal, sitting_id: str, exchange: int) -> dict[str, OwnVerdict]:
    """Return the candidate's own verdicts on the points of one exchange, by point."""
    return {
        own.point_id: own
        for own in journal.own_verdicts()
        if own.sitting == sitting_id and own.exchange == exchange
    }


def _point(sitting: Sitting, exchange: int, point_id: str) -> PointGrade | None:
    if not 0 <= exchange < len(sitting.exchanges):
        return None
    result = sitting.exchanges[exchange].result
    points = result.points if isinstance(result, Grade) else ()
    return next((point for point in points if point.id == point_id), None)


def _replayed(
    own: OwnVerdict, journal: Journal, scheduler: Scheduler
) -> tuple[Review | None, Memory | None]:
    """Return the review that ``own`` replaces, as it is now, and the memory after all."""
    changed: Review | None = None
    memory: Memory | None = None
    for review in journal.reviews((own.question_id, own.point_id)):
        here = (review.sitting, review.exchange) == (own.sitting, own.exchange)
        counted = replace(review, rating=rating_of(own.own)) if here else review
        changed = counted if here else changed
        memory = scheduler.after(memory, counted)
    return (changed, memory) if changed else (None, None)
