"""``interviewbot doctor``: the data folder, its room, and what was left in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.conftest import ROOT, Command


def check(run: Command, name: str) -> dict[str, Any] | None:
    """Return what doctor says of ``name``."""
    checks = run.json("doctor", "--json")["checks"]
    return next((found for found in checks if found["name"] == name), None)


def test_scarce_room_is_said(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before an index fails for lack of it."""
    assert (check(run, "data folder") or {})["state"] == "ok"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3_000_000))
    found = check(run, "data folder")
    assert found is not None
    assert found["state"] == "note"
    assert "only 3.0 MB are free" in found["detail"]


def test_no_room_is_bad(run: Command, tmp_path: Path) -> None:
    """A folder in which a file can be made and not filled does not work."""
    resource = pytest.importorskip("resource", reason="limits on a file's size are POSIX")
    (tmp_path / "home").mkdir()
    _, hard = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        found = run("doctor")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert found.exit_code == 1
    (line,) = [line for line in found.stdout.splitlines() if "data folder" in line]
    assert line.startswith("bad")
    assert "make room" in line


def test_other_indexes_are_named_and_left(run: Command, indexed_home: Path, tmp_path: Path) -> None:
    """An index of another corpus or encoder is mentioned with its size, never removed."""
    assert check(run, "other indexes") is None
    shutil.copytree(indexed_home, tmp_path / "home", dirs_exist_ok=True)
    assert check(run, "other indexes") is None
    other = tmp_path / "home" / "index" / "some-encoder" / "chroma-0123456789ab"
    other.mkdir(parents=True)
    (other / "file").write_bytes(bytes(7_000_000))
    found = check(run, "other indexes")
    assert found is not None
    assert "7.0 MB" in found["detail"]
    assert "index/some-encoder/chroma-0123456789ab" in found["detail"]
    assert "remove" in found["fix"]
    assert (other / "file").exists()


def test_make_run_takes_a_path_with_spaces() -> None:
    """The answer's name reaches the shell in one piece."""
    found = subprocess.run(
        ["make", "--dry-run", "--assume-old=.venv/bin/.run", "run", "ANSWER=a b/c d.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert 'grade "a b/c d.txt"' in found.stdout
