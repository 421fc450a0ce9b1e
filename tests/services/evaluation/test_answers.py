"""The human score of an answer, and what stands for its question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.services.made_results import grade, row

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.domain.question import Point
from interviewbot.services.evaluation.answers import (
    answers_of,
    group_of,
    human_score,
    labelled_points,
)

LABELS = {"p0": Verdict.COVERED, "p1": Verdict.PARTIAL, "p2": Verdict.CONTRADICTED}


def weighted(*weights: float) -> Grade:
    """Return a grade whose points p0, p1, ... have these weights."""
    found = grade(*[0.5] * len(weights))
    pairs = zip(found.points, weights, strict=True)
    return replace(found, points=tuple(replace(point, weight=one) for point, one in pairs))


def test_a_score_that_people_gave_counts() -> None:
    """Whatever the labels of the points, and though it is 0."""
    labelled = row("a", 0.0, point_labels=LABELS)
    assert human_score(labelled, weighted(1, 1, 1)) == 0


def test_labels_of_all_points_make_a_score() -> None:
    """Covered 1, partial 0.5, contradicted 0; by the weights of the points."""
    labelled = row("a", None, point_labels=LABELS)
    assert human_score(labelled, weighted(1, 1, 1)) == pytest.approx(0.5)
    assert human_score(labelled, weighted(1, 2, 5)) == pytest.approx((1 + 2 * 0.5) / 8)


def test_equal_means_are_equal_numbers() -> None:
    """Whatever the weights they come from, so that they tie in ranks."""
    tenths = {f"p{place}": Verdict.COVERED if place < 3 else Verdict.MISSING for place in range(10)}
    labelled = row("a", None, point_labels=tenths)
    assert human_score(labelled, weighted(*[0.1] * 10)) == 0.3
    assert human_score(labelled, weighted(*[0.7] * 10)) == 0.3


def test_a_point_without_a_label_leaves_no_score() -> None:
    """A missing label is not a missing point."""
    labelled = row("a", None, point_labels=LABELS)
    assert human_score(labelled, weighted(1, 1, 1, 1)) is None
    assert human_score(labelled, weighted(0, 0, 0)) is None
    assert human_score(row("a", None), weighted(1)) is None


def test_the_question_is_known_by_what_there_is() -> None:
    """Its id, its text, its points, its reference."""
    points = (Point(id="p", text="One."), Point(id="q", text="Two."))
    whole = GoldRow(
        id="r", answer="", question_id="i", question="t", points=points, reference="ref"
    )
    assert group_of(whole) == "i"
    assert group_of(replace(whole, question_id="")) == "t"
    assert group_of(replace(whole, question_id="", question="")) == "One.\nTwo."
    assert group_of(GoldRow(id="r", answer="", reference="ref")) == "ref"


def test_only_graded_answers_and_labelled_points_are_taken() -> None:
    """One result a row is needed."""
    rows = [row("a", 1.0), row("a", None, point_labels={"p1": Verdict.COVERED})]
    answers = answers_of(rows, [Ungraded(reason="no"), grade(0.1, 0.9)])
    assert [one.row for one in answers] == rows[1:]
    assert [(one.point.id, one.label) for one in labelled_points(answers)] == [
        ("p1", Verdict.COVERED)
    ]
    with pytest.raises(ValueError, match="argument 2"):
        answers_of(rows, [])
