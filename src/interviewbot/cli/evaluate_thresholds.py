"""``--fail-under METRIC=N``, checked while the command line is read.

Owns the form of a threshold. Refuses to load what measures: ``eval --help`` reads this too.
"""

from __future__ import annotations

import math

import click

from interviewbot.domain.errors import BadInput
from interviewbot.services.evaluation.metrics import check_metric


def thresholds(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, float]:
    """Return the least values by the names of their figures, out of ``METRIC=N``.

    Raises:
        BadParameter: where one is not of that form, or its figure is better when smaller.
    """
    found: dict[str, float] = {}
    for value in values:
        metric, _, number = value.rpartition("=")
        least = _number(number)
        if not metric or least is None:
            message = f"“{value}” is not METRIC=N, as in test_new.pearson=0.5"
            raise click.BadParameter(message, ctx, param)
        try:
            check_metric(metric)
        except BadInput as error:
            raise click.BadParameter(f"{error.message}; {error.hint}", ctx, param) from error
        found[metric] = least
    return found


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
