"""What a command has spent on a language model so far.

Owns the totals of all threads and the moment when the budget is gone. Refuses to know a
price by itself (``domain.spending``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from interviewbot.domain.chat import Usage
from interviewbot.domain.spending import Budget, Prices


@dataclass(kw_only=True)
class Spending:
    """Tokens and money of this process; ``prices`` and ``budget`` may be None."""

    prices: Prices | None = None
    budget: Budget | None = None
    _usage: Usage = field(default_factory=Usage, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def add(self, usage: Usage) -> None:
        """Count ``usage``, whatever came of the call."""
        with self._lock:
            self._usage = self._usage.plus(usage)

    @property
    def usage(self) -> Usage:
        """All tokens so far."""
        with self._lock:
            return self._usage

    @property
    def cost(self) -> float | None:
        """All money so far, None where no prices are set."""
        return self.cost_of(self.usage)

    def cost_of(self, usage: Usage) -> float | None:
        """Return the price of ``usage``, None where no prices are set."""
        return None if self.prices is None else self.prices.of(usage)

    @property
    def currency(self) -> str:
        """What ``cost`` is in; empty where no prices are set."""
        return "" if self.prices is None else self.prices.currency

    @property
    def exhausted(self) -> bool:
        """Whether the budget is spent. What is under way is paid for, so it may be exceeded."""
        if self.budget is None:
            return False
        if self.budget.tokens is not None:
            return self.usage.total >= self.budget.tokens
        cost = self.cost
        return cost is not None and self.budget.amount is not None and cost >= self.budget.amount

    def __str__(self) -> str:
        """Return what was spent as a person reads it."""
        usage = self.usage
        about = "" if usage.told else "about "
        text = f"{about}{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
        cost = self.cost
        return text if cost is None else f"{text}, {cost:.4f} {self.currency}"
