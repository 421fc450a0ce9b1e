"""The journal in a database that a URL names, PostgreSQL for a team.

Owns the engine of such a database and what of opening differs from a file. Refuses to make a
database, to copy one (whoever runs it does) and to show a password.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from interviewbot.adapters.journal_migrations import (
    Step,
    begin_journal,
    bring_up,
    newest,
    refuse_newer,
    version_of,
)
from interviewbot.domain.errors import BadInput, StorageFailed


class JournalServer:
    """The database at ``url``; ``notice`` is told of a migration."""

    def __init__(
        self,
        url: URL,
        *,
        steps: Sequence[Step],
        notice: Callable[[str], None],
        clock: Callable[[], datetime],
    ) -> None:
        """Name the database; nothing is opened yet."""
        self.place = url.render_as_string(hide_password=True)
        self._url = url
        self._steps = steps
        self._notice = notice
        self._clock = clock

    def open(self) -> Engine:
        """Return an engine on a journal of the newest version.

        Raises:
            JournalTooNew: if a newer program wrote it.
            StorageFailed: if there is no driver for such a URL.
            DBAPIError: if the database cannot be used.
        """
        engine = self._engine()
        with engine.begin() as connection:
            version = version_of(connection)
            if version is None:
                begin_journal(connection, self._steps, self._clock())
                return engine
            refuse_newer(self.place, version, self._steps)
            bring_up(connection, self._steps, version, self._clock())
        if version < newest(self._steps):
            self._notice(f"the journal was brought from version {version} to {newest(self._steps)}")
        return engine

    def check(self) -> None:
        """Nothing to look at: a lost connection says so by itself."""

    def options(self, *, writes: bool) -> dict[str, object]:
        """Let a transaction that only reads see one state in all of its queries."""
        return {} if writes else {"isolation_level": "REPEATABLE READ"}

    def _engine(self) -> Engine:
        try:
            return create_engine(self._url, hide_parameters=True, pool_pre_ping=True)
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise StorageFailed(
                f"there is no driver for the journal {self.place}: {error}",
                "install it beside interviewbot, for PostgreSQL with 'pip install psycopg'",
            ) from error


def read_url(text: str) -> URL:
    """Return ``text`` as a URL.

    Raises:
        BadInput: if it is none.
    """
    try:
        return make_url(text)
    except (ArgumentError, ValueError) as error:
        raise BadInput(
            "the journal's URL cannot be read",
            "it looks like postgresql+psycopg://user:password@host/database",
        ) from error
