"""The document of a run of the harness, every part of it, with one text wherever there is one."""

from __future__ import annotations

from typing import Any

from tests.adapters.made_evaluation_parts import attacks, baseline, invariance, rubrics

from interviewbot.domain.grade import Verdict
from interviewbot.services.evaluation.agreement import Agreement
from interviewbot.services.evaluation.bands import ScoreBand
from interviewbot.services.evaluation.baselines import Baseline, BaselinePoints
from interviewbot.services.evaluation.ceiling import Ceiling
from interviewbot.services.evaluation.figures import AnswerFigures
from interviewbot.services.evaluation.parts import document_of
from interviewbot.services.evaluation.point_figures import PointFigures, VerdictFigures
from interviewbot.services.evaluation.reliability import ReliabilityBin, RiskStep

_ENDS = (0.25, 0.75)
_ON_ANSWERS = {
    "compared": 9,
    "pearson": 0.511,
    "spearman": 0.522,
    "within_question_pearson": 0.533,
    "beyond_length": -0.544,
    "rmse": 0.155,
    "mae": 0.166,
    "qwk": 0.577,
}
_CI95 = dict.fromkeys([*list(_ON_ANSWERS)[1:], "auc", "covered_auc", "macro_f1"], _ENDS)


def made_evaluation(text: str = "plain words", *, answers: int = 3) -> dict[str, Any]:
    """Return the document of a run with all its parts."""
    return {
        "run": text,
        "moment": "2026-03-10T09:30:00+00:00",
        "configuration": {
            "version": "0.1.0",
            "judge": text,
            "seed": 0,
            "full": False,
            "questions": 62,
            "gold": {text: {"sha256": "ab" * 32, "rows": 9}},
        },
        "sets": {text: agreement(text)},
        "rubrics": rubrics(text),
        "attacks": attacks(text),
        "invariance": invariance(text),
        "baseline": baseline(text),
        "answers": {text: [answer(number, text) for number in range(answers)]},
    }


def answer(number: int, text: str = "plain words") -> dict[str, Any]:
    """Return an answer with four points, worse the greater ``number`` is."""
    point = {"text": text, "credit": 1.0, "confidence": 0.87, "quote": text, "why": text}
    labels = ("contradicted", "missing", "partial", None)
    verdicts = ("covered", "missing", "contradicted", "partial")
    return {
        "id": f"{text}-{number}",
        "question_id": text,
        "question": text,
        "answer": f"{text} " * 3,
        "human": 0.25,
        "score": min(1.0, 0.3 + number / 100),
        "reason": text,
        "points": [
            {**point, "id": f"{text}-{place}", "label": label, "verdict": verdict}
            for place, (label, verdict) in enumerate(zip(labels, verdicts, strict=True))
        ],
    }


def agreement(text: str = "plain words") -> dict[str, Any]:
    """Return the figures of one set, none of them missing."""
    on_answers: dict[str, Any] = {**_ON_ANSWERS, "ci95": _CI95}
    figures = AnswerFigures(**on_answers)
    rule = Baseline(**on_answers, points=BaselinePoints(n=40, covered_auc=0.588))
    return document_of(
        Agreement(
            **on_answers,
            n=10,
            ungraded=1,
            auc=0.611,
            absolute_error_with_length=0.122,
            signed_error_with_length=0.133,
            bands=tuple(_band(number) for number in range(5)),
            points=_points(),
            baselines={"length": rule, "keywords": rule, "cosine": rule, text: rule},
            ceiling=Ceiling(graders=(figures, figures), mean=figures),
        )
    )


def _band(number: int) -> ScoreBand:
    return ScoreBand(
        low=number / 5,
        high=(number + 1) / 5,
        n=2,
        mean_human=0.41,
        mean_machine=0.52,
        mae=0.11,
        bias=0.1 - number / 20,
    )


def _points() -> PointFigures:
    return PointFigures(
        n=40,
        covered_auc=0.701,
        covered_auc_without_contradicted=0.702,
        covered_against_contradicted_auc=0.703,
        covered_f1=0.704,
        macro_f1=0.705,
        contradicted_recall=0.706,
        ece=0.107,
        brier=0.208,
        verdicts=tuple(
            VerdictFigures(verdict=verdict, n=10, precision=0.31, recall=0.32, f1=0.33)
            for verdict in Verdict
        ),
        confusion=((6, 2, 1, 1), (0, 0, 0, 0), (1, 2, 3, 4), (0, 0, 0, 10)),
        reliability=(
            ReliabilityBin(low=0.0, high=0.1, n=0, mean_confidence=None, accuracy=None),
            ReliabilityBin(low=0.8, high=0.9, n=40, mean_confidence=0.85, accuracy=0.7),
        ),
        risk_coverage=(
            RiskStep(kept=0.5, error_rate=0.1, confidence=0.9),
            RiskStep(kept=1.0, error_rate=0.3, confidence=0.8),
        ),
        aurc=0.209,
    )
