"""One answer told in eight ways."""

from __future__ import annotations

import pytest

from interviewbot.domain.text import words
from interviewbot.services.evaluation.rewording import Way, told
from interviewbot.services.evaluation.rewording_words import dice

SENTENCES = (
    "The encoder reads 0.95 of it, and $P(A, B)$ stays.",
    "Gradients shrink, so training stalls.",
    "Adam helps here.",
)


def in_way(way: Way, seed: int = 0) -> str:
    """Return the sentences in ``way``."""
    return told(way, SENTENCES, dice(seed, way.value))


@pytest.mark.parametrize("way", list(Way))
def test_a_seed_gives_one_text(way: Way) -> None:
    """A way of telling is drawn again the same."""
    assert in_way(way, 3) == in_way(way, 3)
    assert way is Way.PROSE or in_way(way) != in_way(Way.PROSE)


def test_the_plain_ways() -> None:
    """Prose is the sentences in order; bullets have a line each."""
    assert in_way(Way.PROSE) == " ".join(SENTENCES)
    assert in_way(Way.BULLETS) == "\n".join(f"- {sentence}" for sentence in SENTENCES)


@pytest.mark.parametrize("seed", range(8))
def test_another_order_is_another(seed: int) -> None:
    """The sentences are all there, and never in the order of the prose."""
    found = in_way(Way.REORDERED, seed)
    assert found != in_way(Way.PROSE)
    assert sorted(words(found)) == sorted(words(in_way(Way.PROSE)))
    assert told(Way.REORDERED, ("Alone.",), dice(seed)) == "Alone."


def test_polite_words_stand_around_the_answer() -> None:
    """Nothing is put between the sentences."""
    found = in_way(Way.POLITE)
    assert in_way(Way.PROSE) in found
    assert not found.startswith("The encoder")
    assert not found.endswith("here.")


@pytest.mark.parametrize("seed", range(5))
def test_speech_has_fillers_and_all_words(seed: int) -> None:
    """Every word and the formula are still there; the fillers come on top."""
    found = in_way(Way.SPOKEN, seed)
    assert "$P(A, B)$" in found
    said = words(found)
    for word in words(in_way(Way.PROSE)):
        assert word in said
    assert len(said) > len(words(in_way(Way.PROSE)))


@pytest.mark.parametrize("seed", range(5))
def test_lower_case_has_no_punctuation(seed: int) -> None:
    """Numbers and formulas stay whole; a line break or "and" ends a sentence."""
    found = in_way(Way.LOWER_CASE, seed)
    assert "$P(A, B)$" in found
    rest = found.replace("$P(A, B)$", "").replace("0.95", "")
    assert rest == rest.lower()
    assert not set(rest) & set(".,;:!?")
    assert found.count("\n") + found.count(" and ") == 2 + 1  # one of its own


def test_untagged_formulas_outlive_lower_case() -> None:
    """A typist in small letters still writes a call, an interval and .5 as they are."""
    text = "Then `a` calls loss.backward(), so P(X) = 0.5, x - y, not .5 of (0, 1)."
    found = told(Way.LOWER_CASE, (text,), dice(0))
    assert found == "then `a` calls loss.backward() so P(X) = 0.5 x - y not .5 of (0, 1)"


@pytest.mark.parametrize("seed", range(8))
def test_lower_case_puts_no_second_conjunction(seed: int) -> None:
    """Before "but" there is a new line, since "and but" is nobody's."""
    found = told(Way.LOWER_CASE, ("Units rest.", "But they wake."), dice(seed))
    assert found == "units rest\nbut they wake"


@pytest.mark.parametrize("seed", range(8))
def test_what_leans_on_a_sentence_stays_behind_it(seed: int) -> None:
    """Who "it" is must not change with the order; one block has one order."""
    text = ("Units rest.", "It helps.", "Adam scales steps.", "But that costs.", "Gives more.")
    found = told(Way.REORDERED, text, dice(seed))
    assert found == "Adam scales steps. But that costs. Gives more. Units rest. It helps."
    alone = ("Units rest.", "They wake.")
    assert told(Way.REORDERED, alone, dice(seed)) == " ".join(alone)


@pytest.mark.parametrize("seed", range(20))
def test_speech_takes_nothing_back(seed: int) -> None:
    """No filler puts one thing after another, corrects or hedges."""
    found = told(Way.SPOKEN, ("Units rest, and they wake, so it helps.",) * 4, dice(seed)).lower()
    assert not any(filler in found for filler in ("and then", "i mean", "kind of"))
