"""The journal's file: begun on first use, set aside when damaged, safe in company."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.adapters.made_journal_files import EVENTS, STAMP, fill, filled, names, opened, query
from tests.domain.made_interviews import NOON, made_sitting

from interviewbot.adapters.journal import SqlJournal
from interviewbot.domain.errors import OutOfStep, SittingHeld, StorageFailed
from interviewbot.domain.interview import Asked, Draft, step

ROOT = Path(__file__).parents[2]


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


def _rubbish(path: Path) -> None:
    path.write_bytes(b"this is not a database at all " * 100)


def _short_rubbish(path: Path) -> None:
    path.write_bytes(b"?")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _cut_short(path: Path) -> None:
    os.truncate(path, 50)


def _flip(path: Path) -> None:
    """Write over the middle of every page but the first."""
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 200] = b"\xff" * 200
    path.write_bytes(content)


def _foreign(path: Path) -> None:
    path.unlink()
    query(path, "CREATE TABLE recipes (name TEXT)")


def _without_a_table(path: Path) -> None:
    query(path, "DROP TABLE reviews")


def _without_version(path: Path) -> None:
    query(path, "DELETE FROM schema_version")


@pytest.mark.parametrize(
    "harm",
    [
        _rubbish,
        _short_rubbish,
        _empty,
        _cut,
        _cut_short,
        _flip,
        _foreign,
        _without_a_table,
        _without_version,
    ],
)
def test_a_damaged_file_is_set_aside(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    """Byte for byte as it was, told in one line, and a fresh journal works at once."""
    filled(tmp_path)
    harm(tmp_path / "journal.sqlite")
    harmed = (tmp_path / "journal.sqlite").read_bytes()
    notices: list[str] = []
    journal = opened(tmp_path, notices)
    assert journal.unfinished() == []
    sitting = fill(journal)
    journal.close()
    aside = tmp_path / f"journal.damaged-{STAMP}.sqlite"
    assert aside.read_bytes() == harmed
    assert names(tmp_path) == {"journal.sqlite", aside.name}
    (notice,) = notices
    assert aside.name in notice
    assert "\n" not in notice
    again = opened(tmp_path, notices)
    assert again.unfinished() == [sitting]
    again.close()
    assert len(notices) == 1


def test_damage_upon_damage_overwrites_nothing(tmp_path: Path) -> None:
    """Two in the same second get names of their own."""
    for content in (b"first", b"second"):
        (tmp_path / "journal.sqlite").write_bytes(content * 500)
        journal = opened(tmp_path)
        assert journal.unfinished() == []
        journal.close()
    kept = {path.read_bytes() for path in tmp_path.glob("journal.damaged-*.sqlite")}
    assert kept == {b"first" * 500, b"second" * 500}


def test_a_lost_file_leaves_its_log_for_a_look(tmp_path: Path) -> None:
    """A write-ahead log without its journal is set aside, not swallowed by the next one."""
    log = tmp_path / "journal.sqlite-wal"
    log.write_bytes(b"the last answers" * 100)
    notices: list[str] = []
    journal = opened(tmp_path, notices)
    assert journal.unfinished() == []
    journal.close()
    aside = tmp_path / f"journal.damaged-{STAMP}.sqlite-wal"
    assert aside.read_bytes() == b"the last answers" * 100
    assert len(notices) == 1


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
    process = os.fork()
    if not process:
        fill(opened(tmp_path))
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitpid(process, 0)[1] == signal.SIGKILL
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
        sitting = made_sitting()
        object.__setattr__(sitting, "id", f"s{number}")
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


HOLDER = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from interviewbot.adapters.journal import SqlJournal
with SqlJournal(Path(sys.argv[1])).hold("s1"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_killed_window_lets_go(tmp_path: Path) -> None:
    """While it lives the sitting is its own; kill -9 frees it at once."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    journal = opened(tmp_path)
    with pytest.raises(SittingHeld) as caught, journal.hold("s1"):
        pass
    assert caught.value.message == "this interview is open in another window"
    assert caught.value.hint
    process.kill()
    process.communicate(timeout=30)
    with journal.hold("s1"):
        pass


def test_another_thread_may_let_go(tmp_path: Path) -> None:
    """A screen may be closed by another thread than the one that opened it."""
    journal = opened(tmp_path)
    held = journal.hold("../../odd name")
    held.__enter__()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(held.__exit__, None, None, None).result()
    with journal.hold("../../odd name"):
        pass
    assert len(list((tmp_path / "locks").iterdir())) == 1


def test_a_folder_for_locks_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """An error of ours, with a hint."""
    (tmp_path / "locks").write_text("not a folder")
    with pytest.raises(StorageFailed) as caught, opened(tmp_path).hold("s1"):
        pass
    assert "INTERVIEWBOT_HOME" in caught.value.hint
