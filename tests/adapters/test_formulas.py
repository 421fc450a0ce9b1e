"""LaTeX formulas become Unicode, and nothing else changes."""

from __future__ import annotations

import logging
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT

from interviewbot.adapters.formulas import readable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Take $\alpha \leq \frac{a}{b}$ here.", "Take α ≤ a/b here."),
        (r"$\sigma(x)$ and $\hat{y}$", "σ(x) and ŷ"),
        (r"$x \in \mathbb{R}^n$", "x ∈ ℝⁿ"),
        (r"$\frac12 + \frac\alpha\beta$", "1/2 + α/β"),
        (r"$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$", "[a b; c d]"),
        ("$x$", "x"),
    ],
)
def test_formulas_are_shown_in_unicode(text: str, expected: str) -> None:
    """On one line, in running text and set apart."""
    assert readable(text) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (
            r"\hat{x}_{nchw} = \frac{x_{nchw} - \mu_{nc}}{\sqrt{\sigma_{nc}^2 + \epsilon}}",
            "x̂_nchw = (x_nchw - μ_nc)/√(σ²_nc + ϵ)",
        ),
        (r"\frac{TP+TN}{TP+TN+FP+FN}", "(TP+TN)/(TP+TN+FP+FN)"),
        (r"\frac{1}{HW} \sum_{h} x_h", "1/(HW) ∑ₕ xₕ"),
        (r"\frac{2PR}{P+R}", "2PR/(P+R)"),
        (r"\dfrac{\frac{a}{b}}{\frac{c}{d}}", "(a/b)/(c/d)"),
        (r"\frac{-1}{f(x)}", "-1/(f(x))"),
        (r"\frac{g}{\lVert g \rVert}", "g/‖g‖"),
        (r"\frac{1}{x_i^2}", "1/xᵢ²"),
        (r"\frac{1}{(a)(b)}", "1/((a)(b))"),
        (r"\frac{1}{K}\sum_k g_k", "1/K ∑ₖ gₖ"),
    ],
)
def test_a_fraction_keeps_its_terms_together(formula: str, expected: str) -> None:
    """Parentheses stand where the line would say something else without, and only there."""
    assert readable(f"${formula}$") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"W^\top x_i^2", "Wᵀxᵢ²"),
        (r"\sum_{i=1}^{n} w_i", "∑ᵢ₌₁ⁿ wᵢ"),
        (r"e^{-(w^\top x+b)}", "e^(-(wᵀx+b))"),
        (r"\mu_{c(i)}", "μ_(c(i))"),
        (r"\sigma_{nc}^2", "σ²_nc"),
        (r"x_{nc}y", "x_nc y"),
        (r"x^{ab}_q", "xᵃᵇ_q"),
        (r"2^{n^2}", "2^(n²)"),
        (r"x^\mathrm{T}", "xᵀ"),
        (r"Q^*(s)", "Q^*(s)"),
        (r"\prod_{i<l} s_i", "∏_(i<l) sᵢ"),
    ],
)
def test_scripts_are_raised_and_lowered(formula: str, expected: str) -> None:
    """In Unicode's own characters, else marked; how far a script goes can be seen."""
    assert readable(f"${formula}$") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\sqrt{d_k}", "√dₖ"),
        (r"\sqrt{a+b}", "√(a+b)"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"-\sum_i y_i\log p_i + (1-y)\log(1-p)", "-∑ᵢ yᵢ log pᵢ + (1-y) log(1-p)"),
        (r"\gamma \max_{a'} Q(s',a')", "γ max_(a') Q(s',a')"),
        (r"\lfloor n/s \rfloor + 1", "⌊n/s⌋ + 1"),
        (r"\lVert g \rVert > c", "‖g‖ > c"),
        (r"g \odot (x - \mu)", "g ⊙ (x - μ)"),
        (r"P(y \mid x)", "P(y ∣ x)"),
    ],
)
def test_roots_and_spaces(formula: str, expected: str) -> None:
    """A root shows its degree and its reach; functions and relations stand apart."""
    assert readable(f"${formula}$") == expected


def test_every_formula_that_ships_is_readable() -> None:
    """None keeps a backslash, a brace or a mark of ours."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "corpus").glob("*/*.md")]
    formulas = [found for text in texts for found in re.findall(r"\$\$?.+?\$\$?", text, re.DOTALL)]
    assert len(formulas) > 100
    for formula in formulas:
        assert not re.search("[\\\\{}$\ue000\ue001]", readable(formula)), formula


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
