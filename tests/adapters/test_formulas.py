"""LaTeX formulas become Unicode, and nothing else changes."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.adapters.formulas import readable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Take $\alpha \leq \frac{a}{b}$ here.", "Take α≤a/b here."),
        (r"$\sigma(x)$ and $\hat{y}$", "σ(x) and ŷ"),
        (r"$x \in \mathbb{R}^n$", "x ∈ℝ^n"),
        (r"$\sqrt{d_k}$", "√(d_k)"),
        ("$$\\sum_i\n  w_i x_i$$", "∑_i w_i x_i"),
        (r"$\frac12 + \frac\alpha\beta$", "1/2 + α/β"),
        (r"$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$", "[ a b; c d ]"),
        ("$x$", "x"),
    ],
)
def test_formulas_are_shown_in_unicode(text: str, expected: str) -> None:
    """On one line, in running text and set apart."""
    assert readable(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "No formula.", "It costs 5 $ in all.", "line\nbreaks  and   spaces \\alpha {x} _y_"],
)
def test_other_text_stays(text: str) -> None:
    """To the last space."""
    assert readable(text) == text


def test_text_around_a_formula_stays() -> None:
    """To the last space, too."""
    assert readable("  a\n\n$x$  **b**  $y$\n") == "  a\n\nx  **b**  y\n"


@pytest.mark.parametrize(
    "formula",
    [r"$\frac{a$", "${$", "$}$", r"$\begin{x}$", r"$\frac$", r"$\sqrt\sqrt x$", r"$\sqrt\frac12$"],
)
def test_what_cannot_be_read_stays_as_it_was_written(
    formula: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a complaint in anybody's log, and without harm to its neighbours."""
    with caplog.at_level(logging.DEBUG):
        assert readable(f"a {formula} b") == f"a {formula} b"
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


COMMANDS = r"\frac \sqrt \alpha \hat \begin{x} \end{x} \left( \right) \\".split()
MARKS = "{ } [ ] ^ _ & % # ~ $ $$ x 1 é".split()
LATEX = st.lists(st.sampled_from([*COMMANDS, *MARKS, " ", "\n"]), max_size=25).map("".join)


@given(text=LATEX | st.text(max_size=60))
@settings(deadline=None, max_examples=200)
def test_no_text_is_an_error(text: str) -> None:
    """Whatever is written between dollars."""
    assert isinstance(readable(f"${text}$"), str)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["{" * 5_000, "$" * 50_000, "^" * 5_000, "$x" * 2_000])
def test_hostile_formulas_take_bounded_time(text: str) -> None:
    """Deep nesting and many dollars are no error either."""
    assert isinstance(readable(f"${text}$"), str)
