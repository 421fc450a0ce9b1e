"""Whether a follow-up says what the candidate has still to say."""

from __future__ import annotations

import pytest

from interviewbot.domain.giving_away import gives_away, strays
from interviewbot.domain.question import Point, Question

QUESTION = Question(
    id="DL0003",
    title="Dropout",
    prompt="What is dropout, and how is it handled at test time?",
    points=(
        Point(
            id="zeroing",
            text="During training every activation is set to zero at random.",
            accept=("A coin is flipped for each neuron, and the losers fall silent.",),
        ),
        Point(id="scaling", text="Survivors are divided by the keep probability."),
        Point(id="ensemble", text="It resembles averaging exponentially many thinned networks."),
    ),
)
ALL = ("zeroing", "scaling", "ensemble")


@pytest.mark.parametrize(
    "text",
    [
        "Is it not true that survivors are divided by the keep probability?",
        "Do survivors get divided by some probability?",
        "Is every activation set to zero, at random?",
        "Is a coin flipped for each neuron, and what do losers do?",
        "You know it resembles averaging exponentially many other things, so what?",
    ],
)
def test_most_of_a_claims_own_words_give_it_away(text: str) -> None:
    """In whatever order, in any of its wordings, for any point that is open."""
    assert gives_away(text, QUESTION, ALL, "")


@pytest.mark.parametrize(
    "text",
    [
        "What happens to a layer's outputs in one training step?",
        "How is dropout handled at test time?",
        "How large is the expected sum before and after?",
        "",
    ],
)
def test_an_honest_question_does_not(text: str) -> None:
    """The subject's own words can be used, and what nobody claims."""
    assert not gives_away(text, QUESTION, ALL, "")


def test_what_is_covered_can_be_said() -> None:
    """Only open points are a secret."""
    text = "Survivors are divided by the keep probability; what else?"
    assert gives_away(text, QUESTION, ["scaling"], "")
    assert not gives_away(text, QUESTION, ["zeroing", "ensemble"], "")


def test_the_candidates_own_words_are_no_secret() -> None:
    """A follow-up may take up what was said, but not add what was not."""
    said = "I would multiply the survivors by a probability."
    assert not gives_away("Which probability do the survivors meet?", QUESTION, ["scaling"], said)
    assert gives_away(
        "Are the survivors not divided by the keep probability?", QUESTION, ["scaling"], said
    )


def test_a_run_of_words_gives_away_what_the_candidate_has_in_pieces() -> None:
    """All the words were said, the claim was not."""
    said = "keep, divided, survivors, probability, by the"
    text = "Could they be divided by the keep probability?"
    assert gives_away(text, QUESTION, ["scaling"], said)
    assert not gives_away(text, QUESTION, ["scaling"], f"{said}. divided by the keep probability")


@pytest.mark.parametrize(
    ("text", "said", "off"),
    [
        ("How would you describe the arrangement of a library?", "", True),
        ("How would you describe the arrangement of a library?", "As in a library.", False),
        ("How would the survivors look in a library?", "", False),
        ("How so?", "", False),
        ("", "", False),
    ],
)
def test_what_shares_no_word_with_the_question_strays(text: str, said: str, *, off: bool) -> None:
    """Words of the points and of what was said are of the question; two words are too few."""
    assert strays(text, QUESTION, said) is off
