"""What all threads of a command have spent."""

from __future__ import annotations

import threading

import pytest

from interviewbot.domain.chat import Usage
from interviewbot.domain.spending import Budget, Prices
from interviewbot.services.llm.spending import Spending

PRICES = Prices(input=1.0, output=10.0, currency="EUR")
CALL = Usage(input_tokens=1_000, output_tokens=100)


def test_nothing_is_lost_between_threads() -> None:
    """Eight threads that add at once add up."""
    spending = Spending(prices=PRICES)
    ready = threading.Barrier(8)

    def spend() -> None:
        ready.wait(10)
        for _ in range(500):
            spending.add(CALL)

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert spending.usage == Usage(input_tokens=4_000_000, output_tokens=400_000)
    assert spending.cost == pytest.approx(8.0)


def test_a_budget_of_tokens_is_spent_when_it_is_reached() -> None:
    """Tokens in and out count alike; one less is not all."""
    spending = Spending(budget=Budget(tokens=2_200))
    assert not spending.enough()
    spending.add(CALL)
    spending.add(Usage(input_tokens=999, output_tokens=100))
    assert not spending.enough()
    spending.add(Usage(output_tokens=1))
    assert spending.enough()


def test_a_budget_of_money_is_spent_when_it_is_reached() -> None:
    """By the prices, and what was under way may exceed it."""
    spending = Spending(prices=PRICES, budget=Budget(amount=0.003, currency="EUR"))
    spending.add(CALL)
    assert not spending.enough()
    spending.add(CALL)
    assert spending.cost == pytest.approx(0.004)
    assert spending.enough()


def test_without_a_budget_there_is_no_end() -> None:
    """However much it is."""
    spending = Spending(prices=PRICES)
    spending.add(Usage(input_tokens=10**15))
    assert not spending.enough()


def test_without_prices_there_is_no_cost() -> None:
    """None, which is not nothing."""
    spending = Spending()
    spending.add(CALL)
    assert (spending.cost, spending.currency) == (None, "")
    assert str(spending) == "1,000 tokens in, 100 out"


def test_what_was_spent_is_said_with_its_price() -> None:
    """And that it is an estimate, once one call was."""
    spending = Spending(prices=PRICES)
    spending.add(CALL)
    assert str(spending) == "1,000 tokens in, 100 out, 0.0020 EUR"
    spending.add(Usage(input_tokens=1, told=False))
    assert str(spending).startswith("about 1,001 tokens in")


def test_for_what_is_under_way_its_price_is_held_back() -> None:
    """One goes ahead while nobody knows what one costs; then as many begin as the rest bears."""
    spending = Spending(budget=Budget(tokens=5_000))
    assert not spending.enough(0)
    assert spending.enough(1)
    spending.add(Usage())  # a call that failed says nothing about the price
    assert spending.enough(1)
    spending.add(CALL)
    assert [spending.enough(under_way) for under_way in range(6)] == [False] * 4 + [True] * 2


def test_a_price_in_money_is_held_back_as_well() -> None:
    """By the same rule."""
    spending = Spending(prices=PRICES, budget=Budget(amount=0.006, currency="EUR"))
    spending.add(CALL)
    assert not spending.enough(1)
    assert spending.enough(2)


def test_it_is_said_of_what_was_spent() -> None:
    """In what the budget is in."""
    tokens = Spending(prices=PRICES, budget=Budget(tokens=5_000))
    money = Spending(prices=PRICES, budget=Budget(amount=2.0, currency="EUR"))
    for spending in (tokens, money):
        spending.add(CALL)
    assert str(tokens) == "1,000 tokens in, 100 out: 1,100 of 5,000 tokens, 0.0020 EUR"
    assert str(money) == "1,000 tokens in, 100 out, 0.0020 EUR of 2 EUR"
