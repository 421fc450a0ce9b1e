"""A run that was finished before, as far as another run can be compared with it.

Owns what is remembered of every answer. Refuses to compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from interviewbot.domain.grade import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PastGrade:
    """The score (0..100; None where ungraded) and the verdicts of one answer."""

    score: float | None
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A finished run: its name, and what came of every answer by set and id.

    ``gold`` holds the digest of each set's rows; empty where it is not known.
    """

    name: str
    grades: Mapping[tuple[str, str], PastGrade]
    gold: Mapping[str, str] = field(default_factory=dict)
