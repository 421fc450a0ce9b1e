"""The journal as a file of SQLite's: the one room that knows SQLite from other databases.

    journal.sqlite                     the journal, in WAL (-wal and -shm beside it while open)
    journal.v<n>-<stamp>.sqlite        a copy from before a migration
    journal.damaged-<stamp>.sqlite     what could not be read, set aside for a look
    locks/journal.sqlite.lock          held while somebody opens it

A live file is always a whole one: a new journal is made beside and renamed. Owns opening,
copies, damage and SQLite's switches. Refuses to know what the tables mean.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Engine

from interviewbot.adapters.journal_engine import (
    WRITES,
    engine_for_once,
    foreign_keys,
    sqlite_engine,
)
from interviewbot.adapters.journal_errors import error_code
from interviewbot.adapters.journal_migrations import (
    Step,
    begin_journal,
    bring_up,
    newest,
    refuse_newer,
)
from interviewbot.adapters.journal_schema import metadata, versions
from interviewbot.domain.errors import StorageFailed
from interviewbot.domain.text import one_line

_DAMAGE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_COMPANIONS = ("-wal", "-shm")


class _DamagedError(Exception):
    """The file is not a journal, or not a whole one."""


class JournalFile:
    """The file at ``path``; ``notice`` is told in one line of what happened to it."""

    def __init__(
        self,
        path: Path,
        *,
        steps: Sequence[Step],
        notice: Callable[[str], None],
        clock: Callable[[], datetime],
        wait_s: float,
    ) -> None:
        """Name the file; nothing is opened or made yet."""
        self.path = path
        self.place = str(path)
        self._steps = steps
        self._notice = notice
        self._clock = clock
        self._wait_s = wait_s
        self._identity = (0, 0)

    def open(self) -> Engine:
        """Return an engine on a whole journal of the newest version.

        Raises:
            JournalTooNew: if a newer program wrote it; its bytes stay as they are.
            StorageFailed: if the file cannot be brought up.
            OSError: if the folder cannot be written, or another process opens it for too long.
            sqlite3.Error: if the file can be neither read nor written.
        """
        locks = self.path.parent / "locks"
        locks.mkdir(parents=True, exist_ok=True)
        with FileLock(locks / f"{self.path.name}.lock", timeout=self._wait_s):
            version = self._version_or_aside()
            if version is None:
                self._begin()
            else:
                refuse_newer(self.place, version, self._steps)
                if version < newest(self._steps):
                    self._migrate(version)
            found = self.path.stat()
            self._identity = (found.st_dev, found.st_ino)
            return sqlite_engine(self.path, self._wait_s)

    def check(self) -> None:
        """Make sure that what is open is still what lies there.

        Raises:
            StorageFailed: if the file was moved, deleted or replaced; what would be written
                to it now, nobody would ever read.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            found = None
        if found is None or (found.st_dev, found.st_ino) != self._identity:
            raise StorageFailed(
                f"the journal {self.place} was moved or replaced while it was in use",
                "copy what is not handed in, then start interviewbot again",
            )

    def options(self, *, writes: bool) -> dict[str, object]:
        """Return what to tell a transaction that only reads, or that ``writes``."""
        return {WRITES: writes}

    def _version_or_aside(self) -> int | None:
        """Return the version of a sound journal; None where a new one has to begin."""
        try:
            return self._probe()
        except sqlite3.DatabaseError as error:
            if error_code(error) not in _DAMAGE:
                raise
            self._set_aside(str(error))
        except _DamagedError as error:
            self._set_aside(str(error))
        return None

    def _probe(self) -> int | None:
        """Look without touching: a read-only connection leaves even the WAL where it is."""
        if not self.path.exists():
            wal = self._beside("-wal")
            if wal.exists() and wal.stat().st_size:
                raise _DamagedError("only its write-ahead log is there")
            return None
        place = f"{self.path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(place, uri=True, timeout=self._wait_s)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise _DamagedError(verdict)
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if versions.name not in tables:
                raise _DamagedError("it holds something else")
            query = f"SELECT max(version) FROM {versions.name}"  # noqa: S608 - our own constant
            (version,) = connection.execute(query).fetchone()
            if not isinstance(version, int) or version < 1:
                raise _DamagedError("it has no version")
            if version == newest(self._steps) and not set(metadata.tables) <= tables:
                raise _DamagedError("tables are missing")
            return version

    def _begin(self) -> None:
        """Make an empty journal beside, and rename it once it is whole."""
        new = self._beside(".new")
        for path in (new, *(new.with_name(new.name + end) for end in (*_COMPANIONS, "-journal"))):
            path.unlink(missing_ok=True)
        with closing(sqlite3.connect(new)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
        with engine_for_once(new, self._wait_s) as engine, engine.begin() as connection:
            begin_journal(connection, self._steps, self._clock())
        for end in _COMPANIONS:  # of a file that is no more; SQLite would take them for its own
            self._beside(end).unlink(missing_ok=True)
        new.replace(self.path)
        _flush_folder(self.path.parent)

    def _set_aside(self, reason: str) -> None:
        aside = self._unused("damaged")
        for end in ("", *_COMPANIONS):
            if self._beside(end).exists():
                self._beside(end).rename(aside.with_name(aside.name + end))
        _flush_folder(self.path.parent)
        self._notice(
            f"the journal was damaged ({one_line(reason)}) and is kept as {aside.name};"
            " a new one is begun"
        )

    def _migrate(self, version: int) -> None:
        """Bring the journal up in one transaction, with a copy made first."""
        copy = self._back_up(version)
        brought_up = False
        try:
            with engine_for_once(self.path, self._wait_s) as engine, engine.connect() as connection:
                foreign_keys(connection, on=False)  # a step may rebuild a table
                with connection.begin():
                    bring_up(connection, self._steps, version, self._clock())
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise self._unfit()
            brought_up = True
        finally:
            if not brought_up:  # the journal itself is as it was
                copy.unlink(missing_ok=True)
        self._notice(
            f"the journal was brought from version {version} to {newest(self._steps)};"
            f" the old one is kept as {copy.name}"
        )

    def _unfit(self) -> StorageFailed:
        return StorageFailed(
            f"the journal {self.place} cannot be brought to version {newest(self._steps)}:"
            " its parts do not fit together",
            "it is left as it was; please report this",
        )

    def _back_up(self, version: int) -> Path:
        copy, new = self._unused(f"v{version}"), self._beside(".copy")
        new.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.path)) as old, closing(sqlite3.connect(new)) as target:
            old.backup(target)
        new.replace(copy)
        _flush_folder(copy.parent)
        return copy

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)

    def _unused(self, what: str) -> Path:
        """Return a name with today's stamp that nothing has yet."""
        name = f"{self.path.stem}.{what}-{self._clock():%Y%m%dT%H%M%SZ}"
        number, path = 1, self.path.with_name(name + self.path.suffix)
        while path.exists() or path.with_name(path.name + "-wal").exists():
            number += 1
            path = self.path.with_name(f"{name}-{number}{self.path.suffix}")
        return path


def _flush_folder(folder: Path) -> None:
    """Put a rename on disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
