"""Agreement with people, by the real statistics; a figure that does not exist is None."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import pytest
from tests.services.made_results import grade, row

from interviewbot.adapters import statistics
from interviewbot.domain.gold import GoldRow, Label
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.services.evaluating import Agreement, agreement


def measure(rows: Sequence[GoldRow], results: Sequence[Grade | Ungraded]) -> Agreement:
    """Return the agreement by the real statistics."""
    return agreement(rows, results, statistics)


def figures(found: Agreement) -> dict[str, object]:
    """Return every figure but the counts."""
    flat = asdict(found)
    points, intervals = flat.pop("points"), flat.pop("ci95")
    flat = {**flat, **{f"points.{k}": v for k, v in points.items()}, **intervals}
    return {k: v for k, v in flat.items() if k not in {"n", "ungraded", "points.n"}}


def test_perfect_agreement() -> None:
    """Correlations and kappa are 1, errors 0."""
    human = [0.0, 0.3, 0.6, 0.9, 0.1, 1.0]
    rows = [
        row(name, score, words=3 + number)
        for number, (name, score) in enumerate(zip("aaabbb", human, strict=True))
    ]
    found = measure(rows, [grade(score) for score in human])
    assert (found.n, found.ungraded) == (6, 0)
    ones = [found.pearson, found.spearman, found.within_question_pearson, found.beyond_length]
    assert ones == pytest.approx([1, 1, 1, 1])
    assert found.qwk == pytest.approx(1)
    assert (found.rmse, found.mae) == pytest.approx((0, 0))
    assert found.ci95["pearson"] == pytest.approx((1, 1))


def test_figures_by_hand() -> None:
    """Scores are compared on 0..1, whatever the scale of a grade."""
    human, machine = [0.0, 0.5, 1.0, 0.5], [0.2, 0.4, 0.6, 0.8]
    found = measure([row("a", score) for score in human], [grade(score) for score in machine])
    assert found.pearson == pytest.approx(float(np.corrcoef(human, machine)[0, 1]))
    assert found.mae == pytest.approx((0.2 + 0.1 + 0.4 + 0.3) / 4)
    assert found.rmse == pytest.approx(math.sqrt((0.04 + 0.01 + 0.16 + 0.09) / 4))
    assert found.within_question_pearson == pytest.approx(found.pearson)


def test_questions_are_told_apart_by_id_or_text() -> None:
    """A grader that only tells hard questions from easy ones agrees within none of them."""
    rows, results = [], []
    for level in (0.0, 0.7):
        for step in range(3):
            text = f"question {level}"
            rows.append(GoldRow(id="r", answer="x", question=text, score=level + step / 10))
            results.append(grade(level + (2 - step) / 10))
    found = measure(rows, results)
    assert found.pearson is not None
    assert found.pearson > 0.85
    assert found.within_question_pearson == pytest.approx(-1)


def test_length_alone_is_no_agreement_beyond_length() -> None:
    """Where scores follow the length and nothing else, nothing is left."""
    dice = np.random.default_rng(3)
    rows, results = [], []
    for number in range(200):
        words = int(dice.integers(1, 60))
        length = math.log(1 + words) / math.log(61)
        noise = dice.normal(scale=0.05, size=2)
        rows.append(row(f"q{number % 9}", float(np.clip(length + noise[0], 0, 1)), words=words))
        results.append(grade(float(np.clip(length + noise[1], 0, 1))))
    found = measure(rows, results)
    assert found.pearson is not None
    assert found.beyond_length is not None
    assert found.pearson > 0.9
    assert abs(found.beyond_length) < 0.3
    low, high = found.ci95["beyond_length"] or (9, 9)
    assert low < found.beyond_length < high


def test_ungraded_rows_count_but_are_not_compared() -> None:
    """They are no zeros."""
    rows = [row("a", score) for score in (0.0, 0.5, 1.0)] + [row("a", 1.0)] * 2
    ungraded = Ungraded(reason="the judge gave up")
    found = measure(rows, [grade(0.0), grade(0.5), grade(1.0), ungraded, ungraded])
    assert (found.n, found.ungraded) == (5, 2)
    assert found.pearson == pytest.approx(1)
    assert found.mae == pytest.approx(0)


@pytest.mark.parametrize("rows", [[], [row("a", 1.0), row("b", 0.5)]])
def test_without_a_grade_there_is_no_figure(rows: list[GoldRow]) -> None:
    """All ungraded, or no row at all."""
    found = measure(rows, [Ungraded(reason="no")] * len(rows))
    assert (found.n, found.ungraded, found.points.n) == (len(rows), len(rows), 0)
    assert set(figures(found).values()) == {None}


def test_without_labels_there_is_no_figure() -> None:
    """Graded rows that nobody labelled."""
    rows = [row("a", None), row("a", None), row("b", None)]
    found = measure(rows, [grade(0.1), grade(0.5), grade(0.9)])
    assert (found.n, found.ungraded) == (3, 0)
    assert set(figures(found).values()) == {None}


def test_rows_without_a_score_are_left_out_of_scores() -> None:
    """A zero given by people is a score, no score is not a zero."""
    scores = (0.0, None, 0.5, 1.0, None)
    rows = [row("a", score) for score in scores]
    found = measure(rows, [grade(0.0), grade(1.0), grade(0.5), grade(1.0), grade(0.0)])
    assert found.mae == pytest.approx(0)
    assert found.pearson == pytest.approx(1)


@pytest.mark.parametrize("side", ["human", "machine", "both"])
def test_constant_scores_have_errors_but_no_correlation(side: str) -> None:
    """Correlation with a constant does not exist, and nothing warns."""
    varied, constant = [0.1, 0.4, 0.9, 0.6], [0.7] * 4
    human = varied if side == "machine" else constant
    machine = varied if side == "human" else constant
    rows = [row(name, score) for name, score in zip("aabb", human, strict=True)]
    found = measure(rows, [grade(score) for score in machine])
    missing = (
        found.pearson,
        found.spearman,
        found.within_question_pearson,
        found.beyond_length,
        found.ci95["pearson"],
        found.ci95["beyond_length"],
    )
    assert missing == (None,) * 6
    assert (found.rmse == pytest.approx(0)) is (side == "both")


def test_one_question_has_no_interval() -> None:
    """Questions are resampled, and there is only one."""
    rows = [row("a", score) for score in (0.1, 0.4, 0.9, 0.6)]
    found = measure(rows, [grade(score) for score in (0.2, 0.3, 0.8, 0.7)])
    assert found.pearson is not None
    assert found.ci95 == {"pearson": None, "beyond_length": None}


def test_an_interval_holds_its_figure() -> None:
    """Resampled by question, from the same dice every time."""
    dice = np.random.default_rng(5)
    rows, results = [], []
    for number in range(120):
        score = float(dice.random())
        rows.append(row(f"q{number % 12}", score, words=int(dice.integers(2, 40))))
        results.append(grade(float(np.clip(score + dice.normal(scale=0.2), 0, 1))))
    found = measure(rows, results)
    assert found.pearson is not None
    low, high = found.ci95["pearson"] or (9, 9)
    assert low < found.pearson < high
    assert high - low < 0.3
    assert measure(rows, results) == found


def test_labels_of_whole_answers() -> None:
    """The score must tell ``correct`` from every other label, whatever people scored."""
    labels = [Label.CORRECT, Label.PARTIAL, Label.CONTRADICTORY, Label.CORRECT, None]
    rows = [row("a", None, label=label) for label in labels]
    found = measure(rows, [grade(0.9), grade(0.5), grade(0.6), grade(0.55), grade(1.0)])
    assert found.auc == pytest.approx(3 / 4)  # three of four pairs are in order


def test_points_by_hand() -> None:
    """Verdicts against labels; a point that nobody labelled is left out."""
    covered, partial, missing, wrong = (
        Verdict.COVERED,
        Verdict.PARTIAL,
        Verdict.MISSING,
        Verdict.CONTRADICTED,
    )
    rows = [
        row("a", None, point_labels={"p0": covered, "p1": missing}),
        row("a", None, point_labels={"p0": partial, "p1": wrong, "other": covered}),
        row("b", None, point_labels={"p0": missing, "p1": wrong}),
    ]
    results = [
        grade(1.0, 0.2, 0.9),  # covered, missing
        grade(0.9, 0.0, contradicted=frozenset({"p1"})),  # covered, contradicted
        grade(0.5, 0.1),  # partial, missing
    ]
    points = measure(rows, results).points
    assert points.n == 6
    # said: credits 1.0 and 0.9; not said: 0.2, 0.0, 0.5, 0.1
    assert points.covered_auc == pytest.approx(1)
    # said by both 2, only by the machine 1, only by people 0
    assert points.covered_f1 == pytest.approx(2 * 2 / (2 * 2 + 1))
    # covered 2/3, partial 0, missing 1/2 (one found of two, two claimed), contradicted 2/3
    assert points.macro_f1 == pytest.approx((2 / 3 + 0 + 1 / 2 + 2 / 3) / 4)
    assert points.contradicted_recall == pytest.approx(1 / 2)
    # three of six verdicts are right, all at confidence 0.9
    assert points.ece == pytest.approx(0.9 - 3 / 6)


def test_points_of_one_kind_only() -> None:
    """Where everything is covered there is no AUC and no recall, but an F1."""
    rows = [row("a", None, point_labels={"p0": Verdict.COVERED})] * 3
    points = measure(rows, [grade(1.0), grade(0.9), grade(0.8)]).points
    assert (points.covered_auc, points.contradicted_recall) == (None, None)
    assert (points.covered_f1, points.macro_f1) == (1.0, 1.0)


def test_rows_and_results_must_be_as_many() -> None:
    """One result a row."""
    with pytest.raises(ValueError, match="argument 2 is longer"):
        measure([], [grade(1.0)])
