"""A benchmark's results as a table, in the terminal and in Markdown.

Owns what a row says and how the machine is put in words. Refuses to measure, and to import
anything but the standard library: what measures memory must stay small.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("onnxruntime", "tokenizers", "numpy", "chromadb")
NOT_MEASURED = "not measured: needs the extra torch"
_OPENING = (
    "Written by `make bench`. Every figure with a target is a ratio of two things measured in"
    " the same run, by turns, so that it says something about other machines too; the times in"
    " brackets are this machine's."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure: ``held`` is None where there is no target, or nothing was measured."""

    what: str
    measured: str
    target: str = ""
    held: bool | None = None

    @property
    def verdict(self) -> str:
        """The word in the last column."""
        return "" if self.held is None else "held" if self.held else "missed"

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """What the table's columns show."""
        return self.what, self.measured, self.target, self.verdict


def at_most(what: str, ratio: float, limit: float, detail: str = "") -> Row:
    """Return the row of a ``ratio`` that is to stay at or below ``limit``."""
    return _ratio(what, ratio, f"at most {limit:g} times", detail, held=ratio <= limit)


def at_least(what: str, ratio: float, limit: float, detail: str = "") -> Row:
    """Return the row of a ``ratio`` that is to reach ``limit``."""
    return _ratio(what, ratio, f"at least {limit:g} times", detail, held=ratio >= limit)


def _ratio(what: str, ratio: float, target: str, detail: str, *, held: bool) -> Row:
    measured = f"{ratio:.2f} times" + (f" ({detail})" if detail else "")
    return Row(what=what, measured=measured, target=target, held=held)


def table(rows: Sequence[Row]) -> str:
    """Return ``rows`` laid out for a terminal."""
    cells = [("what", "measured", "target", ""), *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def markdown(sections: Iterable[tuple[str, str, Sequence[Row]]], machine: str) -> str:
    """Return the page: ``sections`` are (title, how it was measured, rows)."""
    lines = [
        "# Benchmarks",
        "",
        _OPENING,
        "",
        machine,
    ]
    return "\n".join(lines) + "\n" + "".join(_section(*section) for section in sections)


def merged(page: str, sections: Iterable[tuple[str, str, Sequence[Row]]]) -> str:
    """Return ``page`` with ``sections`` in place of those of their titles, or at its end."""
    opening, *old = re.split(r"(?m)^(?=## )", page)
    kept = {part.splitlines()[0].removeprefix("## "): part.rstrip("\n") + "\n" for part in old}
    kept |= {title: _section(title, how, rows).lstrip("\n") for title, how, rows in sections}
    return "\n".join([opening.rstrip("\n") + "\n", *kept.values()])


def _section(title: str, how: str, rows: Sequence[Row]) -> str:
    lines = ["", f"## {title}", "", how, "", "| what | measured | target | |", "|---|---|---|---|"]
    lines += ["| " + " | ".join(row.cells) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def machine_in_words(torch_versions: dict[str, str]) -> str:
    """Return one paragraph: cores, instruction sets that matter, Python, libraries."""
    libraries = {name: version(name) for name in LIBRARIES} | torch_versions
    named = ", ".join(f"{name} {found}" for name, found in libraries.items())
    return (
        f"The machine: {os.cpu_count()} cores ({platform.machine()}, {_int8_unit()}),"
        f" {platform.system()}, Python {platform.python_version()}; {named}."
    )


def _int8_unit() -> str:
    """Say whether the processor multiplies eight-bit integers in one step, if known."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    except OSError:
        return "instruction sets unknown"
    return "with VNNI" if {"avx512_vnni", "avx_vnni"} & set(flags) else "without VNNI"
