"""Rows to grade: JSONL and CSV, every problem with its line."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewbot.adapters.gold_files import LONGEST_LINE, read_gold, read_rows
from interviewbot.domain.errors import BadInput
from interviewbot.domain.gold import GoldRow, Label
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Point

MINIMAL = {"id": "r1", "question_id": "ML0042", "answer": "x"}


def _json(*rows: object) -> list[GoldRow]:
    return read_rows([json.dumps(row) + "\n" for row in rows], name="rows.jsonl", csv=False)


def _csv(text: str) -> list[GoldRow]:
    return read_rows(io.StringIO(text, newline=""), name="rows.csv", csv=True)


def _problems(lines: list[str], *, csv: bool = False) -> list[str]:
    """Return the problems that the error lists, below its first line."""
    with pytest.raises(BadInput) as caught:
        read_rows(lines, name="rows", csv=csv)
    return list(caught.value.details)


def test_a_full_row_arrives_whole() -> None:
    """Every field of the schema is kept; keys of other schemas are passed over."""
    (row,) = _json(
        {
            "id": "r1",
            "question_id": "ML0042",
            "question": "Why?",
            "points": [{"id": "a", "text": "One."}, {"id": 2, "text": "Two.", "weight": 0.5}],
            "reference": "One. Two.",
            "answer": " One \n",
            "score": 1,
            "point_labels": {"a": "covered", "2": "contradicted"},
            "label": "partial",
            "graders": [4, 5.0],
            "split": "dev",
            "references": [["BEST", "x"]],
            "dataset": "y",
        }
    )
    assert row == GoldRow(
        id="r1",
        question_id="ML0042",
        question="Why?",
        points=(Point(id="a", text="One."), Point(id="2", text="Two.", weight=0.5)),
        reference="One. Two.",
        answer=" One \n",
        score=1.0,
        point_labels={"a": Verdict.COVERED, "2": Verdict.CONTRADICTED},
        label=Label.PARTIAL,
        graders=(4.0, 5.0),
        split="dev",
    )


def test_null_is_no_key_and_an_answer_may_be_blank() -> None:
    """Public sets write null for what they do not have; numbered rows keep their number."""
    (row,) = _json({"id": 7, "answer": "", "reference": "x", "score": None, "points": None})
    assert row == GoldRow(id="7", answer="", reference="x")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": None}, "there is no 'id'"),
        ({"id": " "}, "there is no 'id'"),
        ({"id": 1.5}, "'id' is not a text"),
        ({"id": True}, "'id' is not a text"),
        ({"answer": None}, "there is no 'answer' (it may be an empty text)"),
        ({"answer": ["x"]}, "'answer' is not a text"),
        ({"answer": "\ud800"}, "'answer' holds half a character (a lone surrogate)"),
        ({"question_id": ""}, "there is none of 'question_id', 'points' and 'reference'"),
        (
            {"question_id": None, "reference": " ", "points": []},
            "there is none of 'question_id', 'points' and 'reference'",
        ),
        ({"score": 1.01}, "'score' is '1.01', not a number from 0 to 1"),
        ({"score": -0.1}, "'score' is '-0.1', not a number from 0 to 1"),
        ({"score": "0.5"}, "'score' is '0.5', not a number from 0 to 1"),
        ({"score": True}, "'score' is 'True', not a number from 0 to 1"),
        ({"score": 10**400}, f"'score' is '1{'0' * 59}…', not a number from 0 to 1"),
        ({"label": "good"}, "'label' is 'good'; use correct, partial, incorrect, contradictory"),
        ({"label": ["\x1b[2J"]}, "'label' is '['\\x1b[2J']'; use correct, partial, incorrect, "),
        ({"graders": 3}, "'graders' is not a list of finite numbers"),
        ({"graders": [3, "4"]}, "'graders' is not a list of finite numbers"),
        ({"point_labels": []}, "'point_labels' is not an object"),
        ({"point_labels": {"a": "yes"}}, "'yes' is no verdict; use covered, partial, missing, "),
        (
            {"points": [{"id": "a", "text": "x"}], "point_labels": {"b": "missing"}},
            "'point_labels' names 'b', which is no point",
        ),
        ({"points": {"a": "x"}}, "'points' is not a list"),
        ({"points": ["x"]}, "point 1 is not an object with id and text"),
        ({"points": [{"id": "a"}]}, "point 1: there is no 'text'"),
        ({"points": [{"id": "a", "text": 3}]}, "point 1: 'text' is not a text"),
        ({"points": [{"id": "a", "text": "x", "weight": 0}]}, "point 1: 'weight' is not a number"),
        ({"points": [{"id": "a", "text": "x"}] * 2}, "the point id 'a' is there twice"),
        ({"split": 1}, "'split' is not a text"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(change: dict[str, object], problem: str) -> None:
    """Each breach gives one problem that begins with the source and the line."""
    (found,) = _problems(["\n", json.dumps({**MINIMAL, **change})])
    assert found.startswith(f"rows:2: {problem}")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON: "),
        ("[]", "not a JSON object"),
        ('{"id": "a", "answer": "x", "reference": "x", "score": NaN}', "NaN, Infinity or"),
        ('{"id": "a", "answer": "x", "reference": "x", "n": -Infinity}', "NaN, Infinity or"),
        ('{"id": "a", "answer": "x", "reference": "x", "score": 1e999}', "'score' is 'inf'"),
        ('{"id": "a", "answer": "x", "reference": "x", "n": 1' + "0" * 5000 + "}", "NaN, Infinity"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": "a", "answer": "' + "é" * (LONGEST_LINE // 2) + '"}', "the line is over 1 MiB"),
    ],
    ids=["broken", "list", "nan", "infinity", "overflow", "digits", "deep", "long"],
)
def test_lines_that_are_no_rows_are_refused(line: str, problem: str) -> None:
    """What is not one sound JSON object is named, and nothing else goes wrong."""
    (found,) = _problems([line])
    assert found.startswith(f"rows:1: {problem}")


def test_all_problems_are_counted_and_ten_are_listed() -> None:
    """The message stays short however bad the file is."""
    with pytest.raises(BadInput) as caught:
        read_rows(["{}\n"] * 5, name="rows", csv=False)
    assert caught.value.message == "15 problems in rows"
    lines = caught.value.details
    assert [line.split(":")[1] for line in lines[:-1]] == list("1112223334")
    assert lines[-1] == "… and 5 more"
    assert caught.value.hint


def test_ids_must_be_unique() -> None:
    """The second row of an id is a problem that names the first one's line."""
    row = json.dumps(MINIMAL)
    assert _problems([row, row]) == ["rows:2: the id is there already, in line 1"]


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_no_rows_are_bad_input(text: str) -> None:
    """An empty source is a mistake, in both formats."""
    for csv in (False, True):
        with pytest.raises(BadInput, match="holds no rows"):
            read_rows(io.StringIO(text), name="rows", csv=csv)


def test_csv_rows_arrive_like_json_rows() -> None:
    """Quoted cells with commas and line breaks, a mark at the start and other columns are fine."""
    rows = _csv(
        "\ufeffid,question_id, question,reference,answer,score,mood\r\n"
        'r1,ML0042,Why?,,"one, two\r\nthree",0.5,good\r\n'
        "\r\n"
        "r2,,,A text.,,,\r\n"
    )
    assert rows == [
        GoldRow(
            id="r1", question_id="ML0042", question="Why?", answer="one, two\r\nthree", score=0.5
        ),
        GoldRow(id="r2", reference="A text.", answer=""),
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("id,reference\na,b\n", ["rows:1: the column 'answer' is missing"]),
        ("a;b\n", ["rows:1: the columns are parted by semicolons, not by commas"]),
        ("id,answer\na,b\n", ["rows:1: one of the columns 'question_id' and 'reference' is"]),
        ("id,id,answer,reference\n", ["rows:1: the column 'id' is there twice"]),
        ("id,answer,reference\na,b\n", ["rows:2: not as many fields as the header has"]),
        ("id,answer,reference\na,b,c,d\n", ["rows:2: not as many fields as the header has"]),
        ("id,answer,reference,score\na,b,c,high\n", ["rows:2: 'score' is 'high', not a number"]),
        ("id,answer,reference,score\na,b,c,nan\n", ["rows:2: 'score' is 'nan', not a number"]),
        ('id,answer,reference\na,"b\nc",d\n,b,c\n', ["rows:4: there is no 'id'"]),
        ('id,answer,reference\na,b,c\nd,"e,f\n\n', ["rows:3: not CSV: unexpected end of data"]),
    ],
)
def test_faulty_csv_is_refused_with_its_line(text: str, problems: list[str]) -> None:
    """The header is checked first; a row that spans lines is named by its first one."""
    found = _problems(text.splitlines(keepends=True), csv=True)
    starts = [line[: len(start)] for line, start in zip(found, problems, strict=False)]
    assert starts == problems


def test_the_ending_says_the_format(tmp_path: Path) -> None:
    """A name that ends in .csv is read as CSV, any other as JSON lines."""
    table, lines = tmp_path / "rows.CSV", tmp_path / "rows.jsonl"
    table.write_text("id,reference,answer\nr1,x,y\n")
    lines.write_text('{"id": "r1", "reference": "x", "answer": "y"}\n')
    assert read_gold(table) == read_gold(lines) == [GoldRow(id="r1", reference="x", answer="y")]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows can be piped in; problems then name standard input."""
    given = io.TextIOWrapper(io.BytesIO(json.dumps(MINIMAL).encode() + b"\n{\n"))
    monkeypatch.setattr(sys, "stdin", given)
    with pytest.raises(BadInput) as caught:
        read_gold(Path("-"))
    assert caught.value.details[0].startswith("standard input:2: not JSON")


@pytest.mark.timeout(10)
def test_files_that_cannot_be_read_are_bad_input(tmp_path: Path) -> None:
    """Missing, a folder, a pipe, below a file: each a sentence, none blocks."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    for name, message in (
        ("missing", "there is no file"),
        (".", "not a regular file"),
        ("pipe", "not a regular file"),
        ("file/rows", "cannot be read: Not a directory"),
    ):
        with pytest.raises(BadInput, match=message):
            read_gold(tmp_path / name)


def test_bytes_that_are_not_utf8_are_named_with_their_line(tmp_path: Path) -> None:
    """Also in the middle of a file, after good rows."""
    path = tmp_path / "rows.jsonl"
    path.write_bytes(json.dumps(MINIMAL).encode() + b'\n{"id": "caf\xe9"}\n')
    with pytest.raises(BadInput) as caught:
        read_gold(path)
    assert caught.value.details[0].endswith("rows.jsonl:2: not UTF-8: byte 11 does not fit")


def test_a_long_line_is_not_taken_into_memory(tmp_path: Path) -> None:
    """Reading stops at the bound."""
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"x" * (3 * LONGEST_LINE))
    with pytest.raises(BadInput) as caught:
        read_gold(path)
    assert "rows.jsonl:1: the line is over 1 MiB" in caught.value.details[0]


@given(st.text(max_size=80), st.booleans())
@example('{"id":{},"points":[[]],"point_labels":{"a":{}},"label":{},"graders":[[]]}', False)
@example("id,answer,reference\n\0,\0,\0\n", True)
def test_any_text_gives_rows_or_bad_input(text: str, csv: bool) -> None:
    """No text makes reading fail in any other way."""
    try:
        rows = read_rows(io.StringIO(text), name="rows", csv=csv)
    except BadInput as error:
        rows = []
        message = error.message
    else:
        message = ""
    assert bool(rows) != bool(message)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(GoldRow.__dataclass_fields__, JSON)))
def test_any_values_give_a_row_or_bad_input(row: dict[str, object]) -> None:
    """No value of a known key makes reading fail in any other way."""
    try:
        outcome = _json({**MINIMAL, **row})[0].id
    except BadInput as error:
        outcome = error.details[0].partition("rows.jsonl:1: ")[2]
    assert outcome


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('{"id": "a", "answer": "x", "reference": "x", "answer": "y"}', "'answer'"),
        ('{"id": "a", "answer": "x", "points": [{"id": "p", "text": "x", "id": "q"}]}', "'id'"),
    ],
)
def test_a_key_that_is_there_twice(line: str, key: str) -> None:
    """Which of the two is meant nobody knows, so the row is refused with its line."""
    assert _problems(["\n", line]) == [f"rows:2: the key {key} is there twice"]


def test_spaces_around_ids() -> None:
    """They are no part of an id, in JSON and in CSV; the answer keeps its own."""
    (row,) = _json({"id": " r1 ", "question_id": "\tML0042 ", "answer": " x "})
    assert (row.id, row.question_id, row.answer) == ("r1", "ML0042", " x ")
    (row,) = _csv("id,question_id,answer\n r1 , ML0042 , x \n")
    assert (row.id, row.question_id, row.answer) == ("r1", "ML0042", " x ")
    doubled = [json.dumps({**MINIMAL, "id": name}) for name in ("r1", " r1")]
    assert _problems(doubled) == ["rows:2: the id is there already, in line 1"]
