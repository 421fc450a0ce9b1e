"""Everything that goes to standard output: text for people, JSON for programs.

Owns the words and the layout. Refuses to talk: progress and errors are diagnostics.
Foreign text is sanitised here, whatever happened to it before.
"""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import click

from interviewbot.domain.text import UNSAFE, sanitise

SCHEMA_VERSION = 1

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | dict[str, Json] | None"


def text(block: str) -> None:
    """Print ``block`` as it is."""
    click.echo(block)


def json_line(value: Json) -> str:
    """Return ``value`` as one line of JSON that is safe to show in a terminal."""
    return _safe(json.dumps(value, ensure_ascii=not can_draw(), allow_nan=False))


def json_document(value: dict[str, Json]) -> None:
    """Print ``value`` as an indented JSON document, with the schema's version."""
    document = {"schema_version": SCHEMA_VERSION, **value}
    click.echo(_safe(json.dumps(document, ensure_ascii=not can_draw(), allow_nan=False, indent=2)))


def _safe(document: str) -> str:
    """Return ``document`` with every character that a terminal should not see as an escape."""
    return UNSAFE.sub(
        lambda match: json.dumps(match.group())[1:-1],
        document.encode("utf-8", "replace").decode(),
    )


def width() -> int:
    """Return the columns to use: the terminal's, at most 100."""
    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def can_draw() -> bool:
    """Return whether standard output can show more than ASCII."""
    return (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "").startswith("utf")


def wrapped(content: str, indent: str = "", *, first: str | None = None) -> Iterator[str]:
    """Yield ``content``, sanitised, wrapped to the width behind ``indent``."""
    yield from textwrap.wrap(
        " ".join(sanitise(content).split()),
        width=width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    ) or [indent.rstrip()]


def paragraphs(content: str) -> Iterator[str]:
    """Yield the paragraphs of ``content``, each wrapped and followed by an empty line."""
    for paragraph in content.split("\n\n"):
        yield from wrapped(paragraph)
        yield ""


def table(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    """Print ``rows`` under ``heads``, columns as wide as their longest cell."""
    cells = [[sanitise(cell).replace("\n", " ") for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    for number, row in enumerate(cells):
        line = "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()
        click.echo(click.style(line, bold=True) if number == 0 else line)
