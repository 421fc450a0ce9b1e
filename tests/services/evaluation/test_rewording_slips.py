"""Typing errors and slips."""

from __future__ import annotations

from random import Random

import pytest

from interviewbot.services.evaluation.rewording_slips import with_slips, with_typing_errors
from interviewbot.services.evaluation.rewording_words import base_of, is_verb, lowered, raised

TEXT = (
    "Regularisation discourages complicated solutions, because penalties on large coefficients"
    " $w_complicated$ outweigh whatever accuracy those coefficients bring during training."
) * 3


@pytest.mark.parametrize("seed", range(10))
def test_about_two_letters_in_a_hundred_are_mistyped(seed: int) -> None:
    """No first letter is, and no formula."""
    found = with_typing_errors(TEXT, Random(seed))
    assert found.count("$w_complicated$") == 3
    changed = [
        (old, new) for old, new in zip(TEXT.split(), found.split(), strict=True) if old != new
    ]
    assert all(old[0] == new[0] and abs(len(old) - len(new)) <= 2 for old, new in changed)
    errors = round(0.02 * sum(character.isalpha() for character in TEXT))
    assert errors / 2 <= len(changed) <= errors  # some words have two


def test_short_words_are_spared() -> None:
    """Where no word is long enough there is no error; where one is, there is one."""
    assert with_typing_errors("It is so.", Random(0)) == "It is so."
    assert with_typing_errors("It works.", Random(0)) != "It works."


def test_a_non_native_writer_drops_and_mistakes() -> None:
    """Articles go, third-person endings too, and some prepositions are others."""
    text = "the model gives an answer in the end and the loss decreases with a step. " * 20
    found = with_slips(text, Random(1))
    assert found.startswith(("Model", "The model"))
    assert 0 < found.lower().count("the ") < text.count("the ") / 2
    assert 0 < found.count("gives") < 20
    said = found.lower()
    assert said.count("model give ") + said.count("model gives ") == 20
    assert " on " in found
    assert found.count("loss") == 20
    assert "$in the end$" in with_slips("It is $in the end$ so", Random(0))


def test_words_are_known_by_their_forms() -> None:
    """Verbs are told from nouns as far as a list goes."""
    assert base_of("applies") == "apply"
    assert base_of("passes") == "pass"
    assert base_of("gives") == "give"
    assert base_of("seeks") == "seek"
    assert base_of("loss") is None
    assert base_of("axis") is None
    assert is_verb("reduces")
    assert not is_verb("samples")


def test_first_letters() -> None:
    """A name and "I" keep their capital."""
    assert lowered("The loss") == "the loss"
    assert lowered("Adam helps") == "Adam helps"
    assert lowered("I think") == "I think"
    assert lowered("I'd say") == "I'd say"
    assert lowered("") == ""
    assert raised("the loss") == "The loss"
