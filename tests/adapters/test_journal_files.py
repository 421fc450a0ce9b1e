"""The journal's file: begun on first use, set aside when damaged, safe in company."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.adapters.made_journal_files import (
    EVENTS,
    fill,
    filled,
    killed,
    names,
    opened,
)
from tests.domain.made_interviews import made_sitting

from interviewbot.adapters.journal import SqlJournal
from interviewbot.domain.errors import OutOfStep, StorageFailed
from interviewbot.domain.interview import step


def test_the_first_use_makes_the_folders(tmp_path: Path) -> None:
    """Naming a journal touches nothing; reading one finds it empty."""
    home = tmp_path / "data" / "home"
    journal = opened(home)
    assert not home.exists()
    assert journal.unfinished() == []
    assert "journal.sqlite" in names(home)
    journal.close()
    assert names(home) == {"journal.sqlite"}


def test_a_commit_is_on_disk_when_the_call_returns(tmp_path: Path) -> None:
    """WAL with full synchronisation and foreign keys, on every connection."""
    journal = opened(tmp_path)
    with journal._reading() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert pragmas == ["wal", 2, 1, 5000]
    journal.close()


def test_a_closed_journal_opens_again(tmp_path: Path) -> None:
    """The next call does it."""
    journal = opened(tmp_path)
    sitting = fill(journal)
    journal.close()
    journal.close()
    assert journal.unfinished() == [sitting]
    journal.close()


def test_a_url_may_name_the_file(tmp_path: Path) -> None:
    """Its damage and its switches are the same, wherever it lies."""
    path = tmp_path / "elsewhere" / "mine.db"
    journal = SqlJournal(tmp_path / "home", url=f"sqlite:///{path}")
    sitting = fill(journal)
    journal.close()
    assert path.exists()
    assert not (tmp_path / "home").exists()
    path.write_bytes(b"rubbish" * 1000)
    assert journal.unfinished() == []
    journal.close()
    assert len(list(path.parent.glob("mine.damaged-*.db"))) == 1
    assert sitting.id == "s1"


def test_leftovers_of_a_killed_beginning_are_swept_away(tmp_path: Path) -> None:
    """Half a file beside is not the journal."""
    (tmp_path / "journal.sqlite.new").write_bytes(b"half")
    (tmp_path / "journal.sqlite.new-journal").write_bytes(b"half")
    notices: list[str] = []
    journal = opened(tmp_path, notices)
    assert journal.unfinished() == []
    journal.close()
    assert names(tmp_path) == {"journal.sqlite"}
    assert notices == []


def test_what_a_killed_process_committed_is_there(tmp_path: Path) -> None:
    """It stands in the write-ahead log, which the next one takes in."""
    killed(tmp_path, "journal = opened(home)\nfill(journal)")
    assert (tmp_path / "journal.sqlite-wal").stat().st_size
    notices: list[str] = []
    journal = opened(tmp_path, notices)
    assert len(journal.unfinished()[0].exchanges) == 1
    journal.close()
    assert notices == []


@pytest.mark.parametrize("move", [Path.unlink, lambda path: path.rename(f"{path}.old")])
def test_a_file_that_is_gone_takes_no_more_answers(
    tmp_path: Path, move: Callable[[Path], object]
) -> None:
    """What would be written to it nobody would ever read, so it is refused."""
    journal = opened(tmp_path)
    sitting = fill(journal)
    move(tmp_path / "journal.sqlite")
    with pytest.raises(StorageFailed, match="moved or replaced"):
        journal.draft(step(made_sitting(), EVENTS[0]))
    filled(tmp_path)
    with pytest.raises(StorageFailed, match="moved or replaced"):
        journal.sitting(sitting.id)
    journal.close()
    assert journal.sitting(sitting.id) == sitting


def test_many_threads_write_at_once(tmp_path: Path) -> None:
    """None waits in vain and nothing is lost."""
    journal = opened(tmp_path)

    def run(number: int) -> str:
        sitting = replace(made_sitting(), id=f"s{number}")
        journal.begin(sitting)
        for one in EVENTS:
            sitting = step(sitting, one)
            journal.tell(sitting, one)
            assert journal.sitting(sitting.id) == sitting
        return sitting.id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(run, range(24)))
    assert {sitting.id for sitting in journal.unfinished()} == ids
    journal.close()


def test_of_many_threads_one_is_first(tmp_path: Path) -> None:
    """The same event told eight times at once counts once."""
    journal = opened(tmp_path)
    sitting = made_sitting()
    journal.begin(sitting)
    asked = step(sitting, EVENTS[0])

    def run(_: int) -> bool:
        try:
            journal.tell(asked, EVENTS[0])
        except OutOfStep:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(run, range(8))) == 1
    assert journal.sitting("s1") == asked
    journal.close()


def test_many_sittings_cost_no_more_queries_than_one(tmp_path: Path) -> None:
    """What a screen lists is read in a fixed number of statements."""
    journal = opened(tmp_path)
    counted = list[int]()
    for number in range(4):
        sitting = replace(made_sitting(), id=f"s{number}")
        journal.begin(sitting)
        for one in EVENTS:
            sitting = step(sitting, one)
            journal.tell(sitting, one)
        statements = list[str]()
        listener = statement_listener(statements)
        event.listen(journal._opened(), "before_cursor_execute", listener)
        assert len(journal.unfinished()) == number + 1
        assert len(journal.exchanges("AA0001")) == number + 1
        event.remove(journal._opened(), "before_cursor_execute", listener)
        counted.append(len(statements))
    assert len(set(counted)) == 1
    journal.close()


def statement_listener(statements: list[str]) -> Callable[..., None]:
    """Return what notes every statement in ``statements``."""

    def note(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    return note
