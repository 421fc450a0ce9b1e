"""Verdicts, bands, scores and quotes: the arithmetic of a grade."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.grade import (
    Band,
    Evidence,
    PointGrade,
    Verdict,
    band_of,
    gain_of,
    score_of,
    verdict_of,
)
from interviewbot.domain.text import Span, sentences


def point(credit: float, weight: float = 1.0) -> PointGrade:
    """Return a point that was given ``credit``."""
    return PointGrade(
        id="p",
        text="A claim.",
        weight=weight,
        verdict=verdict_of(credit),
        credit=credit,
        confidence=1.0,
        evidence=None,
        reason="",
    )


POINTS = st.lists(st.builds(point, st.floats(0, 1), st.floats(0.01, 100)), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("credit", "verdict"),
    [
        (0.0, Verdict.MISSING),
        (0.3333, Verdict.MISSING),
        (1 / 3, Verdict.PARTIAL),
        (0.6666, Verdict.PARTIAL),
        (2 / 3, Verdict.COVERED),
        (1.0, Verdict.COVERED),
    ],
)
def test_verdict_of_a_credit(credit: float, verdict: Verdict) -> None:
    """Thirds; never contradicted."""
    assert verdict_of(credit) is verdict


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, Band.WEAK),
        (39.9, Band.WEAK),
        (40, Band.DEVELOPING),
        (64.9, Band.DEVELOPING),
        (65, Band.SOLID),
        (84.9, Band.SOLID),
        (85, Band.STRONG),
        (100, Band.STRONG),
    ],
)
def test_band_of_a_score(score: float, band: Band) -> None:
    """Each band begins at its number."""
    assert band_of(score) is band


@pytest.mark.parametrize(
    ("points", "score"),
    [
        ([point(1.0)], 100.0),
        ([point(0.0), point(0.0)], 0.0),
        ([point(1.0), point(0.0)], 50.0),
        ([point(1.0, 2.0), point(0.5, 1.0), point(0.0, 0.5)], 71.4),
        ([point(1.0), point(1.0), point(0.0)], 66.7),
        ([point(1.0, 0.0), point(0.25)], 25.0),
    ],
)
def test_score_is_the_weighted_mean_credit(points: list[PointGrade], score: float) -> None:
    """On 0..100, to one decimal."""
    assert score_of(points) == score


@pytest.mark.parametrize("points", [[], [point(1.0, 0.0)]])
def test_there_is_no_score_without_weight(points: list[PointGrade]) -> None:
    """Nothing to grade against is an error, not a zero."""
    with pytest.raises(ValueError, match="at least one point with a weight"):
        score_of(points)


@given(points=POINTS)
@settings(deadline=None)
def test_a_score_lies_between_its_credits(points: list[PointGrade]) -> None:
    """However they are weighted."""
    credits_ = [100 * one.credit for one in points]
    assert min(credits_) - 0.051 <= score_of(points) <= max(credits_) + 0.051


@given(points=POINTS)
@settings(deadline=None)
def test_gains_are_what_the_score_lacks(points: list[PointGrade]) -> None:
    """Together they fill the score up to 100; none is negative."""
    gains = [gain_of(one, points) for one in points]
    assert min(gains) >= 0
    assert score_of(points) + sum(gains) == pytest.approx(100, abs=0.06)


def test_gain_of_a_point() -> None:
    """Its weight's share of 100, as far as it is not earned yet."""
    points = [point(0.5, 3.0), point(1.0, 1.0)]
    assert gain_of(points[0], points) == pytest.approx(37.5)
    assert gain_of(points[1], points) == 0


@given(answer=st.text(max_size=200))
@settings(deadline=None)
def test_evidence_quotes_the_answer_as_given(answer: str) -> None:
    """``answer[start:end]`` is the quote, for every sentence of every text."""
    for span in (*sentences(answer), Span(0, len(answer))):
        found = Evidence.of(answer, span)
        assert answer[found.start : found.end] == found.quote
        assert (found.start, found.end) == (span.start, span.end)
