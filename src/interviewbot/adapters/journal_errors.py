"""What goes wrong with a database, as sentences for the candidate.

Owns the translation of SQLAlchemy's, the driver's and the file system's errors. Refuses to
repeat a statement or its values: they hold answers, and a URL may hold a password.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from interviewbot.domain.errors import OutOfStep, StorageFailed
from interviewbot.domain.text import one_line

_WRITABLE = (
    "check that its folder can be written and that the disk has room, or set"
    " INTERVIEWBOT_HOME to another folder"
)
_REACHABLE = "check that the database runs and that the journal's URL is right, then try again"
_LOCKED = (
    "has been kept locked by another program for too long",
    "close what else has it open, then try again; nothing of it is changed",
)
_READ_ONLY = ("cannot be written: it is read-only for this user", _WRITABLE)
_DAMAGED = (
    "is damaged",
    "start interviewbot again: it sets the file aside and begins a new journal",
)
_SENTENCES = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: ("cannot be written: the disk is full", _WRITABLE),
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", _WRITABLE),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


@contextmanager
def storage_errors(place: str) -> Iterator[None]:
    """Tell of the database at ``place`` in our own words.

    Raises:
        StorageFailed: in place of a vendor's error.
    """
    try:
        yield
    except DBAPIError as error:
        raise _failed(place, error.orig or error) from error
    except (sqlite3.Error, OSError, PoolTimeout) as error:
        raise _failed(place, error) from error


def behind() -> OutOfStep:
    """Return what a window is told whose interview has moved on without it."""
    return OutOfStep(
        "this interview has moved on in another window",
        "close this window, or start again with --resume",
    )


def error_code(error: BaseException) -> int:
    """Return SQLite's primary code of ``error``; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _failed(place: str, error: BaseException) -> StorageFailed:
    if isinstance(error, TimeoutError | PoolTimeout):  # filelock's own is a TimeoutError
        sentence, hint = _LOCKED
    elif error_code(error) in _SENTENCES:
        sentence, hint = _SENTENCES[error_code(error)]
    else:
        reason = (isinstance(error, OSError) and error.strerror) or one_line(str(error))
        sentence = f"cannot be used: {reason}"
        hint = _WRITABLE if isinstance(error, OSError | sqlite3.Error) else _REACHABLE
    return StorageFailed(f"the journal {place} {sentence}", hint)
