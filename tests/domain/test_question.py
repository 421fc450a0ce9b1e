"""What a question holds, and what its rubric's digest stands for."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from interviewbot.domain.question import Level, Point, Question, rubric_digest

POINT = Point(
    id="p1",
    text="A claim.",
    weight=2.0,
    accept=("Another wording.", "A third one."),
    misconceptions=("A mistake.",),
    follow_up="And then?",
)
QUESTION = Question(id="AA0001", prompt="What is it?", points=(POINT, Point(id="p2", text="More.")))


def with_point(point: Point) -> Question:
    """Return the question with another first point."""
    return replace(QUESTION, points=(point, *QUESTION.points[1:]))


def test_claims_begin_with_the_point_itself() -> None:
    """Then come the other wordings, in order."""
    assert POINT.claims == ("A claim.", "Another wording.", "A third one.")


def test_texts_are_all_that_a_judge_compares_with() -> None:
    """Prompt, claims and misconceptions, each once; follow-ups are not compared."""
    doubled = replace(QUESTION, points=(*QUESTION.points, Point(id="p3", text="A mistake.")))
    assert doubled.texts == (
        "What is it?",
        "A claim.",
        "Another wording.",
        "A third one.",
        "A mistake.",
        "More.",
    )
    assert replace(QUESTION, prompt="").texts[0] == "A claim."


@pytest.mark.parametrize(
    "changed",
    [
        replace(QUESTION, prompt="What was it?"),
        replace(QUESTION, derived=True),
        replace(QUESTION, points=QUESTION.points[:1]),
        replace(QUESTION, points=QUESTION.points[::-1]),
        with_point(replace(POINT, id="p0")),
        with_point(replace(POINT, text="Another claim.")),
        with_point(replace(POINT, weight=1.0)),
        with_point(replace(POINT, accept=POINT.accept[:1])),
        with_point(replace(POINT, accept=POINT.accept[::-1])),
        with_point(replace(POINT, misconceptions=())),
        with_point(replace(POINT, accept=(*POINT.accept, "A mistake."), misconceptions=())),
    ],
)
def test_the_digest_changes_with_what_grading_depends_on(changed: Question) -> None:
    """Every such change gives a digest of its own."""
    assert rubric_digest(changed) != rubric_digest(QUESTION)


@pytest.mark.parametrize(
    "changed",
    [
        replace(QUESTION),
        replace(QUESTION, id="BB0002"),
        replace(QUESTION, title="A title"),
        replace(QUESTION, topic="testing"),
        replace(QUESTION, level=Level.ADVANCED),
        replace(QUESTION, tags=("one", "two")),
        replace(QUESTION, model_answer="A whole answer."),
        replace(QUESTION, source="a book", licence="MIT", reviewed="yes"),
        with_point(replace(POINT, follow_up="Why?")),
    ],
)
def test_the_digest_stays_with_what_grading_does_not_see(changed: Question) -> None:
    """Titles, tags and the like change no grade."""
    assert rubric_digest(changed) == rubric_digest(QUESTION)


def test_the_digest_says_what_it_is() -> None:
    """A sha256 in hexadecimal, the same in every run."""
    kind, _, digest = rubric_digest(QUESTION).partition(":")
    assert kind == "sha256"
    assert len(bytes.fromhex(digest)) == 32
    simple = Question(id="AA0001", prompt="é", points=())
    assert digest_of('["é",false,[]]') == rubric_digest(simple)


def digest_of(rubric: str) -> str:
    """Return the digest of a rubric that is written out."""
    return "sha256:" + hashlib.sha256(rubric.encode()).hexdigest()
