"""Mastery through time: a replay that ends where the journal stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.fakes.counting_scheduler import CountingScheduler
from tests.services.made_practice import day, made_question

from interviewbot.domain.memory import Rating, Review
from interviewbot.services.progress import mastery_over_time

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUESTION = made_question("AA0001", "alpha")  # p1 weighs 2, p2 weighs 1


def review(point: str, days_ago: float, rating: Rating = Rating.GOOD) -> Review:
    """Return a review of a point of the question."""
    return Review(
        question_id="AA0001",
        point_id=point,
        rating=rating,
        at=NOW - timedelta(days=days_ago),
        sitting="s",
        exchange=0,
    )


def over_time(*reviews: Review, days: int = 4) -> list[float]:
    """Return the shares of the last days, three digits each."""
    found = mastery_over_time(
        [QUESTION], reviews, scheduler=CountingScheduler(), now=NOW, day=day, days=days
    )
    return [round(share, 3) for _, share in found]


def test_a_point_counts_from_its_first_review_on() -> None:
    """By its weight, and half once it is forgotten half."""
    assert over_time(review("p1", 2)) == [0, 0.667, 0.667, 0.667]
    assert over_time(review("p2", 12), days=6) == [0.333, 0.167, 0.167, 0.167, 0.167, 0.167]


def test_the_last_rating_counts() -> None:
    """A miss takes everything away, half knowledge is half."""
    reviews = (review("p1", 1, Rating.HARD), review("p1", 3), review("p1", 0, Rating.AGAIN))
    assert over_time(*reviews) == [0.667, 0.667, 0.333, 0]


def test_days_are_the_candidates_own() -> None:
    """None is missing and none is twice where clocks change."""
    zone = ZoneInfo("Europe/Berlin")
    found = mastery_over_time(
        [QUESTION],
        [review("p1", 0.01)],
        scheduler=CountingScheduler(),
        now=datetime(2026, 3, 30, 0, 30, tzinfo=zone).astimezone(UTC),
        day=lambda moment: moment.astimezone(zone).date(),
        days=3,
    )
    assert [when for when, _ in found] == [date(2026, 3, day) for day in (28, 29, 30)]


def test_points_that_are_gone_are_passed_over() -> None:
    """And a corpus without points has no mastery."""
    assert over_time(review("old", 1)) == [0, 0, 0, 0]
    nothing = mastery_over_time(
        [], [review("p1", 1)], scheduler=CountingScheduler(), now=NOW, day=day, days=2
    )
    assert [share for _, share in nothing] == [0, 0]


@pytest.mark.parametrize("days", [0, 1, 60])
def test_as_many_days_as_asked_for(days: int) -> None:
    """Today is the last of them."""
    found = mastery_over_time(
        [QUESTION], [], scheduler=CountingScheduler(), now=NOW, day=day, days=days
    )
    assert len(found) == days
    assert [when for when, _ in found][-1:] == [NOW.date()][:days]
