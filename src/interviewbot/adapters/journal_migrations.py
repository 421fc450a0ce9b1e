"""How an older journal becomes one of today's, and how a new one begins.

Owns the list of steps and the version that follows from it. A step takes a journal of
version n to n + 1; steps are only ever appended. Refuses to open, to back up and to commit:
whoever calls does all of it in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, func, insert, inspect, select

from interviewbot.adapters.journal_schema import metadata, versions
from interviewbot.domain.errors import JournalTooNew

Step: TypeAlias = Callable[[Connection], None]

STEPS: tuple[Step, ...] = ()  # the first one will lead from version 1 to 2


def newest(steps: Sequence[Step]) -> int:
    """Return the version that ``steps`` lead to."""
    return 1 + len(steps)


def version_of(connection: Connection) -> int | None:
    """Return the version of the journal in that database; None where there is none."""
    if not inspect(connection).has_table(versions.name):
        return None
    return connection.execute(select(func.max(versions.c.version))).scalar()


def begin_journal(connection: Connection, steps: Sequence[Step], now: datetime) -> None:
    """Make the tables as they are today."""
    metadata.create_all(connection)
    connection.execute(insert(versions).values(version=newest(steps), reached=now))


def bring_up(connection: Connection, steps: Sequence[Step], old: int, now: datetime) -> None:
    """Take a journal of version ``old`` to the newest one, step by step."""
    for number, step in enumerate(steps[old - 1 :], start=old + 1):
        step(connection)
        connection.execute(insert(versions).values(version=number, reached=now))


def refuse_newer(place: str, version: int, steps: Sequence[Step]) -> None:
    """Let nothing of a newer program be touched.

    Raises:
        JournalTooNew: if ``version`` is none that ``steps`` know.
    """
    if version > newest(steps):
        raise JournalTooNew(
            f"the journal {place} was written by a newer interviewbot (its version is {version},"
            f" this program knows {newest(steps)})",
            "upgrade interviewbot, or set INTERVIEWBOT_HOME to another folder; the journal is"
            " left as it is",
        )
