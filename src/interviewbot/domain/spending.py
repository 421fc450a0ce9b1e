"""What a language model's replies cost, and how much they may.

Owns prices, budgets and the arithmetic. Refuses to know any vendor's prices: the user sets
them, since they change.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from interviewbot.domain.chat import Usage
from interviewbot.domain.errors import BadInput

_MILLION = 1_000_000
_AMOUNT = re.compile(
    r"(?P<before>[$€£]?)\s*(?P<number>\d+(?:[.,_]\d+)*)\s*(?P<scale>[km]?)\s*(?P<unit>[a-z]*|[$€£])",
    re.IGNORECASE,
)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_TOKENS = frozenset({"", "t", "tok", "token", "tokens"})
_SCALES = {"": 1, "k": 1_000, "m": _MILLION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """The price of a million tokens in and out, in ``currency`` (as in ``USD``)."""

    input: float
    output: float
    currency: str

    def of(self, usage: Usage) -> float:
        """Return what ``usage`` costs."""
        paid = usage.input_tokens * self.input + usage.output_tokens * self.output
        return paid / _MILLION


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much may be spent: so many ``tokens``, or so much money in ``currency``."""

    tokens: int | None = None
    amount: float | None = None
    currency: str = ""

    @property
    def limit(self) -> float:
        """The number of tokens, or the amount of money."""
        return self.tokens if self.tokens is not None else self.amount or 0.0

    def __str__(self) -> str:
        """Return it as a person writes it."""
        if self.tokens is not None:
            return f"{self.tokens:,} tokens"
        return f"{self.amount:g} {self.currency}"


def budget_of(text: str, prices: Prices | None) -> Budget:
    """Return the budget that ``text`` names: ``50000``, ``50k tokens``, ``2.50 USD``, ``$2.50``.

    Raises:
        BadInput: if it names none, or money where no prices are set in that currency.
    """
    found = _AMOUNT.fullmatch(text.strip())
    number = _number(found["number"]) if found else None
    if found is None or number is None or number <= 0:
        raise BadInput(f"“{text}” is no budget", "write 50000 for tokens, or 2.50USD")
    sign, unit = found["before"], found["unit"]
    if not sign and unit.lower() in _TOKENS:
        tokens = round(number * _SCALES[found["scale"].lower()], 3)  # 1.001k is 1001
        if tokens < 1:
            raise BadInput(f"“{text}” is less than a token", "write 50000 for tokens, or 2.50USD")
        return Budget(tokens=int(tokens))
    currency = _currency(sign, found["scale"] + unit)
    if currency is None:
        raise BadInput(f"“{text}” is no budget", "write 50000 for tokens, or 2.50USD")
    if prices is None:
        raise BadInput(
            f"a budget in {currency} needs prices",
            "set price_input and price_output (for a million tokens), or give it in tokens",
        )
    if prices.currency.upper() != currency:
        raise BadInput(
            f"the prices are in {prices.currency}, the budget is in {currency}",
            "give the budget in that currency, or in tokens",
        )
    return Budget(amount=number, currency=prices.currency)


def _currency(sign: str, unit: str) -> str | None:
    """Return what ``$``, before or behind, or ``USD`` names; None where the two differ."""
    before, behind = _SIGNS.get(sign, ""), _SIGNS.get(unit, unit.upper())
    if before and behind and before != behind:
        return None
    return before or behind


def _number(text: str) -> float | None:
    plain = text.replace("_", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        number = float(plain.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
