"""Token vectors on an int8 grid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.vectors import EncodedText, Matrix, quantise


def encoded(tokens: Matrix) -> EncodedText:
    """Return a text with these token vectors."""
    codes, scales = quantise(tokens)
    return EncodedText(
        token_ids=np.arange(len(tokens), dtype=np.int32),
        spans=np.zeros((len(tokens), 2), dtype=np.int32),
        codes=codes,
        scales=scales,
        pooled=np.zeros(tokens.shape[1], dtype=np.float32),
    )


@given(seed=st.integers(0, 1_000), tokens=st.integers(0, 6), size=st.floats(1e-6, 1e6))
@settings(deadline=None)
def test_the_grid_is_fine_enough(seed: int, tokens: int, size: float) -> None:
    """No value moves by more than half a step, and a second time nothing moves."""
    dice = np.random.default_rng(seed)
    vectors = (size * dice.normal(size=(tokens, 16))).astype(np.float32)
    codes, scales = quantise(vectors)
    assert (codes.dtype.name, scales.dtype.name) == ("int8", "float32")
    assert codes.min(initial=0) >= -127
    kept = encoded(vectors).tokens
    assert kept.dtype == np.float32
    assert (np.abs(kept - vectors) <= 0.501 * scales[:, None]).all()
    again, _ = quantise(kept)
    np.testing.assert_array_equal(again, codes)


def test_unit_vectors_keep_their_direction() -> None:
    """At a cosine of 0.9999, which is what the grid promises."""
    vectors = np.random.default_rng(0).normal(size=(100, 384)).astype(np.float32)
    unit: Matrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = encoded(unit).tokens
    cosines = (kept * unit).sum(axis=1) / np.linalg.norm(kept, axis=1)
    assert float(cosines.min()) > 0.9999


def test_nothing_and_zeros() -> None:
    """A text without a token, and a token without a direction, divide by nothing."""
    assert encoded(np.zeros((0, 4), dtype=np.float32)).tokens.shape == (0, 4)
    assert encoded(np.zeros((2, 4), dtype=np.float32)).tokens.tolist() == [[0.0] * 4] * 2


@pytest.mark.parametrize("values", [[1.0, -1.0, 0.5, 0.0], [-3.0, 3.0, 1.0, -0.1]])
def test_the_grid_is_symmetric(values: list[float]) -> None:
    """What is turned round is turned round on the grid."""
    codes, _ = quantise(np.array([values, [-value for value in values]], dtype=np.float32))
    np.testing.assert_array_equal(codes[0], -codes[1])
