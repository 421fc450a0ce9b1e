"""Fit the local judge's few numbers and write ``models/judge/judge.json``.

What is fitted, and on what:

- the curve for written points, the contradiction confidence and the spread: answers
  composed from the shipped corpus, in which every point is said by one of its ``accept``
  wordings (taken out of the rubric for that answer), half-said, contradicted by one of its
  misconceptions (taken out likewise), or left out. Questions of an answer written by a
  person are not used.
- the line for reference texts: public human-graded answers, if their folder is given
  (SciEntsBank's and Beetle's train parts, SemEval-2013 Task 7). Nothing of Mohler, SAF or
  SciEntsBank's dev part is seen.

Thresholds of contradiction are set, not fitted: they are printed with their errors.

    python tools/fit_judge.py --asag DIR
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.onnx_models import OnnxEncoder
from interviewbot.domain.calibration import Calibration
from interviewbot.domain.question import Point, Question
from interviewbot.domain.text import sentences
from interviewbot.services.embedding import Embeddings
from interviewbot.services.local_judge import LocalJudge, PointSignals
from interviewbot.services.references import question_of

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "interviewbot" / "models" / "judge" / "judge.json"
SEED = 20261122
ANSWERS_PER_QUESTION = 8
LABELS = ("missing", "partial", "covered", "contradicted")
STARTING = {
    "partial_at": 0.6,
    "covered_at": 0.66,
    "slope": 30.0,
    "intercept": 0.0,
    "gradient": 1.0,
    "contradiction_at": 0.78,
    "contradiction_margin": 0.05,
    "opposition_at": 0.7,
    "contradiction_confidence": 0.7,
    "spread": 1.0,
    "reference_deviation": 0.25,
}


def idf_table(questions: list[Question], encoder: OnnxEncoder) -> tuple[dict[str, float], float]:
    """Return the inverse document frequency of every word piece, 0..1, and the unseen one's.

    A document is one text of the corpus. The square root flattens it: measured on the
    public sets, word pieces by their plain idf did no better than all alike.
    """
    counts: Counter[str] = Counter()
    documents = 0
    for question in questions:
        for text in (*question.texts, *(s.of(question.model_answer) for s in sentences(question.model_answer))):
            spans = encoder._tokenizer.encode(text, add_special_tokens=False).offsets
            counts.update({text[start:end].lower() for start, end in spans})
            documents += 1
    most = math.log(documents + 1)
    table = {
        piece: round(math.sqrt(math.log((documents + 1) / (count + 1)) / most), 3)
        for piece, count in sorted(counts.items())
        if count > 1
    }
    return table, 1.0


def compose(question: Question, dice: random.Random) -> tuple[Question, str, dict[str, str]]:
    """Return a thinned rubric, an answer, and what the answer does with every point."""
    points: list[Point] = []
    said: list[str] = []
    labels: dict[str, str] = {}
    for point in question.points:
        label = dice.choices(LABELS, weights=(0.35, 0.1, 0.35, 0.2))[0]
        if label == "contradicted":
            wrong = dice.choice(point.misconceptions)
            said.append(wrong)
            point = dataclasses.replace(
                point, misconceptions=tuple(t for t in point.misconceptions if t != wrong)
            )
        elif label != "missing":
            wording = dice.choice(point.accept)
            words = wording.split()
            said.append(wording if label == "covered" else " ".join(words[: len(words) // 2]))
            point = dataclasses.replace(
                point, accept=tuple(text for text in point.accept if text != wording)
            )
        points.append(point)
        labels[point.id] = label
    dice.shuffle(said)
    answer = " ".join(text if text.endswith((".", "!", "?")) else text + "." for text in said)
    return dataclasses.replace(question, points=tuple(points)), answer, labels


def fit_curve(raw: np.ndarray, label: np.ndarray) -> tuple[float, float, float]:
    """Return partial_at, covered_at, slope of the ordered logistic of greatest likelihood.

    ``label`` is 0 missing, 1 partial, 2 covered.
    """

    def loss(parameters: np.ndarray) -> float:
        low, gap, slope = parameters
        at_least_partial = 1 / (1 + np.exp(-slope * (raw - low)))
        covered = 1 / (1 + np.exp(-slope * (raw - low - abs(gap))))
        chance = np.where(
            label == 0, 1 - at_least_partial, np.where(label == 2, covered, at_least_partial - covered)
        )
        return float(-np.log(np.clip(chance, 1e-6, 1)).mean())

    best = minimize(loss, x0=np.array([0.6, 0.05, 20.0]), method="Nelder-Mead")
    low, gap, slope = best.x
    return float(low), float(low + abs(gap)), float(slope)


def written_points(
    judge: LocalJudge, questions: list[Question]
) -> list[tuple[str, str, PointSignals, Question]]:
    """Return (label, answer number, signals, question) for composed and foreign answers."""
    dice = random.Random(SEED)
    found = []
    for number, question in enumerate(questions):
        for turn in range(ANSWERS_PER_QUESTION):
            thinned, answer, labels = compose(question, dice)
            result = judge.signals(thinned, answer)
            if result is None:
                continue
            for point in thinned.points:
                found.append((labels[point.id], f"{question.id}-{turn}", result[1][point.id], question))
        other = questions[(number + 7) % len(questions)]
        result = judge.signals(question, other.model_answer)
        if result is not None:
            found.extend(("missing", f"{question.id}-other", s, question) for s in result[1].values())
    return found


def fit_written(judge: LocalJudge, questions: list[Question]) -> dict[str, float]:
    """Fit the curve for written points and print what it does."""
    rows = written_points(judge, questions)
    plain = [row for row in rows if row[0] != "contradicted"]
    raw = np.array([row[2].raw for row in plain])
    label = np.array([LABELS.index(row[0]) for row in plain])
    for name, value in (("missing", 0), ("partial", 1), ("covered", 2)):
        chosen = raw[label == value]
        print(f"{name:12s} n={len(chosen)} raw mean {chosen.mean():.3f} sd {chosen.std():.3f}")
    partial_at, covered_at, slope = fit_curve(raw, label)
    values = {"partial_at": partial_at, "covered_at": covered_at, "slope": slope}
    calibration = dataclasses.replace(judge.calibration, **values)
    fitted = dataclasses.replace(judge, calibration=calibration)
    flagged = [(row[0], fitted._contradicts(row[2]) and calibration.credit(row[2].raw, derived=False) >= 1 / 3) for row in rows]
    hits = sum(1 for name, flag in flagged if flag and name == "contradicted")
    all_flags = sum(flag for _, flag in flagged)
    print(f"contradicted: precision {hits / max(1, all_flags):.2f} recall {hits / max(1, sum(n == 'contradicted' for n, _ in flagged)):.2f}")
    values["contradiction_confidence"] = hits / max(1, all_flags)
    truth = {"missing": 0.0, "partial": 0.5, "covered": 1.0, "contradicted": 0.0}
    answers: dict[str, list[tuple[float, float, float]]] = {}
    for name, answer, signals, _ in rows:
        credit = 0.0 if fitted._contradicts(signals) else calibration.credit(signals.raw, derived=False)
        answers.setdefault(answer, []).append((credit, truth[name], max(credit * (1 - credit), 0.01)))
    z = [
        abs(sum(c - t for c, t, _ in points)) / math.sqrt(sum(v for _, _, v in points))
        for points in answers.values()
    ]
    values["spread"] = float(np.quantile(z, 0.8) / 1.2815515655446004)
    error = np.array([np.mean([c - t for c, t, _ in points]) for points in answers.values()])
    print(f"answers {len(z)}: mean error {error.mean():+.3f}, mean absolute {np.abs(error).mean():.3f}")
    return values


def fit_references(judge: LocalJudge, folder: Path) -> dict[str, float]:
    """Fit the line for reference texts on the train parts of SciEntsBank and Beetle."""
    from interviewbot.adapters.gold_files import read_gold

    raws: list[float] = []
    scores: list[float] = []
    for name in ("scientsbank", "beetle"):
        rows = [row for row in read_gold(folder / f"{name}.jsonl") if row.split == "train"]
        random.Random(SEED).shuffle(rows)
        for row in rows[:1500]:
            question = question_of(row)
            result = judge.signals(question, row.answer)
            if result is None or row.score is None:
                continue
            weight = sum(point.weight for point in question.points)
            raws.append(sum(p.weight * result[1][p.id].raw for p in question.points) / weight)
            scores.append(row.score)
    raw, score = np.array(raws), np.array(scores)
    gradient, intercept = np.polyfit(raw, score, 1)
    residual = score - np.clip(intercept + gradient * raw, 0, 1)
    print(f"references n={len(raw)}: credit = {intercept:.3f} + {gradient:.3f} raw; deviation {residual.std():.3f}")
    return {
        "intercept": float(intercept),
        "gradient": float(gradient),
        "reference_deviation": float(residual.std()),
    }


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--asag", type=Path, help="folder with scientsbank.jsonl and beetle.jsonl")
    parser.add_argument("--exclude", nargs="*", default=(), help="question ids to leave out")
    options = parser.parse_args()
    encoder = OnnxEncoder.load()
    questions = [entry.question for entry in read_corpus([ROOT / "corpus"]).questions]
    idf, unknown = idf_table(questions, encoder)
    values = dict(STARTING)
    if TARGET.exists():
        values.update({k: v for k, v in json.loads(TARGET.read_text())["calibration"].items() if k in values})
    calibration = Calibration(**values, idf=idf, idf_unknown=unknown, digest="fitting")
    judge = LocalJudge(
        encoder_id=encoder.id,
        vectors=Embeddings(encoder),
        calibration=calibration,
        clock=time.monotonic,
    )
    used = [question for question in questions if question.id not in options.exclude]
    values.update(fit_written(judge, used))
    if options.asag:
        values.update(fit_references(judge, options.asag))
    rounded = {name: round(value, 4) for name, value in values.items()}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "about": "made by tools/fit_judge.py; see the model card",
        "encoder": encoder.id,
        "calibration": {**rounded, "idf": idf, "idf_unknown": unknown},
    }
    TARGET.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(rounded, indent=1))


if __name__ == "__main__":
    main()
