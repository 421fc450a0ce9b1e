"""Numbers that options take."""

from __future__ import annotations

import click
import pytest

from interviewbot.cli.number_types import Number, WholeNumber


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Number(0.1, 3600), "abc", "“abc” is no number from 0.1 to 3600."),
        (Number(0.1, 3600), "-1", "“-1” is no number from 0.1 to 3600."),
        (Number(0.1, 3600), "nan", "“nan” is no number from 0.1 to 3600."),
        (Number(min=0, min_open=True), "0", "“0” is no number above 0."),
        (WholeNumber(min=1), "2.5", "“2.5” is no whole number from 1 on."),
        (WholeNumber(1, 7), "8", "“8” is no whole number from 1 to 7."),
    ],
)
def test_what_is_none_is_refused_in_plain_words(
    kind: Number | WholeNumber, value: str, said: str
) -> None:
    """With what would be one."""
    with pytest.raises(click.BadParameter) as caught:
        kind.convert(value, None, None)
    assert caught.value.message == said


def test_a_number_within_bounds_is_taken() -> None:
    """Its bounds are within, unless they are open."""
    assert Number(0.1, 3600).convert("3600", None, None) == 3600.0
    assert WholeNumber(1, 7).convert("1", None, None) == 1
