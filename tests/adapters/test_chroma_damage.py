"""A damaged index is given up and made again; what is not damage is told apart."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.made_rows import DIMENSION, assert_holds, fill, made
from tests.adapters.opened_index import OPEN, Opened, ask

from interviewbot.adapters.chroma_read import QuickReader
from interviewbot.domain.errors import IndexUnavailable, StorageFailed

Damage = Callable[[Path], object]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """An index folder that does not exist yet."""
    one = Opened(tmp_path / "deep" / "index")
    yield one
    one.index.close()


def _graph(folder: Path, name: str) -> Path:
    """Return a file of the largest graph."""
    return max(folder.glob("*/data_level0.bin"), key=lambda path: path.stat().st_size).with_name(
        name
    )


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _scribble(path: Path) -> None:
    path.write_bytes(np.random.default_rng(0).bytes(path.stat().st_size))


def _scribble_behind_the_header(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8192] + np.random.default_rng(0).bytes(len(content) - 8192))


def _miscount(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["rows"]["claim"] += 1
    path.write_text(json.dumps(manifest))


def _lose(folder: Path) -> None:
    folder.rename(folder.with_name("lost"))


DAMAGES: dict[str, Damage] = {
    "database cut": lambda folder: _cut(folder / "chroma.sqlite3"),
    "database scribbled": lambda folder: _scribble(folder / "chroma.sqlite3"),
    "database scribbled inside": lambda f: _scribble_behind_the_header(f / "chroma.sqlite3"),
    "database deleted": lambda folder: (folder / "chroma.sqlite3").unlink(),
    "database emptied": lambda folder: (folder / "chroma.sqlite3").write_bytes(b""),
    "graph scribbled": lambda folder: _scribble(_graph(folder, "data_level0.bin")),
    "graph cut": lambda folder: _cut(_graph(folder, "data_level0.bin")),
    "links scribbled": lambda folder: _scribble(_graph(folder, "link_lists.bin")),
    "header cut": lambda folder: _cut(_graph(folder, "header.bin")),
    "ids deleted": lambda folder: _graph(folder, "index_metadata.pickle").unlink(),
    "manifest rubbish": lambda folder: _scribble(folder / "manifest.json"),
    "manifest of another shape": lambda f: (f / "manifest.json").write_text("[1]"),
    "manifest deleted": lambda folder: (folder / "manifest.json").unlink(),
    "rows miscounted": _miscount,
    "generation lost": _lose,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_reading_a_damaged_index(opened: Opened, damage: Damage) -> None:
    """Damage is set aside and said in one line; then the digest is gone and all can be rebuilt."""
    rows = made(300)
    fill(opened.index, "d1", rows)
    damage(opened.live)
    index = opened.another()
    with pytest.raises(IndexUnavailable, match="damaged"):
        assert_holds(index, rows)
    assert index.digest() is None
    assert len(opened.notices) == 1
    assert "\n" not in opened.notices[0]
    assert opened.names("damaged-*") == ["damaged-1"] * (damage is not _lose)
    with pytest.raises(IndexUnavailable, match="no vector index yet"):
        ask(index)
    assert fill(index, "d1", rows) == (300, 0)
    assert_holds(index, rows)
    assert len(opened.notices) == 1


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_updating_a_damaged_index(opened: Opened, damage: Damage) -> None:
    """An update that meets damage sets it aside and starts from nothing at once."""
    fill(opened.index, "d1", made(300))
    damage(opened.live)
    rows = made(310)
    assert fill(opened.another(), "d2", rows) == (310, 0)
    assert opened.index.digest() == "d2"
    assert_holds(opened.index, rows)
    assert len(opened.notices) == 1


@pytest.mark.parametrize("content", [b"", b"gen-0123456789abcdef", b"../../etc", b"\xff\xfe\n"])
def test_rubbish_in_current(opened: Opened, content: bytes) -> None:
    """A ``current`` that names nothing is no index, and an update mends it."""
    fill(opened.index, "d1", made(30))
    (opened.folder / "current").write_bytes(content)
    assert opened.index.digest() is None
    with pytest.raises(IndexUnavailable):
        ask(opened.index)
    fill(opened.index, "d1", made(30))
    assert_holds(opened.index, made(30))


def test_a_damaged_process_says_so_and_lives(opened: Opened) -> None:
    """Damage on which Chroma itself would crash does not end the process."""
    fill(opened.index, "d1", made(1_500))
    for name in ("data_level0.bin", "link_lists.bin", "length.bin"):
        _scribble(_graph(opened.live, name))
    code = f"""
import numpy
from pathlib import Path
from interviewbot.domain.errors import IndexUnavailable
{OPEN.format(str(opened.folder))}
try:
    index.nearest(numpy.eye(1, {DIMENSION}, dtype=numpy.float32), kind="claim", count=3)
except IndexUnavailable:
    print("translated")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "translated"


def test_two_damaged_generations_stay(opened: Opened) -> None:
    """However often damage strikes, the two latest stay for a look."""
    for number in range(4):
        fill(opened.index, f"d{number}", made(10))
        (opened.live / "manifest.json").unlink()
        with pytest.raises(IndexUnavailable):
            ask(opened.another())
    assert opened.names("damaged-*") == ["damaged-3", "damaged-4"]
    assert opened.names("gen-*") == []


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("error 5: database is locked", IndexUnavailable),
        ("database or disk is full", StorageFailed),
    ],
)
def test_what_is_not_the_indexs_fault(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, words: str, error: type[Exception]
) -> None:
    """A lock held too long or a full disk is said and damns no index."""
    fill(opened.index, "d1", made(30))

    def failing(*_: object) -> None:
        raise RuntimeError(words)

    with monkeypatch.context() as patch:
        patch.setattr(QuickReader, "_query", failing)
        with pytest.raises(error):
            ask(opened.another())
    assert opened.notices == []
    assert len(ask(opened.index)) == 5


class PanicException(BaseException):
    """Like pyo3's, which cannot be imported."""


def test_a_panic_while_reading(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """A panic in the middle of a query sets the generation aside."""
    fill(opened.index, "d1", made(30))
    ask(opened.index)

    def panicking(*_: object) -> None:
        raise PanicException("oh")

    with monkeypatch.context() as patch:
        patch.setattr(QuickReader, "_query", panicking)
        with pytest.raises(IndexUnavailable, match="damaged"):
            ask(opened.index)
    assert opened.index.digest() is None
    assert len(opened.notices) == 1


def test_unwritable_folder(tmp_path: Path) -> None:
    """Where the folder cannot be made, the error says where and what to do."""
    (tmp_path / "file").write_text("in the way")
    one = Opened(tmp_path / "file" / "index")
    with pytest.raises(StorageFailed, match="cannot be written") as caught:
        fill(one.index, "d1", made(3))
    assert "INTERVIEWBOT_HOME" in caught.value.hint
    with pytest.raises(IndexUnavailable, match="cannot be read"):
        one.index.digest()


def test_full_disk_keeps_the_old_index(opened: Opened) -> None:
    """An update that finds no room fails with a sentence; the old index stays."""
    resource = pytest.importorskip("resource", reason="limits on a file's size are POSIX")
    rows = made(100)
    fill(opened.index, "d1", rows)
    _, hard = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StorageFailed):
            fill(opened.another(), "d2", made(5_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert opened.index.digest() == "d1"
    assert_holds(opened.index, rows)
