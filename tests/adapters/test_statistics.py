"""Correlations, errors and kappa against formulas written out; all figures against libraries."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.adapters.made_scores import LABELS, SEEDS, scores, verdicts

from interviewbot.adapters import statistics

Floats = NDArray[np.float64]


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


def levels_of(values: Sequence[float]) -> list[int]:
    """Return scores as five levels."""
    return [min(4, math.floor(5 * value + 1e-9)) for value in values]


@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_is_its_definition(seed: int) -> None:
    """Over five levels, those included that nobody used."""
    first, second = map(levels_of, scores(seed, 12))
    found = statistics.quadratic_weighted_kappa(first, second, 5)
    assert found == pytest.approx(kappa_of(first, second))


def test_kappa_by_hand() -> None:
    """Agreement, reversal, and none beyond chance."""
    kappa = statistics.quadratic_weighted_kappa
    assert kappa([0, 4], [0, 4], 5) == pytest.approx(1)
    assert kappa([0, 4], [4, 0], 5) == pytest.approx(-1)
    assert kappa([0, 0, 4, 4], [0, 4, 0, 4], 5) == pytest.approx(0)
    assert kappa([0, 4, 0], [2] * 3, 5) == pytest.approx(0)


@pytest.mark.parametrize(("human", "machine"), [([], []), ([2] * 3, [2] * 3)])
def test_kappa_of_one_level_does_not_exist(human: list[int], machine: list[int]) -> None:
    """There is no chance agreement to compare with."""
    assert statistics.quadratic_weighted_kappa(human, machine, 5) is None


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


def test_boosted_trees_learn_what_is_no_line_the_same_way_every_time() -> None:
    """One answer for one input."""
    x = [(float(number % 20), float(number % 3)) for number in range(200)]
    y = [float(5 < number % 20 < 12) for number in range(200)]
    found = statistics.boosted(x, y, x[:20])
    assert found == statistics.boosted(x, y, x[:20])
    assert found == pytest.approx(y[:20], abs=0.1)
