"""Formulas that lost their marks."""

from __future__ import annotations

import pytest

from interviewbot.domain.pages.formulas import with_formulas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the output y_{n} for input x_{n}.", "the output $y_{n}$ for input $x_{n}$."),
        (r"\epsilon is small", r"$\epsilon$ is small"),
        (r"a rate \alpha, not \beta.", r"a rate $\alpha$, not $\beta$."),
        ("x^2 grows", "$x^2$ grows"),
        ("a snake_case name and __init__", "a snake_case name and __init__"),
        ("see https://example.org/a_{b}", "see https://example.org/a_{b}"),
        ("it costs $5 and x_{n}", "it costs $5 and x_{n}"),
        ("already $x_{n}$ marked", "already $x_{n}$ marked"),
        ("broken x_{n and more", "broken x_{n and more"),
        ("plain words only", "plain words only"),
        (r"C:\Users\me", r"C:\Users\me"),
    ],
)
def test_formulas_get_dollars(text: str, expected: str) -> None:
    """What is LaTeX is marked, what only has such signs is left alone."""
    assert with_formulas(text) == expected
