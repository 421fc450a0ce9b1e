"""``interviewbot progress``: the keys, the page, and answers as gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.made_homes import CONTROLS, LAYERS, copied_home
from tests.conftest import Command

from interviewbot.adapters.gold_files import read_gold
from interviewbot.domain.grade import Verdict


@pytest.fixture
def practised(
    indexed_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Command
) -> Command:
    """Run commands where one interview of two questions was had, and another was begun."""
    home = copied_home(indexed_home, tmp_path / "own")
    monkeypatch.setenv("INTERVIEWBOT_HOME", str(home))
    lines = f"{LAYERS}.\n/skip\n/skip\n/contest brain-inspired covered I know that\n\n/skip\n\n"
    found = run("interview", "--question", "ML0041", "--question", "ML0040", stdin=lines)
    assert found.exit_code == 0, found.stderr
    assert run("interview", "--question", "ML0041", stdin="/quit\n").exit_code == 0
    return run


def test_the_contract(practised: Command) -> None:
    """The JSON has exactly these keys, and they agree with what was done."""
    found = practised.json("progress", "--json")
    assert list(found) == [
        "schema_version",
        "due",
        "topics",
        "points",
        "calendar",
        "history",
        "unfinished",
    ]
    assert found["due"] == {"points": 0, "questions": 0}
    seen = [point for point in found["points"] if point["reviews"]]
    assert {point["question_id"] for point in seen} == {"ML0041"}
    assert len(seen) == 6
    assert list(seen[0]) == [
        "question_id",
        "point_id",
        "topic",
        "text",
        "mastery",
        "due",
        "rating",
        "reviews",
    ]
    assert {point["rating"] for point in seen} == {"good", "again"}
    contested = next(point for point in seen if point["point_id"] == "brain-inspired")
    assert (contested["rating"], contested["mastery"]) == ("good", 1.0)
    topic = next(topic for topic in found["topics"] if topic["topic"] == "machine-learning")
    assert list(topic) == ["topic", "questions", "points", "seen", "due", "mastery"]
    assert topic["seen"] == 6
    assert 0 < topic["mastery"] < 1
    assert sum(day["points"] for day in found["calendar"]) == 6


def test_the_history(practised: Command) -> None:
    """What was finished with its scores, what was not with how far it came."""
    found = practised.json("progress", "--json")
    (interview,) = found["history"]
    assert interview["mode"] == "practice"
    assert [one["question_id"] for one in interview["questions"]] == ["ML0041", "ML0040"]
    assert [one["ending"] for one in interview["questions"]] == ["answered", "skipped"]
    assert interview["questions"][1]["score"] is None
    assert interview["score"] == interview["questions"][0]["score"] > 0
    (unfinished,) = found["unfinished"]
    assert (unfinished["questions"], unfinished["complete"]) == (1, 0)


def test_the_page(practised: Command) -> None:
    """Due, topics, what comes back, the weakest points and the interviews."""
    text = practised("progress").stdout
    order = [
        "Nothing is due.",
        "1 interview not finished",
        "Topics",
        "6 of ",
        "What comes back when",
        "tomorrow",
        "Points, the weakest first",
        "0%  ML0041: ",
        "Interviews",
        "2 questions",
        " / 100",
    ]
    places: list[int] = []
    for words in order:
        places.append(text.index(words, places[-1] + 1 if places else 0))
    assert not CONTROLS.search(text.encode())


def test_before_the_first_interview(run: Command) -> None:
    """Nothing is due, every topic is there, nothing is known."""
    found = run.json("progress", "--json")
    assert found["due"] == {"points": 0, "questions": 0}
    assert all(topic["mastery"] == 0 and topic["seen"] == 0 for topic in found["topics"])
    assert sum(topic["questions"] for topic in found["topics"]) == 191
    assert (found["history"], found["unfinished"]) == ([], [])
    assert run("progress").exit_code == 0
    assert run("progress", "export").stdout == ""


def test_contested_answers_are_gold(practised: Command, tmp_path: Path) -> None:
    """They can be read back, with the candidate's labels and no others."""
    found = practised("progress", "export", "--contested")
    (line,) = found.stdout.splitlines()
    path = tmp_path / "gold.jsonl"
    path.write_text(found.stdout)
    (row,) = read_gold(path)
    assert (row.question_id, row.answer) == ("ML0041", LAYERS.strip())
    assert dict(row.point_labels) == {"brain-inspired": Verdict.COVERED}
    assert json.loads(line)["reasons"] == {"brain-inspired": "I know that"}


def test_all_answers_are_gold(practised: Command, tmp_path: Path) -> None:
    """Every graded answer with a label for every point; what was skipped is not there."""
    path = tmp_path / "gold.jsonl"
    found = practised("progress", "export", "--output", path)
    assert (found.exit_code, found.stdout) == (0, "")
    assert "1 answer" in found.stderr
    (row,) = read_gold(path)
    assert set(row.point_labels) == {point.id for point in row.points}
    assert row.point_labels["brain-inspired"] is Verdict.COVERED


def test_exported_answers_can_be_graded(practised: Command, tmp_path: Path) -> None:
    """The format is that of ``grade --batch``."""
    path = tmp_path / "gold.jsonl"
    practised("progress", "export", "--output", path)
    found = practised("grade", "--batch", path)
    assert found.exit_code == 0
    assert json.loads(found.stdout)["status"] == "graded"


def test_an_export_replaces_nothing(practised: Command, tmp_path: Path) -> None:
    """A file that is there stays, and a folder that is not there is named."""
    there = tmp_path / "there.jsonl"
    there.write_text("mine")
    found = practised("progress", "export", "--output", there)
    assert found.exit_code == 2
    assert there.read_text() == "mine"
    found = practised("progress", "export", "--output", tmp_path / "none" / "gold.jsonl")
    assert found.exit_code == 2
    assert "cannot be written" in found.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--contested",),
        ("--output", "x.jsonl"),
        ("export", "--json"),
        ("import",),
    ],
)
def test_usage(run: Command, arguments: tuple[str, ...]) -> None:
    """Options that do not go together are exit code 2."""
    assert run("progress", *arguments).exit_code == 2
