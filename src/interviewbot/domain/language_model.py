"""Which language model to ask, and how.

Owns the user's choice as one thing. Refuses to load it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interviewbot.domain.spending import Budget, Prices


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModel:
    """The user's choice of a language model, and how it may be asked.

    ``name`` is ``provider:model``; ``base_url`` goes before the provider's own address;
    ``timeout`` (seconds) is for one answer, ``per_minute`` bounds the calls of all threads.
    """

    name: str = ""
    base_url: str = ""
    key_file: Path | None = None
    timeout: float = 60.0
    workers: int = 8
    per_minute: float | None = None
    prices: Prices | None = None
    budget: Budget | None = None
    fallback: bool = True
    tracing: bool = False
