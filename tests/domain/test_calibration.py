"""From raw similarity to credit, confidence and a range: bounds, order and hand-worked cases."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.domain.made_calibration import made_calibration

from interviewbot.domain.calibration import Calibration
from interviewbot.domain.grade import COVERED_FROM, PARTIAL_FROM, Verdict, verdict_of

SHARE = st.floats(0, 1)
MADE = made_calibration()


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    """Draw the numbers of any sensible judge: covered is reached after partial."""
    partial_at = draw(SHARE)
    return made_calibration(
        partial_at=partial_at,
        covered_at=draw(st.floats(partial_at, 1)),
        slope=draw(st.floats(1, 100)),
        intercept=draw(st.floats(-2, 1)),
        gradient=draw(st.floats(0, 5)),
        contradiction_confidence=draw(SHARE),
        spread=draw(st.floats(0.1, 5)),
        reference_deviation=draw(st.floats(0.01, 1)),
    )


@given(made=calibrations(), raws=st.tuples(SHARE, SHARE), derived=st.booleans())
@settings(deadline=None)
def test_credit_rises_with_likeness(
    made: Calibration, raws: tuple[float, float], derived: bool
) -> None:
    """It never falls, and stays within 0 and 1."""
    low, high = (made.credit(raw, derived=derived) for raw in sorted(raws))
    assert 0 <= low <= high <= 1


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (0.6, (0.5 + 1 / (1 + math.e**4)) / 2),
        (0.65, 0.5),
        (0.7, (0.5 + 1 / (1 + math.e**-4)) / 2),
    ],
)
def test_credit_of_a_written_point(raw: float, expected: float) -> None:
    """The mean of two logistic curves: halfway between their thresholds it is a half."""
    assert MADE.credit(raw, derived=False) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("raw", "expected"), [(0.0, 0.0), (0.3, 0.0), (0.5, 0.25), (0.9, 0.85), (1.0, 1.0), (1.2, 1.0)]
)
def test_credit_of_a_derived_point(raw: float, expected: float) -> None:
    """A line, cut at both ends."""
    assert MADE.credit(raw, derived=True) == pytest.approx(expected)


@given(
    made=calibrations(),
    raw=SHARE,
    verdict=st.sampled_from(Verdict),
    derived=st.booleans(),
)
@settings(deadline=None)
def test_confidence_is_a_probability(
    made: Calibration, raw: float, verdict: Verdict, derived: bool
) -> None:
    """Whatever the verdict and wherever the likeness lies."""
    assert 0 <= made.confidence(raw, verdict, derived=derived) <= 1


@given(made=calibrations(), raw=SHARE, derived=st.booleans())
@settings(deadline=None)
def test_confidences_are_shares_of_one(made: Calibration, raw: float, derived: bool) -> None:
    """Covered, partial and missing are all there is."""
    verdicts = (Verdict.COVERED, Verdict.PARTIAL, Verdict.MISSING)
    shares = [made.confidence(raw, verdict, derived=derived) for verdict in verdicts]
    assert sum(shares) == pytest.approx(1)


def test_confidence_of_a_written_point() -> None:
    """What the curves leave to the verdict."""
    assert MADE.confidence(0.9, Verdict.COVERED, derived=False) > 0.99
    assert MADE.confidence(0.7, Verdict.COVERED, derived=False) == pytest.approx(0.5)
    assert MADE.confidence(0.6, Verdict.MISSING, derived=False) == pytest.approx(0.5)
    assert MADE.confidence(0.3, Verdict.MISSING, derived=False) > 0.99
    expected = 1 / (1 + math.e**-2) - 1 / (1 + math.e**2)
    assert MADE.confidence(0.65, Verdict.PARTIAL, derived=False) == pytest.approx(expected)


@pytest.mark.parametrize("derived", [False, True])
def test_contradiction_has_a_confidence_of_its_own(derived: bool) -> None:
    """It does not come from the curve."""
    assert MADE.confidence(0.1, Verdict.CONTRADICTED, derived=derived) == 0.6


@pytest.mark.parametrize("raw", [0.0, 0.45, 0.7, 0.95, 1.0])
def test_the_verdict_that_is_given_is_the_likeliest(raw: float) -> None:
    """For a derived point in the middle of a band no other verdict is likelier."""
    made = made_calibration(reference_deviation=0.15)
    verdict = verdict_of(made.credit(raw, derived=True))
    others = (Verdict.COVERED, Verdict.PARTIAL, Verdict.MISSING)
    best = max(others, key=lambda one: made.confidence(raw, one, derived=True))
    assert best is verdict


def test_confidence_at_a_border_of_bands_is_even() -> None:
    """At a credit of two thirds a derived point is covered as likely as not."""
    for border, below in ((COVERED_FROM, Verdict.PARTIAL), (PARTIAL_FROM, Verdict.MISSING)):
        raw = (border + 0.5) / 1.5
        made = made_calibration(reference_deviation=0.01)
        above = verdict_of(border)
        assert made.confidence(raw, above, derived=True) == pytest.approx(0.5)
        assert made.confidence(raw, below, derived=True) == pytest.approx(0.5)


@st.composite
def point_credits(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Draw (credit, weight) of some points."""
    pairs = st.tuples(SHARE, st.floats(0.1, 10))
    return draw(st.lists(pairs, min_size=1, max_size=9))


@given(made=calibrations(), points=point_credits(), derived=st.booleans())
@settings(deadline=None)
def test_the_range_holds_the_score(
    made: Calibration, points: list[tuple[float, float]], derived: bool
) -> None:
    """It lies on 0..100 around the score, to one decimal."""
    credits_, weights = [credit for credit, _ in points], [weight for _, weight in points]
    mean = sum(c * w for c, w in points) / sum(weights)
    score = round(100 * mean, 1)
    low, high = made.score_range(score, credits_, weights, derived=derived)
    assert 0 <= low <= score <= high <= 100
    assert (low, high) == (round(low, 1), round(high, 1))


def test_range_of_written_points() -> None:
    """Two even chances of equal weight: variance 1/8, 80 % within 1.28 deviations times spread."""
    made = made_calibration(spread=1.0)
    expected = 1.2815515655 * 100 * math.sqrt(2 * 0.25 * 0.25)
    assert made.score_range(50, [0.5, 0.5], [1, 1], derived=False) == (
        round(50 - expected, 1),
        round(50 + expected, 1),
    )
    assert made.score_range(50, [0.5, 0.5], [3, 3], derived=False) == (
        made.score_range(50, [0.5, 0.5], [1, 1], derived=False)
    )


def test_range_of_derived_points() -> None:
    """As wide as human marks scatter, whatever the points."""
    expected = (round(50 - 1.2815515655 * 10, 1), round(50 + 1.2815515655 * 10, 1))
    made = made_calibration(reference_deviation=0.1)
    assert made.score_range(50, [0.5], [1], derived=True) == expected
    assert made.score_range(50, [0.1, 0.9], [1, 1], derived=True) == expected


def test_no_score_is_certain() -> None:
    """Even all points missing, or all covered, leave some doubt."""
    assert MADE.score_range(0, [0.0] * 5, [1] * 5, derived=False)[1] > 5
    assert MADE.score_range(100, [1.0] * 5, [1] * 5, derived=False)[0] < 95


@given(made=calibrations(), credit=st.floats(0.1, 0.9), points=st.integers(1, 9))
@settings(deadline=None)
def test_more_points_make_a_range_narrower(made: Calibration, credit: float, points: int) -> None:
    """Chances of several points even out."""

    def width(count: int) -> float:
        low, high = made.score_range(50, [credit] * count, [1] * count, derived=False)
        return high - low

    assume(width(points) < 100)
    assert width(points + 1) <= width(points)
    assert width(4 * points) < width(points)


@pytest.mark.parametrize(
    ("likeness", "lead", "expected"),
    [
        (0.95, 0.20, True),  # nearest wording 0.75: half of what it leaves open is 0.125
        (0.95, 0.051, True),  # nearest wording 0.899 leaves 0.101 open
        (0.95, 0.04, False),
        (0.90, 0.30, True),
        (0.89, 0.50, False),
        (0.99, 0.0, False),
        (0.95, -0.03, False),
        (1.00, 0.01, True),
        (1.00, 0.0, False),  # said word for word by a wording too
    ],
)
def test_misconceptions_need_likeness_and_a_lead(
    likeness: float, lead: float, expected: bool
) -> None:
    """The lead is a share of what the nearest wording leaves open."""
    assert MADE.is_misconception(likeness, lead) is expected


@given(likeness=SHARE, leads=st.tuples(st.floats(-1, 1), st.floats(-1, 1)))
@settings(deadline=None)
def test_a_greater_lead_never_saves_a_misconception(
    likeness: float, leads: tuple[float, float]
) -> None:
    """At one likeness, what is a misconception stays one when its lead grows."""
    low, high = sorted(leads)
    assert MADE.is_misconception(likeness, low) <= MADE.is_misconception(likeness, high)
