"""Prices and budgets."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.domain.chat import Usage
from interviewbot.domain.errors import BadInput
from interviewbot.domain.spending import Budget, Prices, budget_of

PRICES = Prices(input=0.25, output=2.0, currency="USD")
TOKENS = st.integers(0, 10**12)


def test_a_million_tokens_cost_their_price() -> None:
    """Tokens in and out have prices of their own."""
    assert PRICES.of(Usage(input_tokens=1_000_000)) == 0.25
    assert PRICES.of(Usage(output_tokens=1_000_000)) == 2.0
    assert PRICES.of(Usage(input_tokens=2_000, output_tokens=500)) == pytest.approx(0.0015)
    assert PRICES.of(Usage()) == 0


@given(TOKENS, TOKENS, TOKENS, TOKENS)
def test_the_cost_of_calls_is_the_sum_of_their_costs(a: int, b: int, c: int, d: int) -> None:
    """It does not matter whether calls are added up before they are priced."""
    first = Usage(input_tokens=a, output_tokens=b)
    second = Usage(input_tokens=c, output_tokens=d)
    apart = PRICES.of(first) + PRICES.of(second)
    assert PRICES.of(first.plus(second)) == pytest.approx(apart)
    assert first.plus(second).total == first.total + second.total


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("50000", 50_000),
        (" 50,000 ", 50_000),
        ("50_000", 50_000),
        ("50k", 50_000),
        ("50K tokens", 50_000),
        ("1.5M", 1_500_000),
        ("1,5m", 1_500_000),
        ("1,234,567.9 tok", 1_234_567),
        ("7 t", 7),
        ("1 token", 1),
        ("1.001k", 1_001),
        ("0,500k", 500),
    ],
)
def test_a_budget_of_tokens(text: str, tokens: int) -> None:
    """With or without a unit, with a thousand or a million as a letter."""
    assert budget_of(text, None) == Budget(tokens=tokens)
    assert budget_of(text, PRICES) == Budget(tokens=tokens)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2.50 USD", 2.5),
        ("2.50usd", 2.5),
        ("$2.50", 2.5),
        ("$ 2,50", 2.5),
        ("2.50$", 2.5),
        ("$2 USD", 2.0),
        ("$1,250.5", 1250.5),
        ("0,500 USD", 0.5),
        ("0.001USD", 0.001),
    ],
)
def test_a_budget_of_money(text: str, amount: float) -> None:
    """A sign or a name, in front or behind."""
    assert budget_of(text, PRICES) == Budget(amount=amount, currency="USD")


@pytest.mark.parametrize(
    ("text", "currency"), [("€3", "EUR"), ("3£", "GBP"), ("3 kr", "KR"), ("3 mxn", "MXN")]
)
def test_other_currencies_go_with_their_own_prices(text: str, currency: str) -> None:
    """Letters that could be a thousand or a million belong to a name here."""
    prices = Prices(input=1, output=1, currency=currency)
    assert budget_of(text, prices) == Budget(amount=3.0, currency=currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "0 USD",
        "-5",
        "much",
        "1e5",
        "nan",
        "inf",
        "1.000.50",
        "5 5",
        "$",
        "5 tokens please",
        "0.5",
        "9" * 400,
        "$" + "9" * 400,
        "9" * 400 + "k",
    ],
)
def test_what_is_no_budget_is_refused(text: str) -> None:
    """With what to write instead, and never as a budget of nothing."""
    with pytest.raises(BadInput) as caught:
        budget_of(text, PRICES)
    assert "50000" in caught.value.hint


@pytest.mark.parametrize("text", ["$2k", "$5 tokens", "$2 EUR", "€2 $", "2k USD", "2 kUSD"])
def test_a_budget_with_two_meanings_is_refused(text: str) -> None:
    """Two thousand dollars are not two; a sign and a name must agree."""
    with pytest.raises(BadInput):
        budget_of(text, PRICES)


def test_money_needs_prices_in_its_currency() -> None:
    """What cannot be compared with a price could never be spent."""
    with pytest.raises(BadInput, match="needs prices"):
        budget_of("2 USD", None)
    with pytest.raises(BadInput, match="prices are in USD, the budget is in EUR"):
        budget_of("€2", PRICES)


@given(st.text(max_size=30))
def test_any_text_is_a_budget_or_is_refused(text: str) -> None:
    """One or the other, and what is a budget allows something."""
    try:
        found = budget_of(text, PRICES)
    except BadInput:
        return
    assert (found.tokens is None) is (found.amount is not None)
    limit = found.amount if found.tokens is None else found.tokens
    assert limit is not None
    assert 0 < limit < math.inf


@given(st.integers(1, 10**12))
def test_a_budget_is_written_as_it_is_read(tokens: int) -> None:
    """So that it can be given again; a thousandth of it in thousands is the same."""
    assert budget_of(str(Budget(tokens=tokens)), None).tokens == tokens
    assert budget_of(f"{tokens // 1000}.{tokens % 1000:03}k", None).tokens == tokens


def test_money_is_written_with_its_currency() -> None:
    """As a person writes it."""
    assert str(Budget(amount=2.5, currency="USD")) == "2.5 USD"
