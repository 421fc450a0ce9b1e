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
    _calls: int = field(default=0, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def add(self, usage: Usage) -> None:
        """Count ``usage``, whatever came of the call."""
        with self._lock:
            self._usage = self._usage.plus(usage)
            self._calls += usage.total > 0

    @property
    def usage(self) -> Usage:
        """All tokens so far."""
        with self._lock:
            return self._usage

    @property
    def calls(self) -> int:
        """How many calls took something so far."""
        with self._lock:
            return self._calls

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

    def enough(self, under_way: int = 0) -> bool:
        """Return whether the budget bears no further answer, with so many ``under_way``.

        For each of those is held back what a call has cost on average; until that is known, one
        goes ahead of all others. What was begun is finished, so that the budget may be exceeded,
        by about one answer.
        """
        if self.budget is None:
            return False
        with self._lock:
            spent, calls = self._of_the_budget, self._calls
        if not under_way or spent >= self.budget.limit:
            return spent >= self.budget.limit
        return not calls or spent * (1 + under_way / calls) >= self.budget.limit

    @property
    def _of_the_budget(self) -> float:
        """What is spent in what the budget is in; needs the lock."""
        if self.budget is None or self.budget.tokens is not None:
            return self._usage.total
        return self.cost_of(self._usage) or 0.0

    def __str__(self) -> str:
        """Return what was spent as a person reads it, and of what."""
        usage = self.usage
        about = "" if usage.told else "about "
        text = f"{about}{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
        if self.budget is not None and self.budget.tokens is not None:
            text = f"{text}: {usage.total:,} of {self.budget}"
        cost = self.cost
        if cost is None:
            return text
        bound = "" if self.budget is None or self.budget.amount is None else f" of {self.budget}"
        return f"{text}, {cost:.4f} {self.currency}{bound}"
