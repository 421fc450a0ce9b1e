"""Gold of another scale or another spreadsheet: the message says how to mend it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewbot.adapters.gold_files import read_gold, unread_columns
from interviewbot.domain.errors import BadInput

SAVE = "save it as CSV UTF-8 with commas"


def _hint(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_gold(path)
    return refused.value.hint


def test_marks_on_another_scale(tmp_path: Path) -> None:
    """What to divide by is named: the highest mark of the file, also where it is quoted in CSV."""
    rows = [{"id": n, "reference": "x", "answer": "x", "score": n} for n in range(6)]
    lines = "\n".join(map(json.dumps, rows)).encode()
    assert _hint(tmp_path / "a.jsonl", lines).endswith("divide by the highest mark, 5 here")
    table = b"id,reference,answer,score\n1,x,x,0.5\n2,x,x,3.5\n"
    assert "divide by the highest mark, 3.5 here" in _hint(tmp_path / "a.csv", table)


@pytest.mark.parametrize(
    "content",
    [
        b"id;reference;answer;score\n1;x;x;0,5\n",
        b"id\treference\tanswer\n1\tx\tx\n",
        b'id,reference,answer,score\n1,x,x,"0,5"\n',
        "id,reference,answer\n1,x,naïve\n".encode("latin-1"),
        "id,reference,answer\n1,x,x\n".encode("utf-16"),
    ],
    ids=["semicolons", "tabs", "decimal comma", "Latin-1", "UTF-16"],
)
def test_what_other_spreadsheets_write(tmp_path: Path, content: bytes) -> None:
    """How to save it is said, once for all of it."""
    assert SAVE in _hint(tmp_path / "a.csv", content)


def test_json_lines_in_another_encoding(tmp_path: Path) -> None:
    """There is no word of CSV."""
    assert _hint(tmp_path / "a.jsonl", b'{"id": "\xe9"}') == "save it as UTF-8"


def test_columns_that_are_not_read(tmp_path: Path) -> None:
    """They are known by their names; the split is read."""
    path = tmp_path / "a.csv"
    path.write_text("\ufeffid, mood,reference,answer,split,grader 2\n1,good,x,x,dev,3\n")
    assert unread_columns(path) == ("mood", "grader 2")
    assert read_gold(path)[0].split == "dev"
    assert unread_columns(tmp_path / "none.jsonl") == ()
