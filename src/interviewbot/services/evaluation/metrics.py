"""The figures of a run by name, so that a threshold can be put to one.

Owns the names and which figures are better when greater. Refuses to compute a figure.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewbot.domain.errors import BadInput

_LOWER_IS_BETTER = frozenset(
    "n compared ungraded rmse mae ece brier aurc failed rubric judge trials"
    " absolute_error_with_length signed_error_with_length"
    " success_rate succeeded mean_gain greatest_gain mean_attacked_score left_out tried"
    " mean_change greatest_change mean_shift mean_spread greatest_spread flip_rate flipped"
    " n_points questions of_questions answers of templates seed".split()
)
_SETS = "sets"
_PARTS = ("agreement", "rubrics", "attacks", "invariance")
_RISING = {  # what a part has that can be held to a least value, or that leads to it
    "attacks": ("resisted", "families"),
    "invariance": ("steady", "mean_prose_score", "kinds"),
}
_FIGURES = frozenset(
    "pearson spearman within_question_pearson beyond_length qwk auc compared n ungraded rmse mae"
    " absolute_error_with_length signed_error_with_length".split()
)
_OF_POINTS = frozenset(
    "n covered_auc covered_auc_without_contradicted covered_against_contradicted_auc covered_f1"
    " macro_f1 contradicted_recall ece brier aurc".split()
)
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
            _instead(metric),
        )


def _instead(metric: str) -> str:
    """Return what can be held to a least value in the place of ``metric``."""
    part = metric.partition(".")[0]
    if part == "rubrics":
        return "eval rubrics exits 1 by itself where a check fails"
    if part in _RISING:
        return f"hold {part}.{_RISING[part][0]} instead"
    name, _, figure = metric.rpartition(".")
    of_points = figure in _OF_POINTS and name.endswith(".points")
    return f"hold {name}.macro_f1 instead" if of_points else f"hold {name}.qwk instead"


def check_names(metrics: Iterable[str], parts: Sequence[str], sets: Sequence[str]) -> None:
    """Check what can be known of ``metrics`` before anything is graded.

    Raises:
        BadInput: if one is of a part that is not among ``parts`` or of a set that is not among
            ``sets``, or no figure of a set goes by its name.
    """
    for metric in metrics:
        name = next((name for name in sets if metric.startswith(f"{name}.")), None)
        head = metric.partition(".")[0]
        if name is not None:
            _check_figure(metric, metric.removeprefix(f"{name}."), name)
        elif head not in parts or head in {metric, _PARTS[0]}:  # a set's figures go by its name
            raise BadInput(f"this run has no metric “{metric}”", _measured(head, parts, sets))
        elif head not in _RISING or metric.split(".")[1] not in _RISING[head]:
            raise BadInput(f"this run has no metric “{metric}”", _instead(metric))


def _check_figure(metric: str, figure: str, name: str) -> None:
    known = _FIGURES | {f"points.{one}" for one in _OF_POINTS}
    if figure in known or figure.startswith(("baselines.", "ceiling.")):
        return
    near = difflib.get_close_matches(figure, known, n=3, cutoff=0.4) or sorted(known)[:3]
    hint = f"near are {', '.join(f'{name}.{one}' for one in near)}"
    raise BadInput(f"this run has no metric “{metric}”", hint)


def _measured(head: str, parts: Sequence[str], sets: Sequence[str]) -> str:
    if head in _PARTS and head not in parts:
        return f"{head} is not measured here; use eval {head}, or eval alone"
    if sets:
        return f"a figure begins with its set, here {', '.join(sets)}"
    return f"a figure begins with {', '.join(parts)}"
