"""Texts that say a claim again, and those that only look so."""

from __future__ import annotations

import pytest

from interviewbot.services.evaluation.rubric_restating import own_names, restates, vocabulary

ORDER = "TCP delivers bytes in order to the receiver."
GREEDY = "An agent takes a random action with probability epsilon and otherwise the best action."
PRECISION = "Precision equals true positives divided by true positives plus false positives."
VISITS = "Q-learning converges to the optimal values if every pair is visited infinitely often."


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (ORDER, ORDER),
        ("TCP delivers every byte in the order it was sent.", ORDER),
        (
            "Dropout zeroes out random activations while training.",
            "During training, dropout sets each activation to zero at random on every pass.",
        ),
        (
            "A higher confidence level gives a wider interval for the same data.",
            "For the same data, a higher confidence level gives a wider interval.",
        ),
        ("Training just stores the data.", "Training merely stores the data, so it is fast."),
        (
            "The p-value is not the probability that the null hypothesis holds.",
            "A p-value is not the probability that the null hypothesis is true.",
        ),
    ],
)
def test_a_claim_said_again(text: str, claim: str) -> None:
    """Endings, small words, a way of speaking and an opening in another place change nothing."""
    assert restates(text, claim, vocabulary(["was sent", "holds"]))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("TCP may deliver bytes out of order.", ORDER),
        ("TCP does not deliver bytes in order to the receiver.", ORDER),
        ("TCP delivers bytes in order to the sender.", ORDER),
        ("UDP delivers bytes in order to the receiver.", ORDER),
        ("TCP delivers only some bytes in order to the receiver.", ORDER),
        (
            "An agent takes the best action with probability epsilon, otherwise a random action.",
            GREEDY,
        ),
        (
            "Precision equals true positives divided by true positives plus false negatives.",
            PRECISION,
        ),
        ("Recall equals false positives divided by true positives.", PRECISION),
        ("Q-learning converges to the optimal values.", VISITS),
        ("In TLS, the client authenticates the server.", "The server authenticates the client."),
        ("The features are independent.", "The features are conditionally independent."),
        ("L1 adds the sum.", "L2 adds the sum."),
    ],
)
def test_what_turns_a_claim_round(text: str, claim: str) -> None:
    """A negation, another word in a place, two roles exchanged, a condition left out."""
    assert not restates(text, claim, vocabulary([text, claim, "the sender"]))


def test_an_unknown_way_of_speaking_is_another_word() -> None:
    """Only what the question says elsewhere is taken for one."""
    assert not restates("TCP delivers every byte in the order it was sent.", ORDER)


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("L1 adds the sum.", "L2 adds the sum.", True),
        ("With k of 5 it is 0.7.", "With k of 5 it is 2.5.", True),
        ("Top-k keeps some.", "Top-p keeps some.", True),
        ("L1 adds the sum.", "It adds the sum.", False),
    ],
)
def test_names_that_part_two_texts(left: str, right: str, *, apart: bool) -> None:
    """A number or a short name on either side says that they are about different things."""
    assert own_names(left, right) is apart
