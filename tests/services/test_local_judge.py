"""The offline judge by laws that hold for any numbers and any encoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.made_calibration import made_calibration
from tests.fakes.hashed_encoder import HashedEncoder
from tests.services.made_questions import DROPOUT

from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.grade import PointGrade, Verdict
from interviewbot.domain.passages import read
from interviewbot.domain.question import Point, Question
from interviewbot.services.embedding import Embeddings
from interviewbot.services.local_judge import LocalJudge

TEXTS = [point.text for point in DROPOUT.points]


def made_judge(*, ticks: Iterator[float] | None = None, timeout: float | None = None) -> LocalJudge:
    """Return a judge by hashed words; ``ticks`` is what its clock shows."""
    return LocalJudge(
        encoder_id="hashed",
        vectors=Embeddings(HashedEncoder()),
        calibration=made_calibration(),
        clock=(lambda: next(ticks)) if ticks else (lambda: 0.0),
        timeout=timeout,
    )


def judge(answer: str, question: Question = DROPOUT) -> tuple[PointGrade, ...]:
    """Return the grades of the points."""
    return made_judge().judge(question, answer)


def test_a_point_said_word_for_word_is_covered() -> None:
    """With the sentence that says it as evidence; the other point is missing, without any."""
    answer = f"Well, let me think. {TEXTS[0]} That is about it."
    said, unsaid = judge(answer)
    assert (said.verdict, unsaid.verdict) == (Verdict.COVERED, Verdict.MISSING)
    assert said.evidence is not None
    assert said.evidence.quote == TEXTS[0]
    assert answer[said.evidence.start : said.evidence.end] == TEXTS[0]
    assert unsaid.evidence is None
    assert said.credit > 0.9
    assert unsaid.credit < 0.1


def test_grades_carry_their_points() -> None:
    """Id, text, weight and follow-up, in the order of the question."""
    for found, point in zip(judge("Anything."), DROPOUT.points, strict=True):
        assert (found.id, found.text, found.weight, found.follow_up) == (
            point.id,
            point.text,
            point.weight,
            point.follow_up,
        )


def test_a_misconception_contradicts_its_point() -> None:
    """It earns nothing, is quoted, and named as the reason."""
    first, _ = judge("Dropout deletes rows from the dataset.")
    assert (first.verdict, first.credit) == (Verdict.CONTRADICTED, 0)
    assert first.evidence is not None
    assert first.evidence.quote == "Dropout deletes rows from the dataset."
    assert "misconception" in first.reason


@pytest.mark.parametrize(
    ("claim", "answer", "reason"),
    [
        (
            "Batch statistics describe the noisy inputs of hidden units.",
            "Batch statistics do not describe the noisy inputs of hidden units.",
            "a negation",
        ),
        (
            "Momentum makes the velocity high across all of the noisy gradients.",
            "Momentum makes the velocity not high across all of the noisy gradients.",
            "“not high” where the point needs “high”",
        ),
    ],
)
def test_a_claim_turned_round_is_contradicted(claim: str, answer: str, reason: str) -> None:
    """However alike the words are; the reason says what turns it."""
    question = Question(id="AA0001", prompt="", points=(Point(id="p", text=claim),))
    (plain,) = judge(claim, question)
    assert plain.verdict is Verdict.COVERED
    (turned,) = judge(answer, question)
    assert turned.verdict is Verdict.CONTRADICTED
    assert reason in turned.reason


@pytest.mark.parametrize(
    "answer", ["...", "What does dropout do?", "units, dropout, training, scale, probability"]
)
def test_where_nothing_is_stated_everything_is_missing(answer: str) -> None:
    """Marks, the question repeated, a list of terms: no statement, no credit, no quote."""
    for found in judge(answer):
        assert (found.verdict, found.credit, found.evidence) == (Verdict.MISSING, 0, None)
        assert "no statement" in found.reason


def test_a_list_may_answer_a_reference() -> None:
    """Where a question says "name four" it asks for one."""
    answer = "units, dropout, training, scale"
    assert read(DROPOUT, answer).statements == ()
    assert len(read(replace(DROPOUT, derived=True), answer).statements) == 1


def test_answers_may_be_encoded_apart_from_questions() -> None:
    """With ``fresh`` the answer's sentences go there, and only they."""
    encoder = HashedEncoder()
    apart = replace(made_judge(), fresh=Embeddings(encoder))
    assert apart.judge(DROPOUT, TEXTS[0]) == judge(TEXTS[0])
    assert encoder.seen == [TEXTS[0]]


@pytest.mark.parametrize("text", [" ", "\n"])
def test_a_point_without_words_cannot_be_judged(text: str) -> None:
    """It is an error of its own kind, not a zero and not a crash."""
    blank = replace(DROPOUT, points=(*DROPOUT.points, Point(id="blank", text=text)))
    with pytest.raises(CouldNotGrade, match="blank"):
        judge(TEXTS[0], blank)


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    """By the clock it was given."""
    slow = made_judge(ticks=map(float, count()), timeout=0.5)
    with pytest.raises(CouldNotGrade, match=r"longer than 0\.5 s"):
        slow.judge(DROPOUT, TEXTS[0])
    patient = made_judge(ticks=map(float, count()), timeout=5)
    assert len(patient.judge(DROPOUT, TEXTS[0])) == 2


def test_the_id_names_encoder_and_numbers() -> None:
    """Either of them changes a grade."""
    assert made_judge().id == "local:hashed:0123456789ab"


SENTENCES = st.sampled_from(
    [
        *TEXTS,
        "Dropout deletes rows from the dataset.",
        "Surviving activations do not grow.",
        "units, noise, chance, training",
        "What does dropout do?",
        "- a bullet",
        "\n\n",
        "\x1b[31m漢字",
    ]
)


@given(pieces=st.lists(SENTENCES, max_size=6))
@settings(deadline=None, max_examples=50)
def test_every_quote_stands_in_the_answer(pieces: list[str]) -> None:
    """Credits and confidences are shares; contradicted points earn nothing."""
    answer = " ".join(pieces)
    try:
        points = judge(answer)
    except CouldNotGrade:
        assert not answer.isascii()  # little of it is English
        return
    for found in points:
        assert 0 <= found.credit <= 1
        assert 0 <= found.confidence <= 1
        assert found.credit == 0 or found.verdict is not Verdict.CONTRADICTED
        assert (found.evidence is None) == (found.verdict is Verdict.MISSING)
        if found.evidence:
            assert answer[found.evidence.start : found.evidence.end] == found.evidence.quote


def test_a_judge_that_knows_the_question_judges_alike() -> None:
    """What was made ready for one answer serves the next, and no other question."""
    known = made_judge()
    other = replace(DROPOUT, points=DROPOUT.points[1:])
    for question in (DROPOUT, other, DROPOUT):
        assert known.judge(question, TEXTS[1]) == judge(TEXTS[1], question)
