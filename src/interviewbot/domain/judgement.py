"""What a language model says of an answer, before anybody believes it.

Owns the words: claim, judgement. Refuses to check a quote and to add anything up.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewbot.domain.grade import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the model says of one point; ``quote`` is what it says the answer's words are."""

    point_id: str
    verdict: Verdict
    quote: str
    confidence: float  # 0..1, the model's own, calibrated by nobody
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A whole reply: a claim for every point asked for, in the order of the question.

    The three sentences may be empty.
    """

    claims: tuple[Claim, ...]
    strength: str = ""
    improvement: str = ""
    follow_up: str = ""
