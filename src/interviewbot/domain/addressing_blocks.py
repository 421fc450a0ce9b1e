"""The shapes that an answer has where it plays another part than the candidate's.

Fences of code, JSON, tags, tables, role markers and lines that close the answer. Owns where
they begin and end. Refuses to weigh what stands in them: ``Block.bar`` says how much of that
it takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from interviewbot.domain.text import Span

LONGEST_BLOCK = 3_000  # characters


class Shape(StrEnum):
    """What a block looks like."""

    FENCE = "fence"
    DATA = "data"
    TAG = "tag"
    CLOSING = "closing"
    ROLE = "role"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch, its shape, and the weight its words must have for it to be hostile."""

    span: Span
    shape: Shape
    bar: float


_FENCE = re.compile(r"(?m)^[ \t>]*(```+|~~~+)[^\n]*$")
_COMMENT = re.compile(r"<!--|/\*|\[//\]: ?#|\[comment\]:|\{#|%\{", re.IGNORECASE)
_COMMENT_ENDS = {"<!--": "-->", "/*": "*/", "{#": "#}"}
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]{0,40})((?:\s[^<>]{0,200})?)>")
_GRADING_TAG = re.compile(
    r"(?:.*[_-])?(?:grade|grading|graded|verdicts?|marks?|rubric|evaluation|assessment"
    r"|grader|examiner"
    r"|judg(?:e|ment|ement)|score|scores|credit)(?:[_-].*)?$",
    re.IGNORECASE,
)
_TURN_TAG = re.compile(
    r"(?:system|assistant|user|human|admin|developer|instructions?|override|important|tool|function"
    r"|note|hidden|secret|thinking|internal)(?:[_-]?(?:prompt|message|instructions?|note|override"
    r"|reminder|result|results|response|call|output|update))?$",
    re.IGNORECASE,
)
_WRAPPING_TAG = re.compile(
    r"(?:student|candidate|user|untrusted|the|applicant|delimiter|begin"
    r"|end)?[_-]?(?:answer|submission"
    r"|response|candidate|student|input|text|document|data|untrusted|content|reply|essay|question"
    r"|context|transcript|delimiter)s?(?:[_-]?(?:text|data|block|to[_-]grade))?$",
    re.IGNORECASE,
)
_ROLE_SIGN = re.compile(
    r"<\|\s?(?:im_start|im_end|im_sep|system|user|assistant|start_header_id|end_header_id|eot_id"
    r"|endoftext|begin_of_text|end_of_text|end_of_turn|start|end|message|channel|end_of_role"
    r"|start_of_role|python_tag)\s?\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>"
    r"|\[/?(?:SYSTEM|ASSISTANT|USER|ADMIN|DEVELOPER)[_ ]?(?:PROMPT|MESSAGE|NOTE|OVERRIDE|NOTICE)?\]"
    r"|\{\{[#/]?(?:system|assistant|user)[^{}\n]{0,40}\}\}",
    re.IGNORECASE,
)
_ROLE_LINE = re.compile(
    r"(?m)^[ \t]*(?:[#>*_=\[({|~-]{1,8}[ \t]*)?(?:new |the |chief |head |automated "
    r"|ai )?(?:system|assistant|user|human"
    r"|developer|ai|grader|evaluator|examiner|judge|admin|administrator|moderator"
    r"|interviewer|operator"
    r"|proctor|supervisor|root|bot|chatgpt|gpt|claude|instructor|professor|board|teacher"
    r"|marker|tool)"
    r"(?:[ _-](?:prompt|message|note|instructions?|update|override|notice|response|output"
    r"|reply|alert"
    r"|command|turn|says|\(\w+\)))?[ \t]*(?:[\])}>*_|]{0,4}[ \t]*[:>=»→][^\n]*|[\])}*_=#"
    r"|~-]{0,8}[ \t]*)$",
    re.IGNORECASE,
)
_CLOSING_LINE = re.compile(
    r"(?m)^(?=[^\n]{4,100}$)[ \t]*(?P<a>[^\w\s]{2,}[ \t]*|[<\[({]{1,3}[ \t]*)"
    r"(?P<what>(?:end|begin|start|stop|close|finish|eof)\b[^\n]*?(?:answer|submission"
    r"|response|candidate|student"
    r"|text|input|document|data|context|transcript|message|exam|question|prompt|essay"
    r"|attempt|content)"
    r"[\w ]{0,20})[ \t]*[^\w\n]*$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\b(?:begin|start)\b", re.IGNORECASE)
_KEY = re.compile(
    r"(?:\"|'|\\\")?\b(?:verdicts?|grade|score|marks?|final_?\w{0,12}|overall\w{0,12}"
    r"|credit|covered"
    r"|rubric|band|awarded|evaluation|result|points_?\w{0,12}|confidence)\b(?:\"|'"
    r"|\\\")?\s{0,3}[:=,]",
    re.IGNORECASE,
)
_TABLE_HEAD = re.compile(
    r"(?im)^[ \t]*\|(?=[^\n]{0,200}\b(?:verdict|grade|marks?|credit|awarded|status|covered"
    r"|criteri(?:on|a)"
    r"|rubric)\b)[^\n]*\|[ \t]*$"
)
_TABLE_CELL = re.compile(
    r"(?i)\|\s{0,9}(?:fully )?(?:covered|full(?: marks| credit)?|met|100(?: ?%)?|satisfied"
    r"|10/10|5/5|max)\s{0,9}\|"
)
_BRACE = re.compile(r"[{}\[\]]")
_COMMON_TAGS = frozenset({"text", "data", "document", "input", "content", "context", "question"})
_MOST_NAMES = 40  # of tags; honest answers have a handful
_BLANK = re.compile(r"\n[ \t]*\n")


def blocks(text: str, *, careful: bool) -> Iterator[Block]:
    """Yield the blocks of ``text``; they may overlap.

    ``careful``: the question is about prompts, so that markers alone prove nothing.
    """
    yield from _fences(text)
    yield from _comments(text)
    yield from _objects(text)
    yield from _tables(text)
    yield from _tags(text, careful=careful)
    yield from _closings(text, careful=careful)
    yield from _roles(text, careful=careful)


def paragraph_end(text: str, start: int) -> int:
    """Return where the paragraph ends that ``start`` is in, or how far a block may reach."""
    reach = min(len(text), start + LONGEST_BLOCK)
    found = _BLANK.search(text, start, reach)
    return found.start() if found else reach


def line_end(text: str, start: int) -> int:
    """Return where the line ends that ``start`` is in, or how far a block may reach."""
    reach = min(len(text), start + LONGEST_BLOCK)
    end = text.find("\n", start, reach)
    return reach if end < 0 else end


def _fences(text: str) -> Iterator[Block]:
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence.group(1)[0] == opened.group(1)[0]:
            yield Block(span=Span(opened.start(), fence.end()), shape=Shape.FENCE, bar=2.6)
            opened = None
    if opened is not None:
        end = paragraph_end(text, opened.start())
        yield Block(span=Span(opened.start(), end), shape=Shape.FENCE, bar=2.6)


def _comments(text: str) -> Iterator[Block]:
    after = 0
    for opened in _COMMENT.finditer(text):
        if opened.start() < after:
            continue
        ends = _COMMENT_ENDS.get(opened.group())
        reach = min(len(text), opened.start() + LONGEST_BLOCK)
        end = text.find(ends, opened.end(), reach) if ends else -1
        after = line_end(text, opened.start()) if end < 0 else end + len(ends or "")
        yield Block(span=Span(opened.start(), after), shape=Shape.COMMENT, bar=1.5)


def _tables(text: str) -> Iterator[Block]:
    """Yield tables with a column for verdicts."""
    after = 0
    for head in _TABLE_HEAD.finditer(text):
        if head.start() >= after:
            after = paragraph_end(text, head.start())
            if _TABLE_CELL.search(text, head.end(), after):
                yield Block(span=Span(head.start(), after), shape=Shape.DATA, bar=0.0)


def _objects(text: str) -> Iterator[Block]:
    """Yield the outermost pairs of braces that hold a key of grading."""
    keys = [found.start() for found in _KEY.finditer(text)]
    if not keys:
        return
    pairs: list[Span] = []
    opened: list[tuple[str, int]] = []
    for found in _BRACE.finditer(text):
        sign = found.group()
        if sign in "{[":
            opened.append((sign, found.start()))
        elif opened and opened[-1][0] == {"}": "{", "]": "["}[sign]:
            pairs.append(Span(opened.pop()[1], found.end()))
    outer: list[Span] = []
    for pair in sorted(pairs):
        if not outer or pair.start >= outer[-1].end:
            outer.append(pair)
    at = 0
    for pair in outer:
        while at < len(keys) and keys[at] < pair.start:
            at += 1
        if at < len(keys) and keys[at] < pair.end:
            yield Block(span=pair, shape=Shape.DATA, bar=2.6)


def _tags(text: str, *, careful: bool) -> Iterator[Block]:
    tags = list(_TAG.finditer(text))
    ends: dict[str, list[re.Match[str]]] = {}
    for tag in reversed(tags):
        if tag.group(1):
            ends.setdefault(tag.group(2).lower(), []).append(tag)
    opened: set[str] = set()
    after: dict[str, int] = {}  # within a tag of its own name none is looked at
    for tag in tags:
        name, closes = tag.group(2).lower(), bool(tag.group(1))
        later = ends.get(name, [])
        while later and later[-1].start() <= tag.start():
            later.pop()
        orphan = closes and name not in opened
        opened.add(name)
        if len(after) > _MOST_NAMES or tag.start() < after.get(name, 0):
            continue
        if orphan:
            block = _closing_tag(text, tag, name, careful=careful)
        else:
            closing = later[-1].end() if later and not closes else None
            block = None if closes else _opening_tag(text, tag, name, closing, careful=careful)
        if block is not None:
            after[name] = block.span.end
            yield block


def _opening_tag(
    text: str, tag: re.Match[str], name: str, closing: int | None, *, careful: bool
) -> Block | None:
    grading = bool(_GRADING_TAG.match(name))
    if not grading and not _TURN_TAG.match(name):
        return None
    end = paragraph_end(text, tag.start()) if closing is None else closing
    end = min(end, tag.start() + LONGEST_BLOCK)
    strict = 1.5 if grading else 2.6
    bar = strict if careful else 1.0 if grading else 1.5
    return Block(span=Span(tag.start(), end), shape=Shape.TAG, bar=bar)


def _closing_tag(text: str, tag: re.Match[str], name: str, *, careful: bool) -> Block | None:
    """Return the block behind a tag that closes what nothing opened."""
    if not any(of.match(name) for of in (_WRAPPING_TAG, _GRADING_TAG, _TURN_TAG)):
        return None
    bar = 1.5 if careful else 0.9 if name in _COMMON_TAGS else 0.0
    return Block(span=Span(tag.start(), _reopened(text, tag, name)), shape=Shape.CLOSING, bar=bar)


def _reopened(text: str, tag: re.Match[str], name: str) -> int:
    """Return where what follows a closing tag ends: behind the tag that opens it again."""
    reach = text[tag.end() : tag.end() + LONGEST_BLOCK]
    again = reach.lower().find(f"<{name}")
    if again < 0:
        return paragraph_end(text, tag.end())
    bracket = reach.find(">", again)
    return tag.end() + (bracket + 1 if bracket >= 0 else len(reach))


def _closings(text: str, *, careful: bool) -> Iterator[Block]:
    lines = list(_CLOSING_LINE.finditer(text))
    for number, line in enumerate(lines):
        if _OPENS.search(line.group("what")):
            yield Block(span=Span(*line.span()), shape=Shape.CLOSING, bar=2.6 if careful else 0.0)
            continue
        following = lines[number + 1] if number + 1 < len(lines) else None
        near = following is not None and following.end() <= line.start() + LONGEST_BLOCK
        end = following.end() if near and following else paragraph_end(text, line.end())
        yield Block(span=Span(line.start(), end), shape=Shape.CLOSING, bar=2.6 if careful else 0.0)


def _roles(text: str, *, careful: bool) -> Iterator[Block]:
    after = 0
    for sign in _ROLE_SIGN.finditer(text):
        if sign.start() >= after:
            after = paragraph_end(text, sign.start())
            bar = 2.6 if careful else 0.0
            yield Block(span=Span(sign.start(), after), shape=Shape.ROLE, bar=bar)
    after = 0
    for line in _ROLE_LINE.finditer(text):
        if line.start() >= after:
            after = paragraph_end(text, line.start())
            bar = 2.6 if careful else 1.5
            yield Block(span=Span(line.start(), after), shape=Shape.ROLE, bar=bar)
