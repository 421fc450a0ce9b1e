"""The secret behind the delimiters."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interviewbot.adapters.delimiter_secret import read_secret
from interviewbot.domain.errors import StorageFailed


def test_it_is_made_once_and_stays(tmp_path: Path) -> None:
    """32 bytes that are the same ever after, in a folder that need not be there yet."""
    home = tmp_path / "new" / "home"
    first = read_secret(home)
    assert len(first) == 32
    assert read_secret(home) == first
    assert [path.name for path in home.iterdir()] == ["delimiter.secret"]


def test_nobody_else_has_the_same(tmp_path: Path) -> None:
    """Two homes, two secrets."""
    assert read_secret(tmp_path / "a") != read_secret(tmp_path / "b")


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    """The file is the user's alone, whatever the umask."""
    read_secret(tmp_path)
    mode = (tmp_path / "delimiter.secret").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_damaged_one_is_refused(tmp_path: Path, size: int) -> None:
    """A short secret could be guessed; removing it is all it takes."""
    path = tmp_path / "delimiter.secret"
    path.write_bytes(b"x" * size)
    with pytest.raises(StorageFailed, match="damaged") as caught:
        read_secret(tmp_path)
    assert "remove it" in caught.value.hint
    assert path.stat().st_size == size


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    """A file in the place of the folder, and a folder in the place of the file."""
    (tmp_path / "home").write_text("x", encoding="utf-8")
    with pytest.raises(StorageFailed, match="cannot be"):
        read_secret(tmp_path / "home")
    (tmp_path / "other" / "delimiter.secret").mkdir(parents=True)
    with pytest.raises(StorageFailed):
        read_secret(tmp_path / "other")


def test_what_a_killed_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    """Not even where every process has the same number, as in a container."""
    import os

    for name in (f"delimiter.secret.{os.getpid()}", "delimiter.secret.1"):
        (tmp_path / name).write_bytes(b"")
    assert len(read_secret(tmp_path)) == 32


def test_threads_that_make_it_at_once_do_not_fail(tmp_path: Path) -> None:
    """Each gets a whole secret, and in the end there is one."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read_secret, [tmp_path] * 8))
    assert {len(secret) for secret in found} == {32}
    assert read_secret(tmp_path) in found
    assert [path.name for path in tmp_path.iterdir()] == ["delimiter.secret"]


def test_another_process_finds_it(tmp_path: Path) -> None:
    """What one command made the next one uses."""
    program = (
        "import sys; from pathlib import Path\n"
        "from interviewbot.adapters.delimiter_secret import read_secret\n"
        "print(read_secret(Path(sys.argv[1])).hex())\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, check=True, timeout=20, capture_output=True, text=True)
    assert bytes.fromhex(done.stdout) == read_secret(tmp_path)
