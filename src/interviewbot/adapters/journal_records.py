"""The journal's rows that stand beside a sitting: drafts, reviews, memories, own verdicts.

Owns how such a row is kept, or put in place of an earlier one. Refuses to open, to commit
and to know events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, Update, and_, insert, select, update

from interviewbot.adapters import journal_schema as schema
from interviewbot.adapters.journal_errors import behind
from interviewbot.domain.memory import Memory, OwnVerdict, Review
from interviewbot.domain.sitting import Draft


def once(connection: Connection, change: Update) -> None:
    """Execute ``change``, which must hit one row.

    Raises:
        OutOfStep: if it hits none, or several.
    """
    if connection.execute(change).rowcount != 1:
        raise behind()


def keep_review(connection: Connection, review: Review) -> None:
    """Insert ``review``; a second one of the same point in the same exchange breaks a key."""
    connection.execute(insert(schema.reviews).values(_columns(schema.reviews, review)))


def change_review(connection: Connection, review: Review) -> None:
    """Write the rating of a review that is there.

    Raises:
        OutOfStep: if it is not.
    """
    own = schema.reviews.c
    here = update(schema.reviews).where(
        own.sitting == review.sitting,
        own.exchange == review.exchange,
        own.question_id == review.question_id,
        own.point_id == review.point_id,
    )
    once(connection, here.values(rating=review.rating))


def keep_memory(connection: Connection, memory: Memory) -> None:
    """Write ``memory`` in place of the one of the same point."""
    _put(connection, schema.memories, _columns(schema.memories, memory))


def keep_own_verdict(connection: Connection, own: OwnVerdict) -> None:
    """Write ``own`` in place of the one about the same point of the same exchange."""
    _put(connection, schema.own_verdicts, _columns(schema.own_verdicts, own))


def keep_draft(connection: Connection, draft: Draft) -> None:
    """Write ``draft`` in place of the one of the same turn.

    Raises:
        OutOfStep: if that turn is over, or was never asked.
    """
    own = schema.turns.c
    is_open = select(own.turn).where(
        own.sitting == draft.sitting,
        own.exchange == draft.exchange,
        own.turn == draft.turn,
        own.ending.is_(None),
    )
    if connection.execute(is_open).first() is None:
        raise behind()
    _put(connection, schema.drafts, _columns(schema.drafts, draft))


def _columns(table: Table, record: Draft | Memory | OwnVerdict | Review) -> dict[str, Any]:
    """Return the fields of ``record``, which has one for every column of ``table``."""
    return {column.name: getattr(record, column.name) for column in table.columns}


def _put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Update the row with the same key, or insert one."""
    here = and_(*(key == row[key.name] for key in table.primary_key.columns))
    if connection.execute(update(table).where(here).values(row)).rowcount == 0:
        connection.execute(insert(table).values(row))
