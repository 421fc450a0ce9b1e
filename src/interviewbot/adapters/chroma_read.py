"""Reading rows from Chroma: through its public client, or quickly.

Importing ``chromadb`` takes most of a second, so a local index is read through the Rust
bindings that it wraps. They are nobody's public interface: ``open_reader`` tries them once
and falls back to the public client where they have changed. Refuses to write.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from interviewbot.adapters.chroma_errors import vendor_errors
from interviewbot.adapters.chroma_rows import NAMES, check_count, neighbour
from interviewbot.domain.errors import IndexUnavailable
from interviewbot.domain.index import Neighbour, RowKind
from interviewbot.vectors import Matrix, Vector

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

_IDS_AT_ONCE = 1_000
_GRAPHS_IN_MEMORY = 8
_WHERE = ("default_tenant", "default_database")

_Found = tuple[Sequence[str], Sequence[Mapping[str, str]], Sequence[float]]


class Reader(ABC):
    """What the collections hold; ``rows`` says how many of every kind, where that is known.

    Whatever the vendor throws becomes an ``IndexUnavailable``, mostly a ``ChromaBroke``.
    """

    def __init__(self, rows: Mapping[RowKind, int] | None) -> None:
        """Expect ``rows``; a collection is counted when it is first used."""
        self._rows = rows
        self._counted: set[RowKind] = set()

    def vectors(self, row_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the stored vectors, float32 ``[dimension]``, of those of ``row_ids`` there are.

        Chroma keeps them at unit length, which may change the last bit.
        """
        found: dict[str, Vector] = {}
        for kind in RowKind:
            missing = [row_id for row_id in dict.fromkeys(row_ids) if row_id not in found]
            if not missing or self._is_empty(kind):
                continue
            for start in range(0, len(missing), _IDS_AT_ONCE):
                with vendor_errors():
                    ids, vectors = self._get(kind, missing[start : start + _IDS_AT_ONCE])
                    found.update(zip(ids, np.asarray(vectors, dtype=np.float32), strict=True))
        return found

    def nearest(self, vectors: Matrix, *, kind: str, count: int) -> list[list[Neighbour]]:
        """Return for every row of ``vectors`` ``[n, dimension]`` its ``count`` nearest rows.

        Fewer where there are fewer; equal cosines are in the order of their ids.
        """
        kind = RowKind(kind)
        if count < 1 or len(vectors) == 0 or self._is_empty(kind):
            return [[] for _ in vectors]
        if self._rows is not None:
            count = min(count, self._rows[kind])
        with vendor_errors():
            found = [
                [neighbour(*row) for row in zip(*one, strict=True)]
                for one in self._query(kind, vectors, count)
            ]
        return [sorted(one, key=lambda row: (-row.cosine, row.row_id)) for one in found]

    def _is_empty(self, kind: RowKind) -> bool:
        if self._rows is None:
            return False
        if self._rows[kind] and kind not in self._counted:
            with vendor_errors():
                found = self._count(kind)
            check_count(kind, found, self._rows[kind])
            self._counted.add(kind)
        return self._rows[kind] == 0

    @abstractmethod
    def close(self) -> None:
        """Let go of the files; the reader is of no use afterwards."""

    @abstractmethod
    def _count(self, kind: RowKind) -> int: ...

    @abstractmethod
    def _get(
        self, kind: RowKind, row_ids: Sequence[str]
    ) -> tuple[Sequence[str], Sequence[Sequence[float]]]: ...

    @abstractmethod
    def _query(self, kind: RowKind, vectors: Matrix, count: int) -> list[_Found]: ...


class PublicReader(Reader):
    """Reads through a client of the public ``chromadb``, local or remote."""

    def __init__(
        self,
        client: ClientAPI,
        names: Mapping[RowKind, str] = NAMES,
        rows: Mapping[RowKind, int] | None = None,
    ) -> None:
        """Read the collections ``names`` through ``client``, which is closed with the reader."""
        super().__init__(rows)
        self._client = client
        self._names = names

    @classmethod
    def of_folder(cls, folder: Path, rows: Mapping[RowKind, int] | None = None) -> PublicReader:
        """Open the index in ``folder``."""
        return cls(local_client(folder), rows=rows)

    def close(self) -> None:
        """Close the client."""
        close_client(self._client)

    def _collection(self, kind: RowKind) -> Collection:
        return self._client.get_collection(self._names[kind], embedding_function=None)

    def _count(self, kind: RowKind) -> int:
        return int(self._collection(kind).count())

    def _get(
        self, kind: RowKind, row_ids: Sequence[str]
    ) -> tuple[Sequence[str], Sequence[Sequence[float]]]:
        found = self._collection(kind).get(ids=list(row_ids), include=["embeddings"])
        return found["ids"], found["embeddings"]

    def _query(self, kind: RowKind, vectors: Matrix, count: int) -> list[_Found]:
        found = self._collection(kind).query(
            query_embeddings=vectors, n_results=count, include=["metadatas", "distances"]
        )
        return list(zip(found["ids"], found["metadatas"], found["distances"], strict=True))


class QuickReader(Reader):
    """Reads a local index through ``chromadb_rust_bindings``, as ``chromadb.api.rust`` does."""

    def __init__(self, folder: Path, rows: Mapping[RowKind, int] | None = None) -> None:
        """Open the index in ``folder``, trying every call that reading needs.

        Raises:
            IndexUnavailable: if the index cannot be read; if its cause is an ``ImportError``,
                an ``AttributeError`` or a ``TypeError``, the bindings are not those known here.
        """
        super().__init__(rows)
        self._ids: dict[RowKind, tuple[str, int]] = {}
        with vendor_errors():
            import chromadb_rust_bindings as rust

            self._bindings = rust.Bindings(
                allow_reset=False,
                sqlite_db_config=rust.SqliteDBConfig(
                    hash_type=rust.MigrationHash.MD5,
                    migration_mode=rust.MigrationMode.Validate,
                    url=str(folder / "chroma.sqlite3"),
                ),
                persist_path=str(folder),
                hnsw_cache_size=_GRAPHS_IN_MEMORY,
            )
            self._try_calls()

    def _try_calls(self) -> None:
        filled = [kind for kind in RowKind if self._rows is None or self._rows[kind]]
        if filled:
            kind = min(filled, key=lambda kind: self._rows[kind] if self._rows else 0)
            self._count(kind)
            self._get(kind, ["-"])
            self._query(kind, np.eye(1, self._opened(kind)[1], dtype=np.float32), 1)

    def close(self) -> None:
        """Drop the bindings, which closes their files."""
        del self._bindings

    def _opened(self, kind: RowKind) -> tuple[str, int]:
        """Return id and dimension of a collection."""
        if kind not in self._ids:
            found = self._bindings.get_collection(NAMES[kind], *_WHERE)
            self._ids[kind] = (str(found.id), int(found.dimension))
        return self._ids[kind]

    def _count(self, kind: RowKind) -> int:
        return int(self._bindings.count(self._opened(kind)[0], *_WHERE))

    def _get(
        self, kind: RowKind, row_ids: Sequence[str]
    ) -> tuple[Sequence[str], Sequence[Sequence[float]]]:
        name, wanted = self._opened(kind)[0], ["embeddings"]
        found = self._bindings.get(name, list(row_ids), None, None, 0, None, wanted, *_WHERE)
        return found.ids, found.embeddings

    def _query(self, kind: RowKind, vectors: Matrix, count: int) -> list[_Found]:
        name, wanted = self._opened(kind)[0], ["metadatas", "distances"]
        found = self._bindings.query(
            name, None, vectors.tolist(), count, None, None, wanted, *_WHERE
        )
        return list(zip(found.ids, found.metadatas, found.distances, strict=True))


def open_reader(folder: Path, rows: Mapping[RowKind, int]) -> Reader:
    """Open the index in ``folder``, which holds ``rows``, as quickly as can be.

    Raises:
        ChromaBroke: if it cannot be read.
    """
    try:
        return QuickReader(folder, rows)
    except IndexUnavailable as error:
        if not isinstance(error.__cause__, (ImportError, AttributeError, TypeError)):
            raise
    return PublicReader.of_folder(folder, rows)


def local_client(folder: Path) -> ClientAPI:
    """Open the index in ``folder`` through the public client; telemetry is off.

    Raises:
        ChromaBroke: if it cannot be opened.
    """
    with vendor_errors():
        import chromadb
        from chromadb.config import Settings

        return chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False)
        )


def close_client(client: ClientAPI) -> None:
    """Close ``client`` and its files.

    Raises:
        ChromaBroke: if that fails.
    """
    with vendor_errors():
        client.close()
