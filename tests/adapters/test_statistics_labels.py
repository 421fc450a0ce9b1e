"""AUC, F1, recall, calibration error and bootstrap against definitions and at the edges."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.made_scores import LABELS, SEEDS, scores, verdicts

from interviewbot.adapters import statistics


@pytest.mark.parametrize("seed", SEEDS)
def test_auc_is_the_share_of_pairs_in_order(seed: int) -> None:
    """A tie counts for a half."""
    human, machine = scores(seed)
    machine = [round(score, 1) for score in machine]
    positive = [score > 0.5 for score in human]
    ours = [m for m, p in zip(machine, positive, strict=True) if p]
    others = [m for m, p in zip(machine, positive, strict=True) if not p]
    order = [1.0 if o > t else 0.5 if o == t else 0.0 for o, t in product(ours, others)]
    assert statistics.auc(positive, machine) == pytest.approx(sum(order) / len(order))


@pytest.mark.parametrize("positive", [[], [True], [True, True], [False, False]])
def test_auc_of_one_class_does_not_exist(positive: list[bool]) -> None:
    """There is no pair to put in order."""
    assert statistics.auc(positive, [0.5] * len(positive)) is None


def counts(truth: Sequence[str], machine: Sequence[str], label: str) -> tuple[int, int, int]:
    """Return true positives, false positives and false negatives of ``label``."""
    pairs = list(zip(truth, machine, strict=True))
    hit = sum(t == label == m for t, m in pairs)
    return hit, machine.count(label) - hit, truth.count(label) - hit


@pytest.mark.parametrize("seed", SEEDS)
def test_f1_and_recall_are_their_definitions(seed: int) -> None:
    """Label by label, and as a mean over labels."""
    truth, machine = verdicts(seed)
    each: list[float] = []
    for label in LABELS:
        hit, wrong, lost = counts(truth, machine, label)
        each.append(2 * hit / (2 * hit + wrong + lost))
        assert statistics.f1(truth, machine, label) == pytest.approx(each[-1])
        assert statistics.recall(truth, machine, label) == pytest.approx(hit / (hit + lost))
    assert statistics.macro_f1(truth, machine, LABELS) == pytest.approx(sum(each) / 4)


def test_f1_at_the_edges() -> None:
    """A label that was never found has 0, one that nobody used has none."""
    assert statistics.f1(["a", "a"], ["b", "b"], "a") == 0
    assert statistics.f1(["a", "a"], ["b", "b"], "b") == 0
    assert statistics.f1(["a", "a"], ["b", "b"], "c") is None
    assert statistics.f1([], [], "a") is None


def test_macro_f1_is_over_labels_of_the_truth() -> None:
    """A label that only the machine used is an error of others, not a class."""
    assert statistics.macro_f1(["a", "a", "b"], ["a", "c", "b"], ["a", "b", "c"]) == (
        pytest.approx((2 / 3 + 1) / 2)
    )
    assert statistics.macro_f1(["x"], ["a"], ["a", "b"]) is None
    assert statistics.macro_f1([], [], ["a"]) is None


def test_recall_at_the_edges() -> None:
    """None where there was nothing to find, 0 where nothing of it was found."""
    assert statistics.recall(["a", "b"], ["b", "b"], "a") == 0
    assert statistics.recall(["b", "b"], ["a", "a"], "a") is None
    assert statistics.recall([], [], "a") is None


def test_calibration_error_by_hand() -> None:
    """The gap in each of ten bins, weighted by what is in it."""
    sure = [0.95, 0.91, 0.93, 0.55, 0.52]
    right = [True, True, False, True, False]
    high = abs((0.95 + 0.91 + 0.93) / 3 - 2 / 3)
    low = abs((0.55 + 0.52) / 2 - 1 / 2)
    expected = (3 * high + 2 * low) / 5
    assert statistics.expected_calibration_error(sure, right) == pytest.approx(expected)


def test_calibration_error_at_the_edges() -> None:
    """Confidence 1 belongs to the last bin; without a verdict there is no error."""
    assert statistics.expected_calibration_error([1.0, 0.9], [True, False]) == pytest.approx(0.45)
    assert statistics.expected_calibration_error([0.0], [False]) == 0
    assert statistics.expected_calibration_error([0.0], [True]) == 1
    assert statistics.expected_calibration_error([], []) is None


@given(
    pairs=st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50),
    bins=st.integers(1, 20),
)
@settings(deadline=None, max_examples=60)
def test_calibration_error_lies_between_the_whole_gap_and_one(
    pairs: list[tuple[float, bool]], bins: int
) -> None:
    """Bins can only reveal more of a gap, never less than over all."""
    sure, right = [one for one, _ in pairs], [one for _, one in pairs]
    found = statistics.expected_calibration_error(sure, right, bins)
    assert found is not None
    gap = abs(sum(sure) - sum(right)) / len(pairs)
    assert gap - 1e-9 <= found <= 1 + 1e-9


def test_the_bootstrap_draws_whole_groups() -> None:
    """Every round sees each group's rows together, as often as it was drawn."""
    groups = ["a", "b", "a", "c", "b", "a"]
    seen: list[Sequence[int]] = []

    def figure(rows: Sequence[int]) -> float:
        seen.append(rows)
        return float(len(rows))

    statistics.bootstrap_interval(figure, groups, rounds=50)
    assert len(seen) == 50
    for rows in seen:
        tally = [rows.count(row) for row in range(6)]
        assert tally[0] == tally[2] == tally[5]
        assert tally[1] == tally[4]
        assert tally[0] + tally[1] + tally[3] == 3
    assert len({tuple(rows) for rows in seen}) > 10


def test_the_bootstrap_of_a_mean() -> None:
    """95 % of it: near the standard error of the groups' means, and the same every time."""
    values = np.random.default_rng(0).normal(size=100)
    groups = [str(row) for row in range(100)]

    def mean(rows: Sequence[int]) -> float:
        return float(values[list(rows)].mean())

    found = statistics.bootstrap_interval(mean, groups, rounds=2_000)
    assert found is not None
    error = float(values.std(ddof=1)) / 10
    assert found[0] == pytest.approx(float(values.mean()) - 1.96 * error, abs=0.3 * error)
    assert found[1] == pytest.approx(float(values.mean()) + 1.96 * error, abs=0.3 * error)
    assert statistics.bootstrap_interval(mean, groups, rounds=2_000) == found
    assert statistics.bootstrap_interval(mean, groups, rounds=2_000, seed=1) != found


@pytest.mark.parametrize("groups", [[], ["a"], ["a", "a", "a"]])
def test_one_group_has_no_interval(groups: list[str]) -> None:
    """There is nothing to draw from."""
    assert statistics.bootstrap_interval(lambda _: 1.0, groups) is None


def test_a_figure_that_rarely_exists_has_no_interval() -> None:
    """Half of the rounds must give it."""
    groups = list("abcd")

    def rare(rows: Sequence[int]) -> float | None:
        return 1.0 if len(set(rows)) == 4 else None  # 4!/4**4, less than a tenth

    assert statistics.bootstrap_interval(rare, groups) is None
    assert statistics.bootstrap_interval(
        lambda rows: None if len(set(rows)) == 4 else 1.0, groups
    ) == (1.0, 1.0)
