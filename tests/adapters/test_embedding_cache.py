"""The embedding cache keeps texts to the last bit and survives damage and company."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.adapters.embedding_cache import SqliteEmbeddingCache
from interviewbot.domain.errors import StorageFailed
from interviewbot.ports import EmbeddingCache
from interviewbot.vectors import EncodedText

_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_embedding_cache import encoded, opened
cache = opened(Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3]), int(sys.argv[4])):
    cache.put({f"text {number}": encoded(number, tokens=20, dimension=16)})
    print(number, flush=True)
"""


def encoded(seed: int, *, tokens: int = 5, dimension: int = 8) -> EncodedText:
    """Return random arrays of the right types and shapes; the scales hold odd floats."""
    dice = np.random.default_rng(seed)
    scales = dice.normal(size=tokens).astype(np.float32)
    scales[:1] = np.float32(-0.0)
    scales[1:2] = np.finfo(np.float32).smallest_subnormal
    return EncodedText(
        token_ids=dice.integers(-(2**31), 2**31, tokens, dtype=np.int32),
        spans=dice.integers(0, 2**31, (tokens, 2), dtype=np.int32),
        codes=dice.integers(-127, 128, (tokens, dimension), dtype=np.int8),
        scales=scales,
        pooled=dice.normal(size=dimension).astype(np.float32),
    )


def opened(path: Path, notices: list[str] | None = None, encoder: str = "e1") -> EmbeddingCache:
    """Return the cache in ``path`` as the port that it fulfils."""
    notice: Callable[[str], None] = print if notices is None else notices.append
    return SqliteEmbeddingCache(path, encoder, notice)


def assert_same(one: EncodedText, other: EncodedText) -> None:
    """Compare types, shapes and every bit."""
    for name in ("token_ids", "spans", "codes", "scales", "pooled"):
        left, right = getattr(one, name), getattr(other, name)
        assert (left.dtype, left.shape, left.tobytes()) == (
            right.dtype,
            right.shape,
            right.tobytes(),
        )


@given(
    texts=st.dictionaries(
        st.text(max_size=30),
        st.tuples(st.integers(0, 2**32), st.integers(0, 12), st.integers(1, 40)),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=40, deadline=None)
def test_round_trip_is_bit_exact(texts: dict[str, tuple[int, int, int]]) -> None:
    """What is put comes back with the same types, shapes and bits, whatever the text."""
    kept = {
        text: encoded(seed, tokens=tokens, dimension=dimension)
        for text, (seed, tokens, dimension) in texts.items()
    }
    with TemporaryDirectory() as folder:
        opened(Path(folder, "c.sqlite")).put(kept)
        found = opened(Path(folder, "c.sqlite")).get([*texts, *texts, "never put \0"])
    assert found.keys() == kept.keys()
    for text, one in kept.items():
        assert_same(found[text], one)


def test_more_texts_than_sqlite_has_variables(tmp_path: Path) -> None:
    """Thousands of texts are found in one call."""
    kept = {f"text {number}": encoded(number, tokens=1) for number in range(2_500)}
    cache = opened(tmp_path / "c.sqlite")
    cache.put(kept)
    assert cache.get([*kept, "other"]).keys() == kept.keys()


def test_what_is_there_stays(tmp_path: Path) -> None:
    """A second put of a text changes nothing."""
    cache = opened(tmp_path / "c.sqlite")
    cache.put({"a": encoded(1)})
    cache.put({"a": encoded(2), "b": encoded(3)})
    found = cache.get(["a", "b"])
    assert_same(found["a"], encoded(1))
    assert_same(found["b"], encoded(3))


def test_encoders_do_not_mix(tmp_path: Path) -> None:
    """A text that one encoder put is not there for another encoder."""
    opened(tmp_path / "c.sqlite", encoder="one").put({"a": encoded(1)})
    other = opened(tmp_path / "c.sqlite", encoder="two")
    assert other.get(["a"]) == {}
    other.put({"a": encoded(2)})
    assert_same(opened(tmp_path / "c.sqlite", encoder="one").get(["a"])["a"], encoded(1))


def test_nothing_asked_opens_nothing(tmp_path: Path) -> None:
    """An empty get or put does not even make the file."""
    cache = opened(tmp_path / "c.sqlite")
    cache.put({})
    assert cache.get([]) == {}
    assert list(tmp_path.iterdir()) == []


def _rubbish(path: Path) -> None:
    path.write_bytes(b"this is not a database at all" * 100)


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 + 100])


def _cut_to_a_stump(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


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
    [_rubbish, _cut, _cut_to_a_stump, _scribbled, _one_bit_flipped, _foreign, _table_dropped],
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


def _writer(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, Path(__file__).parent, path, str(first), str(last)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _start_all(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()


def test_processes_write_at_once(tmp_path: Path) -> None:
    """Processes that start on a missing file together all find their texts kept."""
    path = tmp_path / "c.sqlite"
    processes = [_writer(path, first, first + 60) for first in (0, 40, 80)]
    _start_all(processes)
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    found = opened(path).get([f"text {number}" for number in range(140)])
    assert len(found) == 140
    for number in (0, 50, 139):
        assert_same(found[f"text {number}"], encoded(number, tokens=20, dimension=16))
    assert list(tmp_path.glob("*.damaged-*")) == []


def test_a_killed_writer_loses_nothing_said_to_be_kept(tmp_path: Path) -> None:
    """After ``kill -9`` every put that had returned is there, and writing goes on."""
    path, notices = tmp_path / "c.sqlite", list[str]()
    process = _writer(path, 0, 100_000)
    _start_all([process])
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(30)]
    process.kill()
    rest, _ = process.communicate(timeout=60)
    kept = [int(line) for line in [*said, *rest.splitlines(keepends=True)] if line.endswith("\n")]
    cache = opened(path, notices)
    found = cache.get([f"text {number}" for number in kept])
    assert len(found) == len(kept) >= 30
    cache.put({"after": encoded(1)})
    assert cache.get(["after"]).keys() == {"after"}
    assert notices == []
