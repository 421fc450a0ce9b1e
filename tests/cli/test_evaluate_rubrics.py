"""What `eval rubrics` shows: whose fault it is, where, and what was tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.made_evaluation_parts import rubrics as made
from tests.conftest import ROOT, Command

from interviewbot.cli import evaluate_rubrics

LONG = "a-name-" * 20


def test_the_last_line_tells_faults_apart() -> None:
    """A fault of a rubric is not lost among those of the judge."""
    said = evaluate_rubrics.outcome({"failed": 382, "rubric": 1, "judge": 381})
    assert said == "382 checks failed: 1 fault of a rubric, 381 of the judge's"
    said = evaluate_rubrics.outcome({"failed": 2, "rubric": 2, "judge": 0})
    assert said == "2 checks failed: 2 faults of a rubric, none of the judge's"
    said = evaluate_rubrics.outcome({"failed": 1, "rubric": 0, "judge": 1})
    assert said == "1 check failed: no fault of a rubric, 1 of the judge's"


def test_without_a_fault_of_a_rubric_the_judges_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The worst ten, of every check in turn, and where the others are."""
    found = made(findings=0)
    one = {
        **made(findings=1)["findings"][0],
        "fault": "judge",
        "path": "/c/a/one.md",
        "wanted": "at most",
        "bound": 0,
    }
    found["findings"] = [
        *({**one, "check": "other-answer", "line": n, "measured": n} for n in range(20)),
        {**one, "check": "given-away", "line": 77, "measured": 1},
    ]
    evaluate_rubrics.rubrics(found)
    shown = capsys.readouterr().out
    assert shown.count("a/one.md:") == 10 + 1
    assert shown.index("a/one.md:77: given-away") < shown.index("a/one.md:18: other-answer")
    assert "a/one.md:0:" not in shown
    assert "… and 11 more; --json and --report have all" in shown
    assert "Files are below /c" in shown


def test_a_path_is_relative_and_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Below the working directory it is relative to it, and never cut to fit a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "60")
    found = made(findings=1)
    path = str(tmp_path / "corpus" / f"{LONG}.md")
    for one in (*found["findings"], *found["questions"]):
        one["path"] = path
    evaluate_rubrics.rubrics(found)
    shown = capsys.readouterr().out
    line = found["findings"][0]["line"]
    assert f"\ncorpus/{LONG}.md:{line}: given-away" in f"\n{shown}"
    assert f"    corpus/{LONG}.md:2\n" in shown
    assert str(tmp_path) not in shown


def test_every_check_says_what_it_tried(capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence below the table for each, with what is wanted."""
    found = made(findings=0)
    evaluate_rubrics.rubrics(found)
    shown = " ".join(capsys.readouterr().out.split())
    assert len(found["checks"]) == 13
    for check in found["checks"]:
        assert f"{check['check']}: {check['tried']}" in shown
        assert "should" in check["tried"]


def test_a_fault_that_is_planted_is_shown_at_its_line(run: Command, tmp_path: Path) -> None:
    """The finding has the real text and its own line, and the last line counts it.

    The model answer says what the planted misconception does, in words that are known to be right.
    """
    (source,) = (ROOT / "corpus" / "deep-learning").glob("DL0003-*.md")
    wrong = "Dropout zeroes out randomly chosen activations while training."
    text = source.read_text().replace(
        "    misconceptions:\n", f"    misconceptions:\n      - {wrong}\n", 1
    )
    file = tmp_path / "c" / "deep-learning" / source.name
    file.parent.mkdir(parents=True)
    file.write_text(text)
    (place,) = [n for n, line in enumerate(text.split("\n"), 1) if line.endswith(f"- {wrong}")]
    found = run("eval", "rubrics", "--corpus", tmp_path / "c")
    assert found.exit_code == 1
    assert f"{source.name}:{place}: misconception, random-zeroing" in found.stdout
    assert f"“{wrong}”" in " ".join(found.stdout.split())
    assert "1 check failed: 1 fault of a rubric, " in found.stderr.splitlines()[-1]
