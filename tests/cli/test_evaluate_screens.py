"""What ``interviewbot eval`` says: its tables at 80 columns, and what a set cannot tell."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT, Command

from interviewbot.cli import evaluate_words as words
from interviewbot.cli import output
from interviewbot.cli.evaluate_progress import Grading
from interviewbot.services.batch import BatchGrading

EXAMPLE = ROOT / "examples" / "gold.csv"


def written(path: Path, *rows: dict[str, Any]) -> Path:
    """Write ``rows`` with an id and an answer each; return ``path``."""
    lines = [
        {"id": str(n), "answer": "The last item comes out first.", **row}
        for n, row in enumerate(rows)
    ]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def test_every_grader_has_its_row_and_every_figure(
    run_indexed: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the set's name; a sentence says what is better, and the marks what is good."""
    monkeypatch.setenv("COLUMNS", "80")
    page = run_indexed("eval", "agreement", "--gold", EXAMPLE).stdout
    lines = page.splitlines()
    assert lines[0].split() == [
        *("grader", "r↑", "95", "%", "RMSE↓", "MAE↓", "QWK↑", "covered", "AUC↑")
    ]
    assert lines[1] == "gold: 6 answers"
    names = [line[:14].strip() for line in lines[2:6]]
    assert names == ["judge", "length alone", "keywords", "cosine"]
    for line in lines[2:6]:
        figures = line[14:].split()
        assert figures.count("-") == 2  # no interval, no points
        assert len(figures) == 6
    said = " ".join(page.split())
    assert "gold: better than" in said
    assert "gold: 2 questions are too few for intervals" in said
    assert "what these mean: docs/accuracy.md, or --report" in said
    apart = lines[lines.index(next(one for one in lines if one.startswith("furthest"))) + 1 :][:5]
    gaps = [abs(float(line.split()[-1])) for line in apart]
    assert gaps == sorted(gaps, reverse=True)
    assert all(line.startswith("gold/") for line in apart)
    assert max(map(len, lines)) <= 80


def test_what_the_surface_says_has_its_row(
    run_indexed: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ten questions or more it is fitted, and all still fits 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    dev = ROOT / "eval" / "gold" / "dev.jsonl"
    lines = run_indexed("eval", "agreement", "--gold", dev).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    (row, _) = (line.split() for line in lines if line.startswith("  surface (fitted)"))
    assert len(row) == len(
        ["surface", "(fitted)", "r", "a", "to", "b", "RMSE", "MAE", "QWK", "AUC"]
    )
    assert "-" not in row


def test_few_questions_have_no_intervals_in_json(run_indexed: Command) -> None:
    """The figures are there, the intervals are null."""
    found = run_indexed.json("eval", "agreement", "--gold", EXAMPLE, "--json")["sets"]["gold"]
    assert found["pearson"] is not None
    assert set(found["ci95"].values()) == {None}


def test_marks_of_directions_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where arrows cannot be shown, signs stand for them."""
    monkeypatch.setattr(output, "can_draw", lambda: True)
    assert (words.more("r"), words.less("MAE")) == ("r↑", "MAE↓")
    monkeypatch.setattr(output, "can_draw", lambda: False)
    assert (words.more("r"), words.less("MAE")) == ("r+", "MAE-")
    assert words.legend().isascii()


def test_sets_that_cannot_be_compared(run_indexed: Command, tmp_path: Path) -> None:
    """No dash without a word: no labels, marks on another scale, and why rows are ungraded."""
    reference = {"reference": "A stack returns the last item first."}
    bare = written(tmp_path / "bare.jsonl", reference, reference)
    marks = written(tmp_path / "marks.jsonl", *[{**reference, "graders": [4, 5]}] * 3)
    lost = written(tmp_path / "lost.jsonl", *[{"question_id": "ML9999", "score": 1}] * 3)
    found = run_indexed(
        "eval", "agreement", *(part for path in (bare, marks, lost) for part in ("--gold", path))
    )
    assert found.exit_code == 0, found.stderr
    nothing = "bare: no row has a score or labels, so there is nothing to compare"
    assert nothing in found.stderr
    assert "marks: 3 rows have graders' marks over 1 and no score" in found.stderr
    assert "3 ungraded: there is no question “ML9999”" in found.stderr
    lines = found.stdout.splitlines()
    assert lines[1].startswith("bare: 2 answers; no row has a score or labels")
    assert lines[2].startswith("marks: 3 answers")
    assert "lost: 3 answers, 3 ungraded" in lines


def test_columns_that_are_not_read_are_named(run_indexed: Command, tmp_path: Path) -> None:
    """In one line, before anything is graded."""
    path = tmp_path / "mine.csv"
    path.write_text("id,reference,answer,score,mood,voice\n1,A stack.,A stack.,1,good,low\n")
    found = run_indexed("eval", "agreement", "--gold", path)
    assert found.exit_code == 0
    assert found.stderr.splitlines()[0].endswith("mine.csv: not read: mood, voice")
    assert "1 answer to grade" in found.stderr
    assert "1 answers" not in found.stdout + found.stderr


def test_an_interrupted_run_says_how_to_go_on(
    run_indexed: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """How many answers are kept, and this very command with --resume; exit 130."""
    monkeypatch.setattr(sys, "argv", ["x", "eval", "agreement", "--gold", "my gold.csv"])
    rows = [{"reference": "A stack returns the last item first.", "score": 1}] * 4
    path = written(tmp_path / "four.jsonl", *rows)
    graded = BatchGrading.graded

    def some(self: BatchGrading, rows: Any) -> Any:
        for number, result in enumerate(graded(self, rows)):
            if number == 3:
                raise KeyboardInterrupt
            yield result

    monkeypatch.setattr(BatchGrading, "graded", some)
    found = run_indexed("eval", "agreement", "--gold", path)
    assert found.exit_code == 130
    assert (
        "3 of 4 answers are kept; go on with:"
        " interviewbot eval agreement --gold 'my gold.csv' --resume" in found.stderr
    )
    monkeypatch.setattr(BatchGrading, "graded", graded)
    resumed = run_indexed("eval", "agreement", "--gold", path, "--resume")
    assert "3 of them are graded already" in resumed.stderr
    assert "starts anew" not in resumed.stderr


def test_nothing_to_resume(run_indexed: Command, tmp_path: Path) -> None:
    """It is said that the run starts anew; without --resume it goes without saying."""
    row = {"reference": "Something that nobody measured before this test.", "score": 1}
    path = written(tmp_path / "fresh.jsonl", row)
    command = ("eval", "agreement", "--gold", path)
    assert "this one starts anew" in run_indexed(*command, "--resume").stderr
    assert "this one starts anew" not in run_indexed(*command).stderr


@pytest.mark.parametrize("terminal", [True, False])
def test_who_waits_hears_what_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, terminal: bool
) -> None:
    """Between the last answer and the figures, in a terminal alone."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    with Grading(1) as grading:
        grading.begin(0, resume=False)
        grading.compute()
    assert ("computing the figures" in capsys.readouterr().err) is terminal


@pytest.mark.parametrize(
    ("command", "there", "not_there"),
    [
        ((), ("test_new.pearson", "attacks.resisted", "about 18,500"), ()),
        (("agreement",), ("test_new.pearson",), ("attacks.", "--full")),
        (("attacks",), ("attacks.resisted", "about 10,700"), ("pearson", "--gold")),
        (("invariance",), ("invariance.steady", "about 1,300"), ("pearson", "attacks.")),
        (("rubrics",), ("a check that fails is exit 1 already",), ("pearson", "attacks.")),
    ],
)
def test_help_names_figures_that_can_exist(
    run: Command, command: tuple[str, ...], there: tuple[str, ...], not_there: tuple[str, ...]
) -> None:
    """Each command its own, and how much --full is."""
    text = " ".join(run("eval", *command, "--help").stdout.split())
    for words_ in there:
        assert words_ in text
    for words_ in not_there:
        assert words_ not in text
