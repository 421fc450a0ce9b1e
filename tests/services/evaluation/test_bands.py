"""Five equal bands of score and the error in each."""

from __future__ import annotations

import pytest

from interviewbot.services.evaluation.bands import band_number, by_band


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, 0), (0.19, 0), (0.2, 1), (0.4, 2), (3 * 0.2, 3), (0.8, 4), (1, 4), (0.7 - 0.1, 3)],
)
def test_a_bound_belongs_to_the_band_above(score: float, band: int) -> None:
    """Also where rounding puts it a hair below; 1 is in the last band."""
    assert band_number(score) == band


def test_errors_by_hand() -> None:
    """By human score; above 0 the machine is too kind."""
    bands = by_band([0.1, 0.0, 1.0, 0.9], [0.4, 0.2, 0.7, 1.0])
    low, high = bands[0], bands[4]
    assert (low.n, high.n) == (2, 2)
    assert (low.mean_human, low.mean_machine) == pytest.approx((0.05, 0.3))
    assert (low.mae, low.bias) == pytest.approx((0.25, 0.25))
    assert (high.mae, high.bias) == pytest.approx((0.2, -0.1))
    assert (high.low, high.high) == pytest.approx((0.8, 1.0))


def test_an_empty_band_has_no_figures() -> None:
    """It is listed all the same."""
    bands = by_band([], [])
    assert [one.n for one in bands] == [0] * 5
    assert {one.mae for one in bands} | {one.bias for one in bands} == {None}
