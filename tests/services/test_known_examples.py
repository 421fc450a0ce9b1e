"""Likeness to known examples, on vectors written out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from interviewbot.domain.calibration import CLASSES
from interviewbot.domain.frames import Stance
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Point, Question
from interviewbot.domain.text import Span
from interviewbot.services.alignment import Passages
from interviewbot.services.known_examples import (
    ExampleLikeness,
    compare,
    examples_of,
)
from interviewbot.vectors import EncodedText, TaughtVectors

UNRELATED = 0.3  # the cosine that everything further away has
AXES = np.eye(6, dtype=np.float32)
QUESTION = Question(
    id="AA0001",
    prompt="What and why?",
    points=(
        Point(id="what", text="what", accept=("so",), misconceptions=("not so",)),
        Point(id="why", text="why"),
    ),
)
PLACES = {"what": 0, "so": 1, "not so": 2, "why": 3, "elsewhere": 4, "passage": 5}


def text(vector: np.ndarray) -> EncodedText:
    """Return a text of one token whose two vectors are ``vector``."""
    return EncodedText(
        token_ids=np.array([1], dtype=np.int32),
        spans=np.array([[0, 1]], dtype=np.int32),
        codes=np.ones((1, len(vector)), dtype=np.int8),
        scales=np.ones(1, dtype=np.float32),
        pooled=vector,
        taught=vector,
    )


ENCODED = {name: text(AXES[place]) for name, place in PLACES.items()}


def said(*sentences: EncodedText, stances: Sequence[Stance] | None = None) -> Passages:
    """Return an answer of ``sentences``."""
    names = [f"sentence {n}" for n in range(len(sentences))]
    return Passages.of(names, [Span(n, n + 1) for n in range(len(names))], sentences, stances)


def likeness(passages: Passages, *, taught: TaughtVectors | None = None) -> list[ExampleLikeness]:
    """Return what the examples of ``QUESTION`` say; ``taught`` are passages of its first point."""
    found = examples_of(QUESTION, ENCODED, lambda _, point: taught if point.id == "what" else None)
    assert found is not None
    compared = compare(found, passages)
    assert compared is not None
    return compared


def test_a_sentence_like_a_wording_is_near_that_point_alone() -> None:
    """The soft mean of the nearest few is a little less than the nearest."""
    what, why = likeness(said(ENCODED["elsewhere"], ENCODED["so"]))
    assert what.of("taught_covered") == pytest.approx(1 + 0.05 * np.log(1 / 2), abs=1e-4)
    assert what.of("taught_contradicted") == pytest.approx(UNRELATED)
    assert why.of("taught_covered") == pytest.approx(UNRELATED)
    assert what.of("taught_share_covered") > 0.99
    assert what.of("taught_covered_over_other_points") > 0.6
    assert why.of("taught_covered_over_other_points") < 0
    assert what.said == 1


def test_a_sentence_like_a_misconception_is_near_contradiction() -> None:
    """And its number is kept, as evidence."""
    what, _ = likeness(said(ENCODED["what"], ENCODED["not so"]))
    assert what.of("taught_contradicted") == pytest.approx(1, abs=1e-6)
    assert what.of("taught_contradicted_over_other_points") > 0.4
    assert (what.said, what.denied) == (0, 1)


def test_the_order_of_sentences_changes_no_figure() -> None:
    """Only which sentence is quoted."""
    one = likeness(said(ENCODED["what"], ENCODED["not so"], ENCODED["elsewhere"]))
    other = likeness(said(ENCODED["elsewhere"], ENCODED["not so"], ENCODED["what"]))
    for left, right in zip(one, other, strict=True):
        assert np.allclose(left.figures, right.figures, atol=1e-6)
    assert (one[0].said, other[0].said) == (0, 2)


def test_sentences_about_something_else_change_next_to_nothing() -> None:
    """Padding is no evidence, however much of it there is."""
    one, _ = likeness(said(ENCODED["so"]))
    padded, _ = likeness(said(ENCODED["so"], *[ENCODED["elsewhere"]] * 50))
    assert np.allclose(one.figures, padded.figures, atol=0.02)


def test_passages_count_as_examples_of_their_label() -> None:
    """And a point that has none is told apart."""
    taught = TaughtVectors(
        labels=np.array([CLASSES.index(Verdict.PARTIAL)], dtype=np.int8),
        taught=AXES[5:6],
        plain=AXES[5:6],
    )
    what, why = likeness(said(ENCODED["passage"]), taught=taught)
    assert what.of("taught_partial") == pytest.approx(1, abs=1e-6)
    assert what.of("plain_partial") == pytest.approx(1, abs=1e-6)
    assert (what.has_passages, why.has_passages) == (True, False)


def test_what_is_disowned_is_not_heard() -> None:
    """A denial says nothing for a point; who reports a misconception may know better."""
    stances = [Stance.DENIED, Stance.REPORTED, Stance.SAID]
    passages = said(ENCODED["what"], ENCODED["not so"], ENCODED["elsewhere"], stances=stances)
    what, _ = likeness(passages)
    assert what.of("taught_covered") == pytest.approx(UNRELATED)
    assert what.of("taught_contradicted") == pytest.approx(UNRELATED)
    assert what.said != 0
    examples = examples_of(QUESTION, ENCODED, lambda *_: None)
    assert examples is not None
    assert compare(examples, said(ENCODED["what"], stances=[Stance.DENIED])) is None


def test_an_encoder_that_was_taught_nothing_has_no_examples() -> None:
    """Its texts have no taught vector."""
    plain = EncodedText(
        token_ids=np.array([1], dtype=np.int32),
        spans=np.array([[0, 1]], dtype=np.int32),
        codes=np.ones((1, 6), dtype=np.int8),
        scales=np.ones(1, dtype=np.float32),
        pooled=AXES[0],
    )
    assert examples_of(QUESTION, dict.fromkeys(ENCODED, plain), lambda *_: None) is None


def test_a_single_point_has_no_others_to_be_compared_with() -> None:
    """A question of one point can be judged too."""
    question = Question(id="AA0002", prompt="Why?", points=(QUESTION.points[1],))
    examples = examples_of(question, ENCODED, lambda *_: None)
    assert examples is not None
    compared = compare(examples, said(ENCODED["why"]))
    assert compared is not None
    assert np.isfinite(compared[0].figures).all()
    assert compared[0].of("taught_own_text") == pytest.approx(1, abs=1e-6)


def test_a_direction_is_what_makes_the_difference() -> None:
    """Of two examples that differ in one place, that place decides, however alike they are."""
    right = (AXES[0] + 0.2 * AXES[1]) / np.linalg.norm(AXES[0] + 0.2 * AXES[1])
    wrong = (AXES[0] + 0.2 * AXES[2]) / np.linalg.norm(AXES[0] + 0.2 * AXES[2])
    encoded = {
        "what": text(right),
        "so": text(right),
        "not so": text(wrong),
        "why": text(AXES[3]),
    }
    examples = examples_of(QUESTION, encoded, lambda *_: None)
    assert examples is not None
    more = (AXES[0] + 0.3 * AXES[2]) / np.linalg.norm(AXES[0] + 0.3 * AXES[2])
    compared = compare(examples, said(text(AXES[4]), text(more)))
    assert compared is not None
    what, why = compared
    assert what.of("along_contradicted") > 0.5 > what.of("along_covered")
    assert what.of("along_mean_contradicted") > what.of("along_mean_covered")
    assert why.of("along_any") == pytest.approx(3 * 0.2)


def test_what_is_reported_goes_in_no_wrong_direction() -> None:
    """Who reports a misconception may well know better."""
    stances = [Stance.REPORTED, Stance.SAID]
    what, _ = likeness(said(ENCODED["not so"], ENCODED["elsewhere"], stances=stances))
    assert what.of("along_contradicted") == pytest.approx(0.2)
    what, _ = likeness(said(ENCODED["not so"], ENCODED["elsewhere"]))
    assert what.of("along_contradicted") > 0.8


def test_what_is_said_elsewhere_goes_nowhere() -> None:
    """Texts about other questions pull the directions away from what they share with these."""
    shared = (AXES[0] + AXES[4]) / np.sqrt(2).astype(np.float32)
    encoded = ENCODED | {"so": text(shared), "what": text(shared)}
    stray = said(text(AXES[4]))
    gone = []
    for elsewhere in (None, np.stack([AXES[4], AXES[5], shared])):
        examples = examples_of(QUESTION, encoded, lambda *_: None, elsewhere)
        assert examples is not None
        compared = compare(examples, stray)
        assert compared is not None
        gone.append(compared[0].of("along_covered"))
        own = compare(examples, said(text(shared)))
        assert own is not None
        assert own[0].of("along_covered") > 0.8  # the one that is an example itself is left out
    assert gone[0] > 0.5
    assert gone[1] == pytest.approx(0.2)
