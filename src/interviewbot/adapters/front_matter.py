"""Typed fields out of a parsed front matter.

Owns the checks that any field needs: is it there, is it of the right type, is it a text
that a terminal can show. Every fault is noted with its line and a remedy, and a stand-in
is returned, so that one run finds them all. Refuses to know what a question is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import zip_longest

from interviewbot.adapters.fault_log import FaultLog, quoted
from interviewbot.adapters.strict_yaml import Items, Node, Table, Text
from interviewbot.domain.text import sanitise

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text with its line."""

    text: str
    line: int


class Fields:
    """The fields of one table, checked as they are taken."""

    def __init__(self, table: Table, log: FaultLog, *, line: int, what: str) -> None:
        """Take from ``table``; ``what`` names it in faults, ``line`` is where it begins."""
        self._table = table
        self._log = log
        self._what = what
        self.line = line

    def expect(self, *, required: Mapping[str, str], optional: Mapping[str, str]) -> None:
        """Note unknown and missing keys; the values of both mappings are example lines."""
        known = [*required, *optional]
        meant: set[str] = set()
        for key in self._table.values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                meant.update(near)
                remedy = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(known)}"
                self._log.add(
                    self.line_of(key), f"unknown key {quoted(key)} in {self._what}", remedy
                )
        for key, example in required.items():
            if key not in self._table.values and key not in meant:
                self._log.add(
                    self.line, f"{self._what} has no '{key}'", f"add a line like '{example}'"
                )

    def line_of(self, key: str) -> int:
        """Return the line of ``key``, or where the table begins if it is not there."""
        return self._table.key_lines.get(key, self.line)

    def text(self, key: str) -> str:
        """Return the text under ``key``; empty where it is missing or faulty."""
        node = self._table.values.get(key)
        return "" if node is None else self._clean(node, f"'{key}'")

    def texts(self, key: str) -> tuple[Wording, ...]:
        """Return the list of texts under ``key``, without the faulty ones."""
        node = self._table.values.get(key)
        if node is None:
            return ()
        if not isinstance(node, Items):
            self._log.add(
                self.line_of(key), f"'{key}' is not a list", "write one line '- text' for each"
            )
            return ()
        found = (
            Wording(text=self._clean(item, f"an entry of '{key}'"), line=item.line)
            for item in node.values
        )
        return tuple(wording for wording in found if wording.text)

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the list of tables under ``key``, at least one, without the faulty ones."""
        node = self._table.values.get(key)
        if node is None:
            return ()
        remedy = "begin each entry with '- id: a-slug'"
        if not isinstance(node, Items):
            self._log.add(self.line_of(key), f"'{key}' is not a list", remedy)
            return ()
        if not node.values:
            self._log.add(self.line_of(key), f"there are no {key}", f"{remedy}, at least one")
        for item in node.values:
            if not isinstance(item, Table):
                self._log.add(item.line, f"an entry of '{key}' is not a mapping", remedy)
        return tuple(item for item in node.values if isinstance(item, Table))

    def number(self, key: str, *, default: float, above: float, most: float) -> float:
        """Return the number under ``key``, in ``above < number <= most``, or ``default``."""
        node = self._table.values.get(key)
        if node is None:
            return default
        plain = isinstance(node, Text) and node.plain
        value = node.value if isinstance(node, Text) else ""
        number = float(value) if plain and _NUMBER.fullmatch(value) else math.nan
        if above < number <= most:
            return number
        self._log.add(
            self.line_of(key),
            f"'{key}' is {quoted(value) if plain else 'not a bare number'}",
            f"write a number above {above:g} and up to {most:g}, without quotes",
        )
        return default

    def date(self, key: str) -> str:
        """Return the ISO date under ``key`` as text; empty where it is missing or faulty."""
        value = self.text(key)
        if not value:
            return ""
        try:
            if _DATE.fullmatch(value):
                return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        self._log.add(
            self.line_of(key), f"'{key}' is not a date: {quoted(value)}", "write it as yyyy-mm-dd"
        )
        return ""

    def _clean(self, node: Node, what: str) -> str:
        if not isinstance(node, Text):
            kind = "a list" if isinstance(node, Items) else "a mapping (was ': ' meant as text?)"
            self._log.add(
                node.line, f"{what} is {kind} instead of a text", "write one text, in double quotes"
            )
            return ""
        text = node.value.strip()
        if not text:
            self._log.add(node.line, f"{what} is empty", "write a text or delete the line")
            return ""
        if not any(map(str.isalnum, text)):
            self._log.add(node.line, f"{what} holds no word: {quoted(text)}", "write it in words")
            return ""
        if (found := unsafe_character(text)) is not None:
            self._log.add(
                node.line,
                f"{what} holds the control or invisible character {found}",
                "delete it",
            )
            return ""
        return text


def unsafe_character(text: str) -> str | None:
    """Return the first character that no terminal should be shown, as ``U+XXXX``, or None."""
    safe = sanitise(text)
    if safe != text:
        pairs = zip_longest(text, safe, fillvalue="")
        return f"U+{ord(next(given for given, kept in pairs if given != kept)):04X}"
    lone = _LONE_SURROGATE.search(text)
    return f"U+{ord(lone.group()):04X}" if lone else None
