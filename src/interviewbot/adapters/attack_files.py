"""The templates of hostile answers, from a YAML file that authors can extend.

    empty_handed: an answer of somebody who knows nothing
    FAMILY:
      KIND:
        - {id, text, hidden?, encoding?, repeat?, times?, size?, join?}

Owns the format of that file. Refuses to fill a slot. Hidden and control characters are not
allowed in it; ``encoding`` makes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from interviewbot.adapters.fault_log import FaultLog, quoted
from interviewbot.adapters.front_matter import unsafe_character
from interviewbot.adapters.strict_yaml import MAX_BYTES, Items, Node, Table, Text, parse
from interviewbot.domain.attack_texts import (
    POINT_SLOTS,
    QUESTION_SLOTS,
    SLOT,
    AttackTemplate,
    AttackTexts,
    Encoding,
    Family,
)
from interviewbot.domain.errors import BadInput, CorpusInvalid

MOST_TIMES = 1_000
MOST_SIZE = 200_000  # bytes
LONGEST_TEXT = 4_000  # characters

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EMPTY_HANDED = "empty_handed"
_WORDS = ("id", "text", "hidden", "encoding", "repeat", "join")
_NUMBERS = {"times": MOST_TIMES, "size": MOST_SIZE}
_TOGETHER = {  # by slot: of each, at least one key
    "hidden": (("hidden",), ("encoding",)),
    "repeated": (("repeat",), ("times", "size")),
}
_SLOTS = {**QUESTION_SLOTS, **POINT_SLOTS}
_Kind = TypeVar("_Kind", Family, Encoding)


def read_attack_texts(path: Path) -> AttackTexts:
    """Return the templates in ``path``, in its order.

    Raises:
        BadInput: if the file cannot be read or breaks the format; the details are
            ``file:line: fault; remedy``.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"the attack templates in {path} cannot be read: {error.strerror}",
            "install interviewbot again, or name another file",
        ) from error
    if len(content) > MAX_BYTES:
        raise BadInput(f"{path} is over {MAX_BYTES // 1024} KiB", "keep fewer templates in it")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{path}:{line} is not UTF-8", "save the file as UTF-8") from error
    return parse_attack_texts(text, name=str(path))


def parse_attack_texts(text: str, *, name: str) -> AttackTexts:
    """Return the templates that ``text`` holds; ``name`` is what faults call the file.

    Raises:
        BadInput: with every fault, in the order of the lines.
    """
    log = FaultLog(name)
    try:
        found = _Reading(log).texts(parse(text, log))
        log.raise_any()
    except CorpusInvalid as error:
        raise BadInput(
            f"the attack templates are not valid: {len(error.faults)} fault(s) in {name}",
            "mend the lines above",
            [str(fault) for fault in error.faults],
        ) from error
    return found


class _Reading:
    """One run over one file; faults are noted and reading goes on."""

    def __init__(self, log: FaultLog) -> None:
        self._log = log
        self._ids: dict[str, int] = {}

    def texts(self, root: Table) -> AttackTexts:
        empty = root.values.get(_EMPTY_HANDED)
        if empty is None:
            self._log.add(1, f"there is no '{_EMPTY_HANDED}'", f"add '{_EMPTY_HANDED}: I pass.'")
        found: list[AttackTemplate] = []
        for key, node in root.values.items():
            if key == _EMPTY_HANDED:
                continue
            family = self._one_of(key, Family, root.key_lines[key], "family")
            kinds = self._table(node, root.key_lines[key], f"the family {quoted(key)}")
            for kind, entries in kinds.values.items():
                if not _ID.fullmatch(kind):
                    self._log.add(kinds.key_lines[kind], "the kind is no slug", "write a-z, 0-9, -")
                found += self._templates(entries, family or Family.ECHO, kind)
        if not found:
            self._log.add(root.line, "there are no templates", "add a family with a kind")
        said = self._text(empty, _EMPTY_HANDED) if empty is not None else ""
        return AttackTexts(empty_handed=said, templates=tuple(found))

    def _templates(self, node: Node, family: Family, kind: str) -> Iterator[AttackTemplate]:
        if not isinstance(node, Items) or not node.values:
            self._log.add(
                node.line, f"{quoted(kind)} is not a list", "begin each entry with '- id:'"
            )
            return
        for item in node.values:
            yield self._template(self._table(item, item.line, "a template"), family, kind)

    def _template(self, table: Table, family: Family, kind: str) -> AttackTemplate:
        for key, line in table.key_lines.items():
            if key not in (*_WORDS, *_NUMBERS):
                known = ", ".join((*_WORDS, *_NUMBERS))
                self._log.add(line, f"unknown key {quoted(key)} in a template", f"use {known}")
        given = {key: node for key, node in table.values.items() if key in _WORDS}
        said = {key: self._text(node, key) for key, node in given.items()}
        numbers = {key: self._number(table, key, most) for key, most in _NUMBERS.items()}
        encoding = said.get("encoding")
        template = AttackTemplate(
            id=self._id(said.get("id", ""), table.line),
            family=family,
            kind=kind,
            text=said.get("text", ""),
            encoding=self._one_of(encoding, Encoding, table.line, "encoding") if encoding else None,
            hidden=said.get("hidden", ""),
            repeat=said.get("repeat", ""),
            times=numbers["times"],
            size=numbers["size"],
            join=said.get("join", ", "),
        )
        self._check(template, set(table.values), table.line)
        return template

    def _check(self, template: AttackTemplate, given: set[str], line: int) -> None:
        """Note slots that there are not, and keys that need one another."""
        for name in sorted(template.slots - _SLOTS.keys()):
            near = get_close_matches(name, _SLOTS, n=1)
            remedy = f"did you mean '{{{near[0]}}}'?" if near else f"use one of {', '.join(_SLOTS)}"
            self._log.add(line, f"there is no slot '{{{name}}}'", remedy)
        slots = set(SLOT.findall(template.text))
        if not template.text:
            self._log.add(line, "a template has no 'text'", "add a line like 'text: Trust me.'")
        for slot, keys in _TOGETHER.items():
            there = [slot in slots, *(not given.isdisjoint(either) for either in keys)]
            if any(there) and not all(there):
                named = " and ".join(" or ".join(f"'{key}'" for key in either) for either in keys)
                self._log.add(line, f"'{{{slot}}}', {named} go together", "write all of them")

    def _id(self, name: str, line: int) -> str:
        if not _ID.fullmatch(name):
            self._log.add(line, f"the id {quoted(name)} is no slug", "write it like 'fake-system'")
        elif name in self._ids:
            self._log.add(
                line, f"the id '{name}' is there since line {self._ids[name]}", "choose another"
            )
        self._ids.setdefault(name, line)
        return name

    def _table(self, node: Node, line: int, what: str) -> Table:
        if isinstance(node, Table):
            return node
        self._log.add(line, f"{what} is not a mapping", "write 'key: value' lines below it")
        return Table(values={}, key_lines={}, line=line)

    def _text(self, node: Node, key: str) -> str:
        if not isinstance(node, Text):
            self._log.add(node.line, f"'{key}' is not a text", "write one text, in double quotes")
            return ""
        if len(node.value) > LONGEST_TEXT:
            self._log.add(
                node.line, f"'{key}' is over {LONGEST_TEXT:,} characters", "use 'repeat' and 'size'"
            )
        if (found := unsafe_character(node.value)) is not None:
            self._log.add(
                node.line,
                f"'{key}' holds the control or invisible character {found}",
                "use 'hidden' and 'encoding'",
            )
        return node.value

    def _number(self, table: Table, key: str, most: int) -> int:
        node = table.values.get(key)
        if node is None:
            return 0
        value = node.value if isinstance(node, Text) else ""
        if value.isascii() and value.isdecimal() and 0 < int(value[:9]) <= most:
            return int(value)
        self._log.add(node.line, f"'{key}' is not in 1 to {most:,}", f"write '{key}: 20'")
        return 0

    def _one_of(self, name: str, kinds: type[_Kind], line: int, what: str) -> _Kind | None:
        known = [kind.value for kind in kinds]
        if name in known:
            return kinds(name)
        near = get_close_matches(name, known, n=1)
        remedy = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(known)}"
        self._log.add(line, f"there is no {what} {quoted(name)}", remedy)
        return None
