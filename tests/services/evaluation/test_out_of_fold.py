"""A line to the human score that never saw the question it is used on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from interviewbot.services.evaluation.out_of_fold import fitted, fitted_line, folds_of, line_of


def test_the_line_of_least_squares() -> None:
    """As numpy fits it; a constant has no slope."""
    dice = np.random.default_rng(0)
    x, y = dice.random(30), dice.random(30)
    assert line_of(x, y) == pytest.approx(np.polyfit(x, y, 1).tolist())
    assert line_of(np.full(30, 0.3), y) == pytest.approx((0, y.mean()))


def test_a_question_is_no_part_of_its_own_fit() -> None:
    """Another score of its answers does not move them."""
    dice = np.random.default_rng(1)
    numbers, human = dice.random(40).tolist(), dice.uniform(0.3, 0.7, 40).tolist()
    groups = [f"q{place % 8}" for place in range(40)]
    first = fitted_line(numbers, human, groups)
    changed = [1 - one if group == "q3" else one for one, group in zip(human, groups, strict=True)]
    second = fitted_line(numbers, changed, groups)
    assert first is not None
    assert second is not None
    same = [one == other for one, other in zip(first, second, strict=True)]
    assert all(same[place] for place in range(40) if groups[place] == "q3")
    assert not all(same)


def test_the_result_is_a_score() -> None:
    """On 0..1, however far the line goes."""
    numbers = [0.0, 0.5, 1.0, 0.0, 0.5, 1.0, 9.0, -9.0]
    found = fitted_line(numbers, [0.1, 0.5, 0.9] * 2 + [0.5] * 2, list("aaabbbcc"))
    assert found is not None
    assert all(0 <= one <= 1 for one in found)


@pytest.mark.parametrize("groups", [[], ["a"], ["a", "a"]])
def test_one_question_has_no_other(groups: list[str]) -> None:
    """So there is no line."""
    assert fitted_line([0.5] * len(groups), [0.5] * len(groups), groups) is None


def test_two_rows_in_two_questions() -> None:
    """Each gets the other's score: one row has a level and no slope."""
    assert fitted_line([0.1, 0.9], [0.3, 0.6], ["a", "b"]) == pytest.approx([0.6, 0.3])


def test_a_fit_sees_other_questions_only() -> None:
    """It is asked for every row once, in its place, without the row's question."""
    groups = [f"q{number % 7}" for number in range(40)]
    features = [(float(number),) for number in range(40)]

    def fit(
        known: Sequence[Sequence[float]],
        targets: Sequence[float],
        unseen: Sequence[Sequence[float]],
    ) -> list[float]:
        assert [row[0] for row in known] == list(targets)
        assert not {groups[int(r[0])] for r in known} & {groups[int(r[0])] for r in unseen}
        return [-row[0] for row in unseen]

    found = fitted(fit, features, [float(number) for number in range(40)], groups)
    assert found == [-float(number) for number in range(40)]
    assert set(folds_of(groups).tolist()) == set(range(5))
    with pytest.raises(ValueError, match="one group"):
        fitted(fit, features[:2], [0.0, 1.0], ["a", "a"])
