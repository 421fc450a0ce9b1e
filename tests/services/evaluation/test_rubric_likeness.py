"""The encoder's second opinion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.services.evaluation.made_rubrics import DROPOUT, KERNELS, entry, vectors

from interviewbot.services.evaluation.rubric_likeness import (
    are_twins,
    likeness,
    likeness_of_questions,
    say_the_same,
)


def test_the_best_pair_counts() -> None:
    """One wording that is met makes two lists alike."""
    assert likeness(["red apples", "blue"], ["green", "red apples"], vectors) == pytest.approx(1)


def test_nothing_is_like_nothing() -> None:
    """Without a text on either side likeness is lowest."""
    assert likeness([], ["a"], vectors) == likeness(["a"], [], vectors) == -1


@pytest.mark.parametrize(
    ("left", "right", "twins"),
    [
        ("Units fall silent at random", "Units fall silent at random", True),
        (
            "Units all fall silent at random times",
            "The units all fall silent at random times",
            True,
        ),
        (
            "L1 adds up some long and tedious terms of weights to loss.",
            "L2 adds up some long and tedious terms of weights to loss.",
            False,
        ),
        ("Units fall silent at random.", "Kernels replace products.", False),
    ],
)
def test_twins_have_no_word_of_their_own(left: str, right: str, *, twins: bool) -> None:
    """Near texts that each hold a word the other lacks may differ in just that word."""
    assert are_twins([left], [right], vectors) is twins


def test_one_stray_wording_does_not_make_points_the_same() -> None:
    """Points that say the same are alike as a whole as well."""
    left = ["Units fall silent", "Neurons rest by chance", "Dice choose sleepers"]
    assert say_the_same(left, left, vectors) == pytest.approx(1)
    right = ["Units fall silent", "Kernels replace inner products", "Margins become wide"]
    assert say_the_same(left, right, vectors) is None
    assert say_the_same(left, right[1:], vectors) is None


def test_likeness_of_questions() -> None:
    """A question is most like itself, and like its copy; the matrix is symmetric."""
    copy = replace(DROPOUT, id="AA0003")
    found = likeness_of_questions([entry(q) for q in (DROPOUT, KERNELS, copy)], vectors)
    assert found.shape == (3, 3)
    assert np.allclose(found, found.T)
    assert found[0, 2] == pytest.approx(1, abs=1e-5)
    assert found[0, 1] < 0.5
