"""Writing reports: whole or not at all, and never over something else unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.made_report import made_report

from interviewbot.adapters.report_files import write_report
from interviewbot.domain.errors import BadInput, StorageFailed


@pytest.mark.parametrize(
    ("name", "begins"), [("a.md", "# Interview"), ("a.HTML", "<!DOCTYPE html>")]
)
def test_the_ending_says_which_form(name: str, begins: str, tmp_path: Path) -> None:
    """In UTF-8, with nothing left beside it."""
    write_report(made_report(), tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_that_is_there_stays_unless_told(tmp_path: Path) -> None:
    """Replacing it is one step."""
    path = tmp_path / "a.md"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="is there already"):
        write_report(made_report(), path)
    assert path.read_text(encoding="utf-8") == "mine"
    write_report(made_report(), path, overwrite=True)
    assert path.read_text(encoding="utf-8").startswith("# Interview")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_appears_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the writing another program made it."""
    path = tmp_path / "a.md"
    path.write_text("theirs", encoding="utf-8")
    monkeypatch.setattr(Path, "exists", lambda _: False)
    with pytest.raises(BadInput, match="is there already"):
        write_report(made_report(), path)
    assert path.read_text(encoding="utf-8") == "theirs"


def test_a_file_system_without_links_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a rename."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_report(made_report(), tmp_path / "a.md")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_places_that_cannot_be_are_refused(tmp_path: Path) -> None:
    """An unknown ending, a missing folder, a folder by that name."""
    (tmp_path / "d.md").mkdir()
    for path in (tmp_path / "a.pdf", tmp_path / "no" / "a.md", tmp_path / "d.md"):
        with pytest.raises(BadInput):
            write_report(made_report(), path, overwrite=True)


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no half a new one."""
    path = tmp_path / "a.md"
    path.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageFailed, match="No space left"):
        write_report(made_report(), path, overwrite=True)
    assert path.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_half_a_character_does_not_stop_the_report(tmp_path: Path) -> None:
    """A lone surrogate becomes a question mark."""
    write_report(made_report("a\ud800b"), tmp_path / "a.html")
    assert "a?b" in (tmp_path / "a.html").read_text(encoding="utf-8")
