"""Write the examples that the judge compares with, and fit what makes verdicts of its signals.

The passages of ``data`` become vectors in ``models/judge/examples.*``. The two small models
behind the verdicts, for points with passages and for those with wordings alone, are logistic
regressions fitted on ``eval/gold/dev.jsonl`` and, so that they know the ends of the scale, on
model answers and single wordings of the same questions. The encoder was taught without these
questions; the second one is fitted as if there were no passages for them, as for an author's own.
"""

from __future__ import annotations

import hashlib
import json
import math
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler
from tools.training.passages import ROOT, Passage, read_passages

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.example_files import point_digest, read_examples
from interviewbot.adapters.gold_files import read_gold
from interviewbot.adapters.judge_files import read_calibration
from interviewbot.adapters.onnx_models import OnnxEncoder
from interviewbot.domain.calibration import CLASSES
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Question
from interviewbot.domain.text import sentences
from interviewbot.services.combining import INPUTS, decided, inputs_of
from interviewbot.services.embedding import Embeddings
from interviewbot.services.local_judge import LocalJudge

FOLDS = 13  # of 26 questions
STRENGTH = 0.1  # of the weights, as scikit-learn counts it: the inverse of the penalty
# What a row weighs. In the hard answers honest words are far from the point's and wrong ones near
# it; without answers that are right in the point's own words, likeness itself would look wrong.
_WEIGHTS = {
    "-end-nothing": 1.0,
    "-end-other": 0.3,
    "-end-model": 1.5,
    "-end-": 0.1,
    "-padded": 0.5,
    "-hard-": 1.0,
    "": 1.0,
}
# What says nothing of any point; no wording of eval/attacks.yaml, with which the judge is tried.
_NOTHING = (
    "We took the early train and had the whole carriage to ourselves. Later it rained.",
    "It is a broad subject. There is a lot to say here, and people see it in different ways.",
    "First one has to understand the task. Then one weighs the options. Then one decides.",
    "My answer is complete and correct in every part. Nothing more needs to be added to it.",
    "The next chapter treats it in detail. After that there are examples, and then exercises.",
    "Green ideas sleep in the loud staircase. Seven spoons vote for the moon on a Tuesday.",
    "As I said before, it matters a great deal in practice. It has been used with success.",
    "In the machine the data meets the model. The model is good. Therefore the result is good.",
    "We discussed the loss, the gradient and the training set. They are all connected.",
    "This depends on the case. One would try several values and keep whichever works best.",
)
_SAYS = 0.65  # cosine of a sentence of the model answer and the point that it says
_CLEARLY = 0.1  # by which it is nearer to that than to any other point
_Z80 = 1.2815515655446004

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The signals of one point of one labelled answer, and how much it counts."""

    question_id: str
    answer_id: str
    point_weight: float
    label: Verdict
    inputs: Floats
    weight: float


def model_sentences(encoder: OnnxEncoder, question: Question) -> list[Passage]:
    """Return the sentences of the model answer that say one point, as passages that cover it.

    They are the textbook's words, which the passages avoid. A sentence counts where both bodies
    find it nearest to the same point, and clearly nearer than to any other.
    """
    spans = sentences(question.model_answer)
    texts = [span.of(question.model_answer) for span in spans]
    claims = [(n, claim) for n, point in enumerate(question.points) for claim in point.claims]
    owner = np.array([n for n, _ in claims])
    said, known = encoder.encode(texts), encoder.encode([claim for _, claim in claims])
    found = []
    for text, one in zip(texts, said, strict=True):
        nearest = []
        for body in ("pooled", "taught"):
            cosines = np.array([getattr(one, body) @ getattr(other, body) for other in known])
            best = np.array([cosines[owner == n].max() for n in range(len(question.points))])
            first, *rest = np.sort(best)[::-1]
            clear = first >= _SAYS and (not rest or first - rest[0] >= _CLEARLY)
            nearest.append(int(best.argmax()) if clear else -1)
        if nearest[0] == nearest[1] >= 0:
            found.append(
                Passage(
                    question_id=question.id,
                    point_id=question.points[nearest[0]].id,
                    label=Verdict.COVERED,
                    text=text,
                    source="model answer",
                )
            )
    return found


def write_examples(
    encoder: OnnxEncoder,
    questions: Mapping[str, Question],
    passages: Sequence[Passage],
    judge: Path,
) -> None:
    """Write the vectors of ``passages`` into ``judge``, those of a point side by side."""
    of: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in passages:
        of[passage.question_id, passage.point_id].append(passage)
    points = {}
    every: list[Passage] = []
    for (name, point_id), found in sorted(of.items()):
        point = next(p for p in questions[name].points if p.id == point_id)
        labels = "".join(str(CLASSES.index(passage.label)) for passage in found)
        points[f"{name}/{point_id}"] = {
            "digest": point_digest(point),
            "from": len(every),
            "labels": labels,
        }
        every += found
    made = encoder.encode([passage.text for passage in every])
    vectors = np.stack([np.stack([one.taught, one.pooled]) for one in made])
    codes = np.rint(vectors / np.abs(vectors).max(axis=2, keepdims=True) * 127).astype(np.int8)
    np.save(judge / "examples.npy", codes)
    index = {"encoder": encoder.id, "examples": len(every), "points": points}
    text = json.dumps(index, indent=0, ensure_ascii=False)
    (judge / "examples.json").write_text(text + "\n", encoding="utf-8")


def rows_of(
    encoder: OnnxEncoder, questions: Mapping[str, Question], judge: Path, *, taught: bool
) -> list[Row]:
    """Return the rows to fit on; without ``taught`` the judge knows wordings only."""
    reader = LocalJudge(
        encoder_id=encoder.id,
        vectors=Embeddings(encoder),
        calibration=replace(read_calibration(judge / "judge.json"), taught=None, new=None),
        clock=time.monotonic,
        taught=read_examples(encoder.id if taught else "", judge),
    )
    return list(_rows(reader, questions))


def _rows(judge: LocalJudge, questions: Mapping[str, Question]) -> Iterator[Row]:
    gold = read_gold(ROOT / "eval" / "gold" / "dev.jsonl")
    names = sorted({row.question_id for row in gold})
    asked = [questions[name] for name in names]
    for row in [*gold, *_padded(gold, asked), *_ends(asked)]:
        question = questions[row.question_id]
        measured = judge.signals(question, row.answer)
        if measured is None:
            continue
        for point in question.points:
            signals = measured[1][point.id]
            if point.id not in row.point_labels or signals.likeness is None:
                continue
            yield Row(
                question_id=question.id,
                answer_id=row.id,
                point_weight=point.weight,
                label=row.point_labels[point.id],
                inputs=inputs_of(signals, signals.likeness),
                weight=_WEIGHTS[_kind(row.id)],
            )


def _kind(answer_id: str) -> str:
    """Return which of ``_WEIGHTS`` an answer has: the first whose mark is in its id."""
    return next(mark for mark in _WEIGHTS if mark in answer_id)


def _padded(gold: Sequence[GoldRow], questions: Sequence[Question]) -> Iterator[GoldRow]:
    """Yield the hard answers again, with the model answers of other questions behind them."""
    places = {question.id: number for number, question in enumerate(questions)}
    for count, row in enumerate(row for row in gold if "-hard-" in row.id):
        answer = f"{row.answer} {_others(questions, places[row.question_id], 1 + count % 7)}"
        yield replace(row, id=f"{row.id}-padded", answer=answer)


def _others(questions: Sequence[Question], number: int, step: int) -> str:
    """Return the model answers of three questions other than ``questions[number]``."""
    places = [(number + step * time) % len(questions) for time in (1, 2, 3)]
    return " ".join(questions[place].model_answer for place in places)


def _ends(questions: Sequence[Question]) -> Iterator[GoldRow]:
    """Yield answers whose labels are beyond doubt: model answers, and texts of a point alone."""
    for number, question in enumerate(questions):
        yield _row(question, "model", question.model_answer, Verdict.COVERED)
        for step in (3, 5, 7):
            yield _row(question, f"other{step}", _others(questions, number, step), Verdict.MISSING)
        for n, text in enumerate(_NOTHING):
            yield _row(question, f"nothing{n}", text, Verdict.MISSING)
        for point in question.points:
            for label, texts in (
                (Verdict.COVERED, point.claims),
                (Verdict.CONTRADICTED, point.misconceptions),
            ):
                for n, text in enumerate(texts):
                    yield GoldRow(
                        id=f"{question.id}-end-{point.id}-{label}-{n}",
                        question_id=question.id,
                        answer=text,
                        point_labels={point.id: label},
                    )


def _row(question: Question, name: str, answer: str, label: Verdict) -> GoldRow:
    return GoldRow(
        id=f"{question.id}-end-{name}",
        question_id=question.id,
        answer=answer,
        point_labels={point.id: label for point in question.points},
    )


def fit(rows: Sequence[Row], temperature: float = 1.0, sharpness: float = 1.0) -> dict[str, object]:
    """Return the weights of the model fitted to ``rows``, as the file has them."""
    inputs = np.stack([row.inputs for row in rows])
    labels = [CLASSES.index(row.label) for row in rows]
    scaler = StandardScaler().fit(inputs)
    scale = np.where(inputs.std(axis=0) > 1e-9, scaler.scale_, 1.0)
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit((inputs - scaler.mean_) / scale, labels, [row.weight for row in rows])
    return {
        "inputs": list(INPUTS),
        "mean": _rounded(scaler.mean_),
        "scale": _rounded(scale),
        "weights": [_rounded(row) for row in model.coef_],
        "bias": _rounded(model.intercept_),
        "temperature": round(temperature, 4),
        "sharpness": sharpness,
    }


def chances(weights: Mapping[str, object], rows: Sequence[Row]) -> Floats:
    """Return the chances ``[n, 4]`` that ``weights`` give to ``rows``."""
    inputs = np.stack([row.inputs for row in rows])
    standard = (inputs - np.array(weights["mean"])) / np.array(weights["scale"])
    logits = standard @ np.array(weights["weights"]).T + np.array(weights["bias"])
    logits /= np.array(weights["temperature"])
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Floats = odds / odds.sum(axis=1, keepdims=True)
    return found


def out_of_fold(rows: Sequence[Row]) -> Floats:
    """Return the chances of every row by a model that saw no row of its question."""
    groups = [row.question_id for row in rows]
    found = np.zeros((len(rows), len(CLASSES)))
    for train, test in GroupKFold(FOLDS).split(rows, groups=groups):
        weights = fit([rows[n] for n in train])
        found[test] = chances(weights, [rows[n] for n in test])
    return found


def temperature_of(found: Floats, rows: Sequence[Row]) -> float:
    """Return what the logits have to be divided by so that unseen rows are decided."""
    labels = np.array([CLASSES.index(row.label) for row in rows])
    logits = np.log(np.clip(found, 1e-9, 1))

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        logs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return -float(logs[np.arange(len(rows)), labels].mean())

    return float(minimize_scalar(loss, bounds=(0.5, 3.0), method="bounded").x)


def warmed(found: Floats, temperature: float) -> Floats:
    """Return ``found`` at another temperature."""
    odds = np.clip(found, 1e-9, 1) ** (1 / temperature)
    cooled: Floats = odds / odds.sum(axis=1, keepdims=True)
    return cooled


def sharpness_of(found: Floats, rows: Sequence[Row]) -> float:
    """Return the power of the chances that brings scores nearest to the labelled ones."""
    steps = np.arange(1.0, 3.01, 0.25)
    return float(min(steps, key=lambda step: np.mean(np.square(_errors(found, rows, step)))))


def _errors(found: Floats, rows: Sequence[Row], sharpness: float) -> list[float]:
    return [
        sum(weight * (credit - true) for weight, credit, true in points)
        / sum(weight for weight, _, _ in points)
        for points in _answers(found, rows, sharpness)
    ]


def _answers(
    found: Floats, rows: Sequence[Row], sharpness: float
) -> list[list[tuple[float, float, float]]]:
    """Return weight, credit and true credit of the points of every answer."""
    truth = {Verdict.COVERED: 1.0, Verdict.PARTIAL: 0.5}
    answers: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for row, chance in zip(rows, found, strict=True):
        _, credit = decided(_by_verdict(chance), sharpness)
        answers[row.answer_id].append((row.point_weight, credit, truth.get(row.label, 0.0)))
    return list(answers.values())


def _by_verdict(chance: Floats) -> dict[Verdict, float]:
    return dict(zip(CLASSES, chance.tolist(), strict=True))


def spread_of(found: Floats, rows: Sequence[Row], sharpness: float) -> float:
    """Return the factor with which 80 % of the answers' true scores lie in their range."""
    units = []
    answers = _answers(found, rows, sharpness)
    for points, error in zip(answers, _errors(found, rows, sharpness), strict=True):
        total = sum(weight for weight, _, _ in points)
        variance = sum((w / total) ** 2 * max(c * (1 - c), 0.01) for w, c, _ in points)
        units.append(abs(error) / math.sqrt(variance))
    return float(np.quantile(units, 0.8) / _Z80)


def told(name: str, found: Floats, rows: Sequence[Row], sharpness: float) -> str:
    """Return a line of figures: what the out-of-fold chances are worth on labelled answers."""
    labels = [row.label for row in rows]
    said = np.array([label in (Verdict.COVERED, Verdict.PARTIAL) for label in labels])
    verdicts = [decided(_by_verdict(chance), sharpness)[0] for chance in found]
    score = found[:, 0] + found[:, 2]
    contradicted = [label is Verdict.CONTRADICTED for label in labels]
    called = [verdict is Verdict.CONTRADICTED for verdict in verdicts]
    apart = np.array([label is not Verdict.MISSING for label in labels])
    return (
        f"{name}: {len(rows)} points, AUC {roc_auc_score(said, score):.3f},"
        f" against contradicted {roc_auc_score(said[apart], score[apart]):.3f},"
        f" macro F1 {f1_score(labels, verdicts, average='macro'):.3f},"
        f" contradicted precision {precision_score(contradicted, called):.2f}"
        f" recall {recall_score(contradicted, called):.2f}"
    )


def fit_all(folder: Path, judge: Path) -> None:
    """Write the examples and the numbers of the encoder in ``folder`` into ``judge``."""
    questions = {e.question.id: e.question for e in read_corpus([ROOT / "corpus"]).questions}
    encoder = OnnxEncoder.load(folder)
    write_examples(encoder, questions, read_passages(), judge)
    file = judge / "judge.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    numbers = content["calibration"]
    for name in ("taught", "new"):
        rows = rows_of(encoder, questions, judge, taught=name == "taught")
        found = out_of_fold(rows)
        answers = [n for n, row in enumerate(rows) if _kind(row.answer_id) in ("-hard-", "")]
        own = [rows[n] for n in answers]
        temperature = temperature_of(found[answers], own)
        found = warmed(found, temperature)
        sharpness = sharpness_of(found[answers], own)
        if name == "taught":
            numbers["spread"] = round(spread_of(found[answers], own, sharpness), 4)
        hard = [n for n in answers if _kind(rows[n].answer_id) == "-hard-"]
        print(told(name, found[answers], own, sharpness))
        print(told(f"{name}, hard", found[hard], [rows[n] for n in hard], sharpness))
        numbers[name] = fit(rows, temperature, sharpness)
    # Not before the fit: a model answer must not be compared with its own sentences there.
    said = [one for question in questions.values() for one in model_sentences(encoder, question)]
    write_examples(encoder, questions, [*read_passages(), *said], judge)
    content["encoder"] = encoder.id
    # Part of the file, so that the judge's digest changes with the examples.
    content["examples"] = hashlib.sha256((judge / "examples.npy").read_bytes()).hexdigest()
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _rounded(values: Sequence[float] | Floats) -> list[float]:
    return [round(float(value), 5) for value in values]
