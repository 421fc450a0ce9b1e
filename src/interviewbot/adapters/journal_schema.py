"""The tables of the journal, version 1, and what a column can hold.

Owns names, keys and column types, in SQL that SQLite and PostgreSQL both speak. Refuses to
open anything, and to know what an event does to a row. Whoever changes a table or the shape
of a kept document adds a step to ``journal_migrations``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

WHOLE = -1  # in place of a turn's number: the grade of the exchange, follow-ups included

_MARK = "\ufdd0"  # a code point that Unicode keeps free of any meaning
_UNSTORABLE = re.compile(f"[\x00\ud800-\udfff{_MARK}]")
_STORED = re.compile(f"{_MARK}([0-9a-f]{{4}})")


class Words(TypeDecorator[str]):
    """Text as it came, to the last character.

    What a database may refuse (NUL, halves of surrogate pairs) is kept as a mark and four
    hexadecimal digits; all other text stands there as it is.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what is stored; members of an enumeration become plain text."""
        if value is None:
            return None
        return _UNSTORABLE.sub(lambda found: f"{_MARK}{ord(found[0]):04x}", str(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what was kept."""
        if value is None or _MARK not in value:
            return value
        return _STORED.sub(lambda found: chr(int(found[1], 16)), value)


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC, to the microsecond."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return ``value`` in UTC; one without a time zone is a mistake of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return what was kept; SQLite's own type knows no zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

versions = Table(
    "schema_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),  # the highest one counts
    Column("reached", Moment, nullable=False),
)

sittings = Table(
    "sittings",
    metadata,
    Column("id", Words, primary_key=True),
    Column("mode", Words, nullable=False),
    Column("began", Moment, nullable=False),
    Column("minutes", Double),
    Column("plan", Words, nullable=False),  # JSON: a list of choices
    Column("events", Integer, nullable=False),  # told so far; a window that is behind sees it
    Column("ended", Moment),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("sitting", Words, ForeignKey("sittings.id"), primary_key=True),
    Column("exchange", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    Column("retry", Boolean, nullable=False),
    Column("question_id", Words, nullable=False, index=True),
    Column("closed", Moment),
    Column("left", Boolean, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("sitting", Words, primary_key=True),
    Column("exchange", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("probe_point", Words),  # all three or none
    Column("probe_prompt", Words),
    Column("probe_verdict", Words),
    Column("asked", Moment, nullable=False),
    Column("ending", Words),
    Column("answer", Words, nullable=False),
    Column("seconds", Double, nullable=False),
    ForeignKeyConstraint(["sitting", "exchange"], ["exchanges.sitting", "exchanges.exchange"]),
)

drafts = Table(
    "drafts",
    metadata,
    Column("sitting", Words, primary_key=True),
    Column("exchange", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("text", Words, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["sitting", "exchange", "turn"], ["turns.sitting", "turns.exchange", "turns.turn"]
    ),
)

grades = Table(
    "grades",
    metadata,
    Column("sitting", Words, primary_key=True),
    Column("exchange", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),  # or WHOLE
    Column("status", Words, nullable=False),  # graded, ungraded
    Column("score", Double),
    Column("judge", Words, nullable=False),
    Column("document", Words, nullable=False),  # JSON: the grade and its receipt
    ForeignKeyConstraint(["sitting", "exchange"], ["exchanges.sitting", "exchanges.exchange"]),
)

reviews = Table(
    "reviews",
    metadata,
    Column("sitting", Words, primary_key=True),
    Column("exchange", Integer, primary_key=True, autoincrement=False),
    Column("point_id", Words, primary_key=True),
    Column("question_id", Words, nullable=False),
    Column("rating", Words, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["sitting", "exchange"], ["exchanges.sitting", "exchanges.exchange"]),
    Index("ix_reviews_point", "question_id", "point_id"),
)

memories = Table(
    "memories",
    metadata,
    Column("question_id", Words, primary_key=True),
    Column("point_id", Words, primary_key=True),
    Column("due", Moment, nullable=False),
    Column("reviewed", Moment, nullable=False),
    Column("rating", Words, nullable=False),
    Column("stability", Double, nullable=False),
    Column("difficulty", Double, nullable=False),
    Column("reviews", Integer, nullable=False),
)

own_verdicts = Table(
    "own_verdicts",
    metadata,
    Column("sitting", Words, primary_key=True),
    Column("exchange", Integer, primary_key=True, autoincrement=False),
    Column("point_id", Words, primary_key=True),
    Column("question_id", Words, nullable=False),
    Column("judged", Words, nullable=False),
    Column("own", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["sitting", "exchange"], ["exchanges.sitting", "exchanges.exchange"]),
)
