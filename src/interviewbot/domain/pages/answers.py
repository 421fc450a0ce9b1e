"""The answer to a question on a page: its points, and the answer as it stands.

Owns which lines are points. Where an answer has list items or lines under headings, they are
its points; else the sentences of paragraphs that begin with a name ("Data parallelism: ...");
else all its sentences and formulas. Refuses to reword anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewbot.domain.pages.found import Claim, LeftOut
from interviewbot.domain.pages.lines import Kind, Line, blocks, joined
from interviewbot.domain.text import sentences, words

CAPTION = "about a picture, which a text does not have"
FURNITURE = "what pages carry around their text"

_NAMED = re.compile(r"(?P<name>[^\W\d_][\w \-/()&'’,]{1,60}):\s+(?=\S)")
_LONGEST_NAME = 6  # words
_FEWEST_NAMED = 2
# What follows says what the signs of a formula mean; that is for the answer, it is no claim.
_LEGEND = re.compile(r"(?:where|with|here|notation)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswer:
    """The points of an answer, its text in Markdown, and what is in neither."""

    claims: tuple[Claim, ...]
    text: str
    left_out: tuple[LeftOut, ...]
    furniture: tuple[LeftOut, ...]


def read_answer(lines: Sequence[Line]) -> PageAnswer:
    """Return the answer that ``lines`` hold."""
    kept = joined([one for one in lines if one.kind not in {Kind.FURNITURE, Kind.CAPTION}])
    claims = list(_listed(kept)) or list(_named(kept)) or list(_said(kept))
    return PageAnswer(
        claims=tuple(claims),
        text=_markdown(kept),
        left_out=tuple(dropped(lines, Kind.CAPTION, CAPTION)),
        furniture=tuple(dropped(lines, Kind.FURNITURE, FURNITURE)),
    )


def dropped(lines: Sequence[Line], kind: Kind, why: str) -> Iterator[LeftOut]:
    """Yield the lines of that ``kind`` as left out."""
    for line in lines:
        if line.kind is kind:
            yield LeftOut(line=line.number, text=line.text, why=why)


def _listed(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield the list items and the lines under headings, each with the heading before it."""
    for heading, line, below in _under_headings(lines):
        if heading is not None and _LEGEND.match(heading.text):
            continue
        if line.kind is Kind.ITEM or (below and line.kind is Kind.TEXT):
            yield _claim(line.text, line.number, heading.text if heading else "")


def _under_headings(lines: Sequence[Line]) -> Iterator[tuple[Line | None, Line, bool]]:
    """Yield every line with its heading, and whether it stands directly below one.

    A heading holds for its own block, and for lists in the blocks behind it until there is
    other text.
    """
    heading: Line | None = None
    for block in blocks(lines):
        if block[0].kind is not Kind.ITEM:
            heading = None
        below = False
        for line in block:
            if line.kind is Kind.HEADING:
                heading, below = line, True
            elif line.kind is Kind.FORMULA:
                yield heading, line, False
            else:
                yield heading, line, below
        if below and heading is not None and block[-1].kind is not Kind.HEADING:
            heading = None if block[-1].kind is Kind.TEXT else heading


def _named(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield the sentences of the paragraphs that begin with a name; none where there is one."""
    found = [
        (line, match)
        for line in lines
        if line.kind is Kind.TEXT and (match := _NAMED.match(line.text))
        if len(match["name"].split()) <= _LONGEST_NAME
    ]
    if len(found) < _FEWEST_NAMED:
        return
    for line, match in found:
        rest = line.text[match.end() :]
        for span in sentences(rest):
            yield _claim(span.of(rest), line.number, match["name"] + ":")


def _said(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield every sentence and formula."""
    for heading, line, _ in _under_headings(lines):
        if heading is not None and _LEGEND.match(heading.text):
            continue
        if line.kind is Kind.FORMULA:
            yield Claim(text=line.text, line=line.number)
        elif line.kind in {Kind.TEXT, Kind.ITEM} and not line.text.endswith(":"):
            for span in sentences(line.text):
                yield Claim(text=span.of(line.text), line=line.number)


def _claim(text: str, line: int, heading: str) -> Claim:
    said = f"{heading} {text}" if heading and not text.startswith(heading) else text
    return Claim(text=said, line=line)


def _markdown(lines: Sequence[Line]) -> str:
    """Return ``lines`` as Markdown: items as lists, a blank line before and behind them."""
    paragraphs: list[str] = []
    for block in _code_apart(lines):
        text, before = "", None
        for line in block:
            said = f"{line.mark} {line.text}" if line.kind is Kind.ITEM else line.text
            apart = before is not None and Kind.ITEM in {line.kind, before} and line.kind != before
            text += ("\n\n" if apart else "\n" if text else "") + said
            before = line.kind
        paragraphs.append(text)
    return "\n\n".join(paragraphs)


def _code_apart(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the blocks of ``lines``; what lies between fences of code is one block."""
    return blocks(lines)


def is_empty(answer: PageAnswer) -> bool:
    """Return whether there is not a word in ``answer``."""
    return not words(answer.text)
