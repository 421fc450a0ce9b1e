"""``interviewbot grade --batch``: a line for each row, in order, resumable."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from tests.conftest import ROOT, Command

ROWS = ROOT / "examples" / "batch.jsonl"


def lines(text: str) -> list[dict[str, Any]]:
    """Return the JSON lines of ``text``."""
    return [json.loads(line) for line in text.splitlines()]


def test_rows_in_order(run_indexed: Command) -> None:
    """Corpus ids, own points and references are graded, one line each, in order."""
    found = run_indexed("grade", "--batch", ROWS)
    assert found.exit_code == 0
    rows = lines(found.stdout)
    assert [row["id"] for row in rows] == ["corpus-question", "own-points", "reference-text"]
    assert all(row["status"] == "graded" and row["schema_version"] == 1 for row in rows)
    assert rows[0]["question_id"] == "ML0037"
    assert [point["id"] for point in rows[1]["points"]] == ["scattering", "eye"]
    assert [point["id"] for point in rows[2]["points"]] == ["r1", "r2", "r3"]


def test_batch_and_single_agree(run_indexed: Command, tmp_path: Path) -> None:
    """An answer has the same grade alone and among others."""
    row = json.loads(ROWS.read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "answer.txt"
    path.write_text(row["answer"], encoding="utf-8")
    alone = run_indexed.json("grade", path, "--question", row["question_id"], "--json")
    among = lines(run_indexed("grade", "--batch", ROWS).stdout)[0]
    assert {**alone, "id": row["id"]} == among


def test_own_points_win_over_the_corpus(run_indexed: Command, tmp_path: Path) -> None:
    """A row's own points are used even when its question is in the corpus."""
    path = tmp_path / "rows.jsonl"
    point = {"id": "mine", "text": "Bread rises because yeast makes gas."}
    row = {
        "id": "a",
        "question_id": "ML0041",
        "points": [point],
        "answer": "Yeast makes gas, so bread rises.",
    }
    path.write_text(json.dumps(row))
    (graded,) = lines(run_indexed("grade", "--batch", path).stdout)
    assert [point["id"] for point in graded["points"]] == ["mine"]


def test_csv(run_indexed: Command, tmp_path: Path) -> None:
    """CSV rows are graded like JSON rows."""
    path = tmp_path / "rows.csv"
    path.write_text(
        "id,question_id,question,reference,answer\n"
        'x,,What is a stack?,"A stack returns the last item first.",'
        "The last one in comes out first.\n"
    )
    (graded,) = lines(run_indexed("grade", "--batch", path).stdout)
    assert graded["id"] == "x"
    assert graded["status"] == "graded"


def test_resume_grades_nothing_twice(run_indexed: Command, tmp_path: Path) -> None:
    """A batch cut off in a line goes on behind it and ends with the same bytes."""
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    assert run_indexed("grade", "--batch", ROWS, "--output", whole).exit_code == 0
    content = whole.read_bytes()
    first_end = content.index(b"\n") + 1
    cut.write_bytes(content[: first_end + 40])
    found = run_indexed("grade", "--batch", ROWS, "--output", cut, "--resume")
    assert found.exit_code == 0
    assert "1 of 3 rows are graded already" in found.stderr
    assert "2 graded" in found.stderr
    assert cut.read_bytes() == content


def test_existing_output_is_not_overwritten(run_indexed: Command, tmp_path: Path) -> None:
    """Grades that are there are kept; the way on is named."""
    target = tmp_path / "out.jsonl"
    target.write_text("precious\n")
    found = run_indexed("grade", "--batch", ROWS, "--output", target)
    assert found.exit_code == 2
    assert "--resume" in found.stderr
    assert target.read_text() == "precious\n"


def test_resume_refuses_a_foreign_file(run_indexed: Command, tmp_path: Path) -> None:
    """A file that is no batch output is not appended to."""
    target = tmp_path / "out.jsonl"
    target.write_text("precious\n")
    found = run_indexed("grade", "--batch", ROWS, "--output", target, "--resume")
    assert found.exit_code == 2
    assert target.read_text() == "precious\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "a", "question_id": "ML0041", "answer": "  "}, "blank"),
        ({"id": "a", "question_id": "ZZ9999", "answer": "Something."}, "ZZ9999"),
    ],
)
def test_ungraded_rows(
    run_indexed: Command, tmp_path: Path, row: dict[str, str], reason: str
) -> None:
    """A row without a grade has a reason and no number; the batch goes on and exits 3."""
    path = tmp_path / "rows.jsonl"
    good = ROWS.read_text(encoding="utf-8").splitlines()[1]
    path.write_text(f"{json.dumps(row)}\n{good}\n")
    found = run_indexed("grade", "--batch", path)
    assert found.exit_code == 3
    first, second = lines(found.stdout)
    assert first["status"] == "ungraded"
    assert first["score"] is None
    assert reason in first["reason"]
    assert second["status"] == "graded"
    assert "1 graded, 1 ungraded" in found.stderr


def test_fail_under(run_indexed: Command) -> None:
    """Rows below the threshold are counted, exit code 1."""
    found = run_indexed("grade", "--batch", ROWS, "--fail-under", "100")
    assert found.exit_code == 1
    assert "3 below 100" in found.stderr


@pytest.mark.parametrize("content", ["{not json}", '{"id": "a"}', '{"id": 1, "answer": []}'])
def test_rows_that_are_not_valid(run_indexed: Command, tmp_path: Path, content: str) -> None:
    """A row that is not valid is named with its line; nothing is graded."""
    path = tmp_path / "rows.jsonl"
    path.write_text(f"\n{content}\n")
    found = run_indexed("grade", "--batch", path)
    assert found.exit_code == 2
    assert "rows.jsonl:2" in found.stderr
    assert found.stdout == ""


def test_resume_cuts_nothing_of_a_file_that_is_not_its_own(
    run_indexed: Command, tmp_path: Path
) -> None:
    """A file without a line end is kept to the last byte."""
    target = tmp_path / "notes"
    target.write_text("keep me")
    found = run_indexed("grade", "--batch", ROWS, "--output", target, "--resume")
    assert found.exit_code == 2
    assert target.read_text() == "keep me"


def test_second_batch_is_kept_out(run_indexed: Command, indexed_home: Path, tmp_path: Path) -> None:
    """While one batch writes a file, another is told so and grades nothing."""
    target = tmp_path / "out.jsonl"
    name = hashlib.sha256(os.fsencode(target.resolve())).hexdigest()[:16]
    (indexed_home / "locks").mkdir(exist_ok=True)
    with FileLock(indexed_home / "locks" / f"{name}.lock"):
        found = run_indexed("grade", "--batch", ROWS, "--output", target)
    assert found.exit_code == 2
    assert "another batch" in found.stderr
    assert not target.exists()


def test_resumed_file_with_an_ungraded_row(run_indexed: Command, tmp_path: Path) -> None:
    """A row that stayed ungraded in an earlier run still makes exit code 3."""
    source, target = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "question_id": "ML0041", "answer": " "}\n')
    assert run_indexed("grade", "--batch", source, "--output", target).exit_code == 3
    before = target.read_bytes()
    found = run_indexed("grade", "--batch", source, "--output", target, "--resume")
    assert found.exit_code == 3
    assert "1 stayed ungraded in an earlier run and are tried again" in found.stderr
    assert "graded already" not in found.stderr
    assert target.read_bytes() == before


def test_reasons_are_told_and_counted(run_indexed: Command, tmp_path: Path) -> None:
    """The first at once, and with a second one how many there are of each."""
    path = tmp_path / "rows.jsonl"
    blank = [{"id": str(n), "question_id": "ML0041", "answer": " "} for n in range(2)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in blank))
    found = run_indexed("grade", "--batch", path)
    assert found.stderr.splitlines() == ["ungraded: the answer is blank", "0 graded, 2 ungraded"]
    unknown = {"id": "3", "question_id": "ZZ9999", "answer": "Something."}
    path.write_text("".join(f"{json.dumps(row)}\n" for row in [*blank, unknown]))
    told = run_indexed("grade", "--batch", path).stderr.splitlines()
    assert told[-2:] == [
        "2 ungraded: the answer is blank",
        "1 ungraded: there is no question “ZZ9999”",
    ]


def test_what_is_tried_again_takes_the_place_of_its_old_line(
    run_indexed: Command, tmp_path: Path
) -> None:
    """In order, with the other lines as they were, and although the first try was cut off."""
    source, target = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    rows = lines(ROWS.read_text(encoding="utf-8"))
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert run_indexed("grade", "--batch", source, "--output", target).exit_code == 0
    whole = target.read_text(encoding="utf-8").splitlines(keepends=True)
    failed = json.dumps({"id": rows[0]["id"], "status": "ungraded", "degraded": None, "points": []})
    # As where an earlier run, which was to grade the first row again, was killed behind it.
    target.write_text("".join([f"{failed}\n", whole[1], whole[0], whole[2][:40]]))
    found = run_indexed("grade", "--batch", source, "--output", target, "--resume")
    assert found.exit_code == 0, found.stderr
    assert "2 of 3 rows are graded already" in found.stderr
    assert target.read_text(encoding="utf-8") == "".join(whole)
    target.write_text("".join([f"{failed}\n", *whole[1:]]))
    found = run_indexed("grade", "--batch", source, "--output", target, "--resume")
    assert (found.exit_code, target.read_text(encoding="utf-8")) == (0, "".join(whole))
    assert not list(tmp_path.glob(".out*"))


def test_point_without_a_word_is_ungraded(run_indexed: Command, tmp_path: Path) -> None:
    """A point that says nothing gives no number, not a zero."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "a", "points": [{"id": "p", "text": "!!!"}], "answer": "A thing."}')
    found = run_indexed("grade", "--batch", path)
    assert found.exit_code == 3
    assert lines(found.stdout)[0]["score"] is None


def test_resume_tells_of_answers_that_changed(run_indexed: Command, tmp_path: Path) -> None:
    """A row is known by its id; where its grade quotes other words, that is said."""
    source, target = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    content = ROWS.read_text(encoding="utf-8")
    source.write_text(content, encoding="utf-8")
    assert run_indexed("grade", "--batch", source, "--output", target).exit_code == 0
    same = run_indexed("grade", "--batch", source, "--output", target, "--resume")
    assert "3 of 3 rows are graded already (known by their ids alone)" in same.stderr
    assert "other answers" not in same.stderr
    rows = lines(content)
    rows[1]["answer"] = "Something else."
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    found = run_indexed("grade", "--batch", source, "--output", target, "--resume")
    assert "1 of them have other answers now" in found.stderr
    assert "known by its id alone" in " ".join(run_indexed("grade", "--help").stdout.split())


@pytest.mark.parametrize("reference", ["x", "4 + 5", "!!!"])
def test_a_reference_of_single_characters_is_ungraded(
    run_indexed: Command, tmp_path: Path, reference: str
) -> None:
    """Meaning cannot tell “x” from “y”, so there is no number."""
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"id": "a", "reference": reference, "answer": "y"}))
    found = run_indexed("grade", "--batch", path)
    assert found.exit_code == 3
    (row,) = lines(found.stdout)
    assert (row["score"], row["status"]) == (None, "ungraded")
    assert "no word of two characters" in row["reason"]
