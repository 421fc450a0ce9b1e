"""The lines of a page of questions, each told for what it is.

Owns the kinds of lines: list items, headings, formulas, furniture, pictures that did not come
along, text. Refuses to know which line belongs to which question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from interviewbot.domain.pages.formulas import is_formula, with_formulas
from interviewbot.domain.text import sanitise

LONGEST_HEADING = 8  # words
_LONGEST_CAPTION = 25  # words

# A number needs a bracket, or white space behind its stop: "3.5 times" is no item.
_ITEM = re.compile(r"(?:\((?P<a>\d{1,2})\)|(?P<b>\d{1,2})\))\s*(?=\S)|(?P<c>\d{1,2})\.\s+(?=\S)")
_BULLET = re.compile(r"[-*+•‣◦·–—▪●○]\s+(?=\S)")
_FURNITURE = re.compile(
    r"""(?:
    (?:please\s+)?(?:log|sign)\s?(?:in|up|on)\b(?:\s.{0,60})?
    | (?:author|posted|published|updated|last\s+(?:updated|modified)|categor(?:y|ies)|tags?
      |filed\s+under)\s*(?::|\b(?:by|on|in)\b).{0,80}
    | (?:share|tweet|reply|like|print|email|menu|search|home|next|previous|prev|close|register
      |subscribe)(?:\s+(?:this|now|page|post|article|on\s+\w+|to\s+our\s+newsletter))*
    | (?:read|view|show|load|see)\s+(?:more|less|all)(?:\s+\w+){0,3}
    | continue\s+reading.{0,40} | leave\s+a\s+(?:comment|reply)
    | \d+\s+(?:comments?|views?|likes?|shares?)
    | (?:older|newer|related|recent|popular)\s+(?:posts?|entries|articles|questions)
    | skip\s+to\s+content | back\s+to\s+top | table\s+of\s+contents | advertisements?
    | (?:©|\(c\)|copyright\b).{0,80} | all\s+rights\s+reserved.{0,20}
    | privacy\s+policy | terms\s+of\s+(?:use|service)
    | (?:we\s+use|accept)\s+(?:all\s+)?cookies.{0,60}
    | page\s+\d+(?:\s*(?:of|/)\s*\d+)?
    )[\s.»›→>…]*""",
    re.IGNORECASE | re.VERBOSE,
)
_PICTURES = r"(?:example|figure|image|picture|diagram|illustration|plot|graph|chart|screenshot)"
_CAPTION = re.compile(
    rf"(?:(?:below|above)\b(?=.*\b{_PICTURES})|here\s+(?:is|are)\b(?=.*\b{_PICTURES})"
    rf"|(?:the|this|see\s+(?:the\s+)?)\s*{_PICTURES}s?\s+(?:below|above)\b"
    rf"|(?:see\s+)?(?:the\s+)?(?:figure|fig\.|image|picture)\s+\d+)[^:]*:?",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", ":", ";", "…")
_WRAPPED_FROM = 50  # characters; a shorter line without a stop ends where it ends


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    ITEM = auto()  # of a list; the number or bullet is taken off
    HEADING = auto()  # a few words and a colon
    FORMULA = auto()
    FURNITURE = auto()
    CAPTION = auto()  # of a picture, which a text does not have
    CODE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, or several that are one wrapped line; ``text`` is what it says."""

    number: int  # counted from 1
    kind: Kind
    text: str
    indent: int = 0
    mark: str = ""  # the number or bullet of an item


def lines_of(page: str) -> list[Line]:
    """Return the lines of ``page``; nothing in them can act on a terminal."""
    return [
        line_of(number, raw)
        for number, raw in enumerate(sanitise(page).expandtabs(4).split("\n"), start=1)
    ]


def line_of(number: int, raw: str) -> Line:
    """Return what the line ``raw`` is by itself."""
    text = raw.strip()
    indent = len(raw) - len(raw.lstrip())
    if not text:
        return Line(number=number, kind=Kind.BLANK, text="")
    if item := _ITEM.match(text) or _BULLET.match(text):
        said = with_formulas(text[item.end() :])
        mark = next((f"{n}." for n in item.groups() if n), "-")
        return Line(number=number, kind=Kind.ITEM, text=said, indent=indent, mark=mark)
    if is_formula(text):
        return Line(number=number, kind=Kind.FORMULA, text=with_formulas(text), indent=indent)
    return Line(number=number, kind=_kind_of(text), text=with_formulas(text), indent=indent)


def _kind_of(text: str) -> Kind:
    if _FURNITURE.fullmatch(text):
        return Kind.FURNITURE
    if _CAPTION.fullmatch(text) and len(text.split()) <= _LONGEST_CAPTION:
        return Kind.CAPTION
    if text.endswith(":") and len(text.split()) <= LONGEST_HEADING:
        return Kind.HEADING
    return Kind.TEXT


def joined(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with those put together that one wrapped line was cut into."""
    found: list[Line] = []
    for line in lines:
        if found and _goes_on(found[-1], line):
            last = found.pop()
            line = replace(last, text=f"{last.text} {line.text}")  # noqa: PLW2901 - both are one
        found.append(line)
    return found


def _goes_on(last: Line, line: Line) -> bool:
    if line.kind not in {Kind.TEXT, Kind.FORMULA} or last.kind not in {Kind.TEXT, Kind.ITEM}:
        return False
    if line.kind is Kind.TEXT and last.kind is Kind.ITEM and line.indent > last.indent:
        return True
    if last.text.endswith(_ENDS) or line.kind is Kind.FORMULA:
        return False
    return line.text[0].islower() or len(last.text) >= _WRAPPED_FROM


def blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the stretches of ``lines`` between blank ones."""
    block: list[Line] = []
    for line in lines:
        if line.kind is not Kind.BLANK:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block
