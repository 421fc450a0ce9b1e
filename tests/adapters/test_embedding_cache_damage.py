"""The embedding cache survives damage, and says when it cannot write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.made_texts import assert_same, encoded, opened

from interviewbot.adapters.embedding_cache import SqliteEmbeddingCache
from interviewbot.domain.errors import StorageFailed


def _rubbish(path: Path) -> None:
    path.write_bytes(b"this is not a database at all" * 100)


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 + 100])


def _cut_to_a_stump(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _scribbled(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = np.random.default_rng(0).bytes(len(content) - 4096)
    path.write_bytes(content)


def _one_bit_flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[content.index(encoded(7).pooled.tobytes())] ^= 1
    path.write_bytes(content)


def _foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE texts (somebody TEXT)")
    connection.close()


def _table_dropped(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE texts")
    connection.close()


@pytest.mark.parametrize(
    "damage",
    [
        _rubbish,
        _cut,
        _cut_to_a_stump,
        _emptied,
        _scribbled,
        _one_bit_flipped,
        _foreign,
        _table_dropped,
    ],
)
def test_damage_is_set_aside(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """A damaged or foreign file is renamed, said in one line, and a fresh one works."""
    path, notices = tmp_path / "c.sqlite", list[str]()
    cache = opened(path, notices)
    texts = [f"text {number}" for number in range(60)]
    cache.put({text: encoded(number) for number, text in enumerate(texts)})
    damage(path)
    before = path.read_bytes()
    assert cache.get(texts) == {}
    assert (tmp_path / "c.sqlite.damaged-1").read_bytes() == before
    assert len(notices) == 1
    assert "c.sqlite.damaged-1" in notices[0]
    assert "\n" not in notices[0]
    cache.put({"text 7": encoded(7)})
    assert_same(cache.get(texts)["text 7"], encoded(7))
    assert len(notices) == 1


def test_put_into_a_damaged_file(tmp_path: Path) -> None:
    """A put that meets a damaged file lands in the fresh one."""
    path, notices = tmp_path / "c.sqlite", list[str]()
    _rubbish(path)
    cache = opened(path, notices)
    cache.put({"a": encoded(1)})
    assert cache.get(["a"]).keys() == {"a"}
    assert len(notices) == 1


def test_few_damaged_files_stay(tmp_path: Path) -> None:
    """However often damage strikes, two damaged files stay, the latest ones."""
    path, notices = tmp_path / "c.sqlite", list[str]()
    for _ in range(12):
        _rubbish(path)
        opened(path, notices).get(["a"])
    names = {name.name for name in tmp_path.glob("*.damaged-*")}
    assert names == {"c.sqlite.damaged-11", "c.sqlite.damaged-12"}
    assert len(notices) == 12


def test_a_file_mended_by_another_process_stays(tmp_path: Path) -> None:
    """Who saw damage that another process has mended meanwhile does not set aside again."""
    path, notices = tmp_path / "c.sqlite", list[str]()
    cache = SqliteEmbeddingCache(path, "e1", notices.append)
    cache.put({"a": encoded(1)})
    cache._set_aside("seen a moment ago")
    assert cache.get(["a"]).keys() == {"a"}
    assert notices == []


def test_unwritable_folder(tmp_path: Path) -> None:
    """Where the folder cannot be made, the error says which file and what to do."""
    (tmp_path / "file").write_text("in the way")
    cache = opened(tmp_path / "file" / "c.sqlite")
    for call in (lambda: cache.get(["a"]), lambda: cache.put({"a": encoded(1)})):
        with pytest.raises(StorageFailed, match=r"c\.sqlite cannot be used") as caught:
            call()
        assert "INTERVIEWBOT_HOME" in caught.value.hint


def test_a_folder_in_the_files_place(tmp_path: Path) -> None:
    """A folder where the file should be is an error, not damage."""
    (tmp_path / "c.sqlite").mkdir()
    with pytest.raises(StorageFailed):
        opened(tmp_path / "c.sqlite").get(["a"])
    assert (tmp_path / "c.sqlite").is_dir()


def test_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    """A put that finds no room fails as a whole and leaves the earlier texts."""
    resource = pytest.importorskip("resource", reason="limits on a file's size are POSIX")
    cache = opened(tmp_path / "c.sqlite")
    cache.put({"a": encoded(1)})
    big = {f"b{number}": encoded(number, tokens=200, dimension=64) for number in range(100)}
    _, hard = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(StorageFailed, match=r"cannot be used"):
            cache.put(big)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert cache.get(["a", *big]).keys() == {"a"}


@pytest.mark.parametrize("waiting", [False, True])
def test_full_disk_stops_no_reading(tmp_path: Path, *, waiting: bool) -> None:
    """Where not a byte can be written, not even SQLite's own, what is kept is found."""
    resource = pytest.importorskip("resource", reason="limits on a file's size are POSIX")
    cache = opened(tmp_path / "c.sqlite")
    cache.put({"a": encoded(1)})
    open_elsewhere = sqlite3.connect(tmp_path / "c.sqlite") if waiting else None
    _, hard = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        found = cache.get(["a", "b"])
        with pytest.raises(StorageFailed, match=r"cannot be used"):
            cache.put({"b": encoded(2)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        if open_elsewhere is not None:
            open_elsewhere.close()
    assert found.keys() == {"a"}
    assert_same(found["a"], encoded(1))


def test_full_disk_and_a_damaged_file(tmp_path: Path) -> None:
    """Where there is no room and nothing to read either, the error is that of the disk."""
    resource = pytest.importorskip("resource", reason="limits on a file's size are POSIX")
    path = tmp_path / "c.sqlite"
    opened(path).put({"a": encoded(1)})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE texts SET checksum = 0")
    _, hard = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(StorageFailed, match=r"cannot be used"):
            opened(path).get(["a"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
