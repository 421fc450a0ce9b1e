"""Whether a wording stands at the point that it is about.

Owns the comparison of a wording with its own point's other wordings, with its sister points
and with other questions. Its bounds are those of the bundled encoder, set so that of 1,237
wordings of a corpus that people read none is found; of wordings put to a random sister point
three in ten are, of those put to another question half: the others lie as near to the
wrong place as good ones do to theirs. Refuses to look at a grade.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.question import Point
from interviewbot.services.evaluation.rubric_closeness import Likenesses, Nearness, nearness_to
from interviewbot.services.evaluation.rubric_likeness import TextVectors, likenesses
from interviewbot.vectors import Matrix

_FEWEST_OTHERS = 2  # wordings of its own point; with one, chance decides between sisters
_ODD = -0.05  # below what the point's other wordings are to one another
_OTHER_SUBJECT = 0.3  # more likeness to the nearest texts of another question than of its own
_NEAREST_TEXTS = 5
_NEAREST_POINTS = 3  # of other questions
_FEW = {1: 1.8, 2: 1.4}  # times as far, for so many wordings; chance decides more there
_FEWEST_POINTS = 4  # from which what is usual can be known
_AT_HOME = 0.5  # nearness from which another question's point is worth naming
_FAR_TOKENS, _FAR_POOLED, _FAR_ODD = 0.35, 0.07, -0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lead:
    """By how much another place must be nearer than a wording's own."""

    tokens: float
    pooled: float
    best: float

    def is_had_by(self, others: Collection[Nearness], own: Nearness, wordings: int) -> bool:
        """Return whether ``others`` are so much nearer, each figure by the best of them.

        They need to be more so where the own point has few other ``wordings``.
        """
        times = _FEW.get(wordings, 1.0)

        def lead(name: str) -> float:
            near = [float(getattr(other, name)) for other in (own, *others)]
            return max(near[1:]) - near[0]

        return (
            lead("tokens") + lead("tokens_with_wrong") > 2 * times * self.tokens
            and lead("pooled") + lead("pooled_with_wrong") > 2 * times * self.pooled
            and lead("best") > times * self.best
        )


_OF_SISTER = _Lead(tokens=0.1, pooled=0.1, best=0.1)
_OF_STRANGER = _Lead(tokens=0.1, pooled=0.2, best=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """``own`` is the nearness to the wording's point, ``rival`` that to where it belongs.

    ``entry`` and ``point`` are that place; None where it is far from everything.
    """

    own: float
    rival: float
    entry: CorpusEntry | None = None
    point: Point | None = None


@dataclass(frozen=True, kw_only=True)
class Places:
    """The points of all ``entries``; ``vectors`` encodes texts."""

    entries: Sequence[CorpusEntry]
    vectors: TextVectors

    @cached_property
    def tables(self) -> dict[str, Likenesses]:
        """The likenesses within every question, by its id."""
        return {
            entry.question.id: Likenesses.of(entry.question, self.vectors) for entry in self.entries
        }

    @cached_property
    def usual(self) -> float | None:
        """How near the wordings of one point are to one another; None where few have several."""
        found = (
            self.tables[entry.question.id].among(point.claims) for entry, point in self._points
        )
        known = [value for value in found if value is not None]
        return float(np.mean(known)) if len(known) >= _FEWEST_POINTS else None

    @cached_property
    def _points(self) -> list[tuple[CorpusEntry, Point]]:
        return [(entry, point) for entry in self.entries for point in entry.question.points]

    @cached_property
    def _middles(self) -> Matrix:
        """The mean pooled vector of every point's claims, of length 1."""
        found = self.vectors([claim for _, point in self._points for claim in point.claims])
        means: Matrix = np.stack(
            [
                np.mean([found[claim].pooled for claim in point.claims], axis=0)
                for _, point in self._points
            ]
        )
        unit: Matrix = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        return unit

    def misplaced(self, entry: CorpusEntry, point: Point, wording: str) -> Misplaced | None:
        """Return where ``wording``, of ``point``, belongs; None where it may well stand there."""
        others = [claim for claim in point.claims if claim != wording]
        if not others:
            return None
        table = self.tables[entry.question.id]
        own, together = table.near(wording, point), table.among(others) or self.usual
        if together is None:
            return None
        odd = own.tokens - together
        found = None
        if len(others) >= _FEWEST_OTHERS and odd < 0:
            found = self._at_sister(entry, point, wording, own)
        if found is None and odd < _ODD:
            found = self._elsewhere(entry, wording, own, len(others))
        if found is None and odd < _FAR_ODD and _is_far(own):
            return Misplaced(own=own.tokens, rival=_FAR_TOKENS)
        return found

    def _at_sister(
        self, entry: CorpusEntry, point: Point, wording: str, own: Nearness
    ) -> Misplaced | None:
        table = self.tables[entry.question.id]
        sisters = [other for other in entry.question.points if other.id != point.id]
        near = [table.near(wording, sister) for sister in sisters]
        if not near or not _OF_SISTER.is_had_by(near, own, len(point.claims) - 1):
            return None
        nearest = max(range(len(near)), key=lambda number: near[number].tokens)
        return Misplaced(
            own=own.tokens, rival=near[nearest].tokens, entry=entry, point=sisters[nearest]
        )

    def _elsewhere(
        self, entry: CorpusEntry, wording: str, own: Nearness, others: int
    ) -> Misplaced | None:
        order = np.argsort(-(self._middles @ self.vectors([wording])[wording].pooled))
        foreign = [self._points[place] for place in order if self._points[place][0] is not entry]
        places = foreign[:_NEAREST_POINTS]
        near = [nearness_to(wording, point, self.vectors) for _, point in places]
        if not near or not _OF_STRANGER.is_had_by(near, own, others):
            return None
        nearest = max(range(len(near)), key=lambda number: near[number].tokens)
        where, point = places[nearest]
        here = self.tables[entry.question.id].nearest(wording, _NEAREST_TEXTS)
        if self._to_texts_of(where, wording) - here < _OTHER_SUBJECT:
            return None  # the more questions there are, the nearer one of them lies by chance
        rival = near[nearest].tokens
        if rival < _AT_HOME:
            return Misplaced(own=own.tokens, rival=rival)
        return Misplaced(own=own.tokens, rival=rival, entry=where, point=point)

    def _to_texts_of(self, entry: CorpusEntry, wording: str) -> float:
        """Return the pooled likeness of ``wording`` to the nearest texts of another question."""
        texts = list(self.tables[entry.question.id].texts)
        near = np.sort(likenesses([wording], texts, self.vectors)[0])
        return float(near[-_NEAREST_TEXTS:].mean())


def _is_far(own: Nearness) -> bool:
    return own.tokens < _FAR_TOKENS and own.pooled < _FAR_POOLED
