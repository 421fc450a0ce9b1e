"""The passages that taught the judge, as vectors, from the files that training wrote.

Owns reading ``models/judge/examples.json`` and ``examples.npy``. Refuses to know what the
vectors are compared with.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from interviewbot.domain.errors import ModelUnavailable
from interviewbot.domain.question import Point, Question
from interviewbot.vectors import Matrix, TaughtVectors

_STEP = 32  # one in so many stands for all
BUNDLED = Path(__file__).resolve().parent.parent / "models" / "judge"


def point_digest(point: Point) -> str:
    """Return what an example's label depends on: the point's own text."""
    return hashlib.sha256(point.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_examples(
    encoder_id: str, folder: Path = BUNDLED
) -> Callable[[Question, Point], TaughtVectors | None]:
    """Return what finds a point's passages; none for a point whose text is another now.

    An encoder other than the one they were made with has none. ``examples.npy`` is int8
    ``[n, 2, d]``, taught and plain vectors on a grid of their own; it is read where it is needed.

    Raises:
        ModelUnavailable: if a file is missing or is not such a file.
    """
    try:
        index = json.loads((folder / "examples.json").read_text(encoding="utf-8"))
        codes = np.load(folder / "examples.npy", mmap_mode="r", allow_pickle=False)
        known, places, count = index["encoder"], index["points"], index["examples"]
    except (EOFError, OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(folder, str(error)) from error
    if codes.shape[0] != count:
        raise _unreadable(folder, f"{codes.shape[0]} examples, not {count}")

    def of(question: Question, point: Point) -> TaughtVectors | None:
        place = places.get(f"{question.id}/{point.id}") if known == encoder_id else None
        if place is None or place["digest"] != point_digest(point):
            return None
        labels = np.array([int(digit) for digit in place["labels"]], dtype=np.int8)
        rows = np.asarray(codes[place["from"] : place["from"] + len(labels)], dtype=np.float32)
        return TaughtVectors(labels=labels, taught=_unit(rows[:, 0]), plain=_unit(rows[:, 1]))

    return of


def read_elsewhere(encoder_id: str, folder: Path = BUNDLED) -> Matrix | None:
    """Return taught vectors, float32 ``[n, d]``, of passages about all kinds of questions.

    None for an encoder other than the one they were made with.

    Raises:
        ModelUnavailable: if a file is missing or is not such a file.
    """
    try:
        index = json.loads((folder / "examples.json").read_text(encoding="utf-8"))
        if index["encoder"] != encoder_id:
            return None
        codes = np.load(folder / "examples.npy", mmap_mode="r", allow_pickle=False)
        return _unit(np.asarray(codes[_STEP // 2 :: _STEP, 0], dtype=np.float32))
    except (EOFError, OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise _unreadable(folder, str(error)) from error


def _unreadable(folder: Path, why: str) -> ModelUnavailable:
    return ModelUnavailable(
        f"the judge's examples in {folder} cannot be read: {why}", "install interviewbot again"
    )


def _unit(codes: Matrix) -> Matrix:
    """Return unit vectors from codes: their length says nothing."""
    found: Matrix = codes / np.linalg.norm(codes, axis=1, keepdims=True)
    return found
