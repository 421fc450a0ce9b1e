"""Numbers that options take, refused in words that people use.

Owns the types of options that are numbers. Refuses to know any option.
"""

from __future__ import annotations

import math
from typing import Any

import click


class Number(click.FloatRange):
    """A number within bounds; NaN, which is within none, is no number."""

    name = "number"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click passes texts and defaults
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """Return ``value`` as a number.

        Raises:
            BadParameter: if it is none, or out of bounds.
        """
        try:
            number = float(super().convert(value, param, ctx))
        except click.BadParameter:
            number = math.nan
        if math.isnan(number):
            self.fail(_refused(value, "number", self), param, ctx)
        return number


class WholeNumber(click.IntRange):
    """A whole number within bounds."""

    name = "whole number"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - likewise
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Return ``value`` as a whole number.

        Raises:
            BadParameter: if it is none, or out of bounds.
        """
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(_refused(value, "whole number", self), param, ctx)


def _refused(value: object, kind: str, bounds: click.FloatRange | click.IntRange) -> str:
    if bounds.max is not None:
        within = f" from {bounds.min:g} to {bounds.max:g}"
    elif bounds.min_open:
        within = f" above {bounds.min:g}"
    else:
        within = f" from {bounds.min:g} on"
    return f"“{value}” is no {kind}{within}."
