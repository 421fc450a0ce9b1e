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


@pytest.mark.parametrize(
    "text",
    [
        "Run it through a few layers",
        "It was not the only one",
        "At least a little help",
        "Here a and b differ",
        "So A was kept",
        "Take at most two",
        "Noise was on while training",
        "Take this out of it",
        "Use three by three filters",
        "Go step by step",
        "Call loss.backward() and P(x given a)",
        "Leaves of trees",
    ],
)
def test_slips_that_would_say_something_else_are_not_made(text: str) -> None:
    """Few are not "a few", "in most" is not "at most", and "a" may be a name."""
    kept = {with_slips(f"{text}.", Random(seed)).replace(" for ", " of ") for seed in range(40)}
    assert kept == {f"{text}."}


def test_slips_change_no_operation() -> None:
    """A mean of the batch does not become what is taken from the batch."""
    texts = {with_slips("Subtract the mean of the batch.", Random(seed)) for seed in range(60)}
    assert not any("from" in text for text in texts)
    assert len(texts) > 3


@pytest.mark.parametrize("seed", range(30))
def test_no_typing_error_crosses_words_or_turns_them_round(seed: int) -> None:
    """Words stay apart, have one error at most, and "don't" and names in capitals none."""
    text = "They don't train LSTM layers over well-known words using run(model) here. " * 3
    found = with_typing_errors(text, Random(seed))
    assert found.count("don't") == found.count("LSTM") == found.count("run(model)") == 3
    pairs = list(zip(text.split(), found.split(), strict=True))
    assert all(len(old) - 1 <= len(new) <= len(old) + 1 for old, new in pairs)
    assert all(
        sum(a != b for a, b in zip(o, n, strict=True)) <= 2 for o, n in pairs if len(o) == len(n)
    )
