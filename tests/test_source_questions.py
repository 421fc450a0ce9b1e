"""The ten source questions, with answers whose writer saw the question and its facts only.

What similarity cannot do yet is a strict expected failure with its figure.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.errors import UnsureMatch
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.wiring import Wiring

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "source_answers.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
ANSWERS = {row["id"]: row["answer"] for row in ROWS}
IDS = sorted({row["question_id"] for row in ROWS})

# Pairs that truly share facts: an answer to one earns points of the other, as it should.
SHARING = {
    frozenset(pair)
    for pair in (
        ("ML0041", "ML0037"),  # what a bias does in a neuron
        ("ML0035", "ML0038"),  # separate splits for choosing and for judging models
        ("ML0035", "ML0039"),  # resources of training
        ("ML0039", "DL0014"),  # models too large for one device's memory
        ("ML0038", "ML0040"),  # overfitting and unseen data
        ("ML0037", "ML0040"),  # flexibility of a model
        ("ML0040", "ML0041"),  # fitting complex patterns
        ("DL0014", "DL0012"),  # batches and memory
    )
}

# What the judge that was taught gets wrong, with the score it gives. It is taught about free words,
# right and wrong ones, and believes a plain sentence less than the untaught one did.
FULL = {
    "DL0013-full-written": "51: two of six points are called contradicted",
    "DL0014-full-spoken": "71",
    "ML0036-full-written": "58: one of five points is called contradicted",
    "ML0038-full-written": "77",
}
TWO_POINTS = {
    "DL0012-two-points-spoken": "16.1",
    "ML0036-two-points-written": "0: neither point is found",
    "ML0041-two-points-written": "12.5",
}
REVERSED = {
    "DL0012-reversed": "23",
    "DL0014-reversed": "51",
    "ML0035-reversed": "28",
    "ML0037-reversed": "24",
    "ML0038-reversed": "27",
    "ML0040-reversed": "20.4",
}
# Answers that share no fact with the question, and what they score there.
FOREIGN = {
    "ML0035 DL0014-full-spoken": "12.1",
    "ML0035 ML0036-full-spoken": "16.6",
    "ML0037 DL0014-full-spoken": "17.9",
    "ML0038 DL0014-full-written": "14.4",
    "ML0038 ML0036-full-spoken": "12.4",
}


def some(wiring: Wiring) -> Sequence[CorpusEntry]:
    """Return every third question, of all topics: `make eval` asks the whole corpus."""
    return wiring.corpus.questions[::3]


def score(wiring: Wiring, question_id: str, answer: str) -> float:
    """Return the score of ``answer``."""
    grade = wiring.grading().grade(wiring.question(question_id), answer)
    assert isinstance(grade, Grade)
    return grade.score


def marked(name: str, figures: dict[str, str]) -> object:
    """Return ``name`` as a parameter, expected to fail where it has a figure."""
    reason = f"scores {figures.get(name)}"
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if name in figures else []
    return pytest.param(name, marks=marks)


def named(kind: str) -> list[str]:
    """Return the names of the answers whose kind begins with ``kind``."""
    return [row["id"] for row in ROWS if row["kind"].startswith(kind)]


@pytest.mark.parametrize("name", [marked(name, FULL) for name in named("full")])
def test_full_answer(wiring: Wiring, name: str) -> None:
    """A full answer in other words scores at least 80."""
    assert score(wiring, name[:6], ANSWERS[name]) >= 80


@pytest.mark.parametrize("name", [marked(name, TWO_POINTS) for name in named("two-points")])
def test_two_points(wiring: Wiring, name: str) -> None:
    """An answer that states two of the facts scores between 20 and 65."""
    assert 20 <= score(wiring, name[:6], ANSWERS[name]) <= 65


@pytest.mark.parametrize("question_id", IDS)
def test_question_echoed(wiring: Wiring, question_id: str) -> None:
    """The question handed back scores at most 10."""
    assert score(wiring, question_id, wiring.question(question_id).prompt) <= 10


ELSEWHERE = (
    """An LSTM has an input gate, a forget gate and an output gate; the cell state carries
    information over many steps, and each gate is a sigmoid of the input and the state.""",
    """DBSCAN calls a point a core point where enough others lie within epsilon of it, and
    what no core point reaches is noise.""",
    """In an isolation forest an outlier is cut off after few random splits, so the path to it
    is short in most of the trees.""",
)
KEYWORD_FORMS: dict[str, Callable[[list[str]], str]] = {
    "list": ", ".join,
    "spaces": " ".join,
    "stops": lambda terms: ". ".join(terms) + ".",
    "question": lambda terms: "What is " + ", ".join(terms) + "?",
    "chain": lambda terms: "It is about " + " and the ".join(terms) + ".",
}


@pytest.mark.parametrize("name", [f"{name} {form}" for name in IDS for form in KEYWORD_FORMS])
def test_keywords(wiring: Wiring, name: str) -> None:
    """A list of the topic's keywords without a claim scores at most 25, however strung."""
    question_id, form = name.split()
    answer = ANSWERS[f"{question_id}-keywords"]
    terms = [term.strip() for term in answer.replace("\n", ",").split(",") if term.strip()]
    assert score(wiring, question_id, KEYWORD_FORMS[form](terms)) <= 25


def test_a_mistake_that_is_named_is_not_made(wiring: Wiring) -> None:
    """Saying a point and then warning of a misconception contradicts no point."""
    wrong = []
    for entry in some(wiring):
        for point in entry.question.points:
            myth = point.misconceptions[0]
            answer = f"{point.text} It is a common mistake to say that {myth[0].lower()}{myth[1:]}"
            grades = {g.id: g for g in wiring.judge().judge(entry.question, answer)}
            if grades[point.id].verdict is Verdict.CONTRADICTED:
                wrong.append((entry.question.id, point.id))
    assert wrong == []


@pytest.mark.parametrize("frame", ["It is false that", "It is not true that"])
def test_a_claim_that_is_denied_earns_nothing(wiring: Wiring, frame: str) -> None:
    """A wording of the corpus behind a denial is covered in at most 2 of 100 points."""
    covered, all_points = [], 0
    for entry in some(wiring):
        for point in entry.question.points:
            answer = f"{frame} {point.text[0].lower()}{point.text[1:]}"
            grades = {g.id: g for g in wiring.judge().judge(entry.question, answer)}
            all_points += 1
            if grades[point.id].verdict is Verdict.COVERED:
                covered.append((entry.question.id, point.id))
    assert len(covered) <= 0.02 * all_points, covered


def test_every_misconception_alone_is_contradicted(wiring: Wiring) -> None:
    """A misconception of the corpus, handed in as it is, covers nothing; 99 of 100 contradict."""
    missed, count = [], 0
    for entry in some(wiring):
        for point in entry.question.points:
            for myth in point.misconceptions:
                count += 1
                grades = {g.id: g for g in wiring.judge().judge(entry.question, myth)}
                if grades[point.id].verdict is not Verdict.CONTRADICTED:
                    missed.append(myth)
                    assert grades[point.id].verdict is not Verdict.COVERED
    assert len(missed) <= 0.01 * count, missed


def whole(wiring: Wiring, frame: Callable[[str], str]) -> list[float]:
    """Return the score of every question for its points' own text, each within ``frame``."""
    return [
        score(
            wiring,
            entry.question.id,
            " ".join(frame(point.text) for point in entry.question.points),
        )
        for entry in some(wiring)
    ]


def behind(frame: str) -> Callable[[str], str]:
    """Return what puts a sentence behind ``frame``."""
    return lambda text: f"{frame} {text[0].lower()}{text[1:]}"


@pytest.mark.parametrize(
    "frame",
    [
        "There is no doubt that",
        "Don't forget that",
        "I'm not entirely sure, but",
        "Nobody denies that",
        pytest.param(
            "I cannot stress enough that",
            marks=pytest.mark.xfail(reason="one question of 64 comes to 89", strict=True),
        ),
        pytest.param(
            "It is not wrong to say that",
            marks=pytest.mark.xfail(reason="one question of 64 comes to 85", strict=True),
        ),
        "Without going into detail,",
    ],
)
def test_idioms_that_assert(wiring: Wiring, frame: str) -> None:
    """A negative word in the talk around a claim costs nothing."""
    assert min(whole(wiring, behind(frame))) >= 95


@pytest.mark.parametrize("tag", [", right?", ", does that make sense?", " — shall I go deeper?"])
def test_tags(wiring: Wiring, tag: str) -> None:
    """A question behind a statement costs nothing."""
    assert min(whole(wiring, lambda text: text.rstrip(".") + tag)) >= 95


@pytest.mark.parametrize(
    "frame",
    [
        *map(
            behind,
            (
                "I doubt that",
                "It is unlikely that",
                "I disagree with the idea that",
                "It would be nice if",
                "In my dream",
                "I skipped the lecture on how",
                "Please explain how",
            ),
        ),
        lambda text: f"{text} That is a lie.",
        lambda text: f"{text} Wrong!",
    ],
)
def test_what_is_disowned_earns_nothing(wiring: Wiring, frame: Callable[[str], str]) -> None:
    """Nor what is dreamt of or begged for; 16 at most, where a denial says another wording."""
    assert max(whole(wiring, frame)) <= 20


def test_a_misconception_called_wrong_afterwards(wiring: Wiring) -> None:
    """A sentence behind it takes it back: of 64 questions, at most two lose a point."""
    scores = [
        score(
            wiring,
            entry.question.id,
            " ".join(
                f"{p.text} {p.misconceptions[0]} That is wrong." for p in entry.question.points
            ),
        )
        for entry in some(wiring)
    ]
    assert sum(found < 95 for found in scores) <= 2


SALADS: dict[str, Callable[[list[str]], str]] = {
    "backwards": lambda words: " ".join(reversed(words)) + ".",
    "shuffled": lambda words: " ".join(random.Random(len(words)).sample(words, len(words))) + ".",
    "and": lambda words: "It has to do with " + " and ".join(_long(words, 4)) + ".",
    "topic": lambda words: "We should talk about " + ", ".join(_long(words, 6)) + " here.",
    "important": lambda words: "The " + " ".join(_long(words, 5)) + " is important.",
}
# Not found out, mean score over the first 40 questions: see docs/accuracy.md.
SALAD_FIGURES = {"and": "23", "topic": "20", "important": "66"}


def _long(words: list[str], least: int) -> list[str]:
    return [word.strip(",:;()") for word in words if len(word.strip(",:;()")) >= least]


@pytest.mark.parametrize("form", [marked(form, SALAD_FIGURES) for form in SALADS])
def test_word_salad(wiring: Wiring, form: str) -> None:
    """The words of every point without its sentence score at most 10 on average."""
    scores = whole(wiring, lambda text: SALADS[form](text.rstrip(".").split()))
    assert sum(scores) / len(scores) <= 10, sum(scores) / len(scores)


@pytest.mark.xfail(reason="scores 21 on average: a fifth of them pass as prose", strict=True)
def test_all_words_of_an_answer_shuffled(wiring: Wiring) -> None:
    """They score at most 10 on average."""
    scores = []
    for entry in some(wiring):
        words = " ".join(point.text for point in entry.question.points).replace(".", "").split()
        mixed = " ".join(random.Random(1).sample(words, len(words))) + "."
        scores.append(score(wiring, entry.question.id, mixed))
    assert sum(scores) / len(scores) <= 10, sum(scores) / len(scores)


TELEGRAPHIC = """Weights multiply inputs, bias gets added, activation function transforms weighted
sum, backpropagation computes gradients, gradient descent updates weights reducing prediction
error."""
NOTES = """
- layers: input, hidden, output
- neuron: inputs times weights, sum plus bias, then activation function
- ReLU or sigmoid: non-linear relationships
- training: backpropagation gradients adjust weights and biases, reducing error
- inspired by biological neurons in brain
- good at complex patterns: images, language
"""


@pytest.mark.parametrize(("answer", "least"), [(TELEGRAPHIC, 40), (NOTES, 60)])
def test_terse_english_counts(wiring: Wiring, answer: str, least: int) -> None:
    """Clauses without function words are no list of terms."""
    assert score(wiring, "ML0041", answer) >= least


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b"])
def test_unseen_characters_cost_nothing(wiring: Wiring, mark: str) -> None:
    """Soft hyphens of a copied PDF are no letters; quotes keep them."""
    answer = next(ANSWERS[name] for name in named("full") if name.startswith("ML0041"))
    hyphened = answer.replace("tion", f"ti{mark}on")
    assert score(wiring, "ML0041", hyphened) == score(wiring, "ML0041", answer)
    for found in wiring.judge().judge(wiring.question("ML0041"), hyphened):
        if found.evidence:
            start, end = found.evidence.start, found.evidence.end
            assert hyphened[start:end] == found.evidence.quote


def test_another_language_is_not_graded(wiring: Wiring) -> None:
    """It gets a reason instead of a zero."""
    german = """Ein neuronales Netz besteht aus Schichten von Neuronen. Jedes Neuron multipliziert
    seine Eingaben mit Gewichten und wendet eine Aktivierungsfunktion an."""
    found = wiring.grading().grade(wiring.question("ML0041"), german)
    assert isinstance(found, Ungraded)
    assert "not in English" in found.reason


@pytest.mark.parametrize("name", [marked(name, REVERSED) for name in named("reversed")])
def test_reversed(wiring: Wiring, name: str) -> None:
    """An answer that turns the facts round scores at most 20."""
    assert score(wiring, name[:6], ANSWERS[name]) <= 20


@pytest.mark.parametrize(
    "pair",
    [
        marked(f"{question_id} {name}", FOREIGN)
        for question_id in IDS
        for name in named("full")
        if name[:6] != question_id and frozenset((question_id, name[:6])) not in SHARING
    ],
)
def test_answer_to_another_question(wiring: Wiring, pair: str) -> None:
    """A full answer to a question that shares no fact scores at most 10."""
    question_id, name = pair.split()
    assert score(wiring, question_id, ANSWERS[name]) <= 10


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(
            ELSEWHERE[0],
            marks=pytest.mark.xfail(
                reason="DL0004 speaks of LSTM gates, and is taken as sure", strict=True
            ),
        ),
        *ELSEWHERE[1:],
    ],
)
def test_no_question_fits(wiring: Wiring, answer: str) -> None:
    """An answer to a question that the corpus does not have is not graded against another."""
    with pytest.raises(UnsureMatch):
        wiring.matching.find(answer)


def test_matching(wiring: Wiring) -> None:
    """Without an id an answer's question is found or asked for; at most 1 of 50 is wrong."""
    rows = [row for row in ROWS if row["kind"] != "keywords"]
    wrong, asked = [], []
    for row in rows:
        try:
            question, _ = wiring.matching.find(row["answer"])
        except UnsureMatch as error:
            asked.append(row["id"])
            assert row["question_id"] in [candidate for candidate, _ in error.candidates]
        else:
            if question.id != row["question_id"]:
                wrong.append(row["id"])
    assert len(rows) == 50
    assert len(wrong) <= 1, wrong
    assert len(asked) <= 10, asked
