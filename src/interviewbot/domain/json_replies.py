"""A JSON object out of whatever a model wrapped it in.

Code fences, chatter, a thinking block, an envelope: models add them where nothing holds them
to a schema. Owns finding the one object that is meant, the schema that asks for it, and what of
its texts no file can hold. Refuses to mend: an object that is cut off, or that stands there in two
versions, is a fault and never a guess.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from interviewbot.domain.chat import MOST_CHARACTERS, Json
from interviewbot.domain.text import one_line

_LONGEST_WORK = 5_000_000  # characters decoded in all, however often they are begun anew
_WORK_OF_A_TRY = 1_000
_LONGEST_SHOWN = 40
_OPENING = re.compile(r'\{(?=\s*+["}])')
_NO_NAME = re.compile(r"[^\w .:-]")
_THOUGHT = "</think>"
_CUT_OFF = "the reply breaks off in the middle of the JSON; keep it short and finish it"
_TOO_MUCH = "the reply is not one JSON object"


class _Table(dict[str, object]):
    """A JSON object, with a key that stands in it twice, if one does."""

    repeated = ""


@dataclass(slots=True)
class _Search:
    """What a walk over one reply has found, with where it begins, and what was broken."""

    key: str
    found: list[tuple[int, _Table]] = field(default_factory=list)
    problem: str = ""
    broken_until: int = 0


def object_with(text: str, key: str) -> dict[str, object] | str:
    """Return the JSON object of ``text`` that has ``key``, or a sentence on why there is none.

    Numbers are floats, NaN and infinities among them; control characters in texts are let
    pass. The object may stand in others. Two different ones are refused: who repeats an
    answer that holds JSON must not have it taken for the verdict. Only what stands before the
    end of a thinking block does not count, if something stands behind it.
    """
    if not text.strip("\ufeff \t\r\n"):
        return "the reply is empty"
    if len(text) > MOST_CHARACTERS:
        return f"the reply is longer than {MOST_CHARACTERS:,} characters"
    search = _Search(key)
    fatal = _walk(text, search)
    if fatal:
        return fatal
    thought = text.rfind(_THOUGHT)
    found = [table for start, table in search.found if start > thought]
    found = found or [table for _, table in search.found]
    if not found:
        return search.problem or f"the reply holds no JSON object with “{key}”"
    if any(table != found[0] for table in found):
        return f"the reply holds more than one JSON object with “{key}”; send only one"
    repeated = next((table.repeated for table in _tables(found[0]) if table.repeated), "")
    return f"one JSON object holds the key {shown(repeated)} twice" if repeated else found[0]


def object_shape(**properties: Json) -> dict[str, Json]:
    """Return the JSON schema of an object, valid in strict modes: all required, no other keys."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def encodable(text: str) -> str:
    """Return ``text`` without lone surrogates, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode()


def shown(name: str) -> str:
    """Return ``name``, a model's word, in quotation marks: short, and letters only.

    It goes back to the model as a part of ours, so it must not be able to say much.
    """
    line = _NO_NAME.sub("", one_line(name[: 4 * _LONGEST_SHOWN]))
    return f"“{line[:_LONGEST_SHOWN]}…”" if len(line) > _LONGEST_SHOWN else f"“{line}”"


def _walk(text: str, search: _Search) -> str:
    """Decode the objects of ``text`` from the outside in; return what forbids to use any."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_table,
        parse_int=float,
        parse_constant=lambda name: math.nan if name == "NaN" else math.inf,
        strict=False,
    )
    start, work, end = 0, 0, len(text.rstrip())
    while work <= _LONGEST_WORK:
        opening = _OPENING.search(text, start)
        if opening is None:
            return ""
        begin = opening.start()
        try:
            value, start = decoder.raw_decode(text, begin)
        except json.JSONDecodeError as error:
            if error.pos >= end or error.msg.startswith("Unterminated string"):
                return _CUT_OFF
            _note(search, error, begin)
            start = begin + 1
            work += error.pos - begin + _WORK_OF_A_TRY
        except RecursionError:
            return "the JSON is nested too deep"
        else:
            if begin >= search.broken_until:  # a part of a broken object proves nothing
                search.found += [(begin, table) for table in _with_key(value, search.key)]
            work += start - begin
    return _TOO_MUCH


def _note(search: _Search, error: json.JSONDecodeError, begin: int) -> None:
    search.broken_until = max(search.broken_until, error.pos)
    if not search.problem and f'"{search.key}"' in error.doc[begin : error.pos]:
        search.problem = f"the JSON is not valid in line {error.lineno}: {error.msg}"


def _table(pairs: list[tuple[str, object]]) -> _Table:
    table = _Table()
    for name, value in pairs:
        if name in table:
            table.repeated = name
        table[name] = value
    return table


def _with_key(value: object, key: str) -> Iterator[_Table]:
    """Yield the outermost objects in ``value`` that have ``key``."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, _Table) and key in one:
            yield one
        elif isinstance(one, _Table):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _tables(value: object) -> Iterator[_Table]:
    """Yield every object in ``value``, itself included."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, _Table):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
