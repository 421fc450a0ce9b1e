"""Fit the local judge's few numbers and write ``models/judge/judge.json``.

What is fitted, and on what:

- the curve for written points, the contradiction logistic and the spread: the answers in
  ``eval/gold/dev.jsonl``, labelled point by point by construction. None of them answers one
  of the ten source questions, with which the judge is tested.
- the line for reference texts, held at full marks for the reference itself, if the folder
  of the public sets is given: the train parts of SciEntsBank and Beetle (SemEval-2013 Task 7)
  without the questions of SciEntsBank's dev part, which is reported. These are all that its
  train part asks, so that what is left is Beetle's. Nothing of Mohler's set, SAF or STITA is
  seen.

    python tools/fit_judge.py --asag DIR
    python tools/fit_judge.py --asag DIR --references-only
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.gold_files import read_gold
from interviewbot.adapters.onnx_models import OnnxEncoder
from interviewbot.domain.calibration import Calibration
from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Question
from interviewbot.domain.text import fold, sentences
from interviewbot.services.embedding import Embeddings
from interviewbot.services.local_judge import LocalJudge
from interviewbot.services.references import question_of
from interviewbot.services.signals import PointSignals

Floats = NDArray[np.float64]

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "interviewbot" / "models" / "judge" / "judge.json"
SEED = 20261122
_Z80 = 1.2815515655446004
STARTING = {
    "partial_at": 0.64,
    "covered_at": 0.68,
    "slope": 50.0,
    "intercept": -0.3,
    "gradient": 1.13,
    "contradiction_at": 0.9,
    "contradiction_lead": 0.5,
    "contradiction_confidence": 0.6,
    "opposition_at": 0.85,
    "negation_at": 0.96,
    "spread": 1.0,
    "reference_deviation": 0.45,
}
REFERENCES = ("intercept", "gradient", "reference_deviation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The signals of one point of one labelled answer."""

    label: Verdict
    question_id: str
    answer_id: str
    weight: float
    signals: PointSignals


def idf_table(questions: list[Question], encoder: OnnxEncoder) -> dict[str, float]:
    """Return the inverse document frequency of every word piece, 0..1; unseen ones have 1.

    A document is one text of the corpus. The square root flattens it: on the public sets,
    plain idf did no better than all word pieces alike.
    """
    counts: Counter[str] = Counter()
    documents = 0
    for question in questions:
        model_answer = [span.of(question.model_answer) for span in sentences(question.model_answer)]
        for text in (*question.texts, *model_answer):
            spans = encoder.encode([text])[0].spans.tolist()
            counts.update({text[start:end].lower() for start, end in spans})
            documents += 1
    most = math.log(documents + 1)
    return {
        piece: round(math.sqrt(math.log((documents + 1) / (count + 1)) / most), 3)
        for piece, count in sorted(counts.items())
        if count > 1
    }


def labelled(judge: LocalJudge, questions: dict[str, Question]) -> list[Judged]:
    """Return the signals of every labelled point of the dev gold."""
    found: list[Judged] = []
    every = read_gold(ROOT / "eval" / "gold" / "dev.jsonl")
    gold = [row for row in every if "-hard-" not in row.id]  # what the shipped curve was fitted on
    for row in [*gold, *_model_answers(questions.values()), *_foreign_answers(gold, questions)]:
        question = questions[row.question_id]
        result = judge.signals(question, row.answer)
        if result is None:
            continue
        found.extend(
            Judged(
                label=row.point_labels[point.id],
                question_id=question.id,
                answer_id=row.id,
                weight=point.weight,
                signals=result[1][point.id],
            )
            for point in question.points
        )
    return found


def _model_answers(questions: Iterable[Question]) -> list[GoldRow]:
    """Return the model answers as rows in which every point is covered."""
    return [
        GoldRow(
            id=f"{question.id}-model",
            question_id=question.id,
            answer=question.model_answer,
            point_labels={point.id: Verdict.COVERED for point in question.points},
        )
        for question in questions
    ]


def _foreign_answers(gold: list[GoldRow], questions: dict[str, Question]) -> list[GoldRow]:
    """Return model answers handed in for another question: every point is missing."""
    ids = sorted({row.question_id for row in gold})
    return [
        GoldRow(
            id=f"{ids[(number + step) % len(ids)]}-foreign",
            question_id=name,
            answer=questions[ids[(number + step) % len(ids)]].model_answer,
            point_labels={point.id: Verdict.MISSING for point in questions[name].points},
        )
        for number, name in enumerate(ids)
        for step in (5, 11)
    ]


def fit_curve(rows: list[Judged]) -> dict[str, float]:
    """Fit the ordered logistic of greatest likelihood to the points not contradicted."""
    plain = [
        row
        for row in rows
        if row.label is not Verdict.CONTRADICTED and not row.answer_id.endswith("-model")
    ]
    raw = np.array([row.signals.raw for row in plain])
    missing = np.array([row.label is Verdict.MISSING for row in plain])
    covered = np.array([row.label is Verdict.COVERED for row in plain])

    def loss(parameters: Floats) -> float:
        low, gap, slope = parameters
        at_least_partial = 1 / (1 + np.exp(-slope * (raw - low)))
        fully = 1 / (1 + np.exp(-slope * (raw - low - abs(gap))))
        chance = np.where(
            missing, 1 - at_least_partial, np.where(covered, fully, at_least_partial - fully)
        )
        return float(-np.log(np.clip(chance, 1e-6, 1)).mean())

    low, gap, slope = minimize(loss, x0=np.array([0.65, 0.02, 50.0]), method="Nelder-Mead").x
    print(f"likeness of {len(raw)} points: AUC of said {roc_auc_score(~missing, raw):.3f}")
    return {"partial_at": low, "covered_at": low + abs(gap), "slope": slope}


def contradiction_confidence(judge: LocalJudge, rows: list[Judged]) -> float:
    """Return the share of contradictions that are right, by Laplace's rule.

    The thresholds themselves are set, not fitted: so high that a sentence must nearly repeat
    a misconception, because below, more were wrong than right.
    """
    flagged = [row for row in rows if judge.contradicts(row.signals)]
    right = sum(row.label is Verdict.CONTRADICTED for row in flagged)
    every = sum(row.label is Verdict.CONTRADICTED for row in rows)
    print(f"contradictions: {right} right, {len(flagged) - right} wrong, of {every}")
    return (right + 1) / (len(flagged) + 2)


def fit_spread(judge: LocalJudge, rows: list[Judged]) -> float:
    """Return the factor with which 80 % of the answers' true scores lie in their range."""
    truth = {Verdict.COVERED: 1.0, Verdict.PARTIAL: 0.5}
    answers: dict[str, list[tuple[float, float, float]]] = {}
    for row in rows:
        if row.answer_id.endswith("-model"):
            continue
        credit = judge.calibration.credit(row.signals.raw, derived=False)
        if judge.contradicts(row.signals):
            credit = 0.0
        answers.setdefault(row.answer_id, []).append(
            (row.weight, credit, truth.get(row.label, 0.0))
        )
    errors: list[float] = []
    units: list[float] = []
    for points in answers.values():
        total = sum(weight for weight, _, _ in points)
        errors.append(sum(weight * (credit - true) for weight, credit, true in points) / total)
        variance = sum(
            (weight / total) ** 2 * max(credit * (1 - credit), 0.01) for weight, credit, _ in points
        )
        units.append(abs(errors[-1]) / math.sqrt(variance))
    print(
        f"{len(errors)} answers: mean error {100 * np.mean(errors):+.1f} points of score,"
        f" mean absolute error {100 * np.mean(np.abs(errors)):.1f}"
    )
    return float(np.quantile(units, 0.8) / _Z80)


def reference_rows(folder: Path) -> list[GoldRow]:
    """Return the train parts of SciEntsBank and Beetle, at most 1500 rows each.

    A question of SciEntsBank's dev part is left out: answers to it are reported.
    """
    sets = {name: read_gold(folder / f"{name}.jsonl") for name in ("scientsbank", "beetle")}
    reported = {fold(row.question) for row in sets["scientsbank"] if row.split == "dev"}
    found: list[GoldRow] = []
    for name, every in sets.items():
        rows = [row for row in every if row.split == "train" and fold(row.question) not in reported]
        print(f"references: {len(rows)} rows of {name} answer a question that is not reported")
        random.Random(SEED).shuffle(rows)
        found += rows[:1500]
    return found


def fit_references(judge: LocalJudge, folder: Path) -> dict[str, float]:
    """Fit the line for reference texts to ``reference_rows``."""
    raws: list[float] = []
    scores: list[float] = []
    for row in reference_rows(folder):
        question = question_of(row)
        if question is None or row.score is None:
            continue
        try:
            result = judge.signals(question, row.answer)
        except CouldNotGrade:
            continue
        if result is None:
            continue
        weight = sum(point.weight for point in question.points)
        raws.append(sum(p.weight * result[1][p.id].raw for p in question.points) / weight)
        scores.append(row.score)
    raw, score = np.array(raws), np.array(scores)
    # Through (1, 1): the reference itself, handed in, is a full answer.
    gradient = float(((1 - raw) @ (1 - score)) / ((1 - raw) @ (1 - raw)))
    intercept = 1 - gradient
    residual = score - np.clip(intercept + gradient * raw, 0, 1)
    print(f"references, {len(raw)} answers: deviation {residual.std():.3f}")
    return {
        "intercept": float(intercept),
        "gradient": float(gradient),
        "reference_deviation": float(residual.std()),
    }


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--asag", type=Path, help="folder with scientsbank.jsonl and beetle.jsonl")
    parser.add_argument(
        "--references-only",
        action="store_true",
        help="fit the line for reference texts; all other numbers stay as they are in the file",
    )
    options = parser.parse_args()
    if options.references_only and not (options.asag and TARGET.exists()):
        parser.error("--references-only needs --asag and the file that is there")
    encoder = OnnxEncoder.load()
    questions = {e.question.id: e.question for e in read_corpus([ROOT / "corpus"]).questions}
    values: dict[str, Any] = dict(STARTING)
    earlier = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    known = earlier.get("calibration", {})
    fitted = {name: known[name] for name in ("taught", "new") if name in known}
    kept = STARTING if options.references_only else REFERENCES
    values.update({name: known[name] for name in kept if name in known})
    again = not options.references_only
    idf = idf_table(list(questions.values()), encoder) if again else known["idf"]
    embeddings = Embeddings(encoder)

    def judge() -> LocalJudge:
        calibration = Calibration(**values, idf=idf, idf_unknown=1.0, digest="fitting")
        return LocalJudge(
            encoder_id=encoder.id,
            vectors=embeddings,
            calibration=calibration,
            clock=time.monotonic,
        )

    if again:
        rows = labelled(judge(), questions)
        values.update(fit_curve(rows))
        values["contradiction_confidence"] = contradiction_confidence(judge(), rows)
        values["spread"] = fit_spread(judge(), rows)
    if options.asag:
        values.update(fit_references(judge(), options.asag))
    rounded = {name: round(float(value), 4) for name, value in values.items()}
    content = {
        "about": "made by tools/fit_judge.py; see README.md beside this file",
        "encoder": encoder.id,
        "calibration": {**rounded, "idf_unknown": 1.0, "idf": idf, **fitted},
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(rounded, indent=1))


if __name__ == "__main__":
    main()
