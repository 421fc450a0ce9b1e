"""What the candidate knows, in figures: by point and by topic.

Owns the words and the sums. Refuses to predict forgetting (the scheduler does) and to
read a journal. Mastery is on 0..1: how likely a point is recalled now, times the credit of
its last rating; unseen points are 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from interviewbot.domain.memory import Memory, PointKey, Rating, mastery
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicStanding:
    """One topic: how many ``questions`` it has; the other counts are of points."""

    topic: str
    questions: int
    points: int
    seen: int
    mastery: float
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointStanding:
    """One point; ``due`` and ``rating`` (the last one) are None where it was never asked."""

    question_id: str
    point_id: str
    text: str
    topic: str
    mastery: float
    due: datetime | None
    rating: Rating | None
    reviews: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What there is to do: due counts, topics by name, unfinished sittings, latest first."""

    due_points: int
    due_questions: int
    topics: tuple[TopicStanding, ...]
    unfinished: tuple[Sitting, ...]


def standings_of(
    questions: Sequence[Question],
    memories: Mapping[PointKey, Memory],
    known: Mapping[PointKey, float],
) -> tuple[PointStanding, ...]:
    """Return every point of ``questions``, in order; ``known`` is the mastery of seen points.

    Memories of points that are not there any more are left out.
    """
    found: list[PointStanding] = []
    for question in questions:
        for point in question.points:
            key = (question.id, point.id)
            memory = memories.get(key)
            found.append(
                PointStanding(
                    question_id=question.id,
                    point_id=point.id,
                    text=point.text,
                    topic=question.topic,
                    mastery=known.get(key, 0.0),
                    due=memory.due if memory else None,
                    rating=memory.rating if memory else None,
                    reviews=memory.reviews if memory else 0,
                )
            )
    return tuple(found)


def topics_of(
    questions: Sequence[Question],
    memories: Mapping[PointKey, Memory],
    known: Mapping[PointKey, float],
    now: datetime,
) -> tuple[TopicStanding, ...]:
    """Return every topic of ``questions`` by name."""
    by_topic: dict[str, list[Question]] = {}
    for question in questions:
        by_topic.setdefault(question.topic, []).append(question)
    found: list[TopicStanding] = []
    for topic, its in sorted(by_topic.items()):
        keys = [(question.id, point.id) for question in its for point in question.points]
        seen = [memories[key] for key in keys if key in memories]
        found.append(
            TopicStanding(
                topic=topic,
                questions=len(its),
                points=len(keys),
                seen=len(seen),
                mastery=mastery(its, known),
                due=sum(memory.due <= now for memory in seen),
            )
        )
    return tuple(found)
