"""Index rows as Chroma keeps them, in a folder or on a server alike.

Owns the collections' names and settings, the metadata and the batches of an update. Refuses
to know where Chroma keeps its files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from interviewbot.adapters.chroma_errors import ChromaBroke, vendor_errors
from interviewbot.domain.index import IndexRow, Neighbour, RowKind
from interviewbot.vectors import Vector

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

SCHEMA = 1  # of the collections, their metadata and the manifest: a change builds anew
NAMES: Mapping[RowKind, str] = {kind: f"{kind}s" for kind in RowKind}
# Chroma writes the graph to disk after so many changes and replays the rest at every start;
# at one, what lies on disk is whole after every batch.
EVERY_BATCH = 1
# How far a query looks around. With Chroma's 100 a fifth of the 24 nearest were missed among
# 3,000 random vectors of 384 numbers, with 600 one in a thousand, for 1 ms a query.
_SEARCH = 600
# How often a graph that has lost rows is made anew. Chance is in it: the next may be whole.
ATTEMPTS = 3


def neighbour(row_id: str, metadata: Mapping[str, str], distance: float) -> Neighbour:
    """Return the row that a query found at the cosine ``distance``, 0..2 but for rounding."""
    return Neighbour(
        row_id=row_id,
        question_id=metadata["question_id"],
        point_id=metadata["point_id"],
        title=metadata["title"],
        text=metadata["text"],
        cosine=min(1.0, max(-1.0, 1.0 - distance)),
    )


def _metadata(row: IndexRow) -> dict[str, str]:
    return {
        "row_digest": row.digest,
        "question_id": row.question_id,
        "point_id": row.point_id,
        "title": row.title,
        "text": row.text,
        "topic": row.topic,
        "level": row.level,
    }


def _row(kind: RowKind, row_id: str, metadata: Mapping[str, str]) -> IndexRow:
    return IndexRow(
        id=row_id,
        kind=kind,
        question_id=metadata["question_id"],
        point_id=metadata["point_id"],
        title=metadata["title"],
        topic=metadata["topic"],
        level=metadata["level"],
        text=metadata["text"],
    )


class RowWriter:
    """One update of the collections behind ``client``; fulfils ``ports.IndexWriter``.

    ``removed`` counts the rows taken out, which stay in Chroma's graph as dead nodes.
    """

    def __init__(
        self, client: ClientAPI, names: Mapping[RowKind, str], dimension: int, *, sync_every: int
    ) -> None:
        """Open or make the collections ``names`` and read which rows they hold.

        Raises:
            ChromaBroke: if they cannot be read.
        """
        self.removed = 0
        self._dimension = dimension
        graph = {"space": "cosine", "sync_threshold": sync_every, "ef_search": _SEARCH}
        with vendor_errors():
            self._batch = client.get_max_batch_size()
            self._collections = {
                kind: client.get_or_create_collection(
                    name, embedding_function=None, configuration={"hnsw": graph}
                )
                for kind, name in names.items()
            }
            self._present = {
                row_id: (kind, str((metadata or {}).get("row_digest", "")))
                for kind, collection in self._collections.items()
                for row_id, metadata in _all_rows(collection)
            }

    @property
    def rows(self) -> dict[RowKind, int]:
        """How many rows of every kind there are, by this update's own account."""
        kinds = [kind for kind, _ in self._present.values()]
        return {kind: kinds.count(kind) for kind in self._collections}

    def present(self) -> dict[str, str]:
        """Return row id to row digest of what the index holds."""
        return {row_id: digest for row_id, (_, digest) in self._present.items()}

    def apply(self, *, add: Iterable[tuple[IndexRow, Vector]], remove: Sequence[str]) -> None:
        """Remove the row ids in ``remove``, then add rows with their vectors.

        A row that is there already is replaced. Vectors are float32 ``[dimension]``.

        Raises:
            ValueError: if a vector has another shape or is not finite.
            ChromaBroke: if Chroma fails.
        """
        self._remove(remove)
        rows = iter(add)  # what the caller's iterator raises is not Chroma's: it goes through
        while batch := list(islice(rows, self._batch)):
            self._remove([row.id for row, _ in batch])
            unique = {row.id: (row, vector) for row, vector in batch}
            for kind in self._collections:
                self._add(kind, [pair for pair in unique.values() if pair[0].kind == kind])

    def check(self) -> None:
        """Ask Chroma whether it holds as many rows as it was given.

        Raises:
            ChromaBroke: if it does not.
        """
        for kind, expected in self.rows.items():
            with vendor_errors():
                found = self._collections[kind].count()
            check_count(kind, found, expected)

    def has_lost_rows(self) -> bool:
        """Ask for all rows of every kind and say whether a query still reaches each.

        Where rows are replaced, and seldom where several threads add at once, a row can lose
        its last edge in Chroma's graph: it is stored and counted, and no query finds it again
        (seen in 1.5.9).

        Raises:
            ChromaBroke: if Chroma fails.
        """
        query = np.eye(1, self._dimension, dtype=np.float32)
        with vendor_errors():
            return any(
                len(
                    self._collections[kind].query(
                        query_embeddings=query, n_results=rows, include=["distances"]
                    )["ids"][0]
                )
                < rows
                for kind, rows in self.rows.items()
                if rows
            )

    def everything(self) -> Iterator[tuple[IndexRow, Vector]]:
        """Yield every row with its vector, so that another writer can add them.

        Raises:
            ChromaBroke: if Chroma fails.
        """
        for kind, collection in self._collections.items():
            names = [row_id for row_id, (its, _) in self._present.items() if its == kind]
            for start in range(0, len(names), self._batch):
                chunk = names[start : start + self._batch]
                with vendor_errors():
                    found = collection.get(ids=chunk, include=["metadatas", "embeddings"])
                    rows = [
                        _row(kind, row_id, metadata)
                        for row_id, metadata in zip(found["ids"], found["metadatas"], strict=True)
                    ]
                yield from zip(rows, found["embeddings"], strict=True)

    def _remove(self, row_ids: Iterable[str]) -> None:
        there = [row_id for row_id in dict.fromkeys(row_ids) if row_id in self._present]
        for kind, collection in self._collections.items():
            gone = [row_id for row_id in there if self._present[row_id][0] == kind]
            for start in range(0, len(gone), self._batch):
                with vendor_errors():
                    collection.delete(ids=gone[start : start + self._batch])
        for row_id in there:
            del self._present[row_id]
        self.removed += len(there)

    def _add(self, kind: RowKind, pairs: Sequence[tuple[IndexRow, Vector]]) -> None:
        if not pairs:
            return
        vectors = np.asarray([vector for _, vector in pairs], dtype=np.float32)
        if vectors.shape != (len(pairs), self._dimension) or not np.isfinite(vectors).all():
            raise ValueError(f"every vector must be {self._dimension} finite numbers")
        with vendor_errors():
            self._collections[kind].upsert(
                ids=[row.id for row, _ in pairs],
                embeddings=vectors,
                metadatas=[_metadata(row) for row, _ in pairs],
            )
        self._present.update({row.id: (kind, row.digest) for row, _ in pairs})


def check_count(kind: RowKind, found: int, expected: int) -> None:
    """Compare how many rows of ``kind`` there are with how many there should be.

    Raises:
        ChromaBroke: if the two differ.
    """
    if found != expected:
        raise ChromaBroke(f"{found} rows of kind {kind} where there should be {expected}")


def _all_rows(collection: Collection) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    """Yield id and metadata of every row."""
    found = collection.get(include=["metadatas"])
    yield from zip(found["ids"], found["metadatas"], strict=True)
