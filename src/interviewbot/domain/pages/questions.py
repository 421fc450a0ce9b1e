"""A page of several questions and answers, cut into them.

Owns where a question begins, and which of its lines are its title, its prompt and its answer.
A page is read in one style throughout: ids ("ML0041 Title"), marks ("Q:", "Question 3."),
numbered questions, or lines that end with a question mark. Refuses to guess topics and levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from interviewbot.domain.pages.answers import FURNITURE, dropped, is_empty, read_answer
from interviewbot.domain.pages.found import Found, FoundQuestion, LeftOut
from interviewbot.domain.pages.lines import Kind, Line, joined, line_of, lines_of
from interviewbot.domain.text import sanitise

LONGEST_TITLE = 70  # characters
BEFORE = "before the first question"
NO_ANSWER = "a question without an answer"
NO_QUESTION = "there is no question in it"

_BULLETS = r"(?:[-*+•‣◦·▪●○#]+\s*)?"
_BY_ID = re.compile(rf"{_BULLETS}(?P<id>[A-Z]{{2}}\d{{4}})(?:\s*[:.)\-–—]\s*|\s+)(?P<title>\S.*)")
_BY_MARK = re.compile(
    rf"{_BULLETS}(?:q(?:uestion)?\s*\d*\s*[:.)\-–—]|question\s+\d+\b)\s*(?P<prompt>\S.*)",
    re.IGNORECASE,
)
_BY_NUMBER = re.compile(r"\(?\d{1,4}[.)]\s+(?P<prompt>\S.*\?)")
_BY_SIGN = re.compile(rf"{_BULLETS}(?P<prompt>[^\W\d_].*\?)")
_STYLES = (_BY_ID, _BY_MARK, _BY_NUMBER, _BY_SIGN)

_ANSWER = re.compile(
    r"(?:(?:model\s+|sample\s+|suggested\s+)?(?:answer|solution|response)|ans)"
    r"(?:\s*[:.\-–—]\s*(?P<rest>.*))?|a\s*[:.)]\s*(?P<short>.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question as its page has it: what its first line says, and the lines below it."""

    line: int
    lines: Sequence[Line]
    prompt: str = ""
    id: str = ""
    title: str = ""
    topic: str = ""


def read_page(page: str) -> Found:
    """Return the questions of the plain text ``page``."""
    lines = lines_of(page)
    raw = sanitise(page).split("\n")
    style = next((one for one in _STYLES if any(map(_begins(one), raw))), None)
    if style is None:
        return Found(left_out=_told(lines, NO_QUESTION), furniture=_furniture(lines))
    starts = [number for number, text in enumerate(raw) if _begins(style)(text)]
    before = lines[: starts[0]]
    found = [
        read_section(_section(style, raw[start], lines[start:end]))
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    found.append(Found(left_out=_told(before, BEFORE), furniture=_furniture(before)))
    return together(found)


def together(found: Sequence[Found]) -> Found:
    """Return all of ``found`` as one, what was left out in the order of the lines."""
    return Found(
        questions=tuple(question for one in found for question in one.questions),
        left_out=_sorted(piece for one in found for piece in one.left_out),
        furniture=_sorted(piece for one in found for piece in one.furniture),
    )


def _sorted(pieces: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(sorted(pieces, key=lambda piece: piece.line))


def _begins(style: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: style.fullmatch(text.strip()) is not None


def _section(style: re.Pattern[str], head: str, lines: Sequence[Line]) -> Section:
    match = style.fullmatch(head.strip())
    said = match.groupdict() if match else {}
    return Section(line=lines[0].number, lines=lines[1:], **said)


def read_section(section: Section) -> Found:
    """Return the question that ``section`` holds, if it has an answer."""
    asked, answered = _cut(section)
    answer = read_answer(answered)
    prompt = " ".join(
        line.text for line in joined(asked) if line.kind not in {Kind.FURNITURE, Kind.BLANK}
    )
    prompt = " ".join(filter(None, [section.prompt, prompt])) or section.title
    furniture = (*dropped(asked, Kind.FURNITURE, FURNITURE), *answer.furniture)
    if is_empty(answer):
        said = " ".join(filter(None, [section.id, section.title or prompt]))
        gone = LeftOut(line=section.line, text=said, why=NO_ANSWER)
        rest = [line for line in asked if section.title and line.kind is not Kind.FURNITURE]
        return Found(
            left_out=(gone, *_told(rest, NO_ANSWER), *answer.left_out), furniture=furniture
        )
    question = FoundQuestion(
        line=section.line,
        id=section.id,
        title=section.title or title_of(prompt),
        topic=section.topic,
        prompt=prompt,
        claims=answer.claims,
        model_answer=answer.text,
    )
    return Found(questions=(question,), left_out=answer.left_out, furniture=furniture)


def _cut(section: Section) -> tuple[list[Line], list[Line]]:
    """Return the lines of the prompt, and those of the answer."""
    lines = list(section.lines)
    for place, line in enumerate(lines):
        if line.kind in {Kind.ITEM, Kind.FORMULA}:
            break
        if match := _ANSWER.fullmatch(line.text):
            rest = (match["rest"] or match["short"] or "").strip()
            first = [replace(line_of(line.number, rest), indent=line.indent)] if rest else []
            return lines[:place], [*first, *lines[place + 1 :]]
    if section.prompt:
        return [], lines
    kinds = (Kind.TEXT, Kind.HEADING)
    first_text = next((n for n, line in enumerate(lines) if line.kind in kinds), len(lines))
    if not any(line.text.endswith("?") for line in lines[first_text : first_text + 1]):
        return [], lines
    return lines[: first_text + 1], lines[first_text + 1 :]


def title_of(prompt: str) -> str:
    """Return a title made of ``prompt``: its first sentence, cut between words."""
    first = re.split(r"(?<=[.?!])\s", prompt, maxsplit=1)[0].strip().rstrip("?.!: ")
    if len(first) > LONGEST_TITLE:
        first = first[:LONGEST_TITLE].rpartition(" ")[0] or first[:LONGEST_TITLE]
    return first


def _told(lines: Sequence[Line], why: str) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(line=line.number, text=line.text, why=why)
        for line in lines
        if line.kind not in {Kind.BLANK, Kind.FURNITURE}
    )


def _furniture(lines: Sequence[Line]) -> tuple[LeftOut, ...]:
    return tuple(dropped(lines, Kind.FURNITURE, FURNITURE))
