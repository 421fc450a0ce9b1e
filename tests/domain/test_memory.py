"""Memory of points: ratings, mastery, and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.made_interviews import NOON, graded_point, made_grade, made_question

from interviewbot.domain.grade import Verdict
from interviewbot.domain.memory import (
    Memory,
    Rating,
    Review,
    due_points,
    mastery,
    rating_of,
    ratings_of,
)

QUESTION = made_question()


def memory(point_id: str, due_in_days: float) -> Memory:
    """Return what is remembered of a point that is due in so many days from noon."""
    return Memory(
        question_id="AA0001",
        point_id=point_id,
        due=NOON + timedelta(days=due_in_days),
        reviewed=NOON - timedelta(days=9),
        rating=Rating.GOOD,
        stability=3.0,
        difficulty=5.0,
        reviews=1,
    )


@pytest.mark.parametrize(
    ("verdict", "at_once", "after_follow_up"),
    [
        (Verdict.COVERED, Rating.GOOD, Rating.HARD),
        (Verdict.PARTIAL, Rating.HARD, Rating.HARD),
        (Verdict.MISSING, Rating.AGAIN, Rating.AGAIN),
        (Verdict.CONTRADICTED, Rating.AGAIN, Rating.AGAIN),
    ],
)
def test_ratings_of_verdicts(verdict: Verdict, at_once: Rating, after_follow_up: Rating) -> None:
    """What needed a follow-up is hard at best; what was not said comes back soon."""
    assert rating_of(verdict) is at_once
    assert rating_of(verdict, after_follow_up=True) is after_follow_up


def test_ratings_rise_with_credit() -> None:
    """Again, hard, good: nothing, half, all."""
    assert [rating.credit for rating in Rating] == [0.0, 0.5, 1.0]


def test_every_point_of_a_grade_has_a_rating() -> None:
    """Each by its own verdict, and by the turn in which it was said."""
    grade = made_grade(QUESTION, {"p1": Verdict.MISSING, "p2": Verdict.PARTIAL})
    late = graded_point(QUESTION.points[2], Verdict.COVERED, turn=1)
    assert ratings_of(grade) == {"p1": Rating.AGAIN, "p2": Rating.HARD, "p3": Rating.GOOD}
    heard = replace(grade, points=(*grade.points[:2], late))
    assert ratings_of(heard)["p3"] is Rating.HARD


def test_the_candidates_own_verdict_counts() -> None:
    """Where there is one, the judge's does not; ids that are no points are ignored."""
    grade = made_grade(QUESTION, {"p1": Verdict.MISSING})
    own = {"p1": Verdict.COVERED, "p3": Verdict.CONTRADICTED, "gone": Verdict.COVERED}
    assert ratings_of(grade, own) == {"p1": Rating.GOOD, "p2": Rating.GOOD, "p3": Rating.AGAIN}


def test_mastery_is_weighted_and_unseen_points_are_zero() -> None:
    """Points of weight 1, 2 and 3, of which the last is known by half."""
    assert mastery([QUESTION], {("AA0001", "p3"): 0.5}) == pytest.approx(1.5 / 6)
    assert mastery([QUESTION], {}) == 0
    assert mastery([], {("AA0001", "p3"): 1.0}) == 0


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_mastery_lies_between_the_least_and_the_best_known_point(known: list[float]) -> None:
    """It is a mean."""
    recalled = {("AA0001", p.id): r for p, r in zip(QUESTION.points, known, strict=True)}
    found = mastery([QUESTION], recalled)
    assert min(known) - 1e-9 <= found <= max(known) + 1e-9


def test_points_of_the_same_name_in_other_questions_are_others() -> None:
    """A memory belongs to a question and a point."""
    assert mastery([QUESTION], {("BB0001", "p1"): 1.0}) == 0


def test_the_longest_overdue_is_due_first() -> None:
    """What is due later today is not due yet; what is due now is."""
    found = due_points(
        [memory("p1", -1), memory("p2", 0.1), memory("p3", -5), memory("p4", 0)], NOON
    )
    assert [m.point_id for m in found] == ["p3", "p1", "p4"]


def test_keys_name_question_and_point() -> None:
    """Of memories and of reviews alike."""
    review = Review(
        question_id="AA0001",
        point_id="p1",
        rating=Rating.GOOD,
        at=NOON,
        sitting="s1",
        exchange=0,
    )
    assert review.key == memory("p1", 0).key == ("AA0001", "p1")
