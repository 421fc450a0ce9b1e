"""What nobody rewords."""

from __future__ import annotations

import pytest

from interviewbot.services.evaluation.rewording_formulas import untouched


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call loss.backward() and P(x) then", ["loss.backward()", "P(x)"]),
        ("P(x | y) = P(y | x)", ["P(x | y) = P(y | x)"]),
        ("so y = a and x - y", ["y = a", "x - y"]),
        ("in (0, 1) or [0, 1] of {a, b}", ["(0, 1)", "[0, 1]", "{a, b}"]),
        ("set batch_size to model.size", ["batch_size", "model.size"]),
        ("p<.05 of f'(x)", ["p<.05", "f'(x)"]),
        ("$a b$ and `c d`", ["$a b$", "`c d`"]),
        ("1 / (1 + e^-x) is it", ["1 / (1 + e^-x)"]),
        ("a unit rests - in training - and wakes.\n* Next (see above), so", []),
        ("Don't stop here. Then: go; on!", []),
    ],
)
def test_formulas_and_code_are_found(text: str, expected: list[str]) -> None:
    """Tagged or not; prose with dashes, brackets and lists is none."""
    assert [text[start:end] for start, end in untouched(text)] == expected


def test_a_long_run_of_brackets_takes_no_time() -> None:
    """The search does not go back over what it has seen."""
    assert untouched("f(" * 2000 + "x = " * 2000) is not None
