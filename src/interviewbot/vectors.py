"""Numbers that stand for texts: the only numpy types that cross a wall.

Owns the shapes. Refuses to make vectors (adapters do) or to compare them
(services do).
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
    ``pooled`` float32 ``[d]``: the unit vector of the whole text. ``taught`` float32 ``[d]``:
    its unit vector by the layers that were taught what says the same in this field; empty
    where an encoder has none.
    """

    token_ids: NDArray[np.int32]
    spans: NDArray[np.int32]
    codes: NDArray[np.int8]
    scales: Vector
    pooled: Vector
    taught: Vector = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaughtVectors:
    """The passages that taught the judge one point.

    ``labels`` int8 ``[n]`` is into ``domain.calibration.CLASSES``; ``taught`` and ``plain`` are
    float32 ``[n, d]``, their unit vectors as in ``EncodedText``.
    """

    labels: NDArray[np.int8]
    taught: Matrix
    plain: Matrix
