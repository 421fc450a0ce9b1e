"""A scheduler without a curve: memory is what the ratings so far spell.

Owns a stand-in whose state depends on every review and on their order. Refuses to predict.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from interviewbot.domain.memory import Memory, Rating, Review

_DIGIT = {Rating.AGAIN: 1, Rating.HARD: 2, Rating.GOOD: 3}


class CountingScheduler:
    """``stability`` spells the ratings in digits: again, then good is 13."""

    def after(self, memory: Memory | None, review: Review) -> Memory:
        """Return the memory after ``review``; what was missed is due tomorrow."""
        days = {Rating.AGAIN: 1, Rating.HARD: 3, Rating.GOOD: 8}[review.rating]
        return Memory(
            question_id=review.question_id,
            point_id=review.point_id,
            due=review.at + timedelta(days=days),
            reviewed=review.at,
            rating=review.rating,
            stability=10 * (memory.stability if memory else 0) + _DIGIT[review.rating],
            difficulty=5.0,
            reviews=(memory.reviews if memory else 0) + 1,
        )

    def recall(self, memory: Memory, now: datetime) -> float:
        """Return 1 until it is due, then a half."""
        return 1.0 if now < memory.due else 0.5
