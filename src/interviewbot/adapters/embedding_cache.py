"""What an encoder made of a text, kept in one SQLite file.

Owns the file: its table, its damage, its several users at once. Refuses to encode, and
to hold anything that could not be made anew: the cache is a rebuildable copy.

Every call opens its own connection and holds one short transaction at most, so threads,
processes and a ``kill -9`` at any moment do not harm one another.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from interviewbot.adapters.embedding_rows import DamagedFileError, Row, from_row, to_row
from interviewbot.domain.errors import StorageFailed
from interviewbot.domain.text import one_line
from interviewbot.vectors import EncodedText

if TYPE_CHECKING:
    from filelock import BaseFileLock

T = TypeVar("T")

_APPLICATION = 0x49424543  # "IBEC" in the file's header says that the file is ours
_SCHEMA = 2
_BUSY_S = 30.0  # how long one process waits for another's transaction
_CHUNK = 500  # keys a query; the oldest limit on SQLite's variables is 999
_KEPT_ASIDE = 2  # damaged files that stay for a look
_DAMAGED = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# What a full disk and a folder that is read only make of opening; reading may still do.
_NO_ROOM = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
    }
)
_CREATE = (
    "PRAGMA journal_mode = WAL",
    """CREATE TABLE texts (
        key BLOB PRIMARY KEY, token_ids BLOB NOT NULL, spans BLOB NOT NULL, codes BLOB NOT NULL,
        scales BLOB NOT NULL, pooled BLOB NOT NULL, taught BLOB NOT NULL,
        checksum INTEGER NOT NULL)""",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_SCHEMA}",
)
_WRITE = "INSERT OR IGNORE INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_READ = "SELECT key, token_ids, spans, codes, scales, pooled, taught, checksum FROM texts"


class SqliteEmbeddingCache:
    """The embedding cache of one encoder; fulfils ``ports.EmbeddingCache``.

    Several encoders can share one file: the encoder's id is part of every key. A damaged
    or foreign file is set aside as ``<name>.damaged-<n>`` and a fresh one started;
    ``notice`` gets one line about it.
    """

    def __init__(self, path: Path, encoder_id: str, notice: Callable[[str], None]) -> None:
        """Name the file and the encoder; nothing is opened yet."""
        self._path = path
        self._salt = hashlib.sha256(encoder_id.encode()).digest()
        self._notice = notice

    def get(self, texts: Sequence[str]) -> dict[str, EncodedText]:
        """Return those of ``texts`` that are kept, to the last bit as they were put.

        The arrays are read-only. Where the disk is full, what is in the file is read as it is.

        Raises:
            StorageFailed: the file can be neither opened nor made, or another process blocks it.
        """
        wanted = {self._key(text): text for text in texts}
        if not wanted:
            return {}
        try:
            return self._with_file(lambda file: _read(file, wanted))
        except StorageFailed as error:
            if _code(error.__cause__) not in _NO_ROOM or not self._path.is_file():
                raise
            return self._read_unchanged(wanted, error)

    def _read_unchanged(
        self, wanted: Mapping[bytes, str], failure: StorageFailed
    ) -> dict[str, EncodedText]:
        """Read without a log and without a lock, for which there is no room.

        Texts that lie in the log alone are not found; the checksums tell if another process
        is writing meanwhile.
        """
        place = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(place, uri=True)) as connection:
                _check(connection)
                return _read(connection, wanted)
        except (sqlite3.Error, DamagedFileError):
            raise failure from failure.__cause__

    def put(self, encoded: Mapping[str, EncodedText]) -> None:
        """Keep ``encoded``, all or nothing; what is there already stays.

        Raises:
            StorageFailed: the folder cannot be written, the disk is full, or another
                process blocks the file.
        """
        rows = [to_row(self._key(text), one) for text, one in encoded.items()]
        if rows:
            self._with_file(lambda file: _write(file, rows))

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._salt + text.encode("utf-8", "surrogatepass")).digest()

    def _with_file(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what ``work`` does, on a fresh file if this one turns out damaged."""
        try:
            with self._connection() as connection:
                return work(connection)
        except DamagedFileError as error:
            self._set_aside(one_line(str(error)))
        try:
            with self._connection() as connection:
                return work(connection)
        except DamagedFileError as error:
            raise self._failed(error) from error

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self._path.exists():
                self._create()
            place = f"{self._path.absolute().as_uri()}?mode=rw"  # never makes an empty file
            opened = sqlite3.connect(place, uri=True, timeout=_BUSY_S, isolation_level=None)
            with closing(opened) as connection:
                _check(connection)
                yield connection
        except sqlite3.Error as error:
            code = _code(error)
            gone = code == sqlite3.SQLITE_CANTOPEN and not self._path.exists()
            if code in _DAMAGED or gone:
                raise DamagedFileError(str(error)) from error
            raise self._failed(error) from error
        except OSError as error:
            raise self._failed(error) from error

    def _create(self) -> None:
        """Make an empty cache beside and rename it: SQLite cannot switch to WAL in company."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            if self._path.exists():
                return
            new = self._named(".new")
            new.unlink(missing_ok=True)
            with closing(sqlite3.connect(new)) as connection:
                for statement in _CREATE:
                    connection.execute(statement)
            new.replace(self._path)

    def _set_aside(self, reason: str) -> None:
        """Rename the file, unless another process has done so in the meantime."""
        try:
            with self._lock:
                if self._is_whole():
                    return
                aside = self._next_name()
                self._path.replace(aside)
                for suffix in ("-wal", "-shm"):  # they belong to the damaged file alone
                    self._named(suffix).unlink(missing_ok=True)
                self._forget_old()
        except OSError as error:
            raise self._failed(error) from error
        self._notice(f"the embedding cache was damaged ({reason}); it is now {aside.name}")

    @cached_property
    def _lock(self) -> BaseFileLock:
        from filelock import FileLock

        return FileLock(self._named(".lock"), timeout=_BUSY_S)

    def _named(self, suffix: str) -> Path:
        return self._path.with_name(self._path.name + suffix)

    def _is_whole(self) -> bool:
        try:
            with self._connection() as connection:
                (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                for row in connection.execute(_READ):
                    from_row(row)
        except DamagedFileError:
            return False
        return bool(verdict == "ok")

    def _aside(self) -> dict[int, Path]:
        """Return what was set aside, by its number."""
        names = self._path.parent.glob(f"{self._path.name}.damaged-*")
        numbered = {path.name.rpartition("-")[2]: path for path in names}
        return {int(number): path for number, path in numbered.items() if number.isdecimal()}

    def _next_name(self) -> Path:
        return self._named(f".damaged-{max(self._aside(), default=0) + 1}")

    def _forget_old(self) -> None:
        for _, path in sorted(self._aside().items())[:-_KEPT_ASIDE]:
            path.unlink(missing_ok=True)

    def _failed(self, error: Exception) -> StorageFailed:
        return StorageFailed(
            f"the embedding cache {self._path} cannot be used: {one_line(str(error))}",
            "check that its folder can be written and that the disk has room, or set"
            " INTERVIEWBOT_HOME to another folder",
        )


def _code(error: BaseException | None) -> int:
    """Return the primary result code of SQLite behind ``error``; 0 where there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _check(connection: sqlite3.Connection) -> None:
    # With WAL, NORMAL never corrupts; a power cut may lose the last texts, to be made again.
    connection.execute("PRAGMA synchronous = NORMAL")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if (application, schema) != (_APPLICATION, _SCHEMA):
        raise DamagedFileError("it holds something else")


def _read(connection: sqlite3.Connection, wanted: Mapping[bytes, str]) -> dict[str, EncodedText]:
    found: dict[str, EncodedText] = {}
    keys = list(wanted)
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        places = ",".join("?" * len(chunk))
        for row in connection.execute(f"{_READ} WHERE key IN ({places})", chunk):
            found[wanted[row[0]]] = from_row(row)
    return found


def _write(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(_WRITE, rows)
    connection.execute("COMMIT")
