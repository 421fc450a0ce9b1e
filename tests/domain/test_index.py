"""Rows of the index: one for every text, told apart and compared by digest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.index import IndexRow, RowKind, row_id, rows_of
from interviewbot.domain.question import Level, Point, Question

POINT = Point(id="p1", text="A claim.", accept=("Again.", "Once more."), misconceptions=("No.",))
QUESTION = Question(
    id="AA0001",
    title="Title",
    topic="testing",
    level=Level.ADVANCED,
    prompt="What is it?",
    points=(POINT, Point(id="p2", text="A claim.")),
)
ROW = next(rows_of([QUESTION]))


def test_a_row_for_every_text() -> None:
    """The prompt with its title first, then wordings and misconceptions point by point."""
    assert [(row.id, row.kind, row.text) for row in rows_of([QUESTION])] == [
        ("AA0001/-/prompt/0", RowKind.PROMPT, "Title. What is it?"),
        ("AA0001/p1/claim/0", RowKind.CLAIM, "A claim."),
        ("AA0001/p1/claim/1", RowKind.CLAIM, "Again."),
        ("AA0001/p1/claim/2", RowKind.CLAIM, "Once more."),
        ("AA0001/p1/misconception/0", RowKind.MISCONCEPTION, "No."),
        ("AA0001/p2/claim/0", RowKind.CLAIM, "A claim."),
    ]


def test_rows_carry_their_question() -> None:
    """Its id, title, topic and level; a prompt has no point, and no level is empty."""
    for row in rows_of([QUESTION]):
        stored = (row.question_id, row.title, row.topic, row.level)
        assert stored == ("AA0001", "Title", "testing", "advanced")
        assert row.point_id == ("" if row.kind is RowKind.PROMPT else row.id.split("/")[1])
    assert next(rows_of([replace(QUESTION, level=None)])).level == ""


IDS = st.from_regex(r"[A-Z]{2}[0-9]{4}", fullmatch=True)
SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True)
TEXTS = st.lists(st.text(max_size=5), max_size=3).map(tuple)


@st.composite
def questions(draw: st.DrawFn) -> list[Question]:
    """Draw questions with ids as a corpus has them."""
    return [
        Question(
            id=name,
            prompt="",
            points=tuple(
                Point(id=slug, text="x", accept=draw(TEXTS), misconceptions=draw(TEXTS))
                for slug in draw(st.lists(SLUGS, unique=True, max_size=3))
            ),
        )
        for name in draw(st.lists(IDS, unique=True, max_size=3))
    ]


@given(made=questions())
@settings(deadline=None)
def test_row_ids_are_unique(made: list[Question]) -> None:
    """Even where texts are the same."""
    ids = [row.id for row in rows_of(made)]
    assert len(ids) == len(set(ids))
    texts = sum(len(point.claims + point.misconceptions) for q in made for point in q.points)
    assert len(ids) == len(made) + texts


def test_row_ids_keep_kinds_and_numbers_apart() -> None:
    """Each part of an id counts."""
    found = {
        row_id(question, point, kind, number)
        for question in ("AA0001", "AA0002")
        for point in ("", "p", "p-1")
        for kind in RowKind
        for number in range(3)
    }
    assert len(found) == 2 * 3 * 3 * 3


@pytest.mark.parametrize(
    "changed",
    [
        replace(ROW, id="x"),
        replace(ROW, kind=RowKind.CLAIM),
        replace(ROW, question_id="x"),
        replace(ROW, point_id="x"),
        replace(ROW, title="x"),
        replace(ROW, topic="x"),
        replace(ROW, level="x"),
        replace(ROW, text="x"),
        replace(ROW, title="", topic=ROW.title + ROW.topic),
    ],
)
def test_the_digest_changes_with_every_field(changed: IndexRow) -> None:
    """What is stored of a row is what the digest stands for."""
    assert changed.digest != ROW.digest


def test_the_digest_of_the_same_row_is_the_same() -> None:
    """Rows made twice of one question compare equal."""
    assert [row.digest for row in rows_of([QUESTION])] == [
        row.digest for row in rows_of([replace(QUESTION, tags=("new",), model_answer="new")])
    ]
