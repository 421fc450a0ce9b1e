"""Figures by name, and thresholds on them."""

from __future__ import annotations

import dataclasses

import pytest

from interviewbot.domain.errors import BadInput
from interviewbot.services.evaluation import metrics
from interviewbot.services.evaluation.agreement import Agreement
from interviewbot.services.evaluation.metrics import check_names, metrics_of, shortfalls
from interviewbot.services.evaluation.point_figures import PointFigures

SUMMARY = {
    "judge": "local",
    "sets": {"dev": {"pearson": 0.5, "mae": 0.2, "auc": None, "ci95": {"pearson": [0.4, 0.6]}}},
    "attacks": {"resisted": 0.85, "full": False, "families": {"echo": {"n": 3}}},
}


def test_figures_go_by_their_sets_or_parts() -> None:
    """Numbers only: no texts, no intervals, no flags."""
    assert metrics_of(SUMMARY) == {
        "dev.pearson": 0.5,
        "dev.mae": 0.2,
        "dev.auc": None,
        "attacks.resisted": 0.85,
        "attacks.families.echo.n": 3.0,
    }


def test_what_reaches_its_threshold_is_no_shortfall() -> None:
    """The threshold itself is enough."""
    assert shortfalls({"dev.pearson": 0.5, "attacks.resisted": 0.8}, SUMMARY) == ()
    (low,) = shortfalls({"dev.pearson": 0.51}, SUMMARY)
    assert str(low) == "dev.pearson is 0.500, below 0.51"


def test_a_figure_that_does_not_exist_reaches_nothing() -> None:
    """A set without labels cannot pass for a good one."""
    (low,) = shortfalls({"dev.auc": 0.0}, SUMMARY)
    assert str(low) == "dev.auc does not exist in this run"


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    """A slip of the pen is not a threshold that always holds."""
    with pytest.raises(BadInput) as refused:
        shortfalls({"dev.person": 0.5}, SUMMARY)
    assert "dev.pearson" in refused.value.hint


@pytest.mark.parametrize("metric", ["dev.mae", "dev.points.ece", "attacks.families.echo.all.n"])
def test_what_is_better_when_smaller_has_no_least_value(metric: str) -> None:
    """To hold an error to a least value would be to ask for errors."""
    with pytest.raises(BadInput, match="better when smaller"):
        shortfalls({metric: 0.5}, SUMMARY)


@pytest.mark.parametrize(
    ("names", "figures"), [(metrics._FIGURES, Agreement), (metrics._OF_POINTS, PointFigures)]
)
def test_the_names_of_figures_are_those_there_are(names: frozenset[str], figures: type) -> None:
    """A figure that is added can be held; one that is taken away is refused."""
    there = dataclasses.fields(figures)
    assert names == {one.name for one in there if one.type in {"int", "float | None"}}


def test_names_are_checked_before_there_are_figures() -> None:
    """As far as the parts and the sets tell; a set's name may hold dots."""
    parts, sets = ["agreement", "invariance"], ["dev", "v1.2"]
    good = (
        "v1.2.qwk",
        "dev.points.macro_f1",
        "dev.ceiling.mean.qwk",
        "invariance.steady",
        "invariance.kinds.labelled.steady",
    )
    check_names(good, parts, sets)
    for bad, hint in (
        ("v1.3.qwk", "here dev, v1.2"),
        ("dev.points.macro", "dev.points.macro_f1"),
        ("attacks.resisted", "eval attacks"),
        ("invariance.stead", "invariance.steady"),
        ("invariance", "begins with"),
        ("agreement.pearson", "here dev, v1.2"),
    ):
        with pytest.raises(BadInput) as refused:
            check_names([bad], parts, sets)
        assert hint in refused.value.hint
