"""Figures by name, and thresholds on them."""

from __future__ import annotations

import pytest

from interviewbot.domain.errors import BadInput
from interviewbot.services.evaluation.metrics import metrics_of, shortfalls

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
