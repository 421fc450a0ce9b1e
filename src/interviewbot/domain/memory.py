"""Memory of single points: what was known when, and how likely it still is.

Owns the ratings that verdicts stand for and what mastery means. Refuses to predict
forgetting (the scheduler does) and to choose questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from interviewbot.domain.grade import Grade, PointGrade, Verdict
from interviewbot.domain.question import Question

PointKey: TypeAlias = tuple[str, str]  # question id, point id


class Rating(StrEnum):
    """How well a point was remembered, in FSRS's words."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"

    @property
    def credit(self) -> float:
        """What the rating says about the point's knowledge when it was given, 0..1."""
        return {Rating.AGAIN: 0.0, Rating.HARD: 0.5, Rating.GOOD: 1.0}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One look at one point: ``sitting`` and ``exchange`` say where it happened."""

    question_id: str
    point_id: str
    rating: Rating
    at: datetime
    sitting: str
    exchange: int

    @property
    def key(self) -> PointKey:
        """The point."""
        return (self.question_id, self.point_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is remembered of a point, as the scheduler left it after its last review.

    ``stability`` is in days, ``difficulty`` on 1..10; ``rating`` is the last one.
    """

    question_id: str
    point_id: str
    due: datetime
    reviewed: datetime
    rating: Rating
    stability: float
    difficulty: float
    reviews: int

    @property
    def key(self) -> PointKey:
        """The point."""
        return (self.question_id, self.point_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVerdict:
    """The candidate's verdict on a point beside the judge's, with the reason given."""

    sitting: str
    exchange: int
    question_id: str
    point_id: str
    judged: Verdict
    own: Verdict
    reason: str
    at: datetime


def rating_of(verdict: Verdict, *, after_follow_up: bool = False) -> Rating:
    """Return the rating of ``verdict``: what needed a follow-up was not quite there."""
    if verdict is Verdict.COVERED:
        return Rating.HARD if after_follow_up else Rating.GOOD
    return Rating.HARD if verdict is Verdict.PARTIAL else Rating.AGAIN


def ratings_of(grade: Grade, own: Mapping[str, Verdict] | None = None) -> dict[str, Rating]:
    """Return point id to rating; where ``own`` has a verdict for a point, that one counts."""
    chosen = own or {}
    return {point.id: _rating(point, chosen.get(point.id)) for point in grade.points}


def mastery(questions: Iterable[Question], recalled: Mapping[PointKey, float]) -> float:
    """Return the weighted mean over all points of ``recalled`` (0..1); unseen points are 0.

    ``recalled`` is how likely a point is known today. 0 where there are no points.
    """
    total = known = 0.0
    for question in questions:
        for point in question.points:
            total += point.weight
            known += point.weight * recalled.get((question.id, point.id), 0.0)
    return known / total if total else 0.0


def due_points(memories: Sequence[Memory], now: datetime) -> list[Memory]:
    """Return what is due at ``now``, the longest overdue first."""
    return sorted(
        (memory for memory in memories if memory.due <= now),
        key=lambda memory: (memory.due, memory.key),
    )


def _rating(point: PointGrade, own: Verdict | None) -> Rating:
    if own is not None:
        return rating_of(own)
    return rating_of(point.verdict, after_follow_up=point.turn > 0)
