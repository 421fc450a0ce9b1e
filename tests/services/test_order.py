"""Near copies that lost their order."""

from __future__ import annotations

import numpy as np
from tests.services.made_encodings import encode

from interviewbot.domain.text import Span
from interviewbot.services.alignment import Claim, Passages, TokenWeights, align
from interviewbot.services.order import out_of_order

CLAIM = "noisy batch statistics describe deep hidden units poorly"
WEIGHTS = TokenWeights(idf={}, unknown=1.0)


def mixed(*texts: str) -> list[int]:
    """Return which of ``texts`` hold the words of ``CLAIM`` in no order."""
    encoded = encode(CLAIM)
    claim = Claim(text=CLAIM, encoded=encoded, weights=WEIGHTS.of(CLAIM, encoded, frozenset()))
    spans = [Span(0, len(text)) for text in texts]
    passages = Passages.of(texts, spans, [encode(text) for text in texts])
    return out_of_order(align([claim], passages), passages)


def test_words_thrown_together_are_out_of_order() -> None:
    """Backwards or shuffled, among honest sentences."""
    backwards = " ".join(reversed(CLAIM.split()))
    shuffled = "hidden noisy poorly statistics units describe batch deep"
    assert mixed(CLAIM, backwards, shuffled) == [1, 2]


def test_a_copy_with_words_put_in_keeps_its_order() -> None:
    """As people quote what they learnt."""
    assert mixed(f"Well, I think {CLAIM}, as they say.") == []


def test_what_only_resembles_a_claim_is_left_alone() -> None:
    """An honest paraphrase may turn everything round."""
    assert mixed("poorly described units hidden behind noise", "something else") == []


def test_two_words_have_no_order() -> None:
    """Less than three neighbours are not judged."""
    encoded = encode("units rest")
    claim = Claim(text="units rest", encoded=encoded, weights=np.array([0.5, 0.5], "f4"))
    passages = Passages.of(["rest units"], [Span(0, 10)], [encode("rest units")])
    assert out_of_order(align([claim], passages), passages) == []
