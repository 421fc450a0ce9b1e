"""A question's texts as claims that are ready to be compared with answers.

Owns which texts are right and which are wrong about a point. Refuses to compare them and to
fetch vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewbot.domain.question import Question
from interviewbot.services.alignment import Claim, TokenWeights
from interviewbot.vectors import EncodedText


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PointClaims:
    """The wordings of a point, its own text first, and its misconceptions.

    A text without a token is left out.
    """

    right: tuple[Claim, ...]
    wrong: tuple[Claim, ...]


def claims_of(
    question: Question, encoded: Mapping[str, EncodedText], weights: TokenWeights
) -> dict[str, PointClaims]:
    """Return the claims of every point by its id; ``encoded`` holds the question's texts."""
    prompt = frozenset(encoded[question.prompt].token_ids.tolist() if question.prompt else ())

    def ready(texts: Sequence[str]) -> tuple[Claim, ...]:
        return tuple(
            Claim(text=text, encoded=encoded[text], weights=weights.of(text, encoded[text], prompt))
            for text in texts
            if len(encoded[text].token_ids)
        )

    return {
        point.id: PointClaims(right=ready(point.claims), wrong=ready(point.misconceptions))
        for point in question.points
    }
