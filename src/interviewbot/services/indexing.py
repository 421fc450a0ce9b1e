"""Keeps the vector index in step with the corpus.

Owns the comparison of what is indexed with what should be. Refuses to know the store; it
never holds the only copy of anything, so a damaged index is simply made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from interviewbot.domain.errors import IndexUnavailable
from interviewbot.domain.index import IndexRow, rows_of
from interviewbot.domain.question import Question
from interviewbot.ports import QuestionIndex
from interviewbot.services.embedding import Embeddings

T = TypeVar("T")
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What an update did: rows in the index, texts encoded, rows added and removed."""

    rows: int
    embedded: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexing:
    """Updates ``index`` from the questions that ``load`` returns.

    ``digest`` stands for the corpus; while the index carries the same one, nothing is
    loaded. ``notice`` is told before the first build, which takes seconds; of damage the
    index itself tells.
    """

    index: QuestionIndex
    embeddings: Embeddings
    digest: str
    load: Callable[[], Iterable[Question]]
    notice: Callable[[str], None]

    def refresh(self, *, anew: bool = False) -> IndexReport | None:
        """Bring the index up to date; None where it was already.

        With ``anew`` every row is written again; texts that were encoded stay encoded.

        Raises:
            IndexUnavailable: if it can be neither updated nor made again.
        """
        if not anew and self.index.digest() == self.digest:
            return None
        if self.index.digest() is None:
            self.notice("indexing the questions, once")
        try:
            return self._update(anew=anew)
        except IndexUnavailable as error:
            return self._make_again(error)

    def ask(self, query: Callable[[QuestionIndex], T]) -> T:
        """Return ``query`` of the up-to-date index, made again once if it is damaged.

        Raises:
            IndexUnavailable: if it can be neither read nor made again.
        """
        self.refresh()
        try:
            return query(self.index)
        except IndexUnavailable as error:
            self._make_again(error)
            return query(self.index)

    def _make_again(self, error: IndexUnavailable) -> IndexReport:
        if self.index.digest() == self.digest:  # whole, so making it again cannot help
            raise error
        return self._update()

    def _update(self, *, anew: bool = False) -> IndexReport:
        rows = {row.id: row for row in rows_of(self.load())}
        made_before = self.embeddings.made
        with self.index.update(self.digest) as writer:
            present = writer.present()
            stale = [
                name
                for name, digest in present.items()
                if anew or not _stands(rows.get(name), digest)
            ]
            gone = set(stale)
            new = [row for row in rows.values() if row.id not in present or row.id in gone]
            writer.apply(add=(), remove=stale)
            for start in range(0, len(new), _ROWS_AT_ONCE):
                self._add(writer.apply, new[start : start + _ROWS_AT_ONCE])
        return IndexReport(
            rows=len(rows),
            embedded=self.embeddings.made - made_before,
            added=len(new),
            removed=len(stale),
        )

    def _add(self, apply: Callable[..., None], rows: Sequence[IndexRow]) -> None:
        encoded = self.embeddings.kept([row.text for row in rows])
        apply(add=((row, encoded[row.text].pooled) for row in rows), remove=())


def _stands(row: IndexRow | None, digest: str) -> bool:
    return row is not None and row.digest == digest
