"""Connections to one SQLite file, as the journal wants them.

Owns SQLite's switches and where its transactions begin. Refuses to make a file, to look
whether it is sound, and to know any table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

WRITES = "journal_writes"  # the execution option of a transaction; unset, it will write


def sqlite_engine(path: Path, wait_s: float) -> Engine:
    """Return an engine on the file at ``path``, which must be there when it connects.

    A transaction waits ``wait_s`` seconds for that of another process.
    """
    place = f"{path.absolute().as_uri()}?mode=rw"  # never makes an empty file

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            place,
            uri=True,
            timeout=wait_s,
            isolation_level=None,  # transactions begin where we say so
            check_same_thread=False,  # the pool hands a connection to one thread at a time
        )

    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=QueuePool, hide_parameters=True
    )
    event.listen(engine, "connect", _set_switches)
    event.listen(engine, "begin", _begin_transaction)
    return engine


@contextmanager
def engine_for_once(path: Path, wait_s: float) -> Iterator[Engine]:
    """Lend an engine on ``path``, and close all of its connections in the end."""
    engine = sqlite_engine(path, wait_s)
    try:
        yield engine
    finally:
        engine.dispose()


def foreign_keys(connection: Connection, *, on: bool) -> None:
    """Switch the check of foreign keys, which SQLite allows outside transactions only."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - what the engine's creator made
    raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _set_switches(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA synchronous = FULL")  # a commit is on disk when it returns
    connection.execute("PRAGMA fullfsync = ON")  # so on macOS, where a sync alone is not enough
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_transaction(connection: Connection) -> None:
    # A transaction that reads first and then writes could find itself outdated: take the
    # writers' lock at once, where SQLite waits for its turn.
    writes = connection.get_execution_options().get(WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
