"""How alike texts of a rubric are, token by token and in both directions.

Owns that arithmetic, and what is usual among the wordings of one point, with which all else is
compared. Refuses to say what follows, and to look at a grade.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewbot.domain.question import Point, Question
from interviewbot.domain.text import Span
from interviewbot.services.alignment import Claim, Passages, TokenWeights, align
from interviewbot.services.evaluation.rubric_likeness import TextVectors, likenesses
from interviewbot.vectors import EncodedText, Matrix

# Which words are rare is not known here: content words count alike, others nothing.
_WEIGHTS = TokenWeights(idf={}, unknown=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near one text is to those of a point, by tokens and by the pooled vectors.

    ``tokens`` and ``pooled`` are means over the point's claims, ``…_with_wrong`` over its
    claims and its misconceptions (they are about the same thing), ``best`` the nearest claim.
    """

    tokens: float
    pooled: float
    tokens_with_wrong: float
    pooled_with_wrong: float
    best: float


def closeness(left: Sequence[str], right: Sequence[str], vectors: TextVectors) -> Matrix:
    """Return how much each of ``left`` says of each of ``right`` and the reverse: means, 0..1."""
    found = vectors([*left, *right])
    one, other = ([found[text] for text in texts] for texts in (left, right))
    both = _said(left, one, right, other) + _said(right, other, left, one).T
    halved: Matrix = np.multiply(both, 0.5, dtype=np.float32)
    return halved


def _said(
    claims: Sequence[str],
    encoded: Sequence[EncodedText],
    texts: Sequence[str],
    others: Sequence[EncodedText],
) -> Matrix:
    """Return how much of each claim each text says: float32 ``[claims, texts]``."""
    ready = [
        Claim(text=text, encoded=one, weights=_WEIGHTS.of(text, one, frozenset()))
        for text, one in zip(claims, encoded, strict=True)
    ]
    passages = Passages.of(texts, [Span(0, len(text)) for text in texts], others)
    if len(passages.texts) < len(texts) or not all(len(one.token_ids) for one in encoded):
        return np.zeros((len(claims), len(texts)), dtype=np.float32)  # nothing can be compared
    return np.stack([aligned.by_sentence for aligned in align(ready, passages)])


def _nearness(tokens: Matrix, pooled: Matrix, claims: int) -> Nearness:
    """Return what the likenesses of a text to ``claims`` claims, then misconceptions, say."""
    return Nearness(
        tokens=float(tokens[:claims].mean()),
        pooled=float(pooled[:claims].mean()),
        tokens_with_wrong=float(tokens.mean()),
        pooled_with_wrong=float(pooled.mean()),
        best=float(tokens[:claims].max()),
    )


def nearness_to(text: str, point: Point, vectors: TextVectors) -> Nearness:
    """Return how near ``text`` is to ``point``, one that does not have it."""
    every = [*point.claims, *point.misconceptions]
    tokens, pooled = closeness([text], every, vectors), likenesses([text], every, vectors)
    return _nearness(tokens[0], pooled[0], len(point.claims))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Likenesses:
    """Those of all claims and misconceptions of one question, ``texts``, to one another.

    ``tokens`` and ``pooled`` are float32 ``[n, n]``.
    """

    texts: Mapping[str, int]
    tokens: Matrix
    pooled: Matrix

    @classmethod
    def of(cls, question: Question, vectors: TextVectors) -> Likenesses:
        """Compare everything with everything, once."""
        texts = list(
            dict.fromkeys(t for p in question.points for t in (*p.claims, *p.misconceptions))
        )
        return cls(
            texts={text: number for number, text in enumerate(texts)},
            tokens=closeness(texts, texts, vectors),
            pooled=likenesses(texts, texts, vectors),
        )

    def near(self, text: str, point: Point) -> Nearness:
        """Return how near ``text`` is to what ``point``, which must say more than it, says."""
        claims = self._rows(point.claims, text)
        rows = [*claims, *self._rows(point.misconceptions, text)]
        row = self.texts[text]
        return _nearness(self.tokens[row, rows], self.pooled[row, rows], len(claims))

    def among(self, texts: Sequence[str]) -> float | None:
        """Return how near ``texts`` are to one another on average; None of less than two."""
        if len(texts) < 2:
            return None
        rows = self._rows(texts)
        return float(self.tokens[np.ix_(rows, rows)][np.triu_indices(len(rows), 1)].mean())

    def between(self, left: Sequence[str], right: Sequence[str]) -> Matrix:
        """Return the likenesses by tokens, ``[left, right]``."""
        found: Matrix = self.tokens[np.ix_(self._rows(left), self._rows(right))]
        return found

    def nearest(self, text: str, most: int) -> float:
        """Return the mean pooled likeness of ``text`` to the ``most`` nearest other texts."""
        others = np.delete(self.pooled[self.texts[text]], self.texts[text])
        return float(np.sort(others)[-most:].mean()) if len(others) else 0.0

    def _rows(self, texts: Sequence[str], without: str = "") -> list[int]:
        return [self.texts[text] for text in texts if text != without]
