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
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler
from tools.training.passages import FILES, ROOT, Passage

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.example_files import point_digest, read_elsewhere, read_examples
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
from interviewbot.vectors import Matrix

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
_NEAR = 0.7  # mean cosine of both bodies; of 34 such sentences read, all but three say the point
_OTHERS = 32  # one passage in so many stands for what is said elsewhere
_BOUNDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
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
    """Return the sentences of the model answer that say a point, as passages that cover it.

    They are the textbook's words, which the passages avoid. A sentence counts for a point where
    both bodies find it nearest to that, and clearly nearer than to any other. A point for which
    there is none takes the nearest sentence, as the answer says every point, if that is near.
    """
    spans = sentences(question.model_answer)
    texts = [span.of(question.model_answer) for span in spans]
    claims = [(n, claim) for n, point in enumerate(question.points) for claim in point.claims]
    owner = np.array([n for n, _ in claims])
    said, known = encoder.encode(texts), encoder.encode([claim for _, claim in claims])
    near = []
    for body in ("pooled", "taught"):
        cosines = np.array([[getattr(s, body) @ getattr(k, body) for k in known] for s in said])
        near.append([cosines[:, owner == n].max(axis=1) for n in range(len(question.points))])
    by_body = np.array(near).transpose(0, 2, 1)
    pairs = {
        (sentence, point)
        for sentence, (one, other) in enumerate(
            zip(*(_clearly(cosines) for cosines in by_body), strict=True)
        )
        if (point := one) == other >= 0
    }
    mean = by_body.mean(axis=0)
    for point in set(range(len(question.points))) - {point for _, point in pairs}:
        nearest = int(mean[:, point].argmax())
        if mean[nearest, point] >= _NEAR:
            pairs.add((nearest, point))
    return [
        Passage(
            question_id=question.id,
            point_id=question.points[point].id,
            label=Verdict.COVERED,
            text=texts[sentence],
            source="model answer",
        )
        for sentence, point in sorted(pairs)
    ]


def _clearly(cosines: Floats) -> list[int]:
    """Return the point that each sentence of ``cosines`` ``[s, p]`` clearly says; -1 for none."""
    found = []
    for best in cosines:
        first, *rest = np.sort(best)[::-1]
        clear = first >= _SAYS and (not rest or first - rest[0] >= _CLEARLY)
        found.append(int(best.argmax()) if clear else -1)
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
    encoder: OnnxEncoder,
    questions: Mapping[str, Question],
    judge: Path,
    elsewhere: Matrix | None = None,
) -> list[Row]:
    """Return the rows to fit on.

    With ``elsewhere``, vectors of texts about other questions, the judge knows wordings only.
    """
    reader = LocalJudge(
        encoder_id=encoder.id,
        vectors=Embeddings(encoder),
        calibration=replace(read_calibration(judge / "judge.json"), taught=None, new=None),
        clock=time.monotonic,
        taught=read_examples(encoder.id if elsewhere is None else "", judge),
        elsewhere=read_elsewhere(encoder.id, judge) if elsewhere is None else elsewhere,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How chances become verdicts and credit; see ``domain.calibration.Weights``."""

    sharpness: float = 1.0
    contradicted_from: float = 0.5


def fit(
    rows: Sequence[Row], temperature: float = 1.0, rule: Rule | None = None
) -> dict[str, object]:
    """Return the weights of the model fitted to ``rows``, as the file has them."""
    inputs = np.stack([row.inputs for row in rows])
    labels = [CLASSES.index(row.label) for row in rows]
    scaler = StandardScaler().fit(inputs)
    scale = np.where(scaler.scale_ > 1e-4, scaler.scale_, 1.0)  # the file has 5 places
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
        **asdict(rule or Rule()),
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


def rule_of(found: Floats, rows: Sequence[Row]) -> Rule:
    """Return the rule that suits the labelled answers best.

    The power of the chances is the one that brings scores nearest to theirs; contradictions are
    called from where macro F1 of the verdicts and r of the scores together are greatest.
    """
    steps = np.arange(1.0, 3.01, 0.25).tolist()
    rules = [Rule(sharpness=step) for step in steps]
    sharp = min(rules, key=lambda rule: np.mean(np.square(_errors(found, rows, rule))))
    bounds = [replace(sharp, contradicted_from=bound) for bound in _BOUNDS]
    return max(bounds, key=lambda rule: _macro_f1(found, rows, rule) + _r(found, rows, rule))


def _macro_f1(found: Floats, rows: Sequence[Row], rule: Rule) -> float:
    return float(f1_score([row.label for row in rows], _verdicts(found, rule), average="macro"))


def _verdicts(found: Floats, rule: Rule) -> list[Verdict]:
    return [_decided(chance, rule)[0] for chance in found]


def _r(found: Floats, rows: Sequence[Row], rule: Rule) -> float:
    scores = [
        np.average(
            [pair[1:] for pair in points], axis=0, weights=[weight for weight, _, _ in points]
        )
        for points in _answers(found, rows, rule)
    ]
    return float(np.corrcoef(np.array(scores).T)[0, 1])


def _errors(found: Floats, rows: Sequence[Row], rule: Rule) -> list[float]:
    return [
        sum(weight * (credit - true) for weight, credit, true in points)
        / sum(weight for weight, _, _ in points)
        for points in _answers(found, rows, rule)
    ]


def _answers(
    found: Floats, rows: Sequence[Row], rule: Rule
) -> list[list[tuple[float, float, float]]]:
    """Return weight, credit and true credit of the points of every answer."""
    truth = {Verdict.COVERED: 1.0, Verdict.PARTIAL: 0.5}
    answers: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for row, chance in zip(rows, found, strict=True):
        _, credit = _decided(chance, rule)
        answers[row.answer_id].append((row.point_weight, credit, truth.get(row.label, 0.0)))
    return list(answers.values())


def _decided(chance: Floats, rule: Rule) -> tuple[Verdict, float]:
    chances = dict(zip(CLASSES, chance.tolist(), strict=True))
    return decided(chances, rule.sharpness, rule.contradicted_from)


def spread_of(found: Floats, rows: Sequence[Row], rule: Rule) -> float:
    """Return the factor with which 80 % of the answers' true scores lie in their range."""
    units = []
    answers = _answers(found, rows, rule)
    for points, error in zip(answers, _errors(found, rows, rule), strict=True):
        total = sum(weight for weight, _, _ in points)
        variance = sum((w / total) ** 2 * max(c * (1 - c), 0.01) for w, c, _ in points)
        units.append(abs(error) / math.sqrt(variance))
    return float(np.quantile(units, 0.8) / _Z80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What out-of-fold chances are worth on labelled points, and their scores on the answers."""

    points: int
    auc: float
    against_contradicted: float
    macro_f1: float
    precision: float
    recall: float
    r: float

    def __str__(self) -> str:
        """Name every figure."""
        return (
            f"{self.points} points, AUC {self.auc:.3f},"
            f" against contradicted {self.against_contradicted:.3f}, macro F1 {self.macro_f1:.3f},"
            f" contradicted precision {self.precision:.2f} recall {self.recall:.2f}, r {self.r:.3f}"
        )


def worth(found: Floats, rows: Sequence[Row], rule: Rule) -> Worth:
    """Return the figures of ``found`` for ``rows``."""
    labels = [row.label for row in rows]
    said = np.array([label in (Verdict.COVERED, Verdict.PARTIAL) for label in labels])
    score = found[:, 0] + found[:, 2]
    contradicted = [label is Verdict.CONTRADICTED for label in labels]
    called = [verdict is Verdict.CONTRADICTED for verdict in _verdicts(found, rule)]
    apart = np.array([label is not Verdict.MISSING for label in labels])
    return Worth(
        points=len(rows),
        auc=float(roc_auc_score(said, score)),
        against_contradicted=float(roc_auc_score(said[apart], score[apart])),
        macro_f1=_macro_f1(found, rows, rule),
        precision=float(precision_score(contradicted, called, zero_division=0.0)),
        recall=float(recall_score(contradicted, called)),
        r=_r(found, rows, rule),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What was fitted out of fold, for the labelled answers among the rows, and the hard ones."""

    temperature: float
    rule: Rule
    spread: float
    all: Worth
    hard: Worth


def fitted(rows: Sequence[Row]) -> Fitted:
    """Fit ``rows`` out of fold; what answers score is decided by the labelled ones alone."""
    found = out_of_fold(rows)
    kinds = [_kind(row.answer_id) for row in rows]
    answers = [n for n, kind in enumerate(kinds) if kind in ("-hard-", "")]
    hard = [n for n, kind in enumerate(kinds) if kind == "-hard-"]
    own, its = [rows[n] for n in answers], [rows[n] for n in hard]
    temperature = temperature_of(found[answers], own)
    found = warmed(found, temperature)
    rule = rule_of(found[answers], own)
    return Fitted(
        temperature=temperature,
        rule=rule,
        spread=spread_of(found[answers], own, rule),
        all=worth(found[answers], own, rule),
        hard=worth(found[hard], its, rule),
    )


def fit_all(folder: Path, twin: Path, judge: Path, passages: Sequence[Passage]) -> None:
    """Write the examples and the numbers of the encoder in ``folder`` into ``judge``.

    It is to know ``passages``. The numbers for points that nobody taught are fitted with the
    encoder in ``twin``.
    """
    questions = {e.question.id: e.question for e in read_corpus([ROOT / "corpus"]).questions}
    encoder = OnnxEncoder.load(folder)
    write_examples(encoder, questions, passages, judge)
    file = judge / "judge.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    numbers = content["calibration"]
    # What was fitted before may be for other signals; the signals themselves need none of it.
    for name in ("taught", "new"):
        numbers.pop(name, None)
    file.write_text(json.dumps(content), encoding="utf-8")
    for name in ("taught", "new"):
        taught = name == "taught"
        if taught:
            rows = rows_of(encoder, questions, judge)
        else:
            other = OnnxEncoder.load(twin)
            texts = [passage.text for passage in passages[::_OTHERS]]
            elsewhere = np.stack([one.taught for one in other.encode(texts)])
            rows = rows_of(other, questions, judge, elsewhere)
        its = fitted(rows)
        print(f"{name}: {its.all}\n{name}, hard: {its.hard}\n{its.rule}")
        if taught:
            numbers["spread"] = round(its.spread, 4)
        numbers[name] = fit(rows, its.temperature, its.rule)
    # Not before the fit: a model answer must not be compared with its own sentences there.
    said = [one for question in questions.values() for one in model_sentences(encoder, question)]
    write_examples(encoder, questions, [*passages, *said], judge)
    content["encoder"] = encoder.id
    content["passages"] = {
        name: hashlib.sha256(data.read_bytes()).hexdigest() for name, data in FILES.items()
    }
    # Part of the file, so that the judge's digest changes with the examples.
    content["examples"] = hashlib.sha256((judge / "examples.npy").read_bytes()).hexdigest()
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _rounded(values: Sequence[float] | Floats) -> list[float]:
    return [round(float(value), 5) for value in values]
