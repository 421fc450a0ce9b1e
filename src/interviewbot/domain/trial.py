"""Trials: the answers that a run of the evaluation harness grades.

Owns the words that the parts of the harness share. Refuses to grade and to compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded

Results: TypeAlias = Mapping[str, Grade | Ungraded]
"""What came of every trial, by its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One answer to grade; ``key`` is unique in its run, and the same in every run of it."""

    key: str
    row: GoldRow
