"""Encoded texts by the stand-in encoder, and texts whose tokens are written out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tests.fakes.hashed_encoder import HashedEncoder

from interviewbot.vectors import EncodedText


def encode(text: str) -> EncodedText:
    """Return ``text`` as the stand-in encoder sees it."""
    return HashedEncoder().encode([text])[0]


def exact(codes: Sequence[Sequence[int]], scale: float) -> EncodedText:
    """Return a text of two-dimensional tokens ``codes * scale`` that stand beside each other."""
    count = len(codes)
    return EncodedText(
        token_ids=np.arange(count, dtype=np.int32),
        spans=np.array([(2 * i, 2 * i + 1) for i in range(count)], dtype=np.int32).reshape(-1, 2),
        codes=np.array(codes, dtype=np.int8).reshape(count, 2),
        scales=np.full(count, scale, dtype=np.float32),
        pooled=np.array([1, 0], dtype=np.float32),
    )
