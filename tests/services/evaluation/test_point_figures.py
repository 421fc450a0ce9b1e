"""Figures of labelled points by hand, against scikit-learn and where labels are lacking."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.services.made_results import grade, row

from interviewbot.adapters import statistics
from interviewbot.domain.grade import PointGrade, Verdict
from interviewbot.services.evaluation.answers import Answer, LabelledPoint, labelled_points
from interviewbot.services.evaluation.point_figures import point_figures, point_intervals
from interviewbot.services.evaluation.resampling import Draws

COVERED, PARTIAL, MISSING, WRONG = Verdict


def by_hand() -> list[LabelledPoint]:
    """Return six labelled points of three answers; one more has no label."""
    rows = [
        row("a", None, point_labels={"p0": COVERED, "p1": MISSING}),
        row("a", None, point_labels={"p0": PARTIAL, "p1": WRONG, "other": COVERED}),
        row("b", None, point_labels={"p0": MISSING, "p1": WRONG}),
    ]
    grades = [
        grade(1.0, 0.2, 0.9),  # covered, missing
        grade(0.9, 0.0, contradicted=frozenset({"p1"})),  # covered, contradicted
        grade(0.5, 0.1),  # partial, missing
    ]
    return labelled_points(map(Answer, rows, grades))


def random_points(seed: int, count: int = 240) -> list[LabelledPoint]:
    """Return points whose verdicts are right about half of the time."""
    dice = np.random.default_rng(seed)
    found = []
    for number in range(count):
        label, verdict = (Verdict(str(one)) for one in dice.choice(list(Verdict), 2))
        point = PointGrade(
            id="p0",
            text="A claim.",
            weight=1.0,
            verdict=label if dice.random() < 0.4 else verdict,
            credit=float(round(dice.random(), 1)),
            confidence=float(dice.random()),
            evidence=None,
            reason="",
        )
        answer = Answer(row(f"q{number % 12}", None, point_labels={"p0": label}), grade(0.5))
        found.append(LabelledPoint(answer, point, label))
    return found


def test_points_by_hand() -> None:
    """Verdicts against labels; a point that nobody labelled is left out."""
    found = point_figures(by_hand(), statistics)
    assert found.n == 6
    # said: credits 1.0 and 0.9; missing: 0.2 and 0.5; contradicted: 0.0 and 0.1
    assert found.covered_auc == pytest.approx(1)
    assert found.covered_auc_without_contradicted == pytest.approx(1)
    assert found.covered_against_contradicted_auc == pytest.approx(1)
    # said by both 2, only by the machine 1, only by people 0
    assert found.covered_f1 == pytest.approx(2 * 2 / (2 * 2 + 1))
    # covered 2/3, partial 0, missing 1/2 (one found of two, two claimed), contradicted 2/3
    assert found.macro_f1 == pytest.approx((2 / 3 + 0 + 1 / 2 + 2 / 3) / 4)
    assert found.contradicted_recall == pytest.approx(1 / 2)
    # three of six verdicts are right, all at confidence 0.9
    assert found.ece == pytest.approx(0.9 - 3 / 6)
    assert found.brier == pytest.approx((3 * 0.1**2 + 3 * 0.9**2) / 6)
    assert found.aurc == pytest.approx(1 / 2)


def test_confusion_has_labels_for_rows() -> None:
    """And verdicts for columns: covered, partial, missing, contradicted."""
    found = point_figures(by_hand(), statistics)
    assert found.confusion == ((1, 0, 0, 0), (1, 0, 0, 0), (0, 1, 1, 0), (0, 0, 1, 1))
    verdicts = {one.verdict: one for one in found.verdicts}
    assert list(verdicts) == list(Verdict)
    missing = verdicts[MISSING]
    assert (missing.n, missing.precision, missing.recall) == (2, 0.5, 0.5)
    assert verdicts[WRONG].f1 == pytest.approx(2 / 3)


def test_contradicted_points_are_a_kind_of_their_own() -> None:
    """A judge that takes them for covered still tells covered from missing."""
    rows = [row("a", None, point_labels={"p0": COVERED, "p1": MISSING, "p2": WRONG})]
    points = labelled_points([Answer(rows[0], grade(0.8, 0.1, 0.9))])
    found = point_figures(points, statistics)
    assert found.covered_auc == pytest.approx(1 / 2)
    assert found.covered_auc_without_contradicted == pytest.approx(1)
    assert found.covered_against_contradicted_auc == pytest.approx(0)


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_scikit_learn(seed: int) -> None:
    """On random verdicts."""
    from sklearn import metrics

    points = random_points(seed)
    found = point_figures(points, statistics)
    truth = [one.label.value for one in points]
    machine = [one.point.verdict.value for one in points]
    labels = [verdict.value for verdict in Verdict]
    precision, recall, f1, n = metrics.precision_recall_fscore_support(
        truth, machine, labels=labels
    )
    assert [one.precision for one in found.verdicts] == pytest.approx(precision.tolist())
    assert [one.recall for one in found.verdicts] == pytest.approx(recall.tolist())
    assert [one.f1 for one in found.verdicts] == pytest.approx(f1.tolist())
    assert [one.n for one in found.verdicts] == n.tolist()
    assert found.macro_f1 == pytest.approx(float(f1.mean()))
    table = metrics.confusion_matrix(truth, machine, labels=labels)
    assert [list(line) for line in found.confusion] == table.tolist()
    said = [label in {"covered", "partial"} for label in truth]
    credit = [one.point.credit for one in points]
    assert found.covered_auc == pytest.approx(float(metrics.roc_auc_score(said, credit)))
    right = [label == verdict for label, verdict in zip(truth, machine, strict=True)]
    sure = [one.point.confidence for one in points]
    assert found.brier == pytest.approx(float(metrics.brier_score_loss(right, sure)))


def test_intervals_hold_their_figures() -> None:
    """Resampled by question; none from one question."""
    points = random_points(4)
    groups = [one.answer.group for one in points]
    found = point_figures(points, statistics)
    intervals = point_intervals(points, Draws.by_group(groups))
    for name, figure in (("covered_auc", found.covered_auc), ("macro_f1", found.macro_f1)):
        low, high = intervals[name] or (9, 9)
        assert figure is not None
        assert low < figure < high
        assert high - low < 0.3
    first = replace(points[0].answer.row, question_id="q0")
    same = [replace(one, answer=replace(one.answer, row=first)) for one in points]
    assert point_intervals(same, Draws.by_group(["q0", "q1"])) == {
        "covered_auc": None,
        "macro_f1": None,
    }


def test_points_of_one_kind_only() -> None:
    """Where everything is covered there is no AUC and no recall, but an F1."""
    rows = [row("a", None, point_labels={"p0": COVERED})] * 3
    grades = [grade(1.0), grade(0.9), grade(0.8)]
    found = point_figures(labelled_points(map(Answer, rows, grades)), statistics)
    assert (found.covered_auc, found.contradicted_recall) == (None, None)
    assert found.covered_against_contradicted_auc is None
    assert (found.covered_f1, found.macro_f1) == (1.0, 1.0)
    assert found.verdicts[1].precision is None


def test_without_a_label_there_is_no_figure() -> None:
    """Counts are 0, the bins are there and empty."""
    found = point_figures([], statistics)
    assert found.n == 0
    assert found.confusion == ((0,) * 4,) * 4
    assert [one.n for one in found.reliability] == [0] * 10
    assert found.risk_coverage == ()
    for one in found.verdicts:
        assert (one.n, one.precision, one.recall, one.f1) == (0, None, None, None)
    assert {found.covered_auc, found.covered_f1, found.macro_f1, found.ece} == {None}
    assert {found.brier, found.aurc, found.contradicted_recall} == {None}
