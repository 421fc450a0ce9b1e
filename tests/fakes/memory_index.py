"""A question index in a dictionary, which can be damaged.

Owns what ``ports.QuestionIndex`` promises: an update is seen when it is done or not at all,
and what fails in a read has no digest afterwards. Refuses to outlive the test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from interviewbot.domain.errors import IndexUnavailable
from interviewbot.domain.index import IndexRow, Neighbour
from interviewbot.vectors import Matrix, Vector

Rows = dict[str, tuple[IndexRow, Vector]]


class MemoryWriter:
    """One update on a copy of the rows; ``added`` and ``removed`` are the ids it was given."""

    def __init__(self, rows: Rows) -> None:
        """Work on a copy of ``rows``."""
        self.rows = dict(rows)
        self.added: list[str] = []
        self.removed: list[str] = []

    def present(self) -> dict[str, str]:
        """Return row id to row digest."""
        return {name: row.digest for name, (row, _) in self.rows.items()}

    def apply(self, *, add: Iterable[tuple[IndexRow, Vector]], remove: Sequence[str]) -> None:
        """Remove, then add; removing what is not there is an error."""
        for name in remove:
            del self.rows[name]
            self.removed.append(name)
        for row, vector in add:
            assert row.id not in self.rows, f"{row.id} is added twice"
            self.rows[row.id] = (row, vector)
            self.added.append(row.id)


class MemoryIndex:
    """Rows in memory.

    ``damaged``: the next read raises ``IndexUnavailable`` and leaves nothing, until an
    update fills it again. ``refused``: so many updates to come fail, and leave nothing.
    ``writers`` are the updates that were done, ``notices`` what was said of damage.
    """

    def __init__(self, *, damaged: bool = False, refused: int = 0) -> None:
        """Begin with nothing indexed."""
        self.rows: Rows = {}
        self.damaged = damaged
        self.refused = refused
        self.writers: list[MemoryWriter] = []
        self.notices: list[str] = []
        self._digest: str | None = None

    def digest(self) -> str | None:
        """Return the digest of what is indexed; damage shows only in a read."""
        return self._digest

    @contextmanager
    def update(self, digest: str) -> Iterator[MemoryWriter]:
        """Open an update on a copy; damaged rows are not carried over."""
        if self.damaged:
            self._lose()
        if self.refused:
            self.refused -= 1
            self._lose()
            raise IndexUnavailable("the index could not be updated", "free some space")
        writer = MemoryWriter(self.rows)
        yield writer
        self.rows, self._digest = writer.rows, digest
        self.writers.append(writer)

    def vectors(self, row_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the vectors of those of ``row_ids`` that are there."""
        self._check()
        return {name: self.rows[name][1] for name in row_ids if name in self.rows}

    def nearest(self, vectors: Matrix, *, kind: str, count: int) -> list[list[Neighbour]]:
        """Return the ``count`` nearest rows of ``kind`` for every row of ``vectors``."""
        self._check()
        of_kind = [pair for pair in self.rows.values() if pair[0].kind == kind]
        return [
            sorted(
                (_neighbour(row, float(np.dot(vector, its))) for row, its in of_kind),
                key=lambda found: (-found.cosine, found.row_id),
            )[:count]
            for vector in vectors
        ]

    def _check(self) -> None:
        if self.damaged:
            self._lose()
            raise IndexUnavailable("the index was damaged", "build it again")
        if self._digest is None:
            raise IndexUnavailable("there is no index yet", "build it")

    def _lose(self) -> None:
        if self._digest is not None:
            self.notices.append("the index was damaged and is set aside")
        self.rows, self._digest, self.damaged = {}, None, False


def _neighbour(row: IndexRow, cosine: float) -> Neighbour:
    return Neighbour(
        row_id=row.id,
        question_id=row.question_id,
        point_id=row.point_id,
        title=row.title,
        text=row.text,
        cosine=cosine,
    )
