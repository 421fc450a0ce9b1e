"""The forms for resampling equal the libraries' figures, round by round and at the edges."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from tests.adapters.made_scores import LABELS, SEEDS, scores, verdicts

from interviewbot.adapters import statistics
from interviewbot.services.evaluation import counted
from interviewbot.services.evaluation.bands import band_number
from interviewbot.services.evaluation.resampling import Draws, Floats, Sample

ROUNDS = 12


def check(found: Floats, sample: Sample, expected: Callable[[list[int]], float | None]) -> None:
    """Compare every round with the figure of the rows drawn, each as often as it was."""
    (counts,) = sample.parts()
    assert len(found) == len(counts) == ROUNDS
    for value, row in zip(found, counts, strict=True):
        rows = [number for number, count in enumerate(row) for _ in range(int(count))]
        figure = expected(rows)
        if figure is None:
            assert np.isnan(value)
        else:
            assert value == pytest.approx(figure, abs=1e-9)


class Drawn:
    """Random scores in eight questions, and draws of these."""

    def __init__(self, seed: int, questions: int = 8) -> None:
        """Draw."""
        self.human, self.machine = scores(seed)
        self.machine = [round(score, 1) for score in self.machine]  # ties
        dice = np.random.default_rng(seed)
        self.length = dice.normal(size=60).tolist()
        self.groups = [f"q{dice.integers(questions)}" for _ in self.human]
        self.sample = Draws.by_group(self.groups, rounds=ROUNDS, seed=seed).of(self.groups)


def chosen(values: Sequence[float], rows: Sequence[int]) -> list[float]:
    """Return the values at ``rows``."""
    return [values[row] for row in rows]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["pearson", "spearman", "rmse", "mae"])
def test_figures_of_two_sides(seed: int, name: str) -> None:
    """On random scores with ties."""
    drawn = Drawn(seed)
    exact = getattr(statistics, name)
    check(
        getattr(counted, name)(drawn.sample, drawn.human, drawn.machine),
        drawn.sample,
        lambda rows: exact(chosen(drawn.human, rows), chosen(drawn.machine, rows)),
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("constant", [False, True])
def test_partial_correlation(seed: int, constant: bool) -> None:
    """Also given a constant, which explains nothing."""
    drawn = Drawn(seed)
    given = [2.0] * 60 if constant else drawn.length
    check(
        counted.partial_correlation(drawn.sample, drawn.human, drawn.machine, given),
        drawn.sample,
        lambda rows: statistics.partial_correlation(
            chosen(drawn.human, rows), chosen(drawn.machine, rows), chosen(given, rows)
        ),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_auc(seed: int) -> None:
    """With ties between the classes."""
    drawn = Drawn(seed)
    positive = [score > 0.5 for score in drawn.human]
    check(
        counted.auc(drawn.sample, positive, drawn.machine),
        drawn.sample,
        lambda rows: statistics.auc([positive[row] for row in rows], chosen(drawn.machine, rows)),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_kappa(seed: int) -> None:
    """Over five bands."""
    drawn = Drawn(seed)
    human, machine = (
        [band_number(score) for score in side] for side in (drawn.human, drawn.machine)
    )
    check(
        counted.quadratic_weighted_kappa(drawn.sample, human, machine, 5),
        drawn.sample,
        lambda rows: statistics.quadratic_weighted_kappa(
            [human[row] for row in rows], [machine[row] for row in rows], 5
        ),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_macro_f1(seed: int) -> None:
    """Over the labels that the truth of a round holds: with two questions, not always all."""
    truth, machine = verdicts(seed, 12)
    groups = [f"q{number % 4}" for number in range(12)]
    sample = Draws.by_group(groups, rounds=ROUNDS, seed=seed).of(groups)
    numbers = [LABELS.index(label) for label in truth], [LABELS.index(one) for one in machine]
    check(
        counted.macro_f1(sample, *numbers, 4),
        sample,
        lambda rows: statistics.macro_f1(
            [truth[row] for row in rows], [machine[row] for row in rows], LABELS
        ),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_within_groups(seed: int) -> None:
    """A question counts as often as it was drawn; those without a correlation never."""
    drawn = Drawn(seed, questions=20)
    found = counted.within_groups(drawn.sample, drawn.human, drawn.machine)
    names = sorted(set(drawn.groups))
    for value, counts in zip(found, drawn.sample.drawn, strict=True):
        each: list[float] = []
        for name in names:
            rows = [row for row, group in enumerate(drawn.groups) if group == name]
            r = statistics.pearson(chosen(drawn.human, rows), chosen(drawn.machine, rows))
            if r is not None:
                each += [r] * int(counts[drawn.sample.columns[rows[0]]])
        assert value == pytest.approx(float(np.mean(each)))


@pytest.mark.parametrize(
    ("human", "machine"),
    [
        ([], []),
        ([0.2], [0.4]),
        ([0.7] * 6, [0.1, 0.9, 0.3, 0.2, 0.5, 0.6]),
        ([0.7] * 6, [0.7] * 6),
        ([0.1 + 0.2, 0.3, 0.3, 0.3], [0.0, 0.5, 1.0, 0.2]),
    ],
)
def test_what_does_not_exist_is_nan(human: list[float], machine: list[float]) -> None:
    """No rows, one row, a constant: no warning either."""
    groups = [f"q{number % 3}" for number in range(len(human))]
    sample = Draws.by_group(groups, rounds=ROUNDS).of(groups)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for left, right in ((human, machine), (machine, human)):
            assert np.isnan(counted.pearson(sample, left, right)).all()
            assert np.isnan(counted.spearman(sample, left, right)).all()
            assert np.isnan(counted.within_groups(sample, left, right)).all()
            assert np.isnan(counted.partial_correlation(sample, left, right, left)).all()
            assert np.isnan(counted.auc(sample, [True] * len(left), right)).all()
        one = [2] * len(human)
        assert np.isnan(counted.quadratic_weighted_kappa(sample, one, one, 5)).all()


def test_a_line_leaves_nothing() -> None:
    """What ``given`` explains wholly is no correlation of rounding errors."""
    drawn = Drawn(3)
    line = [0.2 + 0.5 * score for score in drawn.human]
    assert np.isnan(
        counted.partial_correlation(drawn.sample, drawn.human, drawn.machine, line)
    ).all()
