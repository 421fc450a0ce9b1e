"""Questions in tables: one row a point, the question beside it; and back.

Owns the columns, and what a spreadsheet must not take for a formula. Also reads tables of others,
with a header or with a question and an answer in the first two columns, Anki's text exports too.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import takewhile

from interviewbot.adapters.import_json import (
    ANSWERS,
    IDS,
    LEVELS,
    POINTS,
    PROMPTS,
    TOPICS,
    read_fields,
)
from interviewbot.adapters.note_text import ANKI_TEXT, as_text
from interviewbot.adapters.question_documents import NotAQuestion, document, question_of
from interviewbot.domain.errors import BadInput
from interviewbot.domain.pages.found import Found, FoundQuestion, LeftOut
from interviewbot.domain.pages.questions import together
from interviewbot.domain.question import Question
from interviewbot.domain.text import sanitise

_OF_QUESTION = (
    "id", "title", "topic", "level", "prompt", "tags", "source", "licence", "reviewed", "draft",
    "model_answer",
)  # fmt: skip
_OF_POINT = ("point_id", "point_text", "weight", "accept", "misconceptions", "follow_up")
COLUMNS = (*_OF_QUESTION, *_OF_POINT)
_NAMES = {*PROMPTS, *ANSWERS, *POINTS, *TOPICS, *LEVELS, *IDS, "title", "tags"}
# A spreadsheet runs a cell that begins so; an apostrophe before it makes it a text again.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "'")
_LARGEST_CELL = 1 << 20  # characters
# What Anki writes above its "notes in plain text": settings, and columns that are no fields.
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "colon": ":", "space": " "}
_ASIDE = {"guid column", "notetype column", "deck column"}


def table(questions: Sequence[Question]) -> str:
    """Return ``questions`` as CSV; lists have one entry a line in their cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for question in questions:
        raw = document(question)
        raw["tags"] = _cell(question.tags)
        raw["draft"] = "true" if question.draft else ""
        for point in question.points:
            cells = [
                *(str(raw[key] or "") for key in _OF_QUESTION),
                point.id,
                point.text,
                f"{point.weight!r}",
                _cell(point.accept),
                _cell(point.misconceptions),
                point.follow_up,
            ]
            writer.writerow(map(_safe, cells))
    return out.getvalue()


def _cell(texts: Sequence[str]) -> str:
    """Return ``texts`` one a line; as JSON where that would not bring back the same."""
    joined = "\n".join(texts)
    return joined if _lines(joined) == list(texts) else json.dumps(texts, ensure_ascii=False)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUNS) else cell


def read_table(text: str, shown: str, *, tabs: bool = False) -> Found:
    """Return the questions of a table; lines are those of the text where a row ends.

    Raises:
        BadInput: if it is no table.
    """
    if text.startswith(ANKI_TEXT):
        return _notes(text, shown)
    rows = _rows(text, shown, "\t" if tabs else _delimiter(text))
    if not rows:
        return Found()
    header = [cell.strip().lower().lstrip("\ufeff") for cell in rows[0][1]]
    if tuple(header) == COLUMNS:
        return together(list(_own(rows[1:])))
    if _NAMES.intersection(header):
        return together([_row(header, row, number) for number, row in rows[1:]])
    return together([_row(["question", "answer"], row, number) for number, row in rows])


def _rows(text: str, shown: str, delimiter: str) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadInput(
            f"{shown} is not a table: line {reader.line_num}: {error}", "export it anew"
        ) from error


def _notes(text: str, shown: str) -> Found:
    """Return the questions of notes that Anki exported as plain text."""
    head = list(takewhile(lambda line: line.startswith("#"), text.splitlines()))
    told = dict(line[1:].lower().partition(":")[::2] for line in head)
    separator = told["separator"].strip(' "')
    body = text.splitlines(keepends=True)[len(head) :]
    rows = _rows("".join(body), shown, _SEPARATORS.get(separator, separator[:1] or "\t"))
    aside = {int(place) - 1 for key, place in told.items() if key in _ASIDE and place.isdecimal()}
    tags = int(told["tags column"]) - 1 if told.get("tags column", "").isdecimal() else -1
    found = []
    for number, row in rows:
        texts = [as_text(cell) if told.get("html") == "true" else cell for cell in row]
        fields = [cell for n, cell in enumerate(texts) if n not in aside and n != tags]
        header = ["question", "answer", *(f"column {n}" for n in range(3, len(fields) + 1))]
        if 0 <= tags < len(texts):
            header, fields = [*header[: len(fields)], "tags"], [*fields, texts[tags]]
        found.append(_row(header, fields, number + len(head)))
    return together(found)


def _delimiter(text: str) -> str:
    head = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _row(header: Sequence[str], row: Sequence[str], number: int) -> Found:
    fields = {
        (name or f"column {place}"): _plain(cell)
        for place, (name, cell) in enumerate(
            zip([*header, *[""] * max(0, len(row) - len(header))], row, strict=False), start=1
        )
    }
    return read_fields(fields, number)


def _own(rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Found]:
    """Yield the questions of an export: rows of one question follow one another."""
    group: list[dict[str, str]] = []
    first = 0
    for number, row in rows:
        if len(row) != len(COLUMNS):
            why = f"the row has {len(row)} cells instead of {len(COLUMNS)}"
            text = sanitise("; ".join(filter(None, row)))
            yield Found(left_out=(LeftOut(line=number, text=text, why=why),))
            continue
        cells = dict(zip(COLUMNS, map(_plain, row), strict=True))
        if group and cells["id"] != group[0]["id"]:
            yield _question(group, first)
            group = []
        first = first if group else number
        group.append(cells)
    if group:
        yield _question(group, first)


def _question(rows: Sequence[dict[str, str]], number: int) -> Found:
    head = rows[0]
    changed = [key for key in _OF_QUESTION if any(row[key] != head[key] for row in rows)]
    left_out = tuple(
        LeftOut(line=number, text=f"{key}: {row[key]}", why=f"{head['id']}: rows do not agree")
        for key in changed
        for row in rows[1:]
        if row[key] != head[key]
    )
    try:
        question = question_of(
            {
                **{key: head[key] for key in _OF_QUESTION},
                "tags": _lines(head["tags"]),
                "draft": head["draft"].strip().lower() == "true",
                "points": [_point(row) for row in rows],
            }
        )
    except NotAQuestion as error:
        text = sanitise(f"{head['id']} {head['title']}".strip())
        gone = LeftOut(line=number, text=text, why=str(error))
        return Found(left_out=(gone, *left_out))
    return Found(questions=(FoundQuestion.of(question, number),), left_out=left_out)


def _point(row: dict[str, str]) -> dict[str, object]:
    try:
        weight: object = float(row["weight"] or 1)
    except ValueError:
        weight = row["weight"]
    return {
        "id": row["point_id"],
        "text": row["point_text"],
        "weight": weight,
        "accept": _lines(row["accept"]),
        "misconceptions": _lines(row["misconceptions"]),
        "follow_up": row["follow_up"],
    }


def _lines(cell: str) -> list[str]:
    try:
        found = json.loads(cell) if cell.startswith('["') else None
    except ValueError:
        found = None
    if isinstance(found, list) and all(isinstance(one, str) for one in found):
        return found
    return [line for line in cell.split("\n") if line.strip()]
