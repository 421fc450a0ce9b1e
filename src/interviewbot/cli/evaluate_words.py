"""How the figures of a run are written.

Owns digits, what stands for a figure that does not exist, and the words that several views
share. Refuses to choose what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from interviewbot.cli import output

Document = Mapping[str, Any]

BASELINES = {"length": "length alone", "keywords": "keywords", "cosine": "cosine"}

_NEVER = "-"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, shorten: int = 0) -> None:
    """Print ``rows`` under ``heads``; the column ``shorten`` is cut to fit a terminal."""
    output.table(rows, heads, shorten=shorten)


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


def set_name(name: str, found: Document) -> str:
    """Return the name of a set, marked where the grader may have been fitted on it."""
    return f"{name} (fitted on)" if found.get("developed_on") else name


def same(repetition: Document) -> str:
    """Say whether the same answers got the same grades."""
    n, differing = repetition["n"], len(repetition["differing"])
    outcome = "byte for byte the same" if repetition["identical"] else f"{differing} differ"
    return f"{n} answers graded again with everything made anew: {outcome}"


def spent(found: Document) -> str:
    """Say what the language model cost."""
    cost = "" if found["cost"] is None else f", {found['cost']:.4f} {found['currency']}"
    kept = f", {found['cached']} replies kept from earlier" if found["cached"] else ""
    tokens = f"{found['input_tokens']:,} tokens in, {found['output_tokens']:,} out"
    return f"{found['calls']} answers graded by the model: {tokens}{cost}{kept}"
