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
    found = run_indexed("eval", "agreement", "--gold", gold, "--predictions", target)
    assert found.exit_code == 0
    assert f"wrote {target}" in found.stderr
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [str(number) for number in range(6)]
    assert {row["set"] for row in rows} == {"gold"}
    assert [row["human"] for row in rows] == [number % 2 for number in range(6)]
    for one in rows:
        assert one["difference"] == pytest.approx(one["score"] / 100 - one["human"])


def test_a_split_that_is_not_there(refused: Refused, gold: Path) -> None:
    """The splits there are, are named."""
    found = refused("--gold", gold, "--split", "nope")
    assert "no rows of the split “nope”; the splits there are: dev" in found.stderr


def test_a_split_over_several_files(run_indexed: Command, gold: Path, tmp_path: Path) -> None:
    """The rows of all files; one without any is left out with a line."""
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text(
        "".join(f"{json.dumps(row(n, 'dev' if n < 2 else 'new'))}\n" for n in range(6))
    )
    command = ("eval", "agreement", "--gold", gold, "--gold", mixed, "--json", "--split")
    assert {k: v["n"] for k, v in run_indexed.json(*command, "dev")["sets"].items()} == {
        "gold": 6,
        "mixed": 2,
    }
    alone = run_indexed(*command, "new")
    assert list(json.loads(alone.stdout)["sets"]) == ["mixed"]
    assert "gold has no rows of the split “new” and is left out" in alone.stderr
    neither = run_indexed(*command, "nope")
    assert neither.exit_code == 2
    assert "the splits there are: dev, new" in neither.stderr


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
    assert path.stem in page
    assert "contradicted recall" in page
    assert "beyond length" in page
    assert max(map(len, page.splitlines())) <= 80


@pytest.mark.parametrize(
    ("report", "message"), [("folder.html", "is a folder"), ("out.html", "of --predictions too")]
)
def test_a_report_that_cannot_be_written(
    refused: Refused, gold: Path, tmp_path: Path, report: str, message: str
) -> None:
    """A folder, and the file that the predictions go to, are refused before the work."""
    (tmp_path / "folder.html").mkdir()
    target = tmp_path / "out.html"
    found = refused("--gold", gold, "--predictions", target, "--report", tmp_path / report)
    assert message in found.stderr


def test_a_label_for_a_point_that_is_not_there(refused: Refused, tmp_path: Path) -> None:
    """A misspelt point would be measured as if nobody had labelled it."""
    path = tmp_path / "gold.jsonl"
    labels = {"no-such-point": "covered"}
    path.write_text(
        json.dumps(
            {"id": "1", "question_id": "ML0041", "answer": "Layers.", "point_labels": labels}
        )
    )
    found = refused("--gold", path)
    assert "the row 1 labels “no-such-point”" in found.stderr


@pytest.mark.parametrize(
    "damage", ["[" * 100_000, "NaN", "1e9", '"x"'], ids=["nested", "nan", "large", "text"]
)
def test_a_damaged_baseline(refused: Refused, gold: Path, tmp_path: Path, damage: str) -> None:
    """It is one line, not a traceback, and never a comparison."""
    path = tmp_path / "baseline.json"
    answers = f'{{"gold": {{"0": [{damage}, {{}}]}}}}'
    whole = f'{{"schema_version": 1, "name": "b", "answers": {answers}}}'
    path.write_text(damage if damage.startswith("[") else whole)
    assert "is not a run" in refused("--gold", gold, "--baseline", path).stderr


def test_what_is_worse_on_one_set_only(run_indexed: Command, gold: Path, tmp_path: Path) -> None:
    """It is found although the run is better on the other set, and what is unpaired is told."""
    rows = [json.loads(line) for line in gold.read_text().splitlines()]
    for name, ids in (("first", range(24)), ("second", range(24))):
        lines = [
            {**rows[number % 6], "id": str(number), "question_id": f"q{number}"} for number in ids
        ]
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines))
    said = {str(number): 100.0 * (number % 2) for number in range(23)}
    answers = {
        "first": {key: [score, {}] for key, score in said.items()},
        "second": {key: [100 - score, {}] for key, score in said.items()},
    }
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps({"schema_version": 1, "name": "past", "answers": answers}))
    found = run_indexed(
        "eval",
        "agreement",
        *("--gold", tmp_path / "first.jsonl", "--gold", tmp_path / "second.jsonl"),
        *("--baseline", path),
    )
    assert found.exit_code == 1, found.stderr
    assert "worse than past on first: the mean error is greater" in found.stderr
    assert "worse than past: " not in found.stderr
    assert "2 answers are not in past and not compared" in found.stderr
