"""A damaged journal is set aside, never overwritten, and a fresh one begun."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.adapters.made_journal_files import (
    STAMP,
    fill,
    filled,
    names,
    opened,
    query,
)


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
    assert {"journal.sqlite", aside.name} <= names(tmp_path)
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
