"""How the figures of a run are written.

Owns digits, what stands for a figure that does not exist, and the words that several views
share. Refuses to choose what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from interviewbot.cli import output
from interviewbot.domain.text import counted, one_line, sanitise

Document = Mapping[str, Any]

BASELINES = {
    "length": "length alone",
    "keywords": "keywords",
    "cosine": "cosine",
    "surface": "surface (fitted)",
}
KINDS = {"wordings": "the rubric's wordings", "labelled": "labelled answers"}

_NEVER = "-"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, shorten: int = 0) -> None:
    """Print ``rows`` under ``heads``; the column ``shorten`` is cut to fit a terminal."""
    output.table(rows, heads, shorten=shorten)


def grouped_table(
    heads: Sequence[str], groups: Sequence[tuple[str, Sequence[Sequence[str]]]]
) -> None:
    """Print the rows of every group, indented, below a line of its own that names it.

    The name takes no column, so that it is never cut; lines wrap where they should fit.
    """
    indented = [
        (name, [(f"  {row[0]}", *map(sanitise, row[1:])) for row in rows]) for name, rows in groups
    ]
    cells = [tuple(heads), *(row for _, rows in indented for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]

    def line(row: Sequence[str]) -> str:
        sized = zip(row, widths, strict=True)
        return "  ".join(cell.ljust(size) for cell, size in sized).rstrip()

    output.text(click.style(line(heads), bold=True))
    for name, rows in indented:
        for piece in output.wrapped(name) if output.fits() else [one_line(name)]:
            output.text(piece)
        for row in rows:
            output.text(line(row))


def more(head: str) -> str:
    """Return ``head``, marked: a greater figure is the better one."""
    return head + ("↑" if output.can_draw() else "+")


def less(head: str) -> str:
    """Return ``head``, marked: a smaller figure is the better one."""
    return head + ("↓" if output.can_draw() else "-")


def legend() -> str:
    """Say what the marks mean, and where the figures are explained."""
    marks = f"{more('')} more is better, {less('')} less"
    return f"{marks}; what these mean: docs/accuracy.md, or --report"


def figure(value: float | None) -> str:
    """Return a figure on 0..1 to three digits."""
    return _NEVER if value is None else f"{value:.3f}"


def points(value: float | None) -> str:
    """Return points of score to one digit."""
    return _NEVER if value is None else f"{value:.1f}"


def percent(value: float | None) -> str:
    """Return a share in per cent."""
    return _NEVER if value is None else f"{value:.0%}"


def interval(value: Sequence[float] | None) -> str:
    """Return an interval to two digits."""
    return _NEVER if value is None else f"{value[0]:.2f} to {value[1]:.2f}"


def shares(value: Sequence[float] | None) -> str:
    """Return an interval of shares in per cent."""
    return _NEVER if value is None else f"{value[0]:.0%} to {value[1]:.0%}"


def set_name(name: str, found: Document) -> str:
    """Return the name of a set, marked where the grader may have been fitted on it."""
    return f"{name} (fitted on)" if found.get("developed_on") else name


def same(repetition: Document) -> str:
    """Say whether the same answers got the same grades."""
    n, differing = repetition["n"], len(repetition["differing"])
    outcome = "byte for byte the same" if repetition["identical"] else f"{differing} differ"
    answers = counted(n, "answer")
    return f"{answers} graded again with everything made anew: {outcome}"


def spent(found: Document) -> str:
    """Say what the language model cost."""
    cost = "" if found["cost"] is None else f", {found['cost']:.4f} {found['currency']}"
    replies = counted(found["cached"], "reply", "replies")
    kept = f", {replies} kept from earlier" if found["cached"] else ""
    tokens = f"{found['input_tokens']:,} tokens in, {found['output_tokens']:,} out"
    answers = counted(found["calls"], "answer")
    return f"{answers} graded by {found['model']}: {tokens}{cost}{kept}"
