"""Claims with their sides exchanged by rule."""

from __future__ import annotations

import pytest

from interviewbot.services.evaluation.attack_swaps import swapped


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("The encoder feeds the decoder.", "The decoder feeds the encoder."),
        ("Training fits what inference uses.", "Inference fits what training uses."),
        ("It predicts means rather than labels.", "It predicts labels rather than means."),
        ("Signals flow from input to output.", "Signals flow from output to input."),
        ("Going from words to vectors is encoding.", "Going from vectors to words is encoding."),
        ("It is tuned on the training set.", "It is tuned on the test set."),
        ("Dropout reduces co-adaptation.", "Dropout increases co-adaptation."),
        (
            "For the same data, a higher level gives a wider interval.",
            "For the same data, a higher level gives a narrower interval.",
        ),
    ],
)
def test_one_thing_is_turned(claim: str, wrong: str) -> None:
    """Roles change places; else one direction is turned, the last of the main statement."""
    assert swapped(claim) == wrong


@pytest.mark.parametrize(
    "claim",
    [
        "The F1 score is the harmonic mean of precision and recall.",
        "The query-key product is a number.",
        "Queries, keys and values are projections.",
        "There is a trade-off between bias and some variance.",
        "A good metric does not guarantee better results.",  # worse ones neither
        "It may find better actions.",
        "Neurons have weights.",
        "The error grows, and the bias shrinks.",
        "With mixed precision it fits the memory.",
        "Positive pairs outrank negative pairs.",
    ],
)
def test_what_would_still_be_true_is_left_alone(claim: str) -> None:
    """Things named side by side, denied or merely possible are not exchanged."""
    assert swapped(claim) is None
