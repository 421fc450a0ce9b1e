"""A question's texts as claims that are ready to be compared with answers.

Owns which texts are right and which are wrong about a point, and comparing all of them at
once. Refuses to fetch vectors and to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from interviewbot.domain.frames import Stance
from interviewbot.domain.polarity import is_negative
from interviewbot.domain.question import Question
from interviewbot.services.alignment import Alignment, Claim, Passages, TokenWeights, align
from interviewbot.vectors import EncodedText

_NEVER = frozenset({Stance.UNCLAIMED})
_DENIED = _NEVER | {Stance.DENIED}
_NOT_HELD = frozenset({Stance.DENIED, Stance.REPORTED})  # who names a misconception has none


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PointClaims:
    """The wordings of a point, its own text first, and its misconceptions.

    A text without a content word is left out.
    """

    right: tuple[Claim, ...]
    wrong: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PointAlignments:
    """How near an answer comes to each of a point's claims, in their order."""

    right: tuple[Alignment, ...]
    wrong: tuple[Alignment, ...]


def claims_of(
    question: Question, encoded: Mapping[str, EncodedText], weights: TokenWeights
) -> dict[str, PointClaims]:
    """Return the claims of every point by its id; ``encoded`` holds the question's texts."""
    prompt = frozenset(encoded[question.prompt].token_ids.tolist() if question.prompt else ())

    def ready(text: str, deaf_to: frozenset[Stance]) -> Claim:
        weighed = weights.of(text, encoded[text], prompt)
        return Claim(text=text, encoded=encoded[text], weights=weighed, deaf_to=deaf_to)

    def right(text: str) -> Claim:
        return ready(text, _NEVER if is_negative(text) else _DENIED)

    def wrong(text: str) -> Claim:
        return ready(text, _NOT_HELD)

    return {
        point.id: PointClaims(
            right=_with_words(map(right, point.claims)),
            wrong=_with_words(map(wrong, point.misconceptions)),
        )
        for point in question.points
    }


def _with_words(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if claim.weights.any())


def align_points(
    claims: Mapping[str, PointClaims], passages: Passages
) -> dict[str, PointAlignments]:
    """Align the claims of every point with ``passages``, which must hold a sentence.

    One matrix product for all of them takes two thirds of the time of one for each point.
    """
    every = [claim for point in claims.values() for claim in (*point.right, *point.wrong)]
    found = iter(align(every, passages))
    return {
        name: PointAlignments(
            right=tuple(islice(found, len(point.right))),
            wrong=tuple(islice(found, len(point.wrong))),
        )
        for name, point in claims.items()
    }
