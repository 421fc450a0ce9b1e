"""The strict part of YAML that question files are written in.

Owns the parser: text in, a tree of texts, lists and tables with line numbers out. Built on
parser events, so that anchors and aliases are refused before anything is expanded. No
scalar is guessed to be a boolean, a date or a number: ``no`` stays "no". Refuses to know
which keys a question has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import yaml

from interviewbot.adapters.fault_log import FaultLog, quoted
from interviewbot.domain.errors import CorpusInvalid
from interviewbot.domain.text import one_line

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
MAX_NODES = 2_000

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_QUOTE = "put a text in double quotes if it holds ': ' or ' #' or begins with a special character"
_REMEDIES = {  # by a part of what the parser says
    "unknown escape": "write every backslash twice inside double quotes",
    "escape sequence": "write every backslash twice inside double quotes",
    "escape code": "write the character itself",
    "mapping values are not allowed": "put the text in double quotes, because it holds ': '",
    "flow": "close the bracket that is opened here, or quote the text if a bracket is meant",
    "quoted scalar": "close the quotes that are opened here",
    "block": 'quote the whole text, with \\" for quotes inside, and check the indentation',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A scalar, always as written; ``plain`` where it stands without quotes."""

    value: str
    line: int
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    values: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A mapping with text keys; ``key_lines`` says where each key stands."""

    values: dict[str, Node]
    key_lines: dict[str, int]
    line: int


Node = Text | Items | Table


def parse(text: str, log: FaultLog, *, first_line: int = 1) -> Table:
    """Parse ``text``, whose first line is line ``first_line`` of the file of ``log``.

    Repeated keys (the first one counts) and texts cut off by a comment are noted in
    ``log``; everything else that is wrong ends the parse.

    Raises:
        CorpusInvalid: for anything that is not one mapping within the limits above.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise log.fatal(
            first_line, f"more than {MAX_BYTES // 1024} KiB of front matter", "split the question"
        )
    try:
        return _Parse(text, log, first_line).document()
    except yaml.YAMLError as error:
        raise _translated(error, text, log, first_line) from error
    except (ValueError, OverflowError) as error:  # the pure parser, escapes beyond Unicode
        raise log.fatal(first_line, f"not valid YAML: {error}", "mend the '\\U' escape") from error


class _Parse:
    """One run over the events of one text."""

    def __init__(self, text: str, log: FaultLog, first_line: int) -> None:
        self._events = yaml.parse(text, Loader=_LOADER)
        self._lines = text.split("\n")
        self._log = log
        self._first_line = first_line
        self._nodes = 0

    def document(self) -> Table:
        next(self._events)  # the start of the stream
        start = next(self._events)
        if not isinstance(start, yaml.DocumentStartEvent):
            raise self._log.fatal(
                self._first_line, "the front matter is empty", "begin it with 'id: ML0042'"
            )
        if start.version or start.tags:
            raise self._refused(start, "a YAML directive", "delete the line that begins with '%'")
        root = self._node(next(self._events), 1)
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused(after, "a second YAML document", "keep one question a file")
        if not isinstance(root, Table):
            raise self._log.fatal(
                root.line, "the front matter is not a mapping", "write lines like 'id: ML0042'"
            )
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._refuse_extras(event)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._refused(event, f"more than {MAX_NODES:,} values", "split the question")
        if depth > MAX_DEPTH:
            raise self._refused(
                event, f"nesting deeper than {MAX_DEPTH} levels", "take the inner brackets away"
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(event, depth)
        return self._table(event, depth)

    def _text(self, event: yaml.ScalarEvent) -> Text:
        plain = not event.style
        if plain and " " in event.value and self._comment_follows(event):
            self._log.add(
                self._line(event),
                "the text is cut off at ' #', which begins a comment",
                "put the text in double quotes, or the comment on a line of its own",
            )
        return Text(value=event.value, line=self._line(event), plain=plain)

    def _comment_follows(self, event: yaml.Event) -> bool:
        end = cast("yaml.Mark", event.end_mark)
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        return rest[:1].isspace() and rest.lstrip().startswith("#")

    def _items(self, event: yaml.Event, depth: int) -> Items:
        values: list[Node] = []
        while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
            values.append(self._node(inner, depth + 1))
        return Items(values=tuple(values), line=self._line(event))

    def _table(self, event: yaml.Event, depth: int) -> Table:
        values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(inner := next(self._events), yaml.MappingEndEvent):
            key = self._key(inner, depth)
            value = self._node(next(self._events), depth + 1)
            if key.value in values:
                self._log.add(
                    key.line,
                    f"the key {quoted(key.value)} is there twice, first in line {lines[key.value]}",
                    "keep one of the two",
                )
                continue
            values[key.value] = value
            lines[key.value] = key.line
        return Table(values=values, key_lines=lines, line=self._line(event))

    def _key(self, event: yaml.Event, depth: int) -> Text:
        key = self._node(event, depth + 1)
        if not isinstance(key, Text):
            raise self._refused(event, "a key that is not a word", "write 'key: value'")
        if key.value == "<<":
            raise self._refused(event, "a merge key ('<<')", "write the merged keys out")
        return key

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            extra, sign = "an alias ('*name')", "*"
        elif getattr(event, "anchor", None) is not None:
            extra, sign = "an anchor ('&name')", "&"
        elif getattr(event, "tag", None) is not None:
            extra, sign = "a tag ('!name')", "!"
        else:
            return
        raise self._refused(event, extra, f"delete it, or quote the text if '{sign}' is meant")

    def _refused(self, event: yaml.Event, what: str, remedy: str) -> CorpusInvalid:
        return self._log.fatal(self._line(event), f"{what} is not allowed", remedy)

    def _line(self, event: yaml.Event) -> int:
        return self._first_line + cast("yaml.Mark", event.start_mark).line


def _translated(error: yaml.YAMLError, text: str, log: FaultLog, first_line: int) -> CorpusInvalid:
    """Return ``error`` with the line it is about and what to write instead."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    mark = getattr(error, "problem_mark", None)
    if "flow" in context or ("quoted scalar" in context and "escape" not in problem):
        mark = getattr(error, "context_mark", None) or mark  # where it was opened
    line = mark.line if mark else 0
    rows = text.split("\n")
    row = rows[line] if line < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        remedy = "indent with spaces, never with tabs"
    else:
        said = f"{problem} {context}"
        remedy = next((cure for sign, cure in _REMEDIES.items() if sign in said), _QUOTE)
    return log.fatal(first_line + line, f"not valid YAML: {one_line(problem)}", remedy)
