"""The figures of a run by name, so that a threshold can be put to one.

Owns the names and which figures are better when greater. Refuses to compute a figure.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from interviewbot.domain.errors import BadInput

_LOWER_IS_BETTER = frozenset(
    "n compared ungraded rmse mae ece brier aurc failed rubric judge trials"
    " absolute_error_with_length signed_error_with_length"
    " success_rate succeeded mean_gain greatest_gain mean_attacked_score left_out tried"
    " mean_change greatest_change mean_shift mean_spread greatest_spread flip_rate flipped"
    " n_points questions of_questions templates seed".split()
)
_SETS = "sets"
_NO_FIGURES = frozenset({"configuration", "spent", "judge"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A figure below its threshold; ``value`` is None where the run does not have it."""

    metric: str
    value: float | None
    threshold: float

    def __str__(self) -> str:
        """Say it in a line."""
        if self.value is None:
            return f"{self.metric} does not exist in this run"
        return f"{self.metric} is {self.value:.3f}, below {self.threshold:g}"


def metrics_of(summary: Mapping[str, object]) -> dict[str, float | None]:
    """Return every figure of a run's summary by its dotted name.

    The figures of a gold set go by the set's name (``dev.pearson``), those of the other parts
    by the part's (``attacks.resisted``).
    """
    return dict(_walk("", {name: summary[name] for name in summary if name not in _NO_FIGURES}))


def _walk(prefix: str, value: object) -> Iterator[tuple[str, float | None]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            name = str(key)
            yield from _walk(f"{prefix}.{name}" if prefix else name, inner)
    elif value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        yield prefix.removeprefix(f"{_SETS}."), None if value is None else float(value)


def shortfalls(
    thresholds: Mapping[str, float], summary: Mapping[str, object]
) -> tuple[Shortfall, ...]:
    """Return which of ``thresholds`` the figures of ``summary`` do not reach.

    A figure that exists in no such run, or that is better when smaller, cannot be held to a
    least value.

    Raises:
        BadInput: if a metric's name is none, or its figure is better when smaller.
    """
    figures = metrics_of(summary)
    found: list[Shortfall] = []
    for metric, threshold in thresholds.items():
        check_metric(metric)
        if metric not in figures:
            near = difflib.get_close_matches(metric, figures, n=3, cutoff=0.4)
            hint = f"near are {', '.join(near)}" if near else "see the names in --json"
            raise BadInput(f"this run has no metric “{metric}”", hint)
        value = figures[metric]
        if value is None or value < threshold:
            found.append(Shortfall(metric=metric, value=value, threshold=threshold))
    return tuple(found)


def check_metric(metric: str) -> None:
    """Raise BadInput where the figure called ``metric`` is better when smaller."""
    if metric.rpartition(".")[2] in _LOWER_IS_BETTER:
        raise BadInput(
            f"{metric} is better when smaller, so it cannot be held to a least value",
            "hold its opposite: attacks.resisted, SET.qwk, SET.points.macro_f1",
        )
