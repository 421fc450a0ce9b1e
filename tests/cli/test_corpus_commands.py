"""``interviewbot corpus``, ``doctor``, ``completion`` and ``eval agreement``."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.conftest import ROOT, Command

from interviewbot.services.linting import UNREVIEWED


def test_list(run: Command) -> None:
    """Every shipped question is listed, under the contract's keys."""
    questions = run.json("corpus", "list", "--json")["questions"]
    assert len(questions) >= 40
    assert set(questions[0]) == {"id", "title", "topic", "level", "points"}
    assert "ML0041" in run("corpus", "list").stdout


def test_list_filters(run: Command) -> None:
    """A topic and a level narrow the list."""
    found = run.json("corpus", "list", "--topic", "vision", "--json")["questions"]
    assert found
    assert {question["topic"] for question in found} == {"vision"}


def test_show(run: Command) -> None:
    """A question is shown with points, formulas as Unicode, and its model answer."""
    page = run("corpus", "show", "DL0013").stdout
    assert "σ" in page
    assert "\\sigma" not in page
    assert "A model answer" in page
    document = run.json("corpus", "show", "DL0013", "--json")
    assert document["points"][0]["accept"]


def test_show_prompt_gives_nothing_away(run: Command) -> None:
    """--prompt prints the question alone."""
    page = run("corpus", "show", "ML0041", "--prompt").stdout
    assert "neural network" in page
    assert "bias" not in page


def test_search_by_meaning(run_indexed: Command) -> None:
    """A search finds by meaning, not by words."""
    hits = run_indexed.json("corpus", "search", "switching units off at random", "--json")
    assert hits["questions"][0]["id"] == "DL0003"


def test_index_then_index_again(run: Command, few_questions: Path) -> None:
    """The second build of an unchanged corpus embeds nothing."""
    index = ("corpus", "index", "--corpus", few_questions, "--json")
    first = run.json(*index)
    assert first["embedded"] > 100
    second = run.json(*index)
    assert second == {
        "schema_version": 1,
        "questions": first["questions"],
        "fresh": True,
        "embedded": 0,
        "added": 0,
        "removed": 0,
    }
    again = run.json(*index, "--rebuild")
    assert again["embedded"] == 0
    assert again["added"] == first["added"]


def test_changed_point_alone_is_embedded(run: Command, few_questions: Path) -> None:
    """After one point changed, one text is embedded."""
    run("corpus", "index", "--corpus", few_questions)
    changed = next(few_questions.rglob("CV0001-*"))
    text = changed.read_text(encoding="utf-8")
    point = run.json("corpus", "show", "CV0001", "--json")["points"][0]["text"]
    assert text.count(point) == 1
    changed.write_text(text.replace(point, f"{point[:-1]} in practice."), encoding="utf-8")
    report = run.json("corpus", "index", "--corpus", few_questions, "--json")
    assert (report["embedded"], report["added"], report["removed"]) == (1, 1, 1)


def test_damaged_index_is_made_again(run: Command, few_questions: Path) -> None:
    """A damaged index costs a line on standard error, not an answer."""
    run("corpus", "index", "--corpus", few_questions)
    home = Path(run.json("doctor", "--json")["checks"][1]["detail"])
    databases = list(home.glob("index/*/chroma-*/gen-*/chroma.sqlite3"))
    assert databases
    for database in databases:
        database.write_bytes(b"rubbish" * 100)
    found = run("corpus", "search", "dropout", "--corpus", few_questions, "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["questions"][0]["id"] == "DL0003"
    assert len(found.stderr.splitlines()) == 1
    assert "set aside" in found.stderr


def test_lint_of_an_empty_folder(run: Command, tmp_path: Path) -> None:
    """A folder without a question is a mistake, not a clean corpus."""
    found = run("corpus", "lint", "--corpus", tmp_path)
    assert found.exit_code == 2
    assert "there is no question in" in found.stderr


@pytest.mark.parametrize(
    "command",
    [
        "corpus list",
        "corpus index",
        "corpus show ML0041",
        "corpus search dropout",
        "grade {answer}",
        "grade {answer} --question ML0041",
    ],
)
def test_an_empty_folder_is_no_corpus(
    run: Command, tmp_path: Path, answer_file: Path, command: str
) -> None:
    """Whatever is wanted of it, the one mistake is named."""
    (tmp_path / "empty").mkdir()
    arguments = [part.format(answer=answer_file) for part in command.split()]
    found = run(*arguments, "--corpus", tmp_path / "empty")
    assert found.exit_code == 2
    assert found.stdout == ""
    assert found.stderr.startswith("error: there is no question in")
    assert len(found.stderr.splitlines()) == 1


def test_lint_shipped_corpus(run_indexed: Command) -> None:
    """The shipped corpus is valid, says what it means, and only waits for second readers."""
    document = run_indexed.json("corpus", "lint", "--json")
    assert document["faults"] == []
    assert {one["message"] for one in document["advice"]} <= {UNREVIEWED}


def test_doctor(run_indexed: Command) -> None:
    """Everything works on a machine where the corpus is indexed."""
    checks = run_indexed.json("doctor", "--json")["checks"]
    assert {check["state"] for check in checks} <= {"ok", "note"}
    assert run_indexed("doctor").exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(run: Command, shell: str) -> None:
    """A completion script is printed for each shell."""
    assert "_INTERVIEWBOT_COMPLETE" in run("completion", shell).stdout


def test_completion_script_is_bash(run: Command, tmp_path: Path) -> None:
    """The bash script is one that bash can read."""
    path = tmp_path / "completion.bash"
    path.write_text(run("completion", "bash").stdout)
    subprocess.run(["bash", "-n", path], check=True, timeout=20)


def test_eval_agreement(run_indexed: Command, tmp_path: Path) -> None:
    """The figures of a set come under the contract's keys, predictions as lines."""
    target = tmp_path / "predictions.jsonl"
    gold = ROOT / "eval" / "gold" / "dev.jsonl"
    document = run_indexed.json(
        "eval", "agreement", "--gold", gold, "--predictions", target, "--json"
    )
    figures = document["sets"]["dev"]
    assert figures["n"] == len(target.read_text(encoding="utf-8").splitlines()) == 234
    assert figures["ungraded"] == 0
    assert figures["points"]["covered_auc"] > 0.7  # docs/accuracy.md has it at 0.745
    assert document["seconds_per_answer"] > 0
    assert "covered AUC" in run_indexed("eval", "agreement", "--gold", gold).stdout
