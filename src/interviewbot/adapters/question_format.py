"""The format of a question: the text of one file in, one question out.

Owns every rule of the format that one file can break. Refuses to touch the disk and to
know any other file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from interviewbot.adapters.fault_log import FaultLog, quoted
from interviewbot.adapters.front_matter import Fields, Wording, unsafe_character
from interviewbot.adapters.strict_yaml import parse
from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.question import Level, Point, Question
from interviewbot.domain.text import fold

ID = re.compile(r"[A-Z]{2}[0-9]{4}")
MOST_POINTS = 12
MOST_WEIGHT = 10.0

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REQUIRED = {
    "id": "id: ML0042",
    "title": "title: Learning rate",
    "topic": "topic: machine-learning",
    "level": "level: foundation",
    "prompt": "prompt: What does the learning rate do?",
    "source": "source: general knowledge",
    "licence": "licence: MIT",
    "points": "points:",
}
_OPTIONAL = {
    "tags": "tags: [optimisation]",
    "reviewed": "reviewed: 2026-01-31",
    "draft": "draft: true",
}
_POINT_REQUIRED = {"id": "id: step-size", "text": "text: One claim, as a full sentence."}
_POINT_OPTIONAL = {
    "weight": "weight: 1",
    "accept": "accept:",
    "misconceptions": "misconceptions:",
    "follow_up": "follow_up: What to ask where the point is missing?",
}


def parse_question(text: str, *, path: str, name: str, folder: str) -> CorpusEntry:
    """Return the question that ``text`` holds.

    ``path`` is what faults call the file, ``name`` its file name, ``folder`` the name of
    the folder that it lies in.

    Raises:
        CorpusInvalid: with every fault of the text, in the order of its lines.
    """
    log = FaultLog(path)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    _refuse_unsafe(text, log)
    front, body, body_line = _split(text, log)
    fields = Fields(parse(front, log, first_line=2), log, line=1, what="the question")
    fields.expect(required=_REQUIRED, optional=_OPTIONAL)
    prompt = fields.text("prompt")
    lines = {prompt: fields.line_of("prompt")}
    points = _points(fields, log, lines)
    answer = body.strip()
    if not answer:
        log.add(body_line, "the model answer is empty", "write it below the closing '---'")
    question = Question(
        id=_id(fields, log, name),
        title=fields.text("title"),
        topic=_topic(fields, log, folder),
        level=_level(fields, log),
        prompt=prompt,
        points=tuple(point for _, point in points),
        tags=tuple(tag.text for tag in fields.texts("tags")),
        source=fields.text("source"),
        licence=fields.text("licence"),
        reviewed=fields.date("reviewed"),
        draft=_draft(fields, log),
        model_answer=answer,
    )
    log.raise_any()
    return CorpusEntry(
        question=question,
        path=path,
        line=fields.line_of("id"),
        point_lines={point.id: line for line, point in points},
        text_lines=lines,
        answer_line=body_line + body[: len(body) - len(body.lstrip())].count("\n"),
    )


def _refuse_unsafe(text: str, log: FaultLog) -> None:
    if unsafe_character(text) is None:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if (found := unsafe_character(line)) is not None:
            log.add(number, f"the control or invisible character {found}", "delete it")
    log.raise_any()


def _split(text: str, log: FaultLog) -> tuple[str, str, int]:
    """Return the front matter, the body, and the line where the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise log.fatal(
            1, "the file does not begin with '---'", "make '---' the first line, then 'id: ...'"
        )
    closing = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), None)
    if closing is None:
        raise log.fatal(
            1,
            "the front matter that begins here is never closed",
            "put a line '---' between the last key and the model answer",
        )
    return "\n".join(lines[1:closing]), "\n".join(lines[closing + 1 :]), closing + 2


def _id(fields: Fields, log: FaultLog, name: str) -> str:
    value = fields.text("id")
    if value and not ID.fullmatch(value):
        log.add(
            fields.line_of("id"),
            f"the id {quoted(value)} is not two capital letters and four digits",
            "write it like ML0042",
        )
    elif value and not name.startswith(f"{value}-"):
        log.add(
            fields.line_of("id"),
            f"the file name {quoted(name)} does not begin with the id and a hyphen",
            f"name the file '{value}-a-few-words.md', or mend the id",
        )
    return value


def _topic(fields: Fields, log: FaultLog, folder: str) -> str:
    value = fields.text("topic")
    if value and value != folder:
        log.add(
            fields.line_of("topic"),
            f"the topic {quoted(value)} is not the name of the folder, {quoted(folder)}",
            f"write 'topic: {folder}', or move the file",
        )
    return value


def _level(fields: Fields, log: FaultLog) -> Level | None:
    value = fields.text("level")
    try:
        return Level(value) if value else None
    except ValueError:
        near = get_close_matches(value.lower(), list(Level), n=1)
        remedy = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(Level)}"
        log.add(fields.line_of("level"), f"unknown level {quoted(value)}", remedy)
        return None


def _draft(fields: Fields, log: FaultLog) -> bool:
    value = fields.text("draft")
    if value not in {"", "true"}:
        log.add(
            fields.line_of("draft"),
            f"'draft' is {quoted(value)}",
            "write 'draft: true', or delete the line once a person has read the question",
        )
    return bool(value)


def _points(fields: Fields, log: FaultLog, lines: dict[str, int]) -> list[tuple[int, Point]]:
    """Return the points with their lines; ``lines`` gets those of their claims and the like."""
    found: list[tuple[int, Point]] = []
    seen: dict[str, int] = {}
    said: dict[str, tuple[str, int]] = {}
    tables = fields.tables("points")
    for table in tables:
        inner = Fields(table, log, line=table.line, what="the point")
        inner.expect(required=_POINT_REQUIRED, optional=_POINT_OPTIONAL)
        point = _point(inner, log, said, lines)
        if point.id in seen:
            log.add(
                inner.line_of("id"),
                f"the point id {quoted(point.id)} is there twice, first in line {seen[point.id]}",
                "give each point an id of its own",
            )
        if point.id:
            seen.setdefault(point.id, inner.line_of("id"))
        found.append((table.line, point))
    if len(tables) > MOST_POINTS:
        log.add(
            fields.line_of("points"),
            f"the question has {len(tables)} points",
            f"split it, or keep {MOST_POINTS} at most",
        )
    return found


def _point(
    fields: Fields, log: FaultLog, said: dict[str, tuple[str, int]], lines: dict[str, int]
) -> Point:
    slug = fields.text("id")
    if slug and not _SLUG.fullmatch(slug):
        log.add(
            fields.line_of("id"),
            f"the point id {quoted(slug)} is not a slug",
            "use lower-case letters, digits and single hyphens, like step-size",
        )
    text = fields.text("text")
    accept, misconceptions = fields.texts("accept"), fields.texts("misconceptions")
    claims = (Wording(text=text, line=fields.line_of("text")), *accept)
    _refuse_repeats("claim", (claim for claim in claims if claim.text), log, said)
    _refuse_repeats("misconception", iter(misconceptions), log, said)
    lines.update((wording.text, wording.line) for wording in (*claims, *misconceptions))
    return Point(
        id=slug,
        text=text,
        weight=fields.number("weight", default=1.0, above=0.0, most=MOST_WEIGHT),
        accept=tuple(wording.text for wording in accept),
        misconceptions=tuple(wording.text for wording in misconceptions),
        follow_up=fields.text("follow_up"),
    )


def _refuse_repeats(
    kind: str, wordings: Iterator[Wording], log: FaultLog, said: dict[str, tuple[str, int]]
) -> None:
    """Note what the question says twice; ``said`` maps what it said so far to kind and line."""
    for wording in wordings:
        key = fold(wording.text).rstrip(".!?;, ")
        if key not in said:
            said[key] = (kind, wording.line)
            continue
        first_kind, first_line = said[key]
        if first_kind != kind:
            log.add(
                wording.line,
                f"the {kind} {quoted(wording.text)} is a {first_kind} in line {first_line}",
                "decide whether it is true",
            )
        else:
            log.add(
                wording.line,
                f"the wording {quoted(wording.text)} is there twice, first in line {first_line}",
                "delete one, or say it in other words",
            )
