"""Calibration error, reliability bins and the risk-coverage curve."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.services.evaluation.reliability import (
    expected_calibration_error,
    reliability_bins,
    risk_coverage,
)

Pairs = list[tuple[float, bool]]


def ece(sure: list[float], right: list[bool], bins: int = 10) -> float | None:
    """Return the calibration error."""
    return expected_calibration_error(reliability_bins(sure, right, bins))


def test_calibration_error_by_hand() -> None:
    """The gap in each of ten bins, weighted by what is in it."""
    sure = [0.95, 0.91, 0.93, 0.55, 0.52]
    right = [True, True, False, True, False]
    high = abs((0.95 + 0.91 + 0.93) / 3 - 2 / 3)
    low = abs((0.55 + 0.52) / 2 - 1 / 2)
    assert ece(sure, right) == pytest.approx((3 * high + 2 * low) / 5)


def test_calibration_error_at_the_edges() -> None:
    """Confidence 1 belongs to the last bin; without a verdict there is no error."""
    assert ece([1.0, 0.9], [True, False]) == pytest.approx(0.45)
    assert ece([0.0], [False]) == 0
    assert ece([0.0], [True]) == 1
    assert ece([], []) is None


@given(
    pairs=st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50),
    bins=st.integers(1, 20),
)
@settings(deadline=None, max_examples=60)
def test_calibration_error_lies_between_the_whole_gap_and_one(pairs: Pairs, bins: int) -> None:
    """Bins can only reveal more of a gap, never less than over all."""
    sure, right = [one for one, _ in pairs], [one for _, one in pairs]
    found = ece(sure, right, bins)
    assert found is not None
    gap = abs(sum(sure) - sum(right)) / len(pairs)
    assert gap - 1e-9 <= found <= 1 + 1e-9


def test_bins_are_those_of_scikit_learn() -> None:
    """Mean confidence and accuracy of every bin that holds something."""
    from sklearn.calibration import calibration_curve

    dice = np.random.default_rng(2)
    sure = dice.random(200) * 0.7
    right = dice.random(200) < sure
    accuracy, confidence = calibration_curve(right, sure, n_bins=10)
    bins = reliability_bins(sure.tolist(), right.tolist())
    assert len(bins) == 10
    assert sum(one.n for one in bins) == 200
    full = [one for one in bins if one.n]
    assert [one.accuracy for one in full] == pytest.approx(accuracy.tolist())
    assert [one.mean_confidence for one in full] == pytest.approx(confidence.tolist())
    assert (bins[9].mean_confidence, bins[9].accuracy) == (None, None)
    assert (bins[3].low, bins[3].high) == pytest.approx((0.3, 0.4))


def test_risk_by_hand() -> None:
    """The surest first: right, wrong, right, wrong."""
    curve = risk_coverage([0.3, 0.9, 0.8, 0.4], [False, True, False, True])
    assert [step.kept for step in curve.steps] == [0.25, 0.5, 0.75, 1.0]
    assert [step.error_rate for step in curve.steps] == pytest.approx([0, 1 / 2, 1 / 3, 2 / 4])
    assert [step.confidence for step in curve.steps] == [0.9, 0.8, 0.4, 0.3]
    assert curve.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_equally_sure_verdicts_have_a_flat_curve() -> None:
    """Whatever their order, as nobody could have told them apart."""
    for right in ([True, True, True, False], [False, True, True, True]):
        curve = risk_coverage([0.7] * 4, right)
        assert [step.error_rate for step in curve.steps] == pytest.approx([0.25] * 4)
        assert curve.area == pytest.approx(0.25)


@given(pairs=st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=300))
@settings(deadline=None, max_examples=60)
def test_the_curve_ends_at_the_whole(pairs: Pairs) -> None:
    """At most 21 steps, more and more kept, at last all with the error of all."""
    right = [hit for _, hit in pairs]
    curve = risk_coverage([sure for sure, _ in pairs], right)
    kept = [step.kept for step in curve.steps]
    assert kept == sorted(set(kept))
    assert len(kept) <= 21
    assert kept[-1] == 1
    assert curve.steps[-1].error_rate == pytest.approx(right.count(False) / len(right))
    assert curve.area is not None
    assert 0 <= curve.area <= 1


def test_nothing_has_no_curve() -> None:
    """No step and no area."""
    curve = risk_coverage([], [])
    assert (curve.steps, curve.area) == ((), None)
