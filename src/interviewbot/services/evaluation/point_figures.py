"""Agreement on single points: verdicts, credit and confidence against labels.

Owns the figures of labelled points and which labels count as said. Refuses to know how a
verdict came about. Points of one answer are no independent draws: intervals are resampled by
question.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from interviewbot.domain.grade import Verdict
from interviewbot.ports import Statistics
from interviewbot.services.evaluation import counted
from interviewbot.services.evaluation.answers import LabelledPoint
from interviewbot.services.evaluation.reliability import (
    ReliabilityBin,
    RiskStep,
    expected_calibration_error,
    reliability_bins,
    risk_coverage,
)
from interviewbot.services.evaluation.resampling import Draws, Interval, interval

SAID = frozenset({Verdict.COVERED, Verdict.PARTIAL})
_VERDICTS = tuple(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictFigures:
    """How well one verdict is given; ``n`` points have it as their label."""

    verdict: Verdict
    n: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFigures:
    """Agreement on ``n`` labelled points; a figure is None where no label allows it.

    Three AUC of the credit, ``partial`` always counting as covered: ``covered_auc`` against
    all other labels, ``covered_auc_without_contradicted`` against ``missing``,
    ``covered_against_contradicted_auc`` against ``contradicted``. ``brier`` is that of the
    confidence against the verdict being right; so are ``ece`` and ``reliability``. Rows of
    ``confusion`` are labels, columns are verdicts given, in the order of ``Verdict``. ``aurc``
    is the area under ``risk_coverage``. The intervals are with those of the answers.
    """

    n: int
    covered_auc: float | None
    covered_auc_without_contradicted: float | None
    covered_against_contradicted_auc: float | None
    covered_f1: float | None
    macro_f1: float | None
    contradicted_recall: float | None
    ece: float | None
    brier: float | None
    verdicts: tuple[VerdictFigures, ...]
    confusion: tuple[tuple[int, ...], ...]
    reliability: tuple[ReliabilityBin, ...]
    risk_coverage: tuple[RiskStep, ...]
    aurc: float | None


def point_figures(points: Sequence[LabelledPoint], statistics: Statistics) -> PointFigures:
    """Return the figures of ``points``."""
    truth = [one.label for one in points]
    found = [one.point.verdict for one in points]
    confidence = [one.point.confidence for one in points]
    right = [label is verdict for label, verdict in zip(truth, found, strict=True)]
    reliability = reliability_bins(confidence, right)
    curve = risk_coverage(confidence, right)
    return PointFigures(
        n=len(points),
        covered_auc=_auc(points, _VERDICTS, statistics),
        covered_auc_without_contradicted=_auc(points, {*SAID, Verdict.MISSING}, statistics),
        covered_against_contradicted_auc=_auc(points, {*SAID, Verdict.CONTRADICTED}, statistics),
        covered_f1=statistics.f1(_said(truth), _said(found), "said"),
        macro_f1=statistics.macro_f1(truth, found, _VERDICTS),
        contradicted_recall=statistics.recall(truth, found, Verdict.CONTRADICTED),
        ece=expected_calibration_error(reliability),
        brier=statistics.brier(confidence, right),
        verdicts=tuple(_of_verdict(verdict, truth, found, statistics) for verdict in Verdict),
        confusion=statistics.confusion(truth, found, _VERDICTS),
        reliability=reliability,
        risk_coverage=curve.steps,
        aurc=curve.area,
    )


def point_intervals(points: Sequence[LabelledPoint], draws: Draws) -> dict[str, Interval]:
    """Return the intervals of ``covered_auc`` and ``macro_f1``, resampled by question."""
    sample = draws.of([one.answer.group for one in points])
    credit = [one.point.credit for one in points]
    truth = [_VERDICTS.index(one.label) for one in points]
    found = [_VERDICTS.index(one.point.verdict) for one in points]
    said = [one.label in SAID for one in points]
    return {
        "covered_auc": interval(counted.auc(sample, said, credit)),
        "macro_f1": interval(counted.macro_f1(sample, truth, found, len(_VERDICTS))),
    }


def _auc(
    points: Sequence[LabelledPoint], labels: Collection[Verdict], statistics: Statistics
) -> float | None:
    """Return how well the credit tells said from not said among points of these ``labels``."""
    chosen = [one for one in points if one.label in labels]
    return statistics.auc(
        [one.label in SAID for one in chosen], [one.point.credit for one in chosen]
    )


def _said(verdicts: Sequence[Verdict]) -> list[str]:
    return ["said" if verdict in SAID else "not" for verdict in verdicts]


def _of_verdict(
    verdict: Verdict, truth: Sequence[Verdict], found: Sequence[Verdict], statistics: Statistics
) -> VerdictFigures:
    return VerdictFigures(
        verdict=verdict,
        n=truth.count(verdict),
        precision=statistics.precision(truth, found, verdict),
        recall=statistics.recall(truth, found, verdict),
        f1=statistics.f1(truth, found, verdict),
    )
