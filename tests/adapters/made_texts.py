"""Encoded texts of random numbers, and the cache that keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from interviewbot.adapters.embedding_cache import SqliteEmbeddingCache
from interviewbot.ports import EmbeddingCache
from interviewbot.vectors import EncodedText


def encoded(seed: int, *, tokens: int = 5, dimension: int = 8) -> EncodedText:
    """Return random arrays of the right types and shapes; the scales hold odd floats."""
    dice = np.random.default_rng(seed)
    scales = dice.normal(size=tokens).astype(np.float32)
    scales[:1] = np.float32(-0.0)
    scales[1:2] = np.finfo(np.float32).smallest_subnormal
    return EncodedText(
        token_ids=dice.integers(-(2**31), 2**31, tokens, dtype=np.int32),
        spans=dice.integers(0, 2**31, (tokens, 2), dtype=np.int32),
        codes=dice.integers(-127, 128, (tokens, dimension), dtype=np.int8),
        scales=scales,
        pooled=dice.normal(size=dimension).astype(np.float32),
    )


def opened(path: Path, notices: list[str] | None = None, encoder: str = "e1") -> EmbeddingCache:
    """Return the cache in ``path`` as the port that it fulfils."""
    notice: Callable[[str], None] = print if notices is None else notices.append
    return SqliteEmbeddingCache(path, encoder, notice)


def assert_same(one: EncodedText, other: EncodedText) -> None:
    """Compare types, shapes and every bit."""
    for name in ("token_ids", "spans", "codes", "scales", "pooled"):
        left, right = getattr(one, name), getattr(other, name)
        assert (left.dtype, left.shape, left.tobytes()) == (
            right.dtype,
            right.shape,
            right.tobytes(),
        )
