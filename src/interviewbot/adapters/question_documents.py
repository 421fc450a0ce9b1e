"""A question as a JSON document, and back.

Owns the keys, which are those of the corpus format, and that what is read is of the right types.
Refuses to check anything else: whoever reads a question writes it as a file next, and the format
has the rules.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from interviewbot.domain.question import Level, Point, Question

SCHEMA_VERSION = 1
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_KEYS = set("id title topic level prompt points model_answer tags source licence".split())
_KEYS |= {"reviewed", "draft"}
_POINT_KEYS = {"id", "text", "weight", "accept", "misconceptions", "follow_up"}


class NotAQuestion(ValueError):
    """The document is not one of a whole question; the message says why."""


def document(question: Question) -> dict[str, Any]:
    """Return ``question`` as JSON has it; None stands for what is not there."""
    return {
        "id": question.id,
        "title": question.title,
        "topic": question.topic,
        "level": str(question.level or ""),
        "prompt": question.prompt,
        "points": [
            {
                "id": point.id,
                "text": point.text,
                "weight": point.weight,
                "accept": list(point.accept),
                "misconceptions": list(point.misconceptions),
                "follow_up": point.follow_up,
            }
            for point in question.points
        ],
        "model_answer": question.model_answer,
        "tags": list(question.tags),
        "source": question.source,
        "licence": question.licence,
        "reviewed": question.reviewed or None,
        "draft": question.draft,
    }


def question_of(raw: object) -> Question:
    """Return the question that ``raw``, out of ``document``, holds.

    Raises:
        NotAQuestion: where a key is missing, unknown or of another type.
    """
    table = _table(raw, _KEYS, "the question")
    points = table.get("points")
    if not isinstance(points, list) or not points:
        raise NotAQuestion("'points' is not a list of points")
    return Question(
        id=_text(table, "id"),
        title=_text(table, "title"),
        topic=_text(table, "topic"),
        prompt=_text(table, "prompt"),
        source=_text(table, "source"),
        licence=_text(table, "licence"),
        level=_level(table),
        points=tuple(map(_point, points)),
        model_answer=_text(table, "model_answer"),
        tags=_list(table, "tags"),
        reviewed=_text(table, "reviewed", or_none=True),
        draft=table.get("draft", False) is True,
    )


def _point(raw: object) -> Point:
    table = _table(raw, _POINT_KEYS, "a point")
    weight = table.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not _is_finite(weight):
        raise NotAQuestion("'weight' is not a number")
    return Point(
        id=_text(table, "id"),
        text=_text(table, "text"),
        weight=float(weight),
        accept=_list(table, "accept"),
        misconceptions=_list(table, "misconceptions"),
        follow_up=_text(table, "follow_up", or_none=True),
    )


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # a whole number too long for a float
        return False


def _table(raw: object, keys: set[str], what: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise NotAQuestion(f"{what} is not an object")
    if unknown := sorted(set(map(str, raw)) - keys):
        raise NotAQuestion(f"{what} has the unknown key '{unknown[0][:40]}'")
    return raw


def _text(table: Mapping[str, Any], key: str, *, or_none: bool = False) -> str:
    value = table.get(key)
    if value is None and or_none:
        return ""
    if not isinstance(value, str):
        raise NotAQuestion(f"'{key}' is not a text")
    if _LONE_SURROGATE.search(value):
        raise NotAQuestion(f"'{key}' holds half a character (a lone surrogate)")
    return value


def _list(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise NotAQuestion(f"'{key}' is not a list of texts")
    return tuple(_text({key: one}, key) for one in value)


def _level(table: Mapping[str, Any]) -> Level:
    said = _text(table, "level")
    if said not in set(Level):
        raise NotAQuestion(f"'level' is none of {', '.join(Level)}")
    return Level(said)


def documents(questions: Sequence[Question]) -> dict[str, Any]:
    """Return several questions as the document of an export."""
    return {"schema_version": SCHEMA_VERSION, "questions": [document(one) for one in questions]}


def parse_json(text: str) -> object:
    """Return what the JSON ``text`` says.

    Raises:
        ValueError: if it is no JSON, or too deep.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
