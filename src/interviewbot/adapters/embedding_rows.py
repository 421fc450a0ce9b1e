"""A row of the embedding cache: what an encoder made of one text, as bytes with a checksum.

Owns the packing. Refuses to know the file.
"""

from __future__ import annotations

import zlib
from typing import TypeAlias

import numpy as np

from interviewbot.vectors import EncodedText

Row: TypeAlias = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, int]

_INT32, _FLOAT32 = np.dtype("<i4"), np.dtype("<f4")  # one byte order on every machine


class DamagedFileError(Exception):
    """The file is not a cache of ours, or not a whole one."""


def to_row(key: bytes, one: EncodedText) -> Row:
    """Return ``one`` as it is kept under ``key``."""
    token_ids = one.token_ids.astype(_INT32).tobytes()
    spans = one.spans.astype(_INT32).tobytes()
    codes = one.codes.tobytes()
    scales = one.scales.astype(_FLOAT32).tobytes()
    pooled = one.pooled.astype(_FLOAT32).tobytes()
    taught = one.taught.astype(_FLOAT32).tobytes()
    checksum = _checksum(token_ids, spans, codes, scales, pooled, taught)
    return key, token_ids, spans, codes, scales, pooled, taught, checksum


def from_row(row: Row) -> EncodedText:
    """Return the text of ``row``: ``t`` is the length of its scales, ``d`` that of pooled.

    Raises:
        DamagedFileError: if the row is not what was kept.
    """
    _, token_ids, spans, codes, scales, pooled, taught, checksum = row
    if checksum != _checksum(token_ids, spans, codes, scales, pooled, taught):
        raise DamagedFileError("a text does not have its checksum")
    t, d = len(scales) // _FLOAT32.itemsize, len(pooled) // _FLOAT32.itemsize
    return EncodedText(
        token_ids=np.frombuffer(token_ids, _INT32).astype(np.int32, copy=False),
        spans=np.frombuffer(spans, _INT32).astype(np.int32, copy=False).reshape(t, 2),
        codes=np.frombuffer(codes, np.int8).reshape(t, d),
        scales=np.frombuffer(scales, _FLOAT32).astype(np.float32, copy=False),
        pooled=np.frombuffer(pooled, _FLOAT32).astype(np.float32, copy=False),
        taught=np.frombuffer(taught, _FLOAT32).astype(np.float32, copy=False),
    )


def _checksum(*parts: bytes) -> int:
    total = 0
    for part in parts:
        total = zlib.crc32(part, total)
    return total
