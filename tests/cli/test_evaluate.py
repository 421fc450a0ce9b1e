"""``interviewbot eval``: runs that are kept, resumed, compared and held to thresholds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.conftest import ROOT, Command

from interviewbot.domain.grade import PointGrade, Verdict
from interviewbot.domain.question import Question
from interviewbot.ports import Judge
from interviewbot.wiring import Wiring

DEV = ROOT / "eval" / "gold" / "dev.jsonl"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a file with the first 24 answers of dev."""
    path = tmp_path / "few.jsonl"
    path.write_text("".join(DEV.read_text().splitlines(keepends=True)[:24]))
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus of three questions."""
    folder = tmp_path / "corpus"
    for name in ("deep-learning/DL0003", "machine-learning/ML0041", "statistics/ST0001"):
        topic, _, question = name.partition("/")
        (file,) = (ROOT / "corpus" / topic).glob(f"{question}-*.md")
        (folder / topic).mkdir(parents=True)
        (folder / topic / file.name).write_bytes(file.read_bytes())
    return folder


@dataclass(frozen=True)
class Worsened:
    """A judge that gives a share of all verdicts wrongly, always the same ones."""

    judge_: Judge
    share: float

    @property
    def id(self) -> str:
        """Say that it is another judge."""
        return f"{self.judge_.id}:worsened"

    def judge(self, question: Question, answer: str) -> tuple[PointGrade, ...]:
        """Judge, and turn some verdicts over."""
        dice = Random(f"{question.id} {answer}")
        return tuple(
            self._flipped(point, dice) if dice.random() < self.share else point
            for point in self.judge_.judge(question, answer)
        )

    def _flipped(self, point: PointGrade, dice: Random) -> PointGrade:
        other = dice.choice([verdict for verdict in Verdict if verdict is not point.verdict])
        credit = {Verdict.COVERED: 1.0, Verdict.PARTIAL: 0.5}.get(other, 0.0)
        return replace(point, verdict=other, credit=credit, evidence=None)


@pytest.fixture
def worsen(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let the judge err in a share of its verdicts."""
    judge = Wiring.judge

    def worsened(share: float) -> None:
        monkeypatch.setattr(
            Wiring, "judge", lambda wiring, timeout=None: Worsened(judge(wiring, timeout), share)
        )

    return worsened


def test_a_worsened_judge_is_caught_and_the_same_one_is_not(
    run_indexed: Command, worsen: Callable[[float], None]
) -> None:
    """One verdict in twenty wrong is significant on the dev answers; none is not."""
    command = ("eval", "agreement", "--gold", DEV)
    first = run_indexed.json(*command, "--json")
    again = run_indexed(*command, "--json", "--baseline", first["run"])
    assert again.exit_code == 0, again.stderr
    comparison = json.loads(again.stdout)["baseline"]
    assert comparison["regressed"] == []
    assert comparison["flipped"] == []
    assert comparison["mae"]["change"] == 0
    worsen(0.05)
    worse = run_indexed(*command, "--baseline", first["run"])
    assert worse.exit_code == 1
    assert f"worse than {first['run']}: more verdicts are newly wrong" in worse.stderr
    assert "answers flipped" in worse.stdout


def test_a_run_goes_on_after_a_kill(indexed_home: Path, gold: Path, tmp_path: Path) -> None:
    """Killed in the middle and resumed, it has the figures of an unbroken run, each row once."""
    home = tmp_path / "home"
    environment = {**os.environ, "INTERVIEWBOT_HOME": str(home)}
    home.mkdir()
    (home / "index").symlink_to(indexed_home / "index")
    command = [sys.executable, "-m", "interviewbot", "eval", "agreement", "--gold", str(gold)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        answers = _until_some_are_graded(home, process)
        process.send_signal(signal.SIGKILL)
    lines = answers.read_bytes().count(b"\n")
    assert 3 <= lines < 24, "killed too late to show anything"
    resumed = subprocess.run(
        [*command, "--resume", "--json"], env=environment, capture_output=True, check=True
    )
    assert f"{lines} of them are graded already" in resumed.stderr.decode()
    keys = [json.loads(line)["key"] for line in answers.read_bytes().splitlines()]
    assert len(keys) == len(set(keys)) == 24
    unbroken = subprocess.run(
        [*command, "--json"], env=environment, capture_output=True, check=True
    )
    first, second = json.loads(resumed.stdout), json.loads(unbroken.stdout)
    assert first["run"] != second["run"]
    assert first["sets"] == second["sets"]
    summaries = [home / "runs" / one["run"] / "summary.json" for one in (first, second)]
    assert summaries[0].read_bytes() == summaries[1].read_bytes()


def _until_some_are_graded(home: Path, process: subprocess.Popen[bytes]) -> Path:
    """Wait for a few whole lines in the file of answers; return it."""
    for _ in range(6000):
        for answers in (home / "runs").glob("*/answers.jsonl"):
            if answers.read_bytes().count(b"\n") >= 3:
                return answers
        assert process.poll() is None, "it ended before anything was graded"
        time.sleep(0.005)
    raise AssertionError("nothing was graded in 30 s")


def test_all_of_it_on_one_screen(run: Command, corpus: Path, gold: Path, tmp_path: Path) -> None:
    """Without a command every part is run; the summary fits 24 lines, the JSON has all."""
    report = tmp_path / "all.html"
    shared = ("--corpus", corpus, "--gold", _about(corpus, gold))
    found = run("eval", *shared, "--report", report)
    assert found.exit_code == 0, found.stderr
    assert len(found.stdout.splitlines()) <= 24
    assert "byte for byte the same" in " ".join(found.stdout.split())
    for word in ("length alone", "rubrics", "attacks", "invariance"):
        assert word in found.stdout
    document = run.json("eval", *shared, "--resume", "--json")
    assert document["schema_version"] == 1
    assert {"sets", "rubrics", "attacks", "invariance", "configuration", "run"} <= set(document)
    assert document["seconds_per_answer"] is None  # all of it was graded by the first
    page = report.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert document["run"] in page
    assert "<script" not in page


def _about(corpus: Path, gold: Path) -> Path:
    """Return a file with the answers of ``gold`` and dev to questions of ``corpus``."""
    ids = {path.name[:6] for path in corpus.rglob("*.md")}
    rows = [line for line in DEV.read_text().splitlines() if json.loads(line)["question_id"] in ids]
    path = gold.with_name("about.jsonl")
    path.write_text("\n".join(rows))
    return path


@pytest.mark.parametrize("part", ["rubrics", "attacks", "invariance"])
def test_one_part_alone(run: Command, corpus: Path, part: str) -> None:
    """Its tables fit 80 columns; only rubrics that fail end in an error."""
    found = run("eval", part, "--corpus", corpus)
    again = run("eval", part, "--corpus", corpus, "--json", "--resume")
    assert again.stdout, again.stderr
    document = json.loads(again.stdout)
    failed = document["rubrics"]["total"]["failed"] if part == "rubrics" else 0
    assert found.exit_code == (1 if failed else 0), found.stderr
    assert set(document) & {"rubrics", "attacks", "invariance", "sets"} == {part}
    assert "seed 0" in found.stdout or "all" in found.stdout
    if part == "attacks":  # shares and their intervals have one unit
        assert "0% to " in found.stdout
        assert " 0.00 to" not in found.stdout
    if part != "rubrics":
        assert "↓ less; what these mean" in found.stdout


def test_options_belong_behind_the_command(run: Command) -> None:
    """An option that would be ignored is an error."""
    found = run("eval", "--full", "attacks")
    assert found.exit_code == 2
    assert "put --full behind “attacks”" in found.stderr


def test_what_is_refused_before_anything_is_graded(
    run: Command, gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A baseline that is none, a page of another kind, and a file that is there already."""

    def grade(*_: object) -> None:
        raise AssertionError("something was graded")

    monkeypatch.setattr(Wiring, "batch", grade)
    there = tmp_path / "there.html"
    there.write_text("precious")
    for options, message in (
        (["--baseline", "nowhere"], "there is no run nowhere"),
        (["--report", str(tmp_path / "page.pdf")], "end the name of --report in .html"),
        (["--report", str(there)], "is there already"),
        (["--report", str(tmp_path / "none" / "page.html")], "there is no folder"),
    ):
        found = run("eval", "agreement", "--gold", gold, *options)
        assert found.exit_code == 2, found.stderr
        assert message in found.stderr
    assert there.read_text() == "precious"


def test_answers_of_another_set_are_no_baseline(
    run_indexed: Command, gold: Path, tmp_path: Path
) -> None:
    """Two runs without an answer in common cannot be compared: that makes no run folder."""
    first = run_indexed.json("eval", "agreement", "--gold", gold, "--json")
    other = tmp_path / "other.jsonl"
    other.write_bytes(gold.read_bytes())
    runs = Path(os.environ["INTERVIEWBOT_HOME"]) / "runs"
    before = set(runs.iterdir())
    found = run_indexed("eval", "agreement", "--gold", other, "--baseline", first["run"])
    assert found.exit_code == 2
    assert "no answer in common" in found.stderr
    assert "that one measured few" in found.stderr
    assert set(runs.iterdir()) == before


def test_a_damaged_attack_file_never_ships(run: Command, corpus: Path) -> None:
    """At least forty templates of instructions to the grader, and every family is there."""
    found: dict[str, Any] = run.json("eval", "attacks", "--corpus", corpus, "--json")["attacks"]
    assert found["families"]["instructions"]["templates"] >= 40
    assert len(found["families"]) >= 11
    assert all(family["all"]["n"] for family in found["families"].values())
