"""Packages of Anki (.apkg): questions as notes, one a question with its points on the back.

Owns the note type, and reading packages of this program and of others, old and new format.
A package is foreign: what is unpacked from it is bounded, no media is touched. What somebody
changed in Anki on our own notes is reported, never silently lost: the rubric comes along in a
field of its own.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from html import escape, unescape
from typing import Any

from interviewbot.adapters.note_text import as_text
from interviewbot.adapters.question_documents import NotAQuestion, document, parse_json, question_of
from interviewbot.domain.errors import BadInput
from interviewbot.domain.pages.answers import read_answer
from interviewbot.domain.pages.found import Claim, Found, FoundQuestion, LeftOut
from interviewbot.domain.pages.lines import lines_of
from interviewbot.domain.pages.questions import title_of
from interviewbot.domain.question import Question
from interviewbot.domain.text import one_line, words

LARGEST = 256 << 20  # bytes of the collection, unpacked
MOST_NOTES = 20_000
_MOST_STEPS = 300  # of a million instructions of SQLite's machine
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")  # newest first
_MODEL_ID, _DECK_ID = 1_746_210_001, 1_746_210_002  # Anki tells note types and decks apart by them
_FIELDS = ("Id", "Title", "Topic", "Prompt", "Points", "Answer", "Rubric")
_FRONT = '<p class="topic">{{Topic}}</p><p>{{Prompt}}</p>'
_BACK = (
    "{{FrontSide}}<hr id=answer>{{Points}}"
    "<details><summary>Model answer</summary>{{Answer}}</details>"
)
_STYLE = ".card { text-align: left; max-width: 40em; margin: auto; } .topic { opacity: .6; }"


def package(questions: Sequence[Question], title: str) -> bytes:
    """Return ``questions`` as a package with one deck, called ``title``."""
    import genanki

    model = genanki.Model(
        _MODEL_ID,
        "interviewbot question",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    deck = genanki.Deck(_DECK_ID, one_line(title))
    for question in questions:
        deck.add_note(
            genanki.Note(
                model=model,
                fields=_fields(question),
                tags=[tag.replace(" ", "-") for tag in question.tags],
                guid=genanki.guid_for("interviewbot", question.id),
            )
        )
    out = io.BytesIO()
    genanki.Package(deck).write_to_file(out)
    return out.getvalue()


def _fields(question: Question) -> list[str]:
    points = "".join(f"<li>{_html(point.text)}</li>" for point in question.points)
    return [
        question.id,
        _html(question.title),
        _html(question.topic),
        _html(question.prompt),
        f"<ul>{points}</ul>",
        "".join(f"<p>{_html(part)}</p>" for part in question.model_answer.split("\n\n")),
        escape(json.dumps(document(question), ensure_ascii=False), quote=False),
    ]


def _html(text: str) -> str:
    """Return ``text`` as HTML in which Anki sees formulas where this program does."""
    parts = text.split("$")
    if len(parts) % 2 == 0:
        return escape(text).replace("\n", "<br>")
    shown = [
        f"\\({escape(part)}\\)" if place % 2 else escape(part) for place, part in enumerate(parts)
    ]
    return "".join(shown).replace("\n", "<br>")


def read_package(content: bytes, shown: str) -> Found:
    """Return the questions of a package; lines are the numbers of its notes.

    Raises:
        BadInput: if it is no package of Anki, or too big.
    """
    questions: list[FoundQuestion] = []
    left_out: list[LeftOut] = []
    furniture: list[LeftOut] = []
    for number, (names, fields, tags) in enumerate(_notes(content, shown), start=1):
        found = _note(names, fields, tags, number)
        questions.extend(found.questions)
        left_out.extend(found.left_out)
        furniture.extend(found.furniture)
    return Found(questions=tuple(questions), left_out=tuple(left_out), furniture=tuple(furniture))


def _note(names: Sequence[str], fields: Sequence[str], tags: Sequence[str], number: int) -> Found:
    if tuple(names) == _FIELDS and len(fields) == len(_FIELDS):
        return _own_note(fields, number)
    texts = [as_text(one) for one in fields]
    front = next((n for n, text in enumerate(texts) if words(text)), None)
    if front is None:
        return Found(left_out=(LeftOut(line=number, text="; ".join(texts), why="an empty note"),))
    prompt = one_line(texts[front])
    answer = read_answer(lines_of("\n\n".join(filter(None, texts[front + 1 :]))))
    if not answer.claims:
        gone = LeftOut(line=number, text=prompt, why="a note without a back")
        return Found(left_out=(gone,))
    question = FoundQuestion(
        line=number,
        prompt=prompt,
        title=title_of(prompt),
        tags=tuple(tags),
        claims=tuple(Claim(text=claim.text, line=number) for claim in answer.claims),
        model_answer=answer.text,
    )
    return Found(
        questions=(question,),
        left_out=tuple(LeftOut(line=number, text=x.text, why=x.why) for x in answer.left_out),
        furniture=tuple(LeftOut(line=number, text=x.text, why=x.why) for x in answer.furniture),
    )


def _own_note(fields: Sequence[str], number: int) -> Found:
    try:
        question = question_of(parse_json(unescape(fields[-1])))
    except (NotAQuestion, ValueError) as error:
        why = f"the rubric of this note is damaged ({error})"
        return Found(left_out=(LeftOut(line=number, text=one_line(as_text(fields[3])), why=why),))
    changed = tuple(
        LeftOut(
            line=number,
            text=f"{question.id}, {name}: {one_line(as_text(now))}",
            why="changed in Anki; the rubric that came along is what counts",
        )
        for name, now, then in zip(_FIELDS[:-1], fields, _fields(question), strict=False)
        if words(as_text(now)) != words(as_text(then))
    )
    return Found(questions=(FoundQuestion.of(question, number),), left_out=changed)


def _notes(content: bytes, shown: str) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield for each note the names of its fields, the fields and the tags."""
    data = _collection(content, shown)
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(data)
            connection.execute("PRAGMA trusted_schema = OFF")
            steps = iter(range(_MOST_STEPS))  # a view can be made to never end
            connection.set_progress_handler(lambda: next(steps, None) is None, 1_000_000)
            connection.create_collation("unicase", _unicase)
            names = _field_names(connection)
            rows = connection.execute(
                "SELECT mid, flds, tags FROM notes ORDER BY id LIMIT ?", (MOST_NOTES + 1,)
            ).fetchall()
    except (sqlite3.Error, ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadInput(f"{shown} holds no notes of Anki: {error}", "export it anew") from error
    if len(rows) > MOST_NOTES:
        raise BadInput(f"{shown} holds over {MOST_NOTES:,} notes", "export a part of it")
    for model, fields, tags in rows:
        yield names.get(int(model), []), str(fields).split("\x1f"), str(tags).split()


def _unicase(left: str, right: str) -> int:
    one, other = left.casefold(), right.casefold()
    return (one > other) - (one < other)


def _field_names(connection: sqlite3.Connection) -> dict[int, list[str]]:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "fields" in tables:  # since Anki 2.1.28
        names: dict[int, list[str]] = {}
        for model, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
            names.setdefault(int(model), []).append(str(name))
        return names
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    raw: Any = parse_json(models)
    return {int(key): [str(one["name"]) for one in model["flds"]] for key, model in raw.items()}


def _collection(content: bytes, shown: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = next((one for one in _COLLECTIONS if one in archive.namelist()), None)
            if name is None:
                raise BadInput(f"{shown} is not a package of Anki", "export an .apkg file")
            with archive.open(name) as stream:
                data = stream.read(LARGEST + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadInput(f"{shown} is not a package of Anki: {error}", "export it anew") from error
    if name.endswith("b"):
        data = _unpacked(data, shown)
    if not data.startswith(b"SQLite format 3\0"):
        raise BadInput(f"{shown} holds no notes of Anki", "export it anew")
    if len(data) > LARGEST:
        raise BadInput(f"{shown} is too big", "export a part of it")
    return data


def _unpacked(data: bytes, shown: str) -> bytes:
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)) as stream:
            unpacked: bytes = stream.read(LARGEST + 1)
    except zstandard.ZstdError as error:
        raise BadInput(f"{shown} is damaged: {error}", "export it anew") from error
    return unpacked
