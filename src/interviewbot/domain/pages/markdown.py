"""Markdown with questions under its headings, cut into them.

Owns which level of headings asks: the one with most headings that have an id or a question
mark, else the deepest that has text of its own. Headings above it are titles of sections,
headings below it belong to the answer. Without headings a page is plain text. Refuses the
corpus format, whose front matter is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from interviewbot.domain.pages.found import Found, LeftOut
from interviewbot.domain.pages.lines import Kind, Line, line_of
from interviewbot.domain.pages.questions import (
    BEFORE,
    Section,
    read_page,
    read_section,
    title_of,
    together,
)
from interviewbot.domain.text import sanitise, unmarked, words

SECTION_TITLE = "a title of a section, not a question"
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?")
_FENCE = re.compile(r"(?:```|~~~)")
_RULE = re.compile(r"(?:[-*_]\s*){3,}")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\([^)]*\)")
_ASKED = re.compile(
    r"(?:q(?:uestion)?\s*\d*\s*[:.)\-–—]\s*)?(?:\(?\d{1,4}[.)]\s*)?"
    r"(?:(?P<id>[A-Z]{2}\d{4})\s*[:.)\-–—]?\s+)?(?P<said>.*)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:the\s+)?(?:model\s+|sample\s+)?(?:answer|solution|response)s?:?", re.IGNORECASE
)
_POINTS = re.compile(
    r"(?:key\s+|main\s+|reference\s+)?(?:points?|ideas|takeaways|rubric):?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A heading and the lines below it, down to the next one; level 0 is before the first."""

    level: int
    title: str
    line: int
    lines: Sequence[Line]

    @property
    def has_text(self) -> bool:
        return any(line.kind is not Kind.BLANK for line in self.lines)

    @property
    def asks(self) -> bool:
        match = _ASKED.fullmatch(self.title)
        return self.title.endswith("?") or bool(match and (match["id"] or match.start("said")))


def read_markdown(page: str) -> Found:
    """Return the questions of the Markdown text ``page``."""
    parts = list(_parts(sanitise(page)))
    if not any(part.level for part in parts):
        return read_page(_unmarked_page(page))
    level = _asking_level(parts)
    found: list[Found] = []
    groups: list[list[_Part]] = []
    for part in parts:
        if part.level == level:
            groups.append([part])
        elif part.level > level and groups:
            groups[-1].append(part)
        else:
            found.append(Found(left_out=tuple(_left_out(part))))
            groups = [*groups, []] if groups and groups[-1] else groups
    found.extend(read_section(_section(group)) for group in groups if group)
    return together(found)


def _parts(page: str) -> Iterator[_Part]:
    level, title, start, lines = 0, "", 1, list[Line]()
    fenced = False
    for number, raw in enumerate(page.expandtabs(4).split("\n"), start=1):
        heading = None if fenced else _HEADING.fullmatch(raw.strip())
        if heading is not None:
            yield _Part(level=level, title=title, line=start, lines=lines)
            level, title = len(heading["marks"]), _plain(heading["text"])
            start, lines = number, []
            continue
        fence = bool(_FENCE.match(raw.strip()))
        if fence or fenced:
            text = raw.rstrip()
            lines.append(Line(number=number, kind=Kind.CODE if text else Kind.BLANK, text=text))
            fenced ^= fence
        else:
            lines.append(_line(number, raw))
    yield _Part(level=level, title=title, line=start, lines=lines)


def _line(number: int, raw: str) -> Line:
    if _RULE.fullmatch(raw.strip()):
        return Line(number=number, kind=Kind.BLANK, text="")
    if _IMAGE.fullmatch(raw.strip()):
        return Line(number=number, kind=Kind.CAPTION, text=raw.strip())
    indent = raw[: len(raw) - len(raw.lstrip())]
    return line_of(number, indent + _plain(raw))


def _plain(text: str) -> str:
    """Return ``text`` without marks for bold, code and links, whose words stay."""
    return _LINK.sub(lambda match: match["text"], unmarked(text)).strip()


def _unmarked_page(page: str) -> str:
    return "\n".join(unmarked(line) for line in page.split("\n"))


def _asking_level(parts: Sequence[_Part]) -> int:
    levels = sorted({part.level for part in parts if part.level})
    asking = {one: sum(part.asks for part in parts if part.level == one) for one in levels}
    if any(asking.values()):
        return max(levels, key=lambda one: asking[one])
    own = [
        part.level
        for part in parts
        if part.level and part.has_text and not _ANSWER.fullmatch(part.title)
        if not _POINTS.fullmatch(part.title)
    ]
    return max(own, default=levels[-1])


def _section(group: Sequence[_Part]) -> Section:
    """Return the question of the heading that ``group`` begins with."""
    head, *below = group
    match = _ASKED.fullmatch(head.title)
    said, name = (match["said"], match["id"] or "") if match else (head.title, "")
    lines = list(head.lines)
    for part in below:
        lines += _below(part)
    asks = said.endswith("?") or not words(said)
    return Section(
        line=head.line,
        lines=lines,
        id=name.upper(),
        title=title_of(said) if asks else said,
        prompt=said if asks else "",
    )


def _below(part: _Part) -> list[Line]:
    """Return the lines of a part of an answer: its heading holds for what is below it."""
    if _POINTS.fullmatch(part.title):
        return list(part.lines)
    if _ANSWER.fullmatch(part.title):
        return [Line(number=part.line, kind=Kind.TEXT, text="Answer"), *part.lines]
    title = replace(line_of(part.line, part.title.rstrip(":") + ":"), kind=Kind.HEADING)
    first = next((n for n, one in enumerate(part.lines) if one.kind is not Kind.BLANK), 0)
    return [Line(number=part.line, kind=Kind.BLANK, text=""), title, *part.lines[first:]]


def _left_out(part: _Part) -> Iterator[LeftOut]:
    if part.title:
        yield LeftOut(line=part.line, text=part.title, why=SECTION_TITLE)
    for line in part.lines:
        if line.kind is not Kind.BLANK:
            why = BEFORE if not part.level else SECTION_TITLE
            yield LeftOut(line=line.number, text=line.text, why=why)
