"""One answer, one grade.

Owns the step from verdicts to a grade with its score, range, feedback and receipt.
Refuses to judge a point (a judge does) and to find the question (matching does).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewbot.domain.calibration import Calibration
from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.folding import is_blank
from interviewbot.domain.grade import (
    Grade,
    PointGrade,
    QuestionMatch,
    Receipt,
    Ungraded,
    band_of,
    score_of,
)
from interviewbot.domain.passages import read
from interviewbot.domain.question import Question, rubric_digest
from interviewbot.ports import Judge
from interviewbot.services.feedback import feedback_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """Grades answers with ``judge``; ``version`` is the package's, for the receipt."""

    judge: Judge
    calibration: Calibration
    version: str

    def grade(
        self, question: Question, answer: str, match: QuestionMatch | None = None
    ) -> Grade | Ungraded:
        """Return the grade of ``answer``, or why there is none."""
        if is_blank(answer):
            return _ungraded(question, match, "the answer is blank")
        if not question.points:
            return _ungraded(question, match, "the question has no points to grade against")
        try:
            points = self.judge.judge(question, answer)
        except CouldNotGrade as error:
            return _ungraded(question, match, error.message)
        score = score_of(points)
        return Grade(
            question_id=question.id,
            question_match=match,
            score=score,
            score_range=self._range(score, points, derived=question.derived),
            band=band_of(score),
            judge="local",
            degraded=None,
            points=points,
            feedback=feedback_on(points),
            aside=read(question, answer).aside,
            receipt=Receipt(
                rubric=rubric_digest(question),
                judge=self.judge.id,
                thresholds=self.calibration.digest,
                version=self.version,
            ),
        )

    def with_points(self, grade: Grade, points: Sequence[PointGrade]) -> Grade:
        """Return ``grade`` with other ``points``: score, range, band and feedback anew."""
        score = score_of(points)
        return replace(
            grade,
            points=tuple(points),
            score=score,
            score_range=self._range(score, points, derived=False),
            band=band_of(score),
            feedback=feedback_on(points),
        )

    def _range(
        self, score: float, points: Sequence[PointGrade], *, derived: bool
    ) -> tuple[float, float]:
        return self.calibration.score_range(
            score,
            [point.credit for point in points],
            [point.weight for point in points],
            derived=derived,
        )


def _ungraded(question: Question, match: QuestionMatch | None, reason: str) -> Ungraded:
    return Ungraded(reason=reason, question_id=question.id or None, question_match=match)
