"""Writing reports: whole or not at all, and never over something else unasked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.adapters.made_report import made_report

from interviewbot.adapters.report_files import write_report
from interviewbot.domain.errors import BadInput, FileIsThere, StorageFailed


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
    with pytest.raises(FileIsThere, match="is there already"):
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


@pytest.mark.parametrize("path", ["~nosuchuser/r.md", "a\0b.md"])
def test_what_is_no_path_is_refused(path: str) -> None:
    """A home folder that nobody has, a name with a NUL in it."""
    with pytest.raises(BadInput, match=r"home folder|the name of a file"):
        write_report(made_report(), Path(path))


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    """As every failure of the disk."""
    with pytest.raises(StorageFailed, match="File name too long") as failed:
        write_report(made_report(), tmp_path / f"{'n' * 300}.md")
    assert failed.value.hint == "choose a shorter name"


def test_a_folder_that_may_not_be_looked_into_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Already the look at what is there can fail."""

    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(StorageFailed, match="Permission denied"):
        write_report(made_report(), tmp_path / "r.md")


def test_a_home_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``~`` is the candidate's own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    write_report(made_report(), Path("~/r.md"))
    assert (tmp_path / "r.md").is_file()


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


@pytest.mark.parametrize("ending", ["md", "html"])
def test_formulas_and_marks_of_the_corpus_are_made_readable(ending: str, tmp_path: Path) -> None:
    """In every text of the corpus; code keeps its marks."""
    text = "Is $\\frac{a}{b}$ **really** `x`?\n\n```python\nf(**kwargs)\n\n$HOME\n```"
    path = tmp_path / f"a.{ending}"
    report = made_report(text)
    (exchange,) = report.exchanges
    points = tuple(replace(point, quote="", own_reason="") for point in exchange.points)
    exchange = replace(exchange, answer="I wrote **this**", follow_ups=(), why="", points=points)
    write_report(replace(report, exchanges=(exchange,), topics=()), path)
    found = path.read_text(encoding="utf-8").replace("\\", "")
    assert "Is a/b really x?" in found
    assert "frac{" not in found
    assert "**really**" not in found
    assert "f(**kwargs)" in found
    assert "$HOME" in found
    assert "I wrote **this**" in found


def test_half_a_character_does_not_stop_the_report(tmp_path: Path) -> None:
    """A lone surrogate becomes a question mark."""
    write_report(made_report("a\ud800b"), tmp_path / "a.html")
    assert "a?b" in (tmp_path / "a.html").read_text(encoding="utf-8")
