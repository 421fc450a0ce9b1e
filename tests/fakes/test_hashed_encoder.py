"""The stand-in for a model keeps what other tests build on."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.hashed_encoder import HashedEncoder

from interviewbot.ports import Encoder

WORD = st.text("abcdefghij", min_size=1, max_size=8)


@given(one=WORD, other=WORD)
@settings(deadline=None, max_examples=100)
def test_words_are_equal_or_far_apart(one: str, other: str) -> None:
    """Equal words have cosine 1, others less than a third."""
    encoder: Encoder = HashedEncoder()
    first, second = encoder.encode([f"{one}.", other])
    cosine = float(first.tokens[0] @ second.tokens[0])
    assert (cosine > 0.99999) if one == other else (abs(cosine) < 0.34)


def test_tokens_point_at_words_and_marks() -> None:
    """Spans, ids and unit vectors fit the text, whatever its neighbours."""
    text = "Don't add a bias, İ."
    alone = HashedEncoder().encode([text])[0]
    among = HashedEncoder().encode(["", text, "other"])[1]
    pieces = [text[start:end] for start, end in alone.spans.tolist()]
    assert pieces == ["Don", "'", "t", "add", "a", "bias", ",", "İ", "."]
    np.testing.assert_array_equal(alone.tokens, among.tokens)
    np.testing.assert_allclose(np.linalg.norm(alone.tokens, axis=1), 1, atol=1e-6)
    assert abs(float(np.linalg.norm(alone.pooled)) - 1) < 1e-6


def test_an_empty_text_has_no_token() -> None:
    """It still has a pooled vector of unit length."""
    (found,) = HashedEncoder().encode([" "])
    assert found.tokens.shape == (0, 256)
    assert found.spans.shape == (0, 2)
    assert abs(float(np.linalg.norm(found.pooled)) - 1) < 1e-6
