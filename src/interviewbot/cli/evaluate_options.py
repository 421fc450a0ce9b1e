"""The options of ``interviewbot eval`` and its commands.

Owns their names and what ``--help`` says of them. Refuses to measure: help must come at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from interviewbot.cli import judging, options
from interviewbot.cli.evaluate_thresholds import thresholds

_Command = Callable[..., None]

GOLD = (
    click.option(
        "--gold",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Human-graded answers, JSONL or CSV, instead of the shipped ones (repeatable).",
    ),
    click.option("--split", metavar="NAME", help="Only the rows of this split."),
    click.option(
        "--predictions",
        type=click.Path(path_type=Path),
        metavar="OUT",
        help="Write every grade of the --gold answers as a JSON line.",
    ),
    click.option(
        "--baseline",
        metavar="RUN",
        help="Compare with an earlier run or a committed one; exit 1 if this one is worse.",
    ),
)
EVERY = (
    judging.measuring_options,
    click.option(
        "--report",
        type=click.Path(path_type=Path),
        metavar="OUT.html",
        help="Write everything as one HTML page.",
    ),
    click.option("--resume", is_flag=True, help="Go on with the last run of the same kind."),
    options.JSON,
    options.wired_later,
)


AGREEMENT_FIGURES = "test_new.pearson=0.5 or mine.points.macro_f1=0.4"
ATTACK_FIGURES = "attacks.resisted=0.8"
INVARIANCE_FIGURES = "invariance.steady=0.7"


def full(help_text: str) -> Callable[[_Command], _Command]:
    """Return the option --full; how much that is, ``help_text`` says."""
    return click.option("--full", is_flag=True, help=help_text)


def fail_under(figures: str) -> Callable[[_Command], _Command]:
    """Return the option --fail-under; ``figures`` are examples; empty where there are none."""
    return click.option(
        "--fail-under",
        multiple=True,
        metavar="METRIC=N",
        callback=thresholds,
        help=f"Exit 1 if a figure is below N, as in {figures} (repeatable)."
        if figures
        else "No figure of rubrics can be held so: a check that fails is exit 1 already.",
    )


def given(*decorators: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Return what gives a command all these options, in this order."""

    def decorated(command: _Command) -> _Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorated
