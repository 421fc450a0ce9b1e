"""An encoder of words by their hash: equal words get equal vectors, others nearly none in common.

Owns a stand-in for a model: a word has no meaning, only an identity. Refuses to be like a
real encoder beyond what ``ports.Encoder`` promises.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from interviewbot.vectors import EncodedText, Matrix, Vector, quantise

_PIECE = re.compile(r"\w+|[^\w\s]")


class HashedEncoder:
    """Every word or mark is one token; ``seen`` are all texts that were encoded, in order."""

    def __init__(self) -> None:
        """Begin with no text seen."""
        self.seen: list[str] = []

    @property
    def id(self) -> str:
        """Always the same: there is but one."""
        return "hashed-words@1"

    @property
    def dimension(self) -> int:
        """A sign for every bit of a sha256."""
        return 256

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """Encode ``texts``, in order; the pooled vector is the mean of the tokens."""
        self.seen.extend(texts)
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> EncodedText:
        matches = list(_PIECE.finditer(text))
        digests = [_digest(match.group()) for match in matches]
        tokens: Matrix = np.array([_vector(digest) for digest in digests], dtype=np.float32)
        tokens = tokens.reshape(-1, self.dimension)
        codes, scales = quantise(tokens)
        mean = tokens.mean(axis=0) if len(tokens) else _vector(_digest(""))
        return EncodedText(
            token_ids=np.array([int.from_bytes(digest[:3]) for digest in digests], dtype=np.int32),
            spans=np.array([match.span() for match in matches], dtype=np.int32).reshape(-1, 2),
            codes=codes,
            scales=scales,
            pooled=(mean / np.linalg.norm(mean)).astype(np.float32),
        )


def _digest(piece: str) -> bytes:
    return hashlib.sha256(piece.lower().encode()).digest()


def _vector(digest: bytes) -> Vector:
    """Return a unit vector of 256 equal lengths whose signs are the bits of ``digest``."""
    bits = np.unpackbits(np.frombuffer(digest, dtype=np.uint8))
    return ((2 * bits.astype(np.float32) - 1) / 16).astype(np.float32)
