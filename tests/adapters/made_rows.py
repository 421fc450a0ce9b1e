"""Index rows with random unit vectors, and what an indexing service does with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interviewbot.domain.index import IndexRow, RowKind, row_id
from interviewbot.ports import QuestionIndex
from interviewbot.vectors import Matrix, Vector

Rows = list[tuple[IndexRow, Vector]]
DIMENSION = 16


def unit(count: int, seed: int, dimension: int = DIMENSION) -> Matrix:
    """Return random unit vectors, float32 ``[count, dimension]``."""
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    length: Matrix = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / length


def made(count: int, *, seed: int = 0, edition: str = "", dimension: int = DIMENSION) -> Rows:
    """Return ``count`` rows: a tenth prompts, a fifth misconceptions, the rest claims.

    ``edition`` is part of every text, so that another edition has other digests and vectors.
    """
    kinds = (RowKind.PROMPT, *(RowKind.MISCONCEPTION,) * 2, *(RowKind.CLAIM,) * 7)
    vectors = unit(count, seed + len(edition), dimension)
    return [(_row(number, kinds[number % 10], edition), vectors[number]) for number in range(count)]


def _row(number: int, kind: RowKind, edition: str) -> IndexRow:
    question, point = f"Q{number // 10:04d}", "" if kind is RowKind.PROMPT else f"p{number % 10}"
    return IndexRow(
        id=row_id(question, point, kind, 0),
        kind=kind,
        question_id=question,
        point_id=point,
        title=f"Title of {question}",
        topic="testing",
        level="",
        text=f"text {number} {edition}".strip(),
    )


def fill(index: QuestionIndex, digest: str, rows: Rows) -> tuple[int, int]:
    """Bring ``index`` to ``rows`` as the service does; return how many were added and removed."""
    wanted = {row.id: row.digest for row, _ in rows}
    with index.update(digest) as writer:
        present = writer.present()
        stale = [name for name, its in present.items() if wanted.get(name) != its]
        new = [pair for pair in rows if present.get(pair[0].id) != pair[0].digest]
        writer.apply(add=new, remove=stale)
    return len(new), len(stale)


def assert_holds(index: QuestionIndex, rows: Rows) -> None:
    """Check that ``index`` holds exactly ``rows``: texts, vectors, and nothing else."""
    vectors = index.vectors([row.id for row, _ in rows])
    assert vectors.keys() == {row.id for row, _ in rows}
    if rows:
        stored = np.stack([vectors[row.id] for row, _ in rows])
        np.testing.assert_allclose(stored, np.stack([vector for _, vector in rows]), atol=1e-7)
    for kind in RowKind:
        pairs = [(row, vector) for row, vector in rows if row.kind == kind]
        query = pairs[0][1] if pairs else unit(1, 0)[0]
        (found,) = index.nearest(query[None], kind=kind, count=len(rows) + 10)
        assert {one.row_id: one.text for one in found} == {row.id: row.text for row, _ in pairs}


def nearest_by_hand(rows: Rows, vector: Vector, kind: RowKind, count: int) -> Sequence[str]:
    """Return the ids of the ``count`` rows of ``kind`` with the largest cosine, largest first."""
    pairs = [(row.id, float(its @ vector)) for row, its in rows if row.kind == kind]
    return [name for name, _ in sorted(pairs, key=lambda pair: -pair[1])[:count]]
