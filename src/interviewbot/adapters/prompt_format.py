"""The format of a prompt: the text of one file in, sections of templates out.

Front matter (strict YAML) names the prompt, its version and its variables; the body is cut
at lines ``## system``, ``## user`` and ``## assistant`` into Jinja2 templates, one a message.
Owns every rule of the format. Refuses to touch the disk, and to fill a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from interviewbot.adapters.fault_log import FaultLog, quoted
from interviewbot.adapters.front_matter import Fields, unsafe_character
from interviewbot.adapters.strict_yaml import parse
from interviewbot.domain.chat import Role

MOST_SECTIONS = 20
NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

_VARIABLE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_HEADING = re.compile(r"##(?!#)\s*(.*?)\s*")
_ROLES = " or ".join(f"'## {role}'" for role in Role)
_REQUIRED = {
    "id": "id: judge",
    "version": "version: 1",
    "variables": "variables: [question, answer]",
    "description": "description: What the prompt is for.",
}

Check = Callable[[str], tuple[frozenset[str], tuple[int, str] | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One message to be: a template, and the line of the file that it begins in."""

    role: Role
    template: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptText:
    """A prompt as written."""

    id: str
    version: int
    variables: frozenset[str]
    description: str
    sections: tuple[Section, ...]


def parse_prompt(text: str, *, path: str, name: str, check: Check) -> PromptText:
    """Return the prompt that ``text`` holds.

    ``path`` is what faults call the file, ``name`` its file name without the ending.
    ``check`` takes a template and returns the names that it looks up, and the line and the
    words of what is wrong with it, if anything is.

    Raises:
        CorpusInvalid: with every fault of the text, in the order of its lines.
    """
    log = FaultLog(path)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if (found := unsafe_character(line)) is not None:
            log.add(number, f"the control or invisible character {found}", "delete it")
    log.raise_any()
    front, body, first = _split(text, log)
    fields = Fields(parse(front, log, first_line=2), log, line=1, what="the prompt")
    fields.expect(required=_REQUIRED, optional={})
    prompt = PromptText(
        id=_id(fields, log, name),
        version=_version(fields, log),
        variables=_variables(fields, log),
        description=fields.text("description"),
        sections=_sections(body, first, log),
    )
    for section in prompt.sections:
        _check_section(section, prompt.variables, log, check)
    log.raise_any()
    return prompt


def _split(text: str, log: FaultLog) -> tuple[str, list[str], int]:
    """Return the front matter, the lines of the body, and the line where the body begins."""
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
            "put a line '---' between the last key and the first section",
        )
    return "\n".join(lines[1:closing]), lines[closing + 1 :], closing + 2


def _id(fields: Fields, log: FaultLog, name: str) -> str:
    value = fields.text("id")
    if value and value != name:
        log.add(
            fields.line_of("id"),
            f"the id {quoted(value)} is not the file's name, {quoted(name)}",
            f"write 'id: {name}', or rename the file",
        )
    return value


def _version(fields: Fields, log: FaultLog) -> int:
    value = fields.number("version", default=1.0, above=0, most=1_000_000)
    if not value.is_integer():
        log.add(
            fields.line_of("version"), "the version is not a whole number", "write 'version: 2'"
        )
    return int(value)


def _variables(fields: Fields, log: FaultLog) -> frozenset[str]:
    found: set[str] = set()
    for wording in fields.texts("variables"):
        if not _VARIABLE.fullmatch(wording.text):
            log.add(
                wording.line,
                f"the variable {quoted(wording.text)} is no name",
                "use lower-case letters, digits and single underscores",
            )
        elif wording.text in found:
            log.add(wording.line, f"the variable '{wording.text}' is there twice", "delete one")
        found.add(wording.text)
    return frozenset(found)


def _sections(body: list[str], first: int, log: FaultLog) -> tuple[Section, ...]:
    """Return the sections of the body, whose first line is line ``first`` of the file."""
    headings: list[tuple[int, Role]] = []
    for place, line in enumerate(body):
        heading = _HEADING.fullmatch(line)
        if heading is None:
            continue
        if heading.group(1) in {role.value for role in Role}:
            headings.append((place, Role(heading.group(1))))
        else:
            log.add(
                first + place,
                f"there is no section {quoted(line)}",
                f"write {_ROLES}; headings inside a section take three or more '#'",
            )
    starts = [place for place, _ in headings]
    if any(line.strip() for line in body[: starts[0] if starts else len(body)]):
        log.add(first, "text stands before the first section", f"begin with {_ROLES}")
    if not headings or len(headings) > MOST_SECTIONS:
        log.add(first, f"there are {len(headings)} sections", f"write 1 to {MOST_SECTIONS}")
    ends = [*starts[1:], len(body)]
    return tuple(
        _section(role, body[place + 1 : end], first + place + 1, log)
        for (place, role), end in zip(headings, ends, strict=True)
    )


def _section(role: Role, lines: list[str], line: int, log: FaultLog) -> Section:
    text = "\n".join(lines)
    template = text.strip()
    if not template:
        log.add(line - 1, f"the section '## {role}' is empty", "write its text below, or delete it")
    blank = text[: len(text) - len(text.lstrip())].count("\n")
    return Section(role=role, template=template, line=line + blank)


def _check_section(
    section: Section, variables: frozenset[str], log: FaultLog, check: Check
) -> None:
    used, problem = check(section.template)
    if problem is not None:
        number, words = problem
        log.add(section.line + number - 1, f"not a valid template: {words}", "see Jinja2's manual")
    for name in sorted(used - variables):
        log.add(
            section.line,
            f"this section uses {quoted(name)}, which is no variable of the prompt",
            "name it in 'variables', or mend its name",
        )
