"""The candidate's data in a database: SQLite in the data folder, or what a URL names.

Owns transactions: every call is one, on disk when it returns, all or nothing. Refuses to
know what an event does to a row, how a file is opened, and what an answer is worth.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from interviewbot.adapters import journal_events as events
from interviewbot.adapters import journal_reading as reading
from interviewbot.adapters import journal_records as records
from interviewbot.adapters.journal_errors import behind, storage_errors
from interviewbot.adapters.journal_files import JournalFile
from interviewbot.adapters.journal_migrations import STEPS, Step
from interviewbot.adapters.journal_schema import exchanges, sittings
from interviewbot.adapters.journal_server import JournalServer, read_url
from interviewbot.adapters.sitting_locks import hold_sitting
from interviewbot.domain.errors import BadInput, OutOfStep, StorageFailed
from interviewbot.domain.interview import Event
from interviewbot.domain.memory import Memory, OwnVerdict, PointKey, Review
from interviewbot.domain.sitting import Draft, Exchange, Sitting

FILE_NAME = "journal.sqlite"
_WAIT_S = 10.0  # how long a window waits for another's transaction


def _silent(_: str) -> None:
    """Say nothing."""


def _now() -> datetime:
    return datetime.now(UTC)


class SqlJournal:
    """Fulfils ``ports.Journal``; may be called from several threads.

    ``home`` is the data folder, made on first use. ``url`` names another database
    (SQLAlchemy's form), with the locks of this machine's windows still in ``home``.
    ``notice`` is told in one line of what was repaired or brought up; ``steps`` are the
    migrations, ``clock`` stamps files, ``wait_s`` bounds the wait for another process.

    Every method raises ``StorageFailed`` where the journal cannot be opened, read or
    written, and ``JournalTooNew`` where a newer program wrote it.
    """

    def __init__(
        self,
        home: Path,
        *,
        url: str = "",
        notice: Callable[[str], None] = _silent,
        steps: Sequence[Step] = STEPS,
        clock: Callable[[], datetime] = _now,
        wait_s: float = _WAIT_S,
    ) -> None:
        """Name the place; nothing is opened or made yet.

        Raises:
            BadInput: if ``url`` is none.
        """
        self._locks = home / "locks"
        parsed = read_url(url) if url else None
        self._store: JournalFile | JournalServer
        if parsed is None or parsed.get_backend_name() == "sqlite":
            path = Path(parsed.database or "") if parsed else home / FILE_NAME
            if not path.name or path.name == ":memory:":
                raise BadInput("the journal's URL names no file", "write sqlite:///PATH")
            self._store = JournalFile(path, steps=steps, notice=notice, clock=clock, wait_s=wait_s)
        else:
            self._store = JournalServer(parsed, steps=steps, notice=notice, clock=clock)
        self._opening = RLock()
        self._engine: Engine | None = None
        self._closing: weakref.finalize[..., SqlJournal] | None = None

    def close(self) -> None:
        """Let go of the database; the next call opens it again."""
        with self._opening:
            if self._closing is not None:
                self._closing()
            self._engine = self._closing = None

    def begin(self, sitting: Sitting) -> None:
        """Keep a new sitting, which has no exchanges yet.

        Raises:
            OutOfStep: if there is a sitting of that id, or it has begun already.
        """
        if events.count_events(sitting):
            raise OutOfStep("this interview has begun already")
        with self._writing() as connection:
            events.keep_sitting(connection, sitting)

    def tell(
        self, sitting: Sitting, event: Event, learned: Sequence[tuple[Review, Memory]] = ()
    ) -> None:
        """Keep ``event``, after which ``sitting`` stands, and what was learned of memory.

        Raises:
            OutOfStep: if another window has told an event that this one does not know of.
        """
        with self._writing() as connection:
            events.keep_event(connection, sitting, event)
            for review, memory in learned:
                records.keep_review(connection, review)
                records.keep_memory(connection, memory)

    def sitting(self, sitting_id: str) -> Sitting:
        """Return a sitting as the events told so far left it.

        Raises:
            BadInput: if there is none of that id.
        """
        found = self._sittings(select(sittings.c.id).where(sittings.c.id == sitting_id))
        if not found:
            raise BadInput("the journal has no such interview", "see 'interviewbot progress'")
        return found[0]

    def unfinished(self) -> list[Sitting]:
        """Return the sittings without an end, the latest begun first."""
        found = self._sittings(select(sittings.c.id).where(sittings.c.ended.is_(None)))
        return sorted(found, key=lambda one: (one.began, one.id), reverse=True)

    def finished(self, *, limit: int | None = None) -> list[Sitting]:
        """Return the sittings with an end, the latest ended first."""
        ended = sittings.c.ended
        ids = select(sittings.c.id).where(ended.is_not(None))
        latest = ids.order_by(ended.desc(), sittings.c.id.desc()).limit(limit)
        found = self._sittings(ids if limit is None else latest)
        return sorted(found, key=lambda one: (one.ended or one.began, one.id), reverse=True)

    def hold(self, sitting_id: str) -> AbstractContextManager[None]:
        """Hold a sitting for this window alone until the end of the ``with`` block.

        Raises:
            SittingHeld: if another window of this machine holds it.
        """
        return hold_sitting(self._locks, sitting_id)

    def save_draft(self, draft: Draft) -> None:
        """Keep ``draft`` in place of the one for the same turn.

        Raises:
            OutOfStep: if that turn is over.
        """
        with self._writing() as connection:
            records.keep_draft(connection, draft)

    def draft(self, sitting: Sitting) -> Draft | None:
        """Return the draft of the open turn of ``sitting``, if one was saved."""
        turn = sitting.turn
        if turn is None or turn.ending is not None:
            return None
        with self._reading() as connection:
            return reading.load_draft(connection, sitting)

    def memories(self) -> list[Memory]:
        """Return the memory of every point that was ever reviewed, by question and point."""
        with self._reading() as connection:
            return reading.load_memories(connection)

    def reviews(self, key: PointKey | None = None) -> list[Review]:
        """Return the reviews of one point, or of all, the oldest first."""
        with self._reading() as connection:
            return reading.load_reviews(connection, key)

    def exchanges(self, question_id: str) -> list[tuple[Sitting, Exchange]]:
        """Return every complete exchange about a question, the latest closed first."""
        own = exchanges.c
        about = select(own.sitting).where(own.question_id == question_id, own.closed.is_not(None))
        found = [
            (exchange.closed, sitting.id, sitting, exchange)
            for sitting in self._sittings(about)
            for exchange in sitting.exchanges
            if exchange.closed and sitting.choice(exchange).question_id == question_id
        ]
        found.sort(key=lambda one: one[:2], reverse=True)
        return [(sitting, exchange) for _, _, sitting, exchange in found]

    def contest(
        self, own: OwnVerdict, review: Review | None = None, memory: Memory | None = None
    ) -> None:
        """Keep ``own`` in place of an earlier one, and with it the review it changes.

        Raises:
            OutOfStep: if there is no such exchange or review.
        """
        with self._writing() as connection:
            records.keep_own_verdict(connection, own)
            if review is not None:
                records.change_review(connection, review)
            if memory is not None:
                records.keep_memory(connection, memory)

    def own_verdicts(self) -> list[OwnVerdict]:
        """Return every verdict that a candidate set against the judge's, the oldest first."""
        with self._reading() as connection:
            return reading.load_own_verdicts(connection)

    def _sittings(self, ids: Any) -> list[Sitting]:
        with self._reading() as connection:
            return reading.load_sittings(connection, ids)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._transaction(writes=False) as connection:
                yield connection
        except ValueError as error:
            raise StorageFailed(
                f"the journal {self._store.place} holds what cannot be read: {error}",
                "put a copy from before in its place, or move it away to begin anew",
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._transaction(writes=True) as connection:
            try:
                yield connection
            except IntegrityError as error:  # a key is taken, or what it points to is not there
                raise behind() from error

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        with storage_errors(self._store.place), self._opened().connect() as connection:
            options = self._store.options(writes=writes)
            with connection.execution_options(**options).begin():
                yield connection

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                self._engine = self._store.open()
                self._closing = weakref.finalize(self, self._engine.dispose)  # or at the exit
            self._store.check()
            return self._engine
