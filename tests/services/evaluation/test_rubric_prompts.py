"""Prompts that say a point, and those that only name it."""

from __future__ import annotations

import pytest

from interviewbot.domain.question import Point, Question
from interviewbot.services.evaluation.rubric_prompts import given_away

POINTS = (
    Point(id="order", text="TCP delivers bytes in order to the receiver."),
    Point(id="lost", text="Lost segments are sent again, because the receiver needs all of them."),
    Point(id="not", text="TCP is not encrypted."),
    Point(id="window", text="A window of the receiver limits what is on its way."),
)


def _given(prompt: str) -> set[str]:
    question = Question(id="TC0001", title="TCP", prompt=prompt, points=POINTS)
    return {point.id for point in POINTS if given_away(question, point) is not None}


@pytest.mark.parametrize(
    ("prompt", "given"),
    [
        ("What does TCP guarantee, given that it delivers bytes in order?", {"order"}),
        ("What does TCP do? Why are lost segments sent again?", {"lost"}),
        ("Why is TCP not encrypted?", set()),
        ("What does TCP guarantee, and what does the receiver do?", set()),
        ("What happens to lost segments?", set()),
        ("Does TCP deliver bytes in order or in any order?", set()),
        ("Does TCP deliver bytes in order to whom? It is not in order to the receiver.", {"order"}),
        ("Explain TCP.", set()),
    ],
)
def test_what_a_prompt_gives_away(prompt: str, given: set[str]) -> None:
    """Half of a point's own words, or its first clause, in a sentence that leaves nothing open."""
    assert _given(prompt) == given
