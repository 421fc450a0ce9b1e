"""Claims denied by rule."""

from __future__ import annotations

import pytest

from interviewbot.services.evaluation.attack_denials import denied, holds_one_claim


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("Recall is a fraction.", "Recall is not a fraction."),
        ("Dropout reduces co-adaptation.", "Dropout does not reduce co-adaptation."),
        ("Strided layers can replace pooling.", "Strided layers cannot replace pooling."),
        (
            "For the same data, a higher level gives a wider interval.",
            "For the same data, a higher level does not give a wider interval.",
        ),
        ("The block has a shortcut.", "The block does not have a shortcut."),
        ("The theorem has been proved.", "The theorem has not been proved."),
        ("It equals $a is b$ here.", "It does not equal $a is b$ here."),
    ],
)
def test_the_main_verb_is_denied(claim: str, denial: str) -> None:
    """A "not" goes to the verb of the main clause, with "does" where English needs it."""
    assert denied(claim) == denial


@pytest.mark.parametrize(
    "claim",
    [
        "The model may be biased.",  # so it may not be, and both are true
        "Precision is not recall.",
        "It always converges.",
        "The bias is large, and the variance is small.",
        "The loss falls because the step is small.",
        "Errors that are large dominate.",
        "For L1 the slope is constant, and for L2 the slope is linear.",
        "If you see it, so it is.",
        "The step is small. The loss falls.",
        "Use two parts.",
        "In three dimensions, once the axis is found, all follows it.",
        "In the box one sits",
        "",
    ],
)
def test_what_might_still_be_true_is_left_alone(claim: str) -> None:
    """Where a rule could leave a true claim or no English, there is no denial."""
    assert denied(claim) is None


def test_one_claim_has_no_joint() -> None:
    """A sentence with a joint in its main clause holds more than one claim."""
    assert holds_one_claim("When it rains, streets get wet.")
    assert not holds_one_claim("It rains, but streets are dry.")
