"""``interviewbot eval`` with a language model, through the real clients."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT, Command
from tools.loopback.faults import FAULTS
from tools.loopback.personas import Knowledge, gullible, honest, inventing
from tools.loopback.server import Loopback

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.gold_files import read_gold

GOLD = ROOT / "eval" / "gold" / "test_seen.jsonl"
COUNT = 12


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a file with some labelled answers."""
    path = tmp_path / "few.jsonl"
    path.write_text("".join(GOLD.read_text().splitlines(keepends=True)[:COUNT]))
    return path


@pytest.fixture
def knowledge(gold: Path) -> Knowledge:
    """Return what is true of the corpus and of these answers."""
    corpus = [entry.question for entry in read_corpus([ROOT / "corpus"]).questions]
    return Knowledge.of(corpus, read_gold(gold))


@pytest.fixture
def evaluate(
    run_indexed: Command,
    loopback: Loopback,
    indexed_home: Path,
    gold: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """Measure a model on loopback on these answers."""
    monkeypatch.setenv("OPENAI_BASE_URL", loopback.url)
    monkeypatch.setenv("INTERVIEWBOT_TIMEOUT", "3")
    for path in (indexed_home / "replies").rglob("*.json"):
        path.unlink()

    def evaluated(*arguments: str) -> Any:
        command = ("eval", "agreement", "--gold", gold, "--model", "openai:loop", "--json")
        return run_indexed(*command, *arguments)

    return evaluated


def test_an_honest_model(evaluate: Any, loopback: Loopback, knowledge: Knowledge) -> None:
    """It agrees with every label, and the summary says what it cost."""
    loopback.behaviour = honest(knowledge)
    document = json.loads(evaluate().stdout)
    assert document["judge"] == "llm"
    assert "llm:openai:loop" in document["configuration"]["judge"]
    figures = document["sets"]["few"]
    assert (figures["n"], figures["ungraded"]) == (COUNT, 0)
    assert figures["pearson"] == pytest.approx(1.0)
    assert figures["points"]["macro_f1"] == pytest.approx(1.0)
    assert document["spent"]["calls"] == COUNT
    assert document["spent"]["input_tokens"] > 1000 * COUNT
    assert document["spent"]["model"] == "openai:loop"


def test_an_inventing_model_gets_no_figure(
    evaluate: Any, loopback: Loopback, knowledge: Knowledge
) -> None:
    """What it does not prove is ungraded, and never the offline judge's grade in its place."""
    loopback.behaviour = inventing(knowledge)
    found = evaluate()
    figures = json.loads(found.stdout)["sets"]["few"]
    assert (figures["ungraded"], figures["pearson"]) == (COUNT, None)
    assert found.exit_code == 3


def test_without_a_key_there_are_no_tables(
    run_indexed: Command, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was graded: exit code 3, the reason with its fix once, and no empty figure."""
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    for command in (("agreement", "--gold", gold), ("invariance", "--budget", "1")):
        found = run_indexed("eval", *command, "--model", "openai:loop")
        assert found.exit_code == 3
        assert found.stdout == ""
        assert found.stderr.count("set OPENAI_API_KEY") == 1
        assert "nothing was graded" in found.stderr


def test_what_a_run_cost_is_told(
    run_indexed: Command,
    evaluate: Any,  # noqa: ARG001 - it sets up the model
    loopback: Loopback,
    knowledge: Knowledge,
    gold: Path,
) -> None:
    """By which model, on the screen of a part too; the second time its replies are kept ones."""
    loopback.behaviour = honest(knowledge)
    command = ("eval", "agreement", "--gold", gold, "--model", "openai:loop")
    first = run_indexed(*command)
    assert first.exit_code == 0, first.stderr
    assert f"{COUNT} answers graded by openai:loop: " in first.stdout
    assert "spent: " in first.stderr
    again = run_indexed(*command)
    assert f"{COUNT} replies kept from" in again.stdout
    assert "spent: " not in again.stderr


def test_a_gullible_model_is_not_fooled_by_honest_answers(
    evaluate: Any, loopback: Loopback, knowledge: Knowledge
) -> None:
    """What protects against it costs them nothing."""
    loopback.behaviour = gullible(knowledge)
    assert json.loads(evaluate().stdout)["sets"]["few"]["mae"] == pytest.approx(0.0, abs=1e-3)


def test_a_budget_ends_a_run_and_resume_goes_on(
    evaluate: Any, loopback: Loopback, knowledge: Knowledge
) -> None:
    """Nothing is graded twice, and what was ungraded because of a fault is tried again."""
    loopback.behaviour = honest(knowledge)
    stopped = evaluate("--budget", "9000")
    assert stopped.exit_code == 3
    assert "the budget is spent" in stopped.stderr
    asked = len(loopback.requests)
    assert asked < COUNT
    loopback.behaviour = FAULTS["refusal"]
    broken = json.loads(evaluate("--resume").stdout)["sets"]["few"]
    assert broken["ungraded"] == COUNT - asked
    loopback.behaviour = honest(knowledge)
    whole = json.loads(evaluate("--resume").stdout)["sets"]["few"]
    assert (whole["ungraded"], whole["n"]) == (0, COUNT)
    assert len(loopback.requests) == asked + 2 * (COUNT - asked)
