"""Forgetting as FSRS predicts it, for single points.

Owns the way from a memory to FSRS's card and back, and its switches: no learning steps (a
point is due in days, not in ten minutes) and no fuzz (equal reviews give equal days).
Refuses to know a clock; FSRS counts whole days.
Source: https://github.com/open-spaced-repetition/py-fsrs, default weights of FSRS 6.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from interviewbot.domain.memory import Memory, Review

if TYPE_CHECKING:
    from fsrs import Card, Scheduler


class FsrsScheduler:
    """Fulfils ``ports.Scheduler``; equal input gives an equal memory."""

    def after(self, memory: Memory | None, review: Review) -> Memory:
        """Return the memory of a point after ``review``; None before the first one."""
        from fsrs import Rating

        at = review.at.astimezone(UTC)
        rating = Rating[review.rating.name.capitalize()]
        card, _ = self._scheduler.review_card(_card(memory, at), rating, at)
        assert card.stability is not None  # noqa: S101 - every review sets both
        assert card.difficulty is not None  # noqa: S101 - likewise
        return Memory(
            question_id=review.question_id,
            point_id=review.point_id,
            due=card.due,
            reviewed=at,
            rating=review.rating,
            stability=card.stability,
            difficulty=card.difficulty,
            reviews=(memory.reviews if memory else 0) + 1,
        )

    def recall(self, memory: Memory, now: datetime) -> float:
        """Return the probability (0..1) that what ``memory`` holds is remembered at ``now``."""
        now = now.astimezone(UTC)
        return float(self._scheduler.get_card_retrievability(_card(memory, now), now))

    @cached_property
    def _scheduler(self) -> Scheduler:
        from fsrs import Scheduler

        return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _card(memory: Memory | None, now: datetime) -> Card:
    """Return FSRS's card; its number is fixed, since FSRS would take one from the clock."""
    from fsrs import Card, State

    if memory is None:
        return Card(card_id=1, due=now)
    return Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due.astimezone(UTC),
        last_review=memory.reviewed.astimezone(UTC),
    )
