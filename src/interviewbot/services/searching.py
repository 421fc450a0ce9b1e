"""Search in the corpus by meaning.

Owns the ranking of questions by their nearest row. Refuses to know the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewbot.domain.index import Neighbour, RowKind
from interviewbot.services.indexing import Indexing
from interviewbot.vectors import EncodedText, Matrix

_NEIGHBOURS_PER_QUESTION = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A question that a search found, by the row of it that lies nearest."""

    question_id: str
    title: str
    point_id: str
    text: str
    cosine: float


def search(
    indexing: Indexing, vectors: Mapping[str, EncodedText], query: str, count: int
) -> list[Hit]:
    """Return the ``count`` questions nearest to ``query``, best first."""
    vector: Matrix = vectors[query].pooled[None, :]
    neighbours: list[Neighbour] = []
    for kind in (RowKind.PROMPT, RowKind.CLAIM):
        rows = indexing.ask(
            lambda index, kind=kind: index.nearest(  # type: ignore[misc]
                vector, kind=kind, count=count * _NEIGHBOURS_PER_QUESTION
            )
        )
        neighbours.extend(rows[0])
    return _best_by_question(neighbours)[:count]


def _best_by_question(neighbours: Sequence[Neighbour]) -> list[Hit]:
    best: dict[str, Neighbour] = {}
    for neighbour in neighbours:
        kept = best.get(neighbour.question_id)
        if kept is None or neighbour.cosine > kept.cosine:
            best[neighbour.question_id] = neighbour
    ranked = sorted(best.values(), key=lambda found: (-found.cosine, found.question_id))
    return [
        Hit(
            question_id=found.question_id,
            title=found.title,
            point_id=found.point_id,
            text=found.text,
            cosine=found.cosine,
        )
        for found in ranked
    ]
