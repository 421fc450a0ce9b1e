"""What goes to standard output fits it, keeps its structure, and is not lost in silence."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, Command

from interviewbot.cli import output

GRADE = "grade examples/neural-network.txt --question ML0041"


def test_items_and_headings_begin_a_line() -> None:
    """Lists keep their items, with what belongs to them; marks are dropped."""
    text = (
        "# What\n**Two\nthings** count:\n1. *One* of `a`,\n   which goes on.\n2. Two.\n"
        "   - inner\n\n- **Three**"
    )
    assert list(output.paragraphs(text)) == [
        "What",
        "Two things count:",
        "1. *One* of a, which goes on.",
        "2. Two.",
        "   - inner",
        "",
        "- Three",
        "",
    ]


def test_a_long_item_is_indented_under_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the next item can be seen."""
    monkeypatch.setenv("COLUMNS", "40")
    first, second, third, _ = output.paragraphs(f"12. {'word ' * 10}\n13. end")
    assert first.startswith("12. word")
    assert second.startswith("    word")
    assert third == "13. end"


@pytest.mark.parametrize("text", ["2 ** 3 and 4 ** 5", "a * b * c", "Q^*(s, a) and Q*", "1.5 x"])
def test_what_is_no_mark_stays(text: str) -> None:
    """Powers and products are not emphasis."""
    assert list(output.paragraphs(text)) == [text, ""]


@pytest.mark.parametrize("question", ["ML0036", "ML0037"])
def test_model_answers_keep_their_lists(run: Command, question: str) -> None:
    """Every numbered item of a model answer that ships begins a line, without marks."""
    page = run("corpus", "show", question).stdout
    lines = page.splitlines()
    for number in range(1, 5):
        assert sum(line.startswith(f"{number}. ") for line in lines) == 1, page
    assert "**" not in page


def test_a_prompt_has_its_formulas_in_unicode(run: Command, tmp_path: Path) -> None:
    """Alone as on the question's page."""
    source = next((ROOT / "corpus" / "machine-learning").glob("ML0041-*"))
    folder = tmp_path / "corpus" / "machine-learning"
    folder.mkdir(parents=True)
    prompt = run.json("corpus", "show", "ML0041", "--json")["prompt"].split()[0]
    text = source.read_text(encoding="utf-8")
    assert prompt in text
    (folder / source.name).write_text(text.replace(prompt, f"$x^2$ {prompt}"), encoding="utf-8")
    found = run("corpus", "show", "ML0041", "--prompt", "--corpus", tmp_path / "corpus")
    assert "x²" in found.stdout
    assert "$" not in found.stdout


def test_titles_fit_a_terminal(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are cut where a width is known, and whole in a pipe and in JSON."""
    titles = [q["title"] for q in run.json("corpus", "list", "--json")["questions"]]
    whole = run("corpus", "list").stdout
    assert all(title in whole for title in titles)
    monkeypatch.setenv("COLUMNS", "80")
    cut = run("corpus", "list").stdout
    assert max(map(len, cut.splitlines())) <= 80
    assert "…" in cut
    assert [q["title"] for q in run.json("corpus", "list", "--json")["questions"]] == titles


def test_doctor_wraps(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a width is known; each check is one line in a pipe."""
    piped = run("doctor").stdout.splitlines()
    checks = run.json("doctor", "--json")["checks"]
    assert len(piped) == len(checks)
    monkeypatch.setenv("COLUMNS", "60")
    wrapped = run("doctor").stdout.splitlines()
    assert len(wrapped) > len(checks)
    assert max(map(len, wrapped)) <= 60


def test_the_score_fits_a_narrow_terminal(
    run_indexed: Command, answer_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the bar, if need be."""
    monkeypatch.setenv("COLUMNS", "40")
    page = run_indexed("grade", answer_file, "--question", "ML0041").stdout
    assert " / 100" in page
    assert max(map(len, page.splitlines())) <= 40


@pytest.mark.skipif(shutil.which("sh") is None, reason="closing a stream takes a shell")
@pytest.mark.parametrize(
    "arguments", [GRADE, f"{GRADE} --json", "grade --batch examples/batch.jsonl", "corpus list"]
)
def test_closed_standard_output(indexed_home: Path, arguments: str) -> None:
    """A grade that nobody can see is an error with one line, not a success."""
    found = subprocess.run(
        f"{shlex.quote(sys.executable)} -m interviewbot {arguments} >&-",
        shell=True,
        cwd=ROOT,
        env={**os.environ, "INTERVIEWBOT_HOME": str(indexed_home)},
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.returncode == 2
    assert "standard output is closed" in found.stderr
    assert len(found.stderr.splitlines()) == 1


@pytest.mark.skipif(shutil.which("sh") is None, reason="closing a stream takes a shell")
def test_closed_standard_output_of_a_batch_into_a_file(indexed_home: Path, tmp_path: Path) -> None:
    """What needs no standard output goes on without."""
    target = tmp_path / "out.jsonl"
    batch = f"grade --batch examples/batch.jsonl --output {target}"
    found = subprocess.run(
        f"{shlex.quote(sys.executable)} -m interviewbot {batch} >&-",
        shell=True,
        cwd=ROOT,
        env={**os.environ, "INTERVIEWBOT_HOME": str(indexed_home)},
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert found.returncode == 0
    assert len(target.read_bytes().splitlines()) == 3
