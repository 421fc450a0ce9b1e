"""Everything that goes to standard output: text for people, JSON for programs.

Owns the words and the layout. Refuses to talk: progress and errors are diagnostics.
Foreign text is sanitised here, whatever happened to it before.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import click

from interviewbot.domain.errors import StorageFailed
from interviewbot.domain.text import UNSAFE, sanitise, unmarked

SCHEMA_VERSION = 1

_ITEM = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])\s+(?=\S)")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*?)\s*#*")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_NARROWEST = 8  # columns of what is shortened

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def text(block: str) -> None:
    """Print ``block`` as it is.

    Raises:
        StorageFailed: if standard output is closed, as for all that prints here.
    """
    if sys.stdout is None:
        raise StorageFailed(
            "standard output is closed, so nothing can be shown", "leave it open, or use a file"
        )
    click.echo(block)


def raw(content: bytes) -> None:
    """Print ``content`` byte by byte: a file that was asked for, not something to read."""
    if sys.stdout is None:
        raise StorageFailed("standard output is closed", "leave it open, or name a file")
    click.echo(content, nl=False)


def json_line(value: Json) -> str:
    """Return ``value`` as one line of JSON that is safe to show in a terminal."""
    return _safe(json.dumps(value, ensure_ascii=not can_draw(), allow_nan=False))


def json_document(value: dict[str, Json]) -> None:
    """Print ``value`` as an indented JSON document, with the schema's version."""
    document = {"schema_version": SCHEMA_VERSION, **value}
    text(_safe(json.dumps(document, ensure_ascii=not can_draw(), allow_nan=False, indent=2)))


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


def fits() -> bool:
    """Return whether lines should fit a width: a terminal's, or that in ``COLUMNS``."""
    return bool(os.environ.get("COLUMNS")) or (sys.stdout is not None and sys.stdout.isatty())


def paragraphs(content: str) -> Iterator[str]:
    """Yield Markdown ``content``, wrapped, with an empty line after each paragraph.

    Items of a list and headings begin a line; marks for bold and for code are dropped.
    """
    for block in re.split(r"\n[ \t]*\n", sanitise(content).strip("\n")):
        if _FENCE.match(block):
            yield from (line for line in block.split("\n") if not _FENCE.match(line))
        else:
            for piece in _pieces(unmarked(block)):
                mark = _ITEM.match(piece)
                indent = mark.group().expandtabs(4) if mark else ""
                inner = piece[mark.end() :] if mark else piece
                yield from wrapped(inner, " " * len(indent), first=indent)
        yield ""


def _pieces(block: str) -> Iterator[str]:
    """Yield the items and headings of ``block``, and what stands between them."""
    piece: list[str] = []
    for line in block.split("\n"):
        heading = _HEADING.fullmatch(line)
        if piece and (heading or _ITEM.match(line)):
            yield "\n".join(piece)
            piece = []
        if heading:
            yield heading.group(1)
        else:
            piece.append(line)
    if piece:
        yield "\n".join(piece)


def table(
    rows: Sequence[Sequence[str]], heads: Sequence[str], *, shorten: int | None = None
) -> None:
    """Print ``rows`` under ``heads``, columns as wide as their longest cell.

    Where lines should fit a width, the cells of the column ``shorten`` are cut to it.
    """
    cells = [[sanitise(cell).replace("\n", " ") for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    if shorten is not None and fits():
        others = sum(widths) - widths[shorten] + 2 * (len(widths) - 1)
        room = max(_NARROWEST, shutil.get_terminal_size().columns - others)
        widths[shorten] = min(widths[shorten], room)
        for row in cells:
            row[shorten] = shortened(row[shorten], room)
    for number, row in enumerate(cells):
        line = "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()
        text(click.style(line, bold=True) if number == 0 else line)


def shortened(content: str, most: int) -> str:
    """Return ``content``, cut to ``most`` characters with a mark that it is."""
    if len(content) <= most:
        return content
    mark = "…" if can_draw() else "..."
    return content[: most - len(mark)].rstrip() + mark
