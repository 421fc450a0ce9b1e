"""Kept grades come back bit by bit, and nothing else is taken for a grade."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from tests.adapters.made_sittings import RESULTS
from tests.domain.made_interviews import made_grade, made_question

from interviewbot.adapters.grade_documents import (
    BrokenDocument,
    read_plan,
    read_result,
    write_plan,
    write_result,
)
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.sitting import Choice

GRADE = made_grade(made_question())


@given(result=RESULTS)
def test_results_come_back(result: Grade | Ungraded) -> None:
    """Equal to the last bit and character, and written the same way again."""
    text = write_result(result)
    assert read_result(text) == result
    assert read_result(write_result(read_result(text))) == result


def test_a_plan_comes_back() -> None:
    """In its order, with its reasons."""
    plan = (Choice(question_id="AA0002", why="due „today“"), Choice(question_id="AA0001", why=""))
    assert read_plan(write_plan(plan)) == plan


def changed(**changes: Any) -> str:
    """Return the document of a grade with some keys changed."""
    return json.dumps({**json.loads(write_result(GRADE)), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"status": "graded"}',
        '{"status": "lost", "reason": "x"}',
        '{"status": "ungraded"}',
        '{"status": "ungraded", "reason": null}',
        changed(score="72"),
        changed(score=True),
        changed(score=None),
        changed(score=float("nan")),
        changed(score=float("inf")),
        changed(score_range=[1.0]),
        changed(score_range=[1.0, 2.0, 3.0]),
        changed(band="splendid"),
        changed(points={}),
        changed(points=[{"id": "p1"}]),
        changed(surprise=1),
        changed(receipt=None),
        write_result(GRADE)[:-1],
    ],
)
def test_what_is_no_grade_is_refused(text: str) -> None:
    """Half documents, wrong types and unknown words are never guessed at."""
    with pytest.raises(BrokenDocument):
        read_result(text)


def test_a_key_with_a_default_may_be_missing() -> None:
    """A field that the domain got later is read from older documents as its default."""
    document = json.loads(write_result(GRADE))
    for point in document["points"]:
        del point["turn"], point["disputed"]
    assert read_result(json.dumps(document)) == GRADE


def test_numbers_that_are_none_are_not_written() -> None:
    """JSON has no word for them, and a grade never needs one."""
    broken = made_grade(made_question())
    object.__setattr__(broken, "score", float("nan"))
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_result(broken)
