"""Numbers that stand for texts: the only numpy types that cross a wall.

Owns the shapes. Refuses to make vectors (adapters do) or to compare them
(services do).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]

_STEPS = 127  # int8 without -128, so that the grid is symmetric


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EncodedText:
    """One text as an encoder sees it, special tokens left out.

    ``token_ids`` int32 ``[t]``; ``spans`` int32 ``[t, 2]``, character offsets into the
    text; ``codes`` int8 ``[t, d]`` and ``scales`` float32 ``[t]``: the unit token vectors
    on a symmetric int8 grid, a quarter of the bytes at cosine 0.9999. They are kept so
    from the start, so that a stored text and a fresh one compare to the last bit.
    ``pooled`` float32 ``[d]``: the unit vector of the whole text.
    """

    token_ids: NDArray[np.int32]
    spans: NDArray[np.int32]
    codes: NDArray[np.int8]
    scales: Vector
    pooled: Vector

    @property
    def tokens(self) -> Matrix:
        """The token vectors, float32 ``[t, d]``."""
        return self.codes.astype(np.float32) * self.scales[:, None]


def quantise(tokens: Matrix) -> tuple[NDArray[np.int8], Vector]:
    """Return ``codes`` int8 ``[t, d]`` and ``scales`` float32 ``[t]`` for ``tokens`` ``[t, d]``."""
    largest = np.abs(tokens).max(axis=1, initial=0.0)
    scales = np.where(largest > 0, largest / _STEPS, 1.0).astype(np.float32)
    codes = np.rint(tokens / scales[:, None]).astype(np.int8)
    return codes, scales
