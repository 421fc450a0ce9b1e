"""Grades and plans as JSON text, and back, without a loss.

Owns the shape of the documents that the journal keeps: the fields of the domain's classes by
their names, ``status`` first. Refuses to guess: an unknown key, a wrong type or a word
outside an enumeration is no grade. A missing key is allowed where the class has a default.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable
from dataclasses import MISSING, asdict, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.sitting import Choice

GRADED = "graded"
UNGRADED = "ungraded"

_Reader = Callable[[object], Any]


class BrokenDocument(ValueError):
    """A kept text is not what this module writes."""


def status_of(result: Grade | Ungraded) -> str:
    """Return the word for what kind of result that is."""
    return GRADED if isinstance(result, Grade) else UNGRADED


def write_result(result: Grade | Ungraded) -> str:
    """Return ``result`` as JSON; floats keep every bit.

    Raises:
        ValueError: if a number is not finite.
    """
    return _dump({"status": status_of(result), **asdict(result)})


def read_result(text: str) -> Grade | Ungraded:
    """Return what ``write_result`` wrote.

    Raises:
        BrokenDocument: if it did not write ``text``.
    """
    found = _load(text)
    if not isinstance(found, dict):
        raise BrokenDocument("a grade is an object")
    status = found.pop("status", None)
    if status == GRADED:
        return cast("Grade", _reader(Grade)(found))
    if status == UNGRADED:
        return cast("Ungraded", _reader(Ungraded)(found))
    raise BrokenDocument("a grade has no such status")


def write_plan(plan: Iterable[Choice]) -> str:
    """Return the choices of a sitting as JSON."""
    return _dump([asdict(choice) for choice in plan])


def read_plan(text: str) -> tuple[Choice, ...]:
    """Return what ``write_plan`` wrote.

    Raises:
        BrokenDocument: if it did not write ``text``.
    """
    return cast("tuple[Choice, ...]", _reader(tuple[Choice, ...])(_load(text)))


def _dump(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _load(text: str) -> object:
    try:
        return cast("object", json.loads(text, parse_constant=_no_number))
    except ValueError as error:
        raise BrokenDocument(f"it is not JSON: {error}") from error


def _no_number(name: str) -> float:
    raise BrokenDocument(f"{name} is not a number")


@cache
def _reader(kind: Any) -> _Reader:
    """Return what reads a value of type ``kind``, as a type hint names it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(arguments)
    if origin is tuple:
        return _sequence(arguments)
    if is_dataclass(kind):
        return _record(cast("type", kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _word(kind)
    return _plain(kind)


def _optional(kinds: tuple[Any, ...]) -> _Reader:
    (kind,) = (kind for kind in kinds if kind is not types.NoneType)
    read = _reader(kind)
    return lambda value: None if value is None else read(value)


def _sequence(kinds: tuple[Any, ...]) -> _Reader:
    endless = kinds[-1] is Ellipsis
    readers = [_reader(kind) for kind in kinds if kind is not Ellipsis]

    def read(value: object) -> object:
        if not isinstance(value, list) or not (endless or len(value) == len(readers)):
            raise BrokenDocument("a list is missing, or has the wrong length")
        each = readers * len(value) if endless else readers
        return tuple(one(item) for one, item in zip(each, value, strict=True))

    return read


def _record(kind: type) -> _Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }

    def read(value: object) -> object:
        if not isinstance(value, dict) or not needed <= value.keys() <= readers.keys():
            raise BrokenDocument(f"a {kind.__name__} has other keys than it should")
        return kind(**{name: readers[name](item) for name, item in value.items()})

    return read


def _word(kind: type[StrEnum]) -> _Reader:
    words = {member.value: member for member in kind}

    def read(value: object) -> object:
        if not isinstance(value, str) or value not in words:
            raise BrokenDocument(f"there is no such {kind.__name__}")
        return words[value]

    return read


def _plain(kind: Any) -> _Reader:
    """Return what reads text, a number or a truth value; a whole number may stand for a float."""
    allowed = (float, int) if kind is float else (kind,)

    def read(value: object) -> object:
        if type(value) not in allowed:  # exactly: True is no number
            raise BrokenDocument(f"a {kind.__name__} is missing")
        return float(cast("float", value)) if kind is float else value

    return read
