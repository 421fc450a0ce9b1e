"""Exports in every format, and what an import of them brings back."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from tests.adapters.made_decks import DECKS
from tests.conftest import ROOT

from interviewbot.adapters.anki_packages import package, read_package
from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.deck_archives import archive, read_archive
from interviewbot.adapters.deck_pages import deck_page, read_deck_page
from interviewbot.adapters.import_json import read_json
from interviewbot.adapters.question_documents import documents
from interviewbot.adapters.question_tables import read_table, table
from interviewbot.domain.errors import BadInput
from interviewbot.domain.pages.found import Found
from interviewbot.domain.question import Level, Point, Question

Trip = Callable[[Sequence[Question]], Found]
TRIPS: dict[str, Trip] = {
    "json": lambda deck: read_json(json.dumps(documents(deck)), "x"),
    "csv": lambda deck: read_table(table(deck), "x"),
    "html": lambda deck: read_deck_page(deck_page(deck, "A deck"), "x"),
    "apkg": lambda deck: read_package(package(deck, "A deck"), "x"),
    "zip": lambda deck: read_archive(archive(deck), "x"),
}


def brought_back(found: Found) -> list[Question | None]:
    """Return the whole questions of ``found``, by id; nothing may be left out."""
    assert found.left_out == ()
    wholes = [question.whole for question in found.questions]
    return sorted(wholes, key=lambda one: one.id if one else "")


@pytest.mark.parametrize("format_", TRIPS)
@given(deck=DECKS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_round_trip_changes_nothing(format_: str, deck: tuple[Question, ...]) -> None:
    """Whatever signs the texts are made of."""
    assert brought_back(TRIPS[format_](deck)) == list(deck)


@pytest.mark.parametrize("format_", TRIPS)
def test_a_round_trip_of_the_shipped_corpus(format_: str) -> None:
    """Every question comes back as it was."""
    shipped = [entry.question for entry in read_corpus([ROOT / "corpus"]).questions]
    assert brought_back(TRIPS[format_](shipped)) == shipped


QUESTION = Question(
    id="ML0001",
    title="A title",
    topic="machine-learning",
    level=Level.FOUNDATION,
    prompt="What is it?",
    points=(Point(id="a", text="=cmd|' /C calc'!A0 is a claim.", accept=("-1 is less",)),),
    source="us",
    licence="MIT",
    model_answer="It is <b>red</b> with $x_{i}$.",
)


def test_a_spreadsheet_runs_no_cell() -> None:
    """What begins like a formula has an apostrophe before it."""
    lines = table([QUESTION])
    assert "'=cmd" in lines
    assert "'-1 is less" in lines
    assert ",=cmd" not in lines


def test_a_page_loads_and_runs_nothing() -> None:
    """Texts are texts in it, and its one script is data."""
    evil = Question(
        id="ML0002",
        title="</script><script>alert(1)</script>",
        topic="machine-learning",
        prompt="<img src=x onerror=alert(1)>",
        points=QUESTION.points,
        model_answer="x",
    )
    page = deck_page([evil], "<b>")
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "default-src 'none'" in page
    assert "http" not in page.split("</style>")[1].replace("http-equiv", "")


def notes_of(content: bytes) -> list[list[str]]:
    """Return the fields of the notes in a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        data = packed.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        return [str(row[0]).split("\x1f") for row in connection.execute("SELECT flds FROM notes")]


def changed(content: bytes, statement: str, *values: object) -> bytes:
    """Return a package after ``statement`` was run on its notes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            connection.deserialize(packed.read("collection.anki2"))
        connection.executescript(statement) if not values else connection.execute(statement, values)
        connection.commit()
        data = connection.serialize()
    return packed_with({"collection.anki2": data})


def packed_with(members: dict[str, bytes]) -> bytes:
    """Return a zip file of ``members``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_a_note_for_each_question_with_its_points_on_the_back() -> None:
    """Formulas are written as Anki wants them."""
    (fields,) = notes_of(package([QUESTION], "A deck"))
    assert fields[:4] == ["ML0001", "A title", "machine-learning", "What is it?"]
    assert fields[4].startswith("<ul><li>=cmd|")
    assert fields[5] == "<p>It is &lt;b&gt;red&lt;/b&gt; with \\(x_{i}\\).</p>"


def test_what_was_changed_in_anki_is_reported() -> None:
    """The rubric that came along counts, and the change has a line."""
    content = package([QUESTION], "A deck")
    only_shown = changed(
        content,
        "UPDATE notes SET flds = ?",
        "\x1f".join(["ML0001", "Another", *notes_of(content)[0][2:]]),
    )
    found = read_package(only_shown, "x")
    assert [piece.text for piece in found.left_out] == ["ML0001, Title: Another"]
    assert found.questions[0].whole is not None
    assert found.questions[0].whole.title == "A title"


def test_a_package_of_somebody_else() -> None:
    """Front and back become a draft; pictures leave a word; cloze marks go."""
    content = package([QUESTION], "A deck")
    fields = "What is <b>it</b>?\x1f<ul><li>It is {{c1::red}}.</li><li>x: \\(y_1\\)</li></ul>"
    models = '{"7": {"flds": [{"name": "Front"}, {"name": "Back"}]}}'
    foreign = changed(
        changed(content, "UPDATE col SET models = ?", models),
        "UPDATE notes SET mid = 7, tags = ' one two ', flds = ?",
        f"{fields}<img src=a.png>",
    )
    (question,) = read_package(foreign, "x").questions
    assert question.prompt == "What is it?"
    assert [claim.text for claim in question.claims] == ["It is red.", "x: $y_1$"]
    assert question.model_answer.endswith("(a picture)")
    assert question.tags == ("one", "two")
    assert question.whole is None


def test_the_new_format_of_anki() -> None:
    """Compressed, with fields in a table of their own; the old file beside it is a notice."""
    with zipfile.ZipFile(io.BytesIO(package([QUESTION], "A deck"))) as packed:
        old = packed.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(old)
        connection.executescript(
            "UPDATE notes SET mid = 7, flds = 'Front text' || char(31) || 'Back text';"
            "CREATE TABLE fields (ntid INTEGER, ord INTEGER, name TEXT);"
            "INSERT INTO fields VALUES (7, 0, 'Front'), (7, 1, 'Back');"
        )
        data = connection.serialize()
    new = packed_with(
        {"collection.anki21b": zstandard.compress(data), "collection.anki2": b"please update"}
    )
    (question,) = read_package(new, "x").questions
    assert question.prompt == "Front text"
    assert [claim.text for claim in question.claims] == ["Back text"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04rubbish",
        packed_with({"collection.anki2": b"rubbish"}),
        packed_with({"collection.anki21b": b"rubbish"}),
        packed_with({"other": b""}),
        packed_with({"collection.anki2": b""}),
    ],
    ids=["empty", "rubbish", "rubbish old", "rubbish new", "other zip", "empty old"],
)
def test_what_is_no_package_is_refused(content: bytes) -> None:
    """With one line that says so."""
    with pytest.raises(BadInput):
        read_package(content, "x")


def test_notes_that_never_end_are_given_up() -> None:
    """A view can be made to count for ever; reading it stops."""
    endless = changed(
        package([QUESTION], "A deck"),
        "DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL"
        " SELECT id + 1 FROM n) SELECT id, 7 AS mid, 'a' AS flds, '' AS tags FROM n;",
    )
    with pytest.raises(BadInput):
        read_package(endless, "x")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("README.md", "not a question file"),
        ("machine-learning/notes.txt", "not a question file"),
        ("machine-learning/ML0009-broken.md", "line 1"),
    ],
)
def test_other_files_of_an_archive_are_listed(name: str, why: str) -> None:
    """With the reason."""
    found = read_archive(packed_with({name: b"no question"}), "x")
    assert found.questions == ()
    (piece,) = found.left_out
    assert piece.text == name
    assert why in piece.why


def test_a_name_that_leads_out_leads_nowhere(tmp_path: Path) -> None:
    """Nothing is written while an archive is read, whatever its names are."""
    inside = archive([QUESTION])
    with zipfile.ZipFile(io.BytesIO(inside)) as packed:
        (member,) = packed.namelist()
        data = packed.read(member)
    evil = packed_with({f"../../{tmp_path}/{member}": data})
    (question,) = read_archive(evil, "x").questions
    assert question.whole == QUESTION
    assert list(tmp_path.iterdir()) == []


def test_links_and_bombs_are_left_out() -> None:
    """A link is no file; what unpacks to too much is not unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        link = zipfile.ZipInfo("machine-learning/ML0001-link.md")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("machine-learning/ML0002-big.md", b"\0" * 50_000_000)
    found = read_archive(out.getvalue(), "x")
    assert [piece.why.split(",")[0] for piece in found.left_out] == [
        "not a question file",
        "it is over 256 KiB",
    ]
