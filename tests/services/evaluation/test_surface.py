"""What can be seen without reading."""

from __future__ import annotations

import math

import pytest

from interviewbot.services.evaluation.surface import surface


def test_five_numbers() -> None:
    """Words, sentences, shared content words, letters a word, content words a word."""
    found = surface("Queues serve the earliest. Stacks do not.", "Stacks serve the latest.")
    assert found == pytest.approx((math.log(8), 2.0, 2 / 3, 35 / 7, 4 / 7))


def test_nothing_is_seen_of_nothing() -> None:
    """No division by zero: a blank answer has no words, a blank point no content."""
    assert surface("  ", "Stacks serve.") == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert surface("Stacks.", "of the")[2] == 0.0
