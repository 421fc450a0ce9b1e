"""Graded answers beside what people said of them.

Owns what counts as the human score of an answer, as its question, its length and its labelled
points. Refuses to compute a figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, PointGrade, Ungraded, Verdict

DIGITS = 9  # of a mean: what is equal but for rounding errors must tie in ranks
_WORTH = {Verdict.COVERED: 1.0, Verdict.PARTIAL: 0.5}


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of gold and its grade."""

    row: GoldRow
    grade: Grade

    @property
    def human(self) -> float | None:
        """The human score, see ``human_score``."""
        return human_score(self.row, self.grade)

    @property
    def machine(self) -> float:
        """The grade's score on 0..1."""
        return self.grade.score / 100

    @property
    def group(self) -> str:
        """What question it answers, see ``group_of``."""
        return group_of(self.row)

    @property
    def length(self) -> float:
        """The natural logarithm of the number of words and one."""
        return math.log(1 + len(self.row.answer.split()))


@dataclass(frozen=True, slots=True)
class LabelledPoint:
    """A judged point of an answer that people labelled."""

    answer: Answer
    point: PointGrade
    label: Verdict


def answers_of(rows: Sequence[GoldRow], results: Sequence[Grade | Ungraded]) -> list[Answer]:
    """Return the answers that were graded.

    Raises:
        ValueError: if there is not one result a row.
    """
    pairs = zip(rows, results, strict=True)
    return [Answer(row, result) for row, result in pairs if isinstance(result, Grade)]


def labelled_points(answers: Iterable[Answer]) -> list[LabelledPoint]:
    """Return the points of ``answers`` that have both a verdict and a label."""
    return [
        LabelledPoint(answer, point, answer.row.point_labels[point.id])
        for answer in answers
        for point in answer.grade.points
        if point.id in answer.row.point_labels
    ]


def human_score(row: GoldRow, grade: Grade) -> float | None:
    """Return what people would give the answer, on 0..1.

    The row's own ``score``. Where it has none but graders whose marks are on 0..1: their mean.
    Where every point of ``grade`` is labelled: the mean worth of the labels (covered 1, partial
    0.5, missing and contradicted 0), weighted as the points are. Else None.
    """
    if row.score is not None:
        return row.score
    if row.graders and all(0 <= mark <= 1 for mark in row.graders):
        return round(sum(row.graders) / len(row.graders), DIGITS)
    weights = sum(point.weight for point in grade.points)
    if weights <= 0 or any(point.id not in row.point_labels for point in grade.points):
        return None
    worth = [_WORTH.get(row.point_labels[point.id], 0.0) for point in grade.points]
    pairs = zip(grade.points, worth, strict=True)
    mean = sum(point.weight * value for point, value in pairs) / weights
    return round(mean, DIGITS)


def group_of(row: GoldRow) -> str:
    """Return what stands for the question of ``row``: its id, else its texts."""
    points = "\n".join(point.text for point in row.points)
    return row.question_id or row.question or points or row.reference
