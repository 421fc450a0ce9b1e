"""How far does the grader agree with people?

Owns the figures of one set of human-graded answers. Refuses to grade differently from how
candidates are graded, and to compute statistics itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from interviewbot.domain.gold import GoldRow, Label
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.ports import Statistics

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFigures:
    """Agreement on single points; a figure is None where no label allows it."""

    n: int
    covered_auc: float | None
    covered_f1: float | None
    macro_f1: float | None
    contradicted_recall: float | None
    ece: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement on one set, scores on 0..1; a figure is None where no label allows it.

    ``auc`` is that of the score against the label ``correct``. ``ci95`` maps a figure's name
    to its bootstrap interval, resampled by question.
    """

    n: int
    ungraded: int
    pearson: float | None
    spearman: float | None
    within_question_pearson: float | None
    beyond_length: float | None
    rmse: float | None
    mae: float | None
    qwk: float | None
    auc: float | None
    ci95: dict[str, Interval]
    points: PointFigures


@dataclass(frozen=True, slots=True)
class _Pair:
    row: GoldRow
    grade: Grade


def agreement(
    rows: Sequence[GoldRow], results: Sequence[Grade | Ungraded], statistics: Statistics
) -> Agreement:
    """Return how far ``results`` agree with the labels of ``rows``, one to one."""
    pairs = [
        _Pair(row, result)
        for row, result in zip(rows, results, strict=True)
        if isinstance(result, Grade)
    ]
    scored = [pair for pair in pairs if pair.row.score is not None]
    human = [pair.row.score or 0.0 for pair in scored]
    machine = [pair.grade.score / 100 for pair in scored]
    length = [math.log(1 + len(pair.row.answer.split())) for pair in scored]
    groups = [pair.row.question_id or pair.row.question for pair in scored]
    some = bool(scored)
    labelled = [pair for pair in pairs if pair.row.label is not None]

    def pearson_of(chosen: Sequence[int]) -> float | None:
        return statistics.pearson([human[i] for i in chosen], [machine[i] for i in chosen])

    def beyond_of(chosen: Sequence[int]) -> float | None:
        return statistics.partial_correlation(
            [human[i] for i in chosen], [machine[i] for i in chosen], [length[i] for i in chosen]
        )

    return Agreement(
        n=len(rows),
        ungraded=len(rows) - len(pairs),
        pearson=statistics.pearson(human, machine),
        spearman=statistics.spearman(human, machine),
        within_question_pearson=statistics.within_groups(human, machine, groups),
        beyond_length=statistics.partial_correlation(human, machine, length) if some else None,
        rmse=statistics.rmse(human, machine) if some else None,
        mae=statistics.mae(human, machine) if some else None,
        qwk=statistics.quadratic_weighted_kappa(human, machine) if some else None,
        auc=statistics.auc(
            [pair.row.label is Label.CORRECT for pair in labelled],
            [pair.grade.score for pair in labelled],
        ),
        ci95={
            "pearson": statistics.bootstrap_interval(pearson_of, groups),
            "beyond_length": statistics.bootstrap_interval(beyond_of, groups),
        },
        points=_points(pairs, statistics),
    )


def _points(pairs: Sequence[_Pair], statistics: Statistics) -> PointFigures:
    judged = [
        (pair.row.point_labels[point.id], point)
        for pair in pairs
        for point in pair.grade.points
        if point.id in pair.row.point_labels
    ]
    truth = [label.value for label, _ in judged]
    found = [point.verdict.value for _, point in judged]
    said = {Verdict.COVERED.value, Verdict.PARTIAL.value}
    positive = [label in said for label in truth]
    return PointFigures(
        n=len(judged),
        covered_auc=statistics.auc(positive, [point.credit for _, point in judged]),
        covered_f1=statistics.f1(
            ["said" if label in said else "not" for label in truth],
            ["said" if verdict in said else "not" for verdict in found],
            "said",
        ),
        macro_f1=statistics.macro_f1(truth, found, [verdict.value for verdict in Verdict]),
        contradicted_recall=statistics.recall(truth, found, Verdict.CONTRADICTED.value),
        ece=statistics.expected_calibration_error(
            [point.confidence for _, point in judged],
            [label == verdict for label, verdict in zip(truth, found, strict=True)],
        ),
    )
