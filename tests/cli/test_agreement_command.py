"""``interviewbot eval agreement``: what it reads, what it refuses to write over, its tables."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests.conftest import Command

from interviewbot.wiring import Wiring


def row(number: int, split: str = "dev") -> dict[str, object]:
    """Return a row with labels."""
    return {
        "id": str(number),
        "reference": "A stack returns the last item first.",
        "answer": "The last item comes out first." if number % 2 else "A cat sleeps all day.",
        "score": number % 2,
        "split": split,
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a file of six rows, all of the split dev."""
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(f"{json.dumps(row(number))}\n" for number in range(6)))
    return path


@pytest.fixture
def refused(run: Command, monkeypatch: pytest.MonkeyPatch) -> Refused:
    """Run a command that must be refused before anything is graded."""
    return Refused(run, monkeypatch)


class Refused:
    """Runs ``eval agreement`` where grading is an error."""

    def __init__(self, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        """Forbid grading."""

        def grade(*_: object) -> None:
            raise AssertionError("something was graded")

        monkeypatch.setattr(Wiring, "batch", grade)
        self._run = run

    def __call__(self, *arguments: str | Path) -> Result:
        """Return the result: exit code 2 and one line."""
        found = self._run("eval", "agreement", *arguments)
        assert found.exit_code == 2, found.stderr
        assert found.stdout == ""
        assert len(found.stderr.splitlines()) == 1, found.stderr
        return found


def test_predictions_never_replace_a_file(refused: Refused, gold: Path, tmp_path: Path) -> None:
    """What is there stays to the last byte."""
    other = tmp_path / "other.txt"
    other.write_text("precious")
    found = refused("--gold", gold, "--predictions", other)
    assert "is there already" in found.stderr
    assert other.read_text() == "precious"
    refused("--gold", gold, "--predictions", other, "--split", "nope")
    assert other.read_text() == "precious"


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_predictions_never_replace_the_gold(
    refused: Refused, gold: Path, tmp_path: Path, link: Callable[[Path, Path], None]
) -> None:
    """Under whatever name."""
    before = gold.read_bytes()
    link(gold, tmp_path / "alias")
    for name in (gold, tmp_path / "alias"):
        assert "is a --gold file" in refused("--gold", gold, "--predictions", name).stderr
    assert gold.read_bytes() == before


@pytest.mark.parametrize("name", ["none/out.jsonl", "folder", "gold.jsonl/out.jsonl"])
def test_predictions_that_cannot_be_written(
    refused: Refused, gold: Path, tmp_path: Path, name: str
) -> None:
    """That is said before anything is graded."""
    (tmp_path / "folder").mkdir()
    found = refused("--gold", gold, "--predictions", tmp_path / name)
    assert "cannot be written" in found.stderr


def test_an_empty_file_may_be_filled(run_indexed: Command, gold: Path, tmp_path: Path) -> None:
    """As it is left where an earlier run was stopped."""
    target = tmp_path / "out.jsonl"
    target.touch()
    assert run_indexed("eval", "agreement", "--gold", gold, "--predictions", target).exit_code == 0
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [str(number) for number in range(6)]


def test_a_split_that_is_not_there(refused: Refused, gold: Path) -> None:
    """The splits there are, are named."""
    found = refused("--gold", gold, "--split", "nope")
    assert "no rows of the split “nope”; its splits are: dev" in found.stderr


def test_two_files_of_one_name(run_indexed: Command, gold: Path, tmp_path: Path) -> None:
    """Both are measured, under their paths."""
    other = tmp_path / "other" / "gold.jsonl"
    other.parent.mkdir()
    other.write_bytes(gold.read_bytes())
    document = run_indexed.json("eval", "agreement", "--gold", gold, "--gold", other, "--json")
    assert list(document["sets"]) == [str(gold), str(other)]


def test_one_file_twice(refused: Refused, gold: Path) -> None:
    """That is a mistake."""
    assert "is there twice" in refused("--gold", gold, "--gold", gold).stderr


def test_tables_fit_eighty_columns(
    run_indexed: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a set's name; it is whole in a pipe."""
    path = tmp_path / f"{'a-long-name-' * 5}.jsonl"
    point = {"id": "p", "text": "A stack returns the last item first."}
    rows = [
        {**row(number), "points": [point], "point_labels": {"p": verdict}}
        for number, verdict in enumerate(["missing", "covered"] * 3)
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert path.stem in run_indexed("eval", "agreement", "--gold", path).stdout
    monkeypatch.setenv("COLUMNS", "80")
    page = run_indexed("eval", "agreement", "--gold", path).stdout
    assert "contradicted recall" in page
    assert "beyond length" in page
    assert max(map(len, page.splitlines())) <= 80
