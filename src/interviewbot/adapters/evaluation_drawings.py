"""The charts of one set in the evaluation report.

Owns which figures are drawn, and the words at the axes. Refuses to compute and to lay out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from interviewbot.adapters import charts
from interviewbot.adapters.evaluation_words import between
from interviewbot.domain.text import one_line

if TYPE_CHECKING:
    from markupsafe import Markup

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'  # inside a page it says nothing


def of_set(
    key: str, figures: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]
) -> dict[str, Markup]:
    """Return the drawings of a set by name, those without a figure left out.

    ``key``, a plain word, begins the ids of all of them.
    """
    points = figures.get("points") or {}
    drawn = {
        "scatter": _scatter(f"{key}-scatter", answers),
        "reliability": _reliability(f"{key}-reliability", points.get("reliability") or ()),
        "risk": _risk(f"{key}-risk", points.get("risk_coverage") or ()),
        "bias": _bias(f"{key}-bias", figures.get("bands") or ()),
    }
    return {name: _trusted(svg) for name, svg in drawn.items() if svg}


def _trusted(svg: str) -> Markup:
    """Return ``svg`` as it is: pygal has escaped every label in it."""
    from markupsafe import Markup

    return Markup(svg.replace(_NAMESPACE, "", 1))  # noqa: S704 - our own drawing


def _scatter(key: str, answers: Sequence[Mapping[str, Any]]) -> str:
    dots = [
        (round(one["human"], 3), round(one["score"], 3), _label(one.get("id")))
        for one in answers
        if one.get("human") is not None and one.get("score") is not None
    ]
    if not dots:
        return ""
    name = "Score of people and bot"
    return charts.scatter(dots, x="people", y="bot", name=name, key=key)


def _label(text: Any) -> str:
    return one_line(str(text)).encode("utf-8", "replace").decode()


def _reliability(key: str, bins: Sequence[Mapping[str, Any]]) -> str:
    dots = [
        (one["mean_confidence"], one["accuracy"], one["n"])
        for one in bins
        if one.get("mean_confidence") is not None and one.get("accuracy") is not None
    ]
    if not dots:
        return ""
    name = "Confidence and how often it is right"
    return charts.reliability(dots, x="confidence", y="share right", name=name, key=key)


def _risk(key: str, steps: Sequence[Mapping[str, Any]]) -> str:
    places = [
        (one["kept"], one["error_rate"])
        for one in steps
        if one.get("kept") is not None and one.get("error_rate") is not None
    ]
    if not places:
        return ""
    name = "Error rate of the verdicts kept"
    return charts.curve(places, x="share kept, surest first", y="share wrong", name=name, key=key)


def _bias(key: str, bands: Sequence[Mapping[str, Any]]) -> str:
    values = [((between(one) or "").replace(" to ", "–"), one.get("bias")) for one in bands]
    if all(bias is None for _, bias in values):
        return ""
    name = "Bot minus people, by people's score"
    return charts.bars(values, x="people's score", y="bias", name=name, key=key)
