"""Metrics of agreement against the libraries, against formulas written out, and at the edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from interviewbot.adapters import statistics

Floats = NDArray[np.float64]
LABELS = ["covered", "partial", "missing", "contradicted"]
SEEDS = range(5)


def scores(seed: int, count: int = 60) -> tuple[list[float], list[float]]:
    """Return human scores in steps of a fifth, with ties, and machine scores near them."""
    dice = np.random.default_rng(seed)
    human = dice.integers(0, 6, count) / 5
    machine = np.clip(human + dice.normal(scale=0.25, size=count), 0, 1)
    return human.tolist(), machine.tolist()


def verdicts(seed: int, count: int = 80) -> tuple[list[str], list[str]]:
    """Return labels and verdicts that agree about half of the time."""
    dice = np.random.default_rng(seed)
    truth = dice.choice(LABELS, count, p=[0.5, 0.2, 0.2, 0.1]).tolist()
    machine = [str(dice.choice(LABELS)) if dice.random() < 0.6 else label for label in truth]
    return truth, machine


def r_of(left: Sequence[float], right: Sequence[float]) -> float:
    """Return Pearson's r by its definition."""
    x, y = np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)
    x, y = x - x.mean(), y - y.mean()
    return float((x @ y) / math.sqrt((x @ x) * (y @ y)))


def average_ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value, ties at their mean."""
    return [
        sum(other < value for other in values) + (sum(o == value for o in values) + 1) / 2
        for value in values
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_pearson_is_its_definition(seed: int) -> None:
    """On random scores."""
    human, machine = scores(seed)
    assert statistics.pearson(human, machine) == pytest.approx(r_of(human, machine))


@pytest.mark.parametrize("seed", SEEDS)
def test_spearman_is_pearson_of_average_ranks(seed: int) -> None:
    """On random scores with ties."""
    human, machine = scores(seed)
    expected = r_of(average_ranks(human), average_ranks(machine))
    assert statistics.spearman(human, machine) == pytest.approx(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_partial_correlation_is_its_formula(seed: int) -> None:
    """From the three correlations of the pairs."""
    human, machine = scores(seed)
    given_ = [h + m * 0.3 + 0.1 * i for i, (h, m) in enumerate(zip(human, machine, strict=True))]
    hm, hg, mg = r_of(human, machine), r_of(human, given_), r_of(machine, given_)
    expected = (hm - hg * mg) / math.sqrt((1 - hg**2) * (1 - mg**2))
    assert statistics.partial_correlation(human, machine, given_) == pytest.approx(expected)


def test_correlations_by_hand() -> None:
    """Small cases with known figures."""
    assert statistics.pearson([0, 0.5, 1], [0.2, 0.4, 0.6]) == pytest.approx(1)
    assert statistics.pearson([0, 0.5, 1], [0.6, 0.4, 0.2]) == pytest.approx(-1)
    assert statistics.pearson([0, 1, 0, 1], [0, 0, 1, 1]) == pytest.approx(0)
    assert statistics.spearman([0, 0.1, 1], [0, 0.9, 1]) == pytest.approx(1)
    assert statistics.spearman([0, 0.1, 1], [0, 1, 0.9]) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("human", "machine"),
    [([], []), ([0.1], [0.2]), ([0, 1], [0, 1]), ([0.7] * 5, [0, 0.2, 0.4, 0.6, 1])],
)
def test_correlations_that_do_not_exist(human: list[float], machine: list[float]) -> None:
    """Under three pairs, or a side that is constant; whichever side it is."""
    for left, right in ((human, machine), (machine, human)):
        assert statistics.pearson(left, right) is None
        assert statistics.spearman(left, right) is None
        assert statistics.partial_correlation(left, right, [float(i) for i in left]) is None
        assert statistics.within_groups(left, right, ["a"] * len(left)) is None


def test_nearly_constant_is_constant() -> None:
    """Rounding errors are no scores, and give no warning."""
    assert statistics.pearson([0.1 + 0.2, 0.3, 0.3], [0.0, 0.5, 1.0]) is None


def test_partial_correlation_given_a_constant() -> None:
    """Where all answers are equally long, length explains nothing."""
    human, machine = scores(1)
    expected = statistics.pearson(human, machine)
    assert statistics.partial_correlation(human, machine, [2.0] * len(human)) == expected


def test_partial_correlation_with_a_line() -> None:
    """What ``given`` explains wholly leaves nothing to correlate."""
    human, machine = scores(2)
    line = [0.2 + 0.5 * score for score in human]
    assert statistics.partial_correlation(human, machine, line) is None
    assert statistics.partial_correlation(machine, human, line) is None


def test_within_groups_is_the_mean_over_groups() -> None:
    """Groups without a correlation are left out, and rows may come in any order."""
    human = [0.0, 0.9, 0.5, 0.5, 1.0, 0.1, 0.3, 0.7]
    machine = [0.1, 0.2, 0.6, 0.4, 0.8, 0.9, 0.5, 0.5]
    groups = ["a", "b", "a", "b", "a", "b", "c", "c"]
    first = r_of([0.0, 0.5, 1.0], [0.1, 0.6, 0.8])
    second = r_of([0.9, 0.5, 0.1], [0.2, 0.4, 0.9])
    found = statistics.within_groups(human, machine, groups)
    assert found == pytest.approx((first + second) / 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_errors_are_their_definitions(seed: int) -> None:
    """Root mean square and mean of the absolute."""
    human, machine = scores(seed)
    gaps = np.asarray(human) - np.asarray(machine)
    assert statistics.rmse(human, machine) == pytest.approx(math.sqrt(float((gaps**2).mean())))
    assert statistics.mae(human, machine) == pytest.approx(float(np.abs(gaps).mean()))


def test_errors_by_hand() -> None:
    """One row is enough."""
    assert statistics.mae([0.5], [0.2]) == pytest.approx(0.3)
    assert statistics.rmse([0.0, 1.0], [0.3, 0.6]) == pytest.approx(math.sqrt(0.125))


def kappa_of(first: Sequence[int], second: Sequence[int], levels: int = 5) -> float:
    """Return quadratic weighted kappa by its definition (Cohen 1968)."""
    observed: Floats = np.zeros((levels, levels))
    for one, other in zip(first, second, strict=True):
        observed[one, other] += 1
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / len(first)
    weights = np.array([[(i - j) ** 2 for j in range(levels)] for i in range(levels)])
    return 1 - float((weights * observed).sum() / (weights * expected).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_is_its_definition(seed: int) -> None:
    """Over five bands, those included that nobody used; 1 belongs to the last band."""
    human, machine = scores(seed, 12)
    first, second = (
        [min(4, math.floor(5 * one + 1e-9)) for one in side] for side in (human, machine)
    )
    found = statistics.quadratic_weighted_kappa(human, machine)
    assert found == pytest.approx(kappa_of(first, second))


def test_kappa_by_hand() -> None:
    """Agreement, reversal, and none beyond chance."""
    assert statistics.quadratic_weighted_kappa([0, 1], [0.1, 0.9]) == pytest.approx(1)
    assert statistics.quadratic_weighted_kappa([0, 1], [1, 0]) == pytest.approx(-1)
    assert statistics.quadratic_weighted_kappa([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(0)
    assert statistics.quadratic_weighted_kappa([0, 1, 0], [0.5] * 3) == pytest.approx(0)


@pytest.mark.parametrize(("human", "machine"), [([], []), ([0.5] * 3, [0.55] * 3)])
def test_kappa_of_one_band_does_not_exist(human: list[float], machine: list[float]) -> None:
    """There is no chance agreement to compare with."""
    assert statistics.quadratic_weighted_kappa(human, machine) is None


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


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_are_those_of_the_libraries(seed: int) -> None:
    """As scipy and scikit-learn compute them."""
    from scipy import stats
    from sklearn import metrics

    human, machine = scores(seed)
    positive = [score > 0.5 for score in human]
    truth, found = verdicts(seed)
    pairs = [
        (statistics.pearson(human, machine), stats.pearsonr(human, machine).statistic),
        (statistics.spearman(human, machine), stats.spearmanr(human, machine).statistic),
        (statistics.rmse(human, machine), metrics.mean_squared_error(human, machine) ** 0.5),
        (statistics.mae(human, machine), metrics.mean_absolute_error(human, machine)),
        (statistics.auc(positive, machine), metrics.roc_auc_score(positive, machine)),
        (
            statistics.macro_f1(truth, found, LABELS),
            metrics.f1_score(truth, found, average="macro"),
        ),
    ]
    for ours, theirs in pairs:
        assert ours == pytest.approx(float(theirs))
