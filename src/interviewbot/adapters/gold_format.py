"""What a row of gold must hold: a mapping in, a row and its problems out.

Owns the checks of one row. Refuses to know files, lines and other rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from interviewbot.adapters.fault_log import quoted
from interviewbot.domain.gold import GoldRow, Label
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Point

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
Problems = list[str]

MOST_WEIGHT = 1_000.0


def gold_row(raw: Mapping[str, object]) -> tuple[GoldRow, tuple[str, ...]]:
    """Return the row that ``raw`` holds and what is wrong with it.

    Where there are problems the row holds stand-ins and must not be used. Unknown keys are
    ignored; null is the same as no key.
    """
    problems: Problems = []
    points = _points(raw.get("points"), problems)
    row = GoldRow(
        id=_id(raw, "id", problems),
        question_id=_id(raw, "question_id", problems),
        question=_text(raw, "question", problems),
        points=points,
        reference="" if _is_blank(raw.get("reference")) else _text(raw, "reference", problems),
        answer=_text(raw, "answer", problems),
        score=_score(raw.get("score"), problems),
        point_labels=_point_labels(raw.get("point_labels"), points, problems),
        label=_label(raw.get("label"), problems),
        graders=_graders(raw.get("graders"), problems),
        split=_text(raw, "split", problems),
    )
    if _is_blank(raw.get("id")):
        problems.append("there is no 'id'")
    if raw.get("answer") is None:
        problems.append("there is no 'answer' (it may be an empty text)")
    if all(_is_blank(raw.get(key)) for key in ("question_id", "points", "reference")):
        problems.append("there is none of 'question_id', 'points' and 'reference'")
    return row, tuple(problems)


def _is_blank(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _text(raw: Mapping[str, object], key: str, problems: Problems) -> str:
    value = raw.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        problems.append(f"'{key}' is not a text")
        return ""
    if _LONE_SURROGATE.search(value):
        problems.append(f"'{key}' holds half a character (a lone surrogate)")
        return ""
    return value


def _id(raw: Mapping[str, object], key: str, problems: Problems) -> str:
    value = raw.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # public sets number their rows
    return "" if _is_blank(value) else _text(raw, key, problems).strip()


def _number(value: object) -> float | None:
    """Return ``value`` as a finite number; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _score(value: object, problems: Problems) -> float | None:
    if value is None:
        return None
    number = _number(value)
    if number is None or not 0 <= number <= 1:
        problems.append(f"'score' is {quoted(str(value))}, not a number from 0 to 1")
        return None
    return number


def mark_of(raw: Mapping[str, object]) -> float | None:
    """Return the score that ``raw`` holds, on whatever scale; None where it is no number."""
    return _number(raw.get("score"))


def _points(value: object, problems: Problems) -> tuple[Point, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        problems.append("'points' is not a list")
        return ()
    points = tuple(_point(item, number, problems) for number, item in enumerate(value, start=1))
    ids = [point.id for point in points]
    problems.extend(
        f"the point id {quoted(id_)} is there twice"
        for id_ in dict.fromkeys(ids)
        if id_ and ids.count(id_) > 1
    )
    return points


def _point(value: object, number: int, problems: Problems) -> Point:
    if not isinstance(value, dict):
        problems.append(f"point {number} is not an object with id and text")
        return Point(id="", text="")
    found: Problems = []
    point_id, text = _id(value, "id", found), _text(value, "text", found)
    found.extend(f"there is no '{key}'" for key in ("id", "text") if _is_blank(value.get(key)))
    weight = 1.0 if value.get("weight") is None else _number(value["weight"])
    if weight is None or not 0 < weight <= MOST_WEIGHT:
        found.append(f"'weight' is not a number above 0 and up to {MOST_WEIGHT:g}")
    problems.extend(f"point {number}: {problem}" for problem in found)
    return Point(id=point_id, text=text, weight=weight or 1.0)


def _point_labels(
    value: object, points: tuple[Point, ...], problems: Problems
) -> Mapping[str, Verdict]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        problems.append("'point_labels' is not an object")
        return {}
    labels: dict[str, Verdict] = {}
    known = {point.id for point in points}
    for point_id, name in value.items():
        if known and point_id not in known:
            problems.append(f"'point_labels' names {quoted(point_id)}, which is no point")
        if isinstance(name, str) and name in list(Verdict):
            labels[point_id] = Verdict(name)
        else:
            problems.append(f"{quoted(str(name))} is no verdict; use {', '.join(Verdict)}")
    return labels


def _label(value: object, problems: Problems) -> Label | None:
    if value is None:
        return None
    if isinstance(value, str) and value in list(Label):
        return Label(value)
    problems.append(f"'label' is {quoted(str(value))}; use {', '.join(Label)}")
    return None


def _graders(value: object, problems: Problems) -> tuple[float, ...]:
    if value is None:
        return ()
    numbers = [_number(item) for item in value] if isinstance(value, list) else [None]
    if None in numbers:
        problems.append("'graders' is not a list of finite numbers")
    return tuple(number for number in numbers if number is not None)
