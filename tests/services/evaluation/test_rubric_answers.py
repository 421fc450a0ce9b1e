"""The wording of answers that try a rubric."""

from __future__ import annotations

from random import Random

import pytest
from tests.services.evaluation.made_rubrics import FULL, SILENCE

from interviewbot.domain.asking import asks
from interviewbot.domain.text import sentences
from interviewbot.services.evaluation.rubric_answers import (
    as_statement,
    in_other_order,
    said_together,
    shuffled,
    wordings_of,
)


def test_a_point_is_said_by_its_accept_wordings() -> None:
    """Its own text stands in where there is none."""
    assert wordings_of(SILENCE) == SILENCE.accept
    assert wordings_of(FULL) == (FULL.text,)


def test_wordings_become_sentences() -> None:
    """A stop is added where one is missing, so that each stays a sentence of its own."""
    answer = said_together(["It drops units", "It scales the rest. ", "Does it?"])
    assert answer == "It drops units. It scales the rest.  Does it?"
    assert len(sentences(answer)) == 3


@pytest.mark.parametrize(
    ("prompt", "statement"),
    [
        ("What is dropout, and why does it help?", "Dropout, and it help."),
        ("Explain bias. How would you lower it?", "Bias. Lower it."),
        ("Why do deep networks have activations?", "Deep networks have activations."),
        ("Units are dropped at random. Why?", "Units are dropped at random."),
        ("Why?", ""),
    ],
)
def test_a_question_as_a_statement(prompt: str, statement: str) -> None:
    """What asks is taken out, all other words stay, and nothing asks any more."""
    assert as_statement(prompt) == statement
    assert not asks(statement)


def test_sentences_in_another_order() -> None:
    """The same sentences come in a different order, each in a paragraph."""
    found = in_other_order("One is here. Two is here. Three is here.", Random(1))
    assert found is not None
    assert sorted(found.split("\n\n")) == ["One is here.", "Three is here.", "Two is here."]
    assert found.split("\n\n") != ["One is here.", "Two is here.", "Three is here."]


@pytest.mark.parametrize("answer", ["One is here.", "One is here. One is here.", ""])
def test_what_has_no_other_order(answer: str) -> None:
    """A single sentence, even said twice, cannot be shuffled."""
    assert in_other_order(answer, Random(1)) is None


@pytest.mark.parametrize("seed", range(8))
def test_shuffling_always_changes_the_order(seed: int) -> None:
    """Two things change places whatever the dice say."""
    assert shuffled(["a", "b"], Random(seed)) == ["b", "a"]
