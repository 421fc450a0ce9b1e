"""``interviewbot grade`` with one answer: the contract and the page a candidate reads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.conftest import ROOT, Command

EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
HOSTILE = (
    "Hidden layers sit between the input layer and the output layer. \x1b]52;c;aGk=\x07\x1b[2J"
    "[/bold] [@click=app.quit] Each neuron adds a bias to a weighted sum of its inputs\x9b31m"
    " and applies an activation\u202e function."
)


def test_contract(run_indexed: Command, answer_file: Path) -> None:
    """The JSON has exactly the keys of the contract."""
    grade = run_indexed.json("grade", answer_file, "--question", "ML0041", "--json")
    assert list(grade) == [
        "schema_version",
        "status",
        "question_id",
        "question_match",
        "score",
        "score_range",
        "band",
        "judge",
        "degraded",
        "points",
        "feedback",
        "receipt",
    ]
    assert grade["status"] == "graded"
    assert grade["question_match"] is None
    assert grade["judge"] == "local"
    low, high = grade["score_range"]
    assert 0 <= low <= grade["score"] <= high <= 100
    for point in grade["points"]:
        assert list(point) == [
            "id",
            "text",
            "weight",
            "verdict",
            "credit",
            "confidence",
            "disputed",
            "evidence",
            "reason",
        ]
    assert list(grade["feedback"]) == ["strengths", "missing", "misconceptions", "follow_up"]
    assert grade["receipt"]["rubric"].startswith("sha256:")


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_every_quote_is_in_the_answer(run_indexed: Command, path: Path) -> None:
    """Of each example every quote equals ``answer[start:end]``, and credit brings a quote."""
    answer = path.read_bytes().decode()
    grade = run_indexed.json("grade", path, "--json")
    for point in grade["points"]:
        evidence = point["evidence"]
        assert (evidence is None) == (point["verdict"] == "missing")
        if evidence is not None:
            assert answer[evidence["start"] : evidence["end"]] == evidence["quote"]
            assert evidence["quote"]


def test_match_is_reported(run_indexed: Command) -> None:
    """Without an id the question is found and the runners-up are named."""
    grade = run_indexed.json("grade", ROOT / "examples" / "neural-network.txt", "--json")
    assert grade["question_id"] == "ML0041"
    assert grade["question_match"]["confidence"] >= 0.9
    assert len(grade["question_match"]["runners_up"]) == 2


def test_text_puts_what_was_missed_first(run_indexed: Command, answer_file: Path) -> None:
    """The page leads with the score, then what was missed, then what was covered."""
    page = run_indexed("grade", answer_file, "--question", "ML0041").stdout
    order = [page.index(word) for word in ("/ 100", "Missed", "Covered", "Next best sentence")]
    assert order == sorted(order)
    assert "you said: “A network has an input layer" in page
    assert "An interviewer would ask" in page
    assert "not a verdict" in page


def test_nothing_hostile_reaches_the_terminal(run_indexed: Command, tmp_path: Path) -> None:
    """Escape sequences and marks that reorder text are shown by neither text nor JSON."""
    path = tmp_path / "answer.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    for options in ([], ["--json"], ["--explain"], ["--explain", "--json"]):
        found = run_indexed("grade", path, "--question", "ML0041", *options)
        assert found.exit_code == 0
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", found.stdout)
    grade = json.loads(run_indexed("grade", path, "--question", "ML0041", "--json").stdout)
    assert any(
        point["evidence"] and "\x9b" in point["evidence"]["quote"] for point in grade["points"]
    )


def test_no_colour_and_no_escape_byte_without_a_terminal(
    run_indexed: Command, answer_file: Path
) -> None:
    """Piped output holds no escape byte."""
    assert "\x1b" not in run_indexed("grade", answer_file, "--question", "ML0041").stdout


def test_standard_input(run_indexed: Command, answer_file: Path) -> None:
    """A dash reads the answer from standard input and grades it the same."""
    by_file = run_indexed("grade", answer_file, "--question", "ML0041", "--json").stdout
    text = answer_file.read_text(encoding="utf-8")
    assert run_indexed("grade", "-", "--question", "ML0041", "--json", stdin=text).stdout == by_file


def test_byte_order_mark_is_no_part_of_the_text(run_indexed: Command, tmp_path: Path) -> None:
    """A UTF-8 mark at the start moves no offset."""
    path = tmp_path / "answer.txt"
    path.write_bytes(b"\xef\xbb\xbfHidden layers sit between the input and the output layer.")
    grade = run_indexed.json("grade", path, "--question", "ML0041", "--json")
    starts = [point["evidence"]["start"] for point in grade["points"] if point["evidence"]]
    assert starts
    assert set(starts) == {0}


def test_fail_under(run_indexed: Command, answer_file: Path) -> None:
    """A score below the threshold is exit code 1, with a line."""
    found = run_indexed("grade", answer_file, "--question", "ML0041", "--fail-under", "100")
    assert found.exit_code == 1
    assert "is below 100" in found.stderr
    assert (
        run_indexed("grade", answer_file, "--question", "ML0041", "--fail-under", "0").exit_code
        == 0
    )


def test_timeout_leaves_it_ungraded(run_indexed: Command, tmp_path: Path) -> None:
    """An answer that takes too long has no grade: exit code 3, no number."""
    path = tmp_path / "answer.txt"
    path.write_text(
        "".join(f"Claim {n} is that layer {n} feeds layer {n + 1}. " for n in range(4000))
    )
    found = run_indexed("grade", path, "--question", "ML0041", "--timeout", "0.1", "--json")
    assert found.exit_code == 3
    document = json.loads(found.stdout)
    assert document["status"] == "ungraded"
    assert document["score"] is None
    assert "longer than 0.1 s" in document["reason"]
    assert "ungraded" in found.stderr


def test_explain_shows_signals(run_indexed: Command, answer_file: Path) -> None:
    """--explain adds the signals behind every verdict, Chroma's cosine among them."""
    grade = run_indexed.json("grade", answer_file, "--question", "ML0041", "--explain", "--json")
    for point in grade["points"]:
        assert 0 < point["signals"]["raw"] <= 1
        assert -1 <= point["signals"]["cosine"] <= 1


def test_words_that_claim_nothing(run_indexed: Command, tmp_path: Path) -> None:
    """A list of terms is graded, at zero, and told why."""
    path = tmp_path / "answer.txt"
    path.write_text("layers, neurons, weights, biases, backpropagation, ReLU, activation")
    grade = run_indexed.json("grade", path, "--question", "ML0041", "--json")
    assert grade["score"] == 0
    assert "makes no statement" in grade["points"][0]["reason"]


def test_grading_twice_is_identical(run_indexed: Command, answer_file: Path) -> None:
    """The same answer gets the same bytes."""
    first = run_indexed("grade", answer_file, "--question", "ML0041", "--json").stdout
    assert run_indexed("grade", answer_file, "--question", "ML0041", "--json").stdout == first


def test_large_filler(run_indexed: Command, tmp_path: Path) -> None:
    """50 KB of one repeated sentence is graded like the sentence once."""
    sentence = "Hidden layers sit between the input layer and the output layer. "
    one, many = tmp_path / "one.txt", tmp_path / "many.txt"
    one.write_text(sentence)
    many.write_text(sentence * 800)
    options = ("--question", "ML0041", "--json")
    score = run_indexed.json("grade", one, *options)["score"]
    assert run_indexed.json("grade", many, *options)["score"] == score
