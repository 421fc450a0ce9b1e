"""A disk, a folder or another program in the way: a sentence, a hint, nothing half done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.adapters.made_journal_files import (
    EVENTS,
    filled,
    opened,
    query,
)
from tests.domain.made_interviews import NOON, made_sitting

from interviewbot.domain.errors import OutOfStep, StorageFailed
from interviewbot.domain.interview import Asked, step
from interviewbot.domain.sitting import Draft


def test_a_lock_held_too_long_is_told(tmp_path: Path) -> None:
    """Writing waits for another program's transaction, but not for ever; reading goes on."""
    sitting = filled(tmp_path)
    journal = opened(tmp_path, wait_s=0.1)
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert journal.unfinished() == [sitting]
        with pytest.raises(StorageFailed, match="locked by another program") as caught:
            journal.begin(made_sitting())
        assert "try again" in caught.value.hint
        other.execute("ROLLBACK")
    journal.close()


def test_an_opening_held_too_long_is_told(tmp_path: Path) -> None:
    """Likewise while another process repairs or brings up the journal."""
    from filelock import FileLock

    filled(tmp_path)
    with (
        FileLock(tmp_path / "locks" / "journal.sqlite.lock"),
        pytest.raises(StorageFailed, match="locked by another program"),
    ):
        opened(tmp_path, wait_s=0.1).unfinished()


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    """The event is not kept; once there is room, the same call succeeds."""
    journal = opened(tmp_path)
    sitting = made_sitting()
    journal.begin(sitting)
    asked = step(sitting, EVENTS[0])
    journal.tell(asked, EVENTS[0])
    journal.close()
    journal.unfinished()
    engine, limit = journal._opened(), 30
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, __: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit}")

    draft = Draft.of(asked, "x" * 200_000, 1.0, NOON)
    with pytest.raises(StorageFailed, match="the disk is full") as caught:
        journal.save_draft(draft)
    assert "room" in caught.value.hint
    assert journal.draft(asked) is None
    engine.dispose()
    limit = 1_000_000
    journal.save_draft(draft)
    assert journal.draft(asked) == draft
    journal.close()


def test_a_read_only_file_is_told(tmp_path: Path) -> None:
    """Reading goes on."""
    sitting = filled(tmp_path)
    journal = opened(tmp_path)
    engine = journal._opened()

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, __: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    assert journal.unfinished() == [sitting]
    with pytest.raises(StorageFailed, match="read-only") as caught:
        journal.save_draft(Draft.of(step(made_sitting(), EVENTS[0]), "x", 1.0, NOON))
    assert "INTERVIEWBOT_HOME" in caught.value.hint
    journal.close()


def _home_is_a_file(home: Path) -> None:
    home.write_text("not a folder")


def _journal_is_a_folder(home: Path) -> None:
    (home / "journal.sqlite").mkdir(parents=True)


def _locks_are_a_file(home: Path) -> None:
    home.mkdir()
    (home / "locks").write_text("not a folder")


@pytest.mark.parametrize("spoil", [_home_is_a_file, _journal_is_a_folder, _locks_are_a_file])
def test_an_unusable_folder_is_told(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """With the way to another one, and without harm to what is there."""
    home = tmp_path / "home"
    spoil(home)
    before = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    with pytest.raises(StorageFailed) as caught:
        opened(home).unfinished()
    assert "INTERVIEWBOT_HOME" in caught.value.hint
    after = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert set(after) - set(before) <= {"journal.sqlite.lock"}


def test_what_a_row_should_not_hold_is_told(tmp_path: Path) -> None:
    """A grade that somebody has changed by hand is neither guessed at nor a zero."""
    filled(tmp_path)
    query(tmp_path / "journal.sqlite", "UPDATE grades SET document = '{}'")
    journal = opened(tmp_path)
    with pytest.raises(StorageFailed, match="cannot be read"):
        journal.unfinished()
    journal.close()


def test_errors_do_not_repeat_answers(tmp_path: Path) -> None:
    """Neither the sentence nor its cause holds what the candidate wrote."""
    filled(tmp_path)
    journal = opened(tmp_path)
    query(tmp_path / "journal.sqlite", "DROP TABLE drafts")
    draft = Draft.of(step(made_sitting(), Asked(at=NOON, place=0)), "my secret", 1.0, NOON)
    with pytest.raises((StorageFailed, OutOfStep)) as caught:
        journal.save_draft(draft)
    assert "secret" not in f"{caught.value} {caught.value.__cause__}"
    journal.close()
