"""Draws of whole questions, and the interval that follows."""

from __future__ import annotations

import numpy as np
import pytest

from interviewbot.services.evaluation import counted
from interviewbot.services.evaluation.resampling import Draws, interval


def test_every_round_draws_as_many_groups_as_there_are() -> None:
    """With replacement, so that rounds differ; rows of a group come together."""
    groups = ["a", "b", "a", "c", "b", "a"]
    draws = Draws.by_group(groups, rounds=50)
    assert draws.counts.shape == (50, 3)
    assert set(draws.counts.sum(axis=1)) == {3}
    assert len({tuple(row) for row in draws.counts}) > 5
    (counts,) = draws.of(groups).parts()
    assert (counts[:, 0] == counts[:, 2]).all()
    assert (counts[:, 0] == counts[:, 5]).all()
    assert (counts[:, 1] == counts[:, 4]).all()


def test_sums_are_those_of_the_drawn_rows() -> None:
    """By group or row by row."""
    groups = ["a", "b", "a", "c"]
    values = np.random.default_rng(1).normal(size=(4, 2))
    sample = Draws.by_group(groups, rounds=20).of(groups)
    (counts,) = sample.parts()
    assert sample.sums(values) == pytest.approx(counts @ values)


def test_rows_may_be_some_of_those_drawn_from() -> None:
    """Two figures of one set share the draws."""
    draws = Draws.by_group(["a", "b", "c", "c"], rounds=30)
    (counts,) = draws.of(["c", "a"]).parts()
    assert (counts[:, 0] == draws.counts[:, 2]).all()
    assert (counts[:, 1] == draws.counts[:, 0]).all()


def test_many_rows_come_in_parts() -> None:
    """All rounds are there, in order, whatever the number of rows."""
    groups = [str(number % 7) for number in range(30_000)]
    draws = Draws.by_group(groups, rounds=150)
    parts = list(draws.of(groups).parts())
    assert len(parts) > 1
    assert (np.concatenate(parts)[:, :7] == draws.counts).all()


def test_the_bootstrap_of_a_mean() -> None:
    """95 % of it: near the standard error of the groups' means, and the same every time."""
    values = np.random.default_rng(0).normal(size=100)
    groups = [str(row) for row in range(100)]
    found = interval(counted.mean(Draws.by_group(groups, rounds=2000).of(groups), values))
    assert found is not None
    error = float(values.std(ddof=1)) / 10
    assert found[0] == pytest.approx(float(values.mean()) - 1.96 * error, abs=0.3 * error)
    assert found[1] == pytest.approx(float(values.mean()) + 1.96 * error, abs=0.3 * error)
    again = Draws.by_group(groups, rounds=2000).of(groups)
    assert interval(counted.mean(again, values)) == found
    other = Draws.by_group(groups, rounds=2000, seed=1).of(groups)
    assert interval(counted.mean(other, values)) != found


@pytest.mark.parametrize("groups", [[], ["a"], ["a", "a", "a"]])
def test_one_group_has_no_interval(groups: list[str]) -> None:
    """There is nothing to draw from, however many groups other rows have."""
    for everything in (groups, [*groups, "b", "c"]):
        sample = Draws.by_group(everything).of(groups)
        assert interval(counted.mean(sample, [1.0] * len(groups))) is None


def test_a_figure_that_rarely_exists_has_no_interval() -> None:
    """Half of the rounds must give it."""
    assert interval(np.array([1.0, np.nan, np.nan])) is None
    assert interval(np.array([1.0, np.nan])) == (1.0, 1.0)
    assert interval(np.array([])) is None
