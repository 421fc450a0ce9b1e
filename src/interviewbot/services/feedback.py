"""What to tell the candidate, in sentences, from the grades of the points.

Owns the order (what would gain most first) and the choice of the follow-up. Refuses to
change a verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interviewbot.domain.grade import Aside, Feedback, Grade, PointGrade, Verdict, gain_of

_ASIDE = {
    Aside.QUESTION: ("question", "questions"),
    Aside.LIST: ("list of terms", "lists of terms"),
    Aside.ECHO: ("repetition of the question", "repetitions of the question"),
    Aside.REQUEST: ("request", "requests"),
    Aside.UNCLAIMED: ("sentence that claims nothing", "sentences that claim nothing"),
    Aside.SCRAMBLED: ("row of words that is no sentence", "rows of words that are no sentences"),
}
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


def not_counted(grade: Grade) -> str:
    """Return which sentences of the answer were no evidence, and why; empty where all were."""
    counts = Counter(grade.aside)
    if not counts:
        return ""
    kinds = [f"{count} {_ASIDE[kind][count > 1]}" for kind, count in sorted(counts.items())]
    return f"Not counted: {', '.join(kinds)}."


def likely(score_range: tuple[float, float]) -> str:
    """Return the range that a score most likely lies in; empty where it is one number."""
    low, high = (round(bound) for bound in score_range)
    return "" if low == high else f"likely {low} to {high}"


def _follow_up(wanting: Sequence[PointGrade]) -> str:
    if not wanting:
        return ""
    return next((point.follow_up for point in wanting if point.follow_up), _OPEN_QUESTION)
