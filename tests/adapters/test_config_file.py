"""Writing into the user's ``config.toml``."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest

from interviewbot.adapters.config_file import write_config
from interviewbot.domain.errors import BadInput, StorageFailed


def test_a_file_is_made_with_its_folder(tmp_path: Path) -> None:
    """The first value kept makes folder and file."""
    path = tmp_path / "home" / "config.toml"
    write_config(path, {"theme": "nord", "questions": 7, "mock_minutes": 2.5, "corpus": ["/a"]})
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        "theme": "nord",
        "questions": 7,
        "mock_minutes": 2.5,
        "corpus": ["/a"],
    }


def test_comments_order_and_other_values_stay(tmp_path: Path) -> None:
    """Only the named values change; what somebody wrote around them is theirs."""
    path = tmp_path / "config.toml"
    path.write_text('# mine\nquestions = 5  # a few\n\nencoder = "st:x"\n', encoding="utf-8")
    write_config(path, {"questions": 9, "theme": 'a"b'})
    assert path.read_text(encoding="utf-8") == (
        '# mine\nquestions = 9  # a few\n\nencoder = "st:x"\ntheme = "a\\"b"\n'
    )


@pytest.mark.parametrize("damaged", [b"= [", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path, damaged: bytes) -> None:
    """Nothing is written over what may be worth mending."""
    path = tmp_path / "config.toml"
    path.write_bytes(damaged)
    with pytest.raises(BadInput, match="nothing is written over it"):
        write_config(path, {"questions": 9})
    assert path.read_bytes() == damaged
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk costs the change, not the file, and leaves no litter."""
    path = tmp_path / "config.toml"
    path.write_text("questions = 5\n", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFailed, match="No space left"):
        write_config(path, {"questions": 9})
    assert path.read_text(encoding="utf-8") == "questions = 5\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    """Dotfiles that are kept elsewhere are written where they are."""
    real = tmp_path / "dotfiles.toml"
    real.write_text("questions = 5\n", encoding="utf-8")
    real.chmod(0o640)
    path = tmp_path / "config.toml"
    path.symlink_to(real)
    write_config(path, {"questions": 9})
    assert path.is_symlink()
    assert real.read_text(encoding="utf-8") == "questions = 9\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
