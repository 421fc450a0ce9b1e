"""Whether two points of one question say the same.

Owns the rule: a wording of either that nearly says the other's, wordings that are as near
across the two points as within one, and a text that is nearer to the other point than to its
own wordings. Its bounds are those of the bundled encoder; of 992 pairs of sister points of a
corpus that people read none is found. Refuses to look at a grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import ge

import numpy as np

from interviewbot.domain.polarity import denies, oppositions
from interviewbot.domain.question import Point
from interviewbot.domain.text import words
from interviewbot.services.evaluation.rubric_closeness import Likenesses
from interviewbot.services.evaluation.rubric_restating import own_names

# The best pair of wordings; the mean of all, above what is within the looser point; a text's
# likeness to the other point, above that to its own wordings. Either row is enough.
_SAME_FROM = ((0.75, 0.04, 0.14), (0.82, -0.02, 0.1))
_ENOUGH = 4  # claims, to go by what they are to one another


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """``across`` is the likeness of the two points' wordings, ``within`` that of one's own.

    ``said`` and ``again`` are the two wordings that are most alike.
    """

    across: float
    within: float
    said: str
    again: str


def twins(point: Point, sister: Point, table: Likenesses, usual: float | None) -> Twins | None:
    """Return what makes the two say the same, None where they do not.

    ``usual`` stands for how near a point's wordings are to one another where it has few;
    without it such a point has no twin.
    """
    found = table.between(point.claims, sister.claims)
    left, right = (int(place) for place in np.unravel_index(found.argmax(), found.shape))
    said, again = point.claims[left], sister.claims[right]
    spreads = [_within(one, table, 1.0 if usual is None else usual) for one in (point, sister)]
    nearer = max(float(found[0].mean()) - spreads[0], float(found[:, 0].mean()) - spreads[1])
    across = float(found.mean())
    figures = (float(found.max()), across - min(spreads), nearer)
    same = any(all(map(ge, figures, row)) for row in _SAME_FROM)
    if not same or _differ(said, again):
        return None
    return Twins(across=across, within=min(spreads), said=said, again=again)


def _within(point: Point, table: Likenesses, usual: float) -> float:
    """Return how near the wordings of ``point`` are to one another; of few, at least ``usual``."""
    found = table.among(point.claims) or 0.0
    return found if len(point.claims) >= _ENOUGH else max(found, usual)


def _differ(said: str, again: str) -> bool:
    """Return whether a negation, an opposite or a name parts the two: "L1 adds", "L2 adds".

    So do two subjects that are compounds: "One-vs-rest trains", "One-vs-one trains".
    """
    first, second = (next(iter(words(text)), "") for text in (said, again))
    named = first != second and "-" in first and "-" in second
    pairs = ((said, again), (first, second))
    opposed = any(oppositions(one, other, lambda *_: 1.0) for one, other in pairs)
    return named or opposed or denies(said, again) or own_names(said, again)
