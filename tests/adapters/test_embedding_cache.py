"""The embedding cache keeps texts to the last bit, for several processes at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.made_texts import assert_same, encoded, opened

_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from made_texts import encoded, opened
cache = opened(Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3]), int(sys.argv[4])):
    cache.put({f"text {number}": encoded(number, tokens=20, dimension=16)})
    print(number, flush=True)
"""


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
