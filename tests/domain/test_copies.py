"""The words of a claim, whatever their endings."""

from __future__ import annotations

import pytest

from interviewbot.domain.copies import has_the_words_of


@pytest.mark.parametrize(
    ("sentence", "same"),
    [
        ("The encoder does not use its masks", True),
        ("It is the encoder that cannot have used a mask", True),
        ("The decoder does not use its masks", False),
        ("The encoder uses no mask in training", False),
        ("The encoder", False),
        ("", False),
    ],
)
def test_the_words_of_a_claim_may_be_inflected(sentence: str, same: bool) -> None:
    """Negations and grammar are no content, another word is."""
    assert has_the_words_of("An encoder uses masks.", sentence) is same
