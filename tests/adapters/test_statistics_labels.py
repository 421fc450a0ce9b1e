"""Figures of labels against definitions and at the edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import pytest
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


@pytest.mark.parametrize("seed", SEEDS)
def test_precision_and_confusion_are_their_definitions(seed: int) -> None:
    """Counted one by one; rows are the truth."""
    truth, machine = verdicts(seed)
    table = statistics.confusion(truth, machine, LABELS)
    pairs = list(zip(truth, machine, strict=True))
    for row, label in enumerate(LABELS):
        hit, wrong, _ = counts(truth, machine, label)
        assert statistics.precision(truth, machine, label) == pytest.approx(hit / (hit + wrong))
        assert table[row] == tuple(pairs.count((label, other)) for other in LABELS)


def test_precision_at_the_edges() -> None:
    """None where nothing was called so, 0 where all that was is something else."""
    assert statistics.precision(["a", "b"], ["b", "b"], "a") is None
    assert statistics.precision(["a", "a"], ["b", "b"], "b") == 0
    assert statistics.precision([], [], "a") is None


def test_confusion_of_nothing_is_all_zero() -> None:
    """Its shape stays, also where labels never occur."""
    assert statistics.confusion([], [], ["a", "b"]) == ((0, 0), (0, 0))
    assert statistics.confusion(["a"], ["a"], ["a", "b"]) == ((1, 0), (0, 0))


@pytest.mark.parametrize("right", [[True, False, True], [True] * 3, [False] * 3])
def test_brier_is_its_definition(right: list[bool]) -> None:
    """The mean square, also where all are right or none is."""
    sure = [0.9, 0.6, 0.0]
    gaps = [(one - hit) ** 2 for one, hit in zip(sure, right, strict=True)]
    assert statistics.brier(sure, right) == pytest.approx(sum(gaps) / 3)
    assert statistics.brier([], []) is None


@pytest.mark.parametrize(("wrong", "right"), [(0, 0), (1, 0), (6, 1), (3, 3), (2, 9), (40, 15)])
def test_mcnemar_is_the_binomial_tail(wrong: int, right: int) -> None:
    """Both tails of a fair coin; 1 where nothing changed."""
    changed = wrong + right
    tail = sum(math.comb(changed, k) for k in range(min(wrong, right) + 1)) / 2**changed
    assert statistics.mcnemar(wrong, right) == pytest.approx(min(1.0, 2 * tail))
