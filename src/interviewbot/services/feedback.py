"""What to tell the candidate, in sentences, from the grades of the points.

Owns the order (what would gain most first) and the choice of the follow-up. Refuses to
change a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewbot.domain.grade import Feedback, PointGrade, Verdict, gain_of

_OPEN_QUESTION = "What else belongs to a full answer to this question?"


def feedback_on(points: Sequence[PointGrade]) -> Feedback:
    """Return the feedback on ``points``, the most valuable omissions first."""
    wanting = worth_adding(points)
    covered = sorted(
        (point for point in points if point.verdict is Verdict.COVERED),
        key=lambda point: -point.weight * point.credit,
    )
    return Feedback(
        strengths=tuple(point.text for point in covered),
        missing=tuple(p.text for p in wanting if p.verdict is not Verdict.CONTRADICTED),
        misconceptions=tuple(
            f"{p.text} ({p.reason})" for p in wanting if p.verdict is Verdict.CONTRADICTED
        ),
        follow_up=_follow_up(wanting),
    )


def worth_adding(points: Sequence[PointGrade]) -> list[PointGrade]:
    """Return the points that are not covered, the one that would add most first."""
    wanting = [point for point in points if point.verdict is not Verdict.COVERED]
    return sorted(wanting, key=lambda point: -gain_of(point, points))


def _follow_up(wanting: Sequence[PointGrade]) -> str:
    if not wanting:
        return ""
    return next((point.follow_up for point in wanting if point.follow_up), _OPEN_QUESTION)
