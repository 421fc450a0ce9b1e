"""An older journal is brought up with a copy kept; a newer one is left alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Connection
from tests.adapters.made_journal_files import (
    STAMP,
    fill,
    filled,
    killed,
    names,
    opened,
    query,
)

from interviewbot.adapters.journal import SqlJournal
from interviewbot.domain.errors import JournalTooNew, StorageFailed
from interviewbot.domain.sitting import Sitting

# A made-up past: version 1 had no bound of time, and called reviews "looks".
OLDER = """
ALTER TABLE sittings DROP COLUMN minutes;
ALTER TABLE reviews RENAME TO looks;
"""


def _bounds(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE sittings ADD COLUMN minutes DOUBLE")


def _names(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE looks RENAME TO reviews")


def _breaks(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM drafts")
    connection.exec_driver_sql("DELETE FROM nonsense")


def _orphans(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM exchanges")


STEPS = (_bounds, _names)


@pytest.fixture
def older(tmp_path: Path) -> Sitting:
    """Leave a journal of the made-up version 1 with one sitting in it; return that."""
    sitting = filled(tmp_path)
    for statement in OLDER.strip().splitlines():
        query(tmp_path / "journal.sqlite", statement)
    return sitting


def digest(home: Path) -> str:
    """Return what the journal's file holds, in short."""
    return hashlib.sha256((home / "journal.sqlite").read_bytes()).hexdigest()


def test_an_older_journal_is_brought_up(tmp_path: Path, older: Sitting) -> None:
    """Step by step, with all that was in it, and a copy of the old one kept and named."""
    notices: list[str] = []
    journal = opened(tmp_path, notices, STEPS)
    assert journal.unfinished() == [older]
    assert journal.reviews() == []
    journal.close()
    copy = tmp_path / f"journal.v1-{STAMP}.sqlite"
    assert names(tmp_path) == {"journal.sqlite", copy.name}
    assert query(copy, "SELECT count(*) FROM looks") == [(0,)]
    assert query(copy, "PRAGMA quick_check") == [("ok",)]
    versions = query(tmp_path / "journal.sqlite", "SELECT version FROM schema_version")
    assert versions == [(1,), (2,), (3,)]
    (notice,) = notices
    assert copy.name in notice
    again = opened(tmp_path, notices, STEPS)
    assert again.unfinished() == [older]
    again.close()
    assert len(notices) == 1


def test_a_new_journal_needs_no_steps(tmp_path: Path) -> None:
    """It begins at the newest version, without a copy of anything."""
    notices: list[str] = []
    journal = opened(tmp_path, notices, STEPS)
    fill(journal)
    journal.close()
    versions = query(tmp_path / "journal.sqlite", "SELECT version FROM schema_version")
    assert versions == [(3,)]
    assert names(tmp_path) == {"journal.sqlite"}
    assert notices == []


@pytest.mark.parametrize("step", [_breaks, _orphans])
def test_a_step_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, older: Sitting, step: object
) -> None:
    """Also the steps before it; the error is ours, and the right steps still work."""
    assert callable(step)
    before = digest(tmp_path)
    with pytest.raises(StorageFailed) as caught:
        opened(tmp_path, steps=(_bounds, step)).unfinished()
    assert caught.value.hint
    assert digest(tmp_path) == before
    assert names(tmp_path) == {"journal.sqlite"}
    journal = opened(tmp_path, steps=STEPS)
    assert journal.unfinished() == [older]
    journal.close()


def test_killed_in_a_migration(tmp_path: Path, older: Sitting) -> None:
    """The old journal stands; the next start brings it up."""
    killed(
        tmp_path,
        "from tests.adapters.test_journal_migrations import _bounds\n"
        "opened(home, steps=(_bounds, die)).unfinished()",
    )
    journal = opened(tmp_path, steps=STEPS)
    assert journal.unfinished() == [older]
    journal.close()
    assert len(list(tmp_path.glob("journal.v1-*.sqlite"))) == 2


def test_a_newer_journal_is_not_touched(tmp_path: Path) -> None:
    """The line says so and what to do; neither its bytes nor its log change."""
    filled(tmp_path)
    query(tmp_path / "journal.sqlite", "INSERT INTO schema_version VALUES (4, '2030-01-01')")
    log = tmp_path / "journal.sqlite-wal"  # of a newer program, killed before it took it in
    killed(
        tmp_path,
        "from tests.domain.made_interviews import made_sitting\n"
        "from dataclasses import replace\n"
        "newer = opened(home, steps=(die, die, die))\n"
        "newer.begin(replace(made_sitting(), id='s9'))",
    )
    before = digest(tmp_path), log.read_bytes()
    assert before[1]
    notices: list[str] = []
    journal = opened(tmp_path, notices)
    with pytest.raises(JournalTooNew, match="newer interviewbot") as caught:
        journal.unfinished()
    assert "upgrade" in caught.value.hint
    with pytest.raises(JournalTooNew):
        journal.memories()
    assert (digest(tmp_path), log.read_bytes()) == before
    assert notices == []
    assert not list(tmp_path.glob("journal.*-*.sqlite"))


def test_the_shipped_version_is_one(tmp_path: Path) -> None:
    """Whoever adds a step says so here, and keeps a journal of the version before."""
    journal = SqlJournal(tmp_path)
    fill(journal)
    journal.close()
    versions = query(tmp_path / "journal.sqlite", "SELECT version FROM schema_version")
    assert versions == [(1,)]
