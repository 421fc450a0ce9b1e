"""What an unfinished sitting still needs, and how it ends where that is gone.

Owns the questions that must be there to go on. Refuses to look for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewbot.domain.grade import Grade, PointGrade, Ungraded
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Sitting, Stage
from interviewbot.ports import Grader


@dataclass(frozen=True, slots=True)
class WithoutLost:
    """Grades as ``load`` does, but for questions that are gone, which leave no points."""

    load: Callable[[], Grader]

    def grade(self, question: Question, answer: str) -> Grade | Ungraded:
        """Return the grade of ``answer``, or that its question is gone."""
        if not question.points:
            return Ungraded(
                reason="the question is no longer in the corpus", question_id=question.id
            )
        return self.load().grade(question, answer)

    def with_points(self, grade: Grade, points: Sequence[PointGrade]) -> Grade:
        """Return ``grade`` with other ``points``."""
        return self.load().with_points(grade, points)


def needed(sitting: Sitting) -> list[str]:
    """Return the ids of the questions that ``sitting`` has still to show, ask or grade."""
    exchange = sitting.current
    names = [] if sitting.time_is_up else [choice.question_id for choice in sitting.unasked]
    if exchange is not None and not exchange.left and sitting.stage is not Stage.FINISHED:
        names.insert(0, sitting.choice(exchange).question_id)
    return list(dict.fromkeys(names))
