"""How near the encoder places two texts: a second opinion that no verdict goes into.

Owns pooled cosines between texts of the corpus, and the bounds that turn them into words.
The bounds are those of the bundled encoder on 40 questions with 267 points; another encoder
has other cosines, and they should be measured again before its faults are believed. Refuses
to look at a grade.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.terms import content_words
from interviewbot.vectors import EncodedText, Matrix

TextVectors = Callable[[Sequence[str]], Mapping[str, EncodedText]]

SAME_FROM = 0.8
"""Two texts of different questions say the same. Of 34,744 pairs of points three have wordings
above it, rightly; those of the next, at 0.76, name the same things and say something else.
Some that say the same lie as low as 0.65: those are reported though nothing is wrong."""

SAME_ON_AVERAGE_FROM = 0.6
"""Two points that say the same do so on the whole, not in one stray wording; the three pairs
lie at 0.72 and above."""

TWINS_FROM = 0.9
"""Two points of one question may be the same. It takes more, since sisters speak of one thing:
"overfitting shows as …" and "underfitting shows as …" lie at 0.86 and are not the same."""

FAR_BELOW = 0.25
"""A wording lies as far from its point as from an unrelated one: 2 in 100 of all wordings do
from their own, 68 in 100 from a point of another question."""


def likeness(left: Sequence[str], right: Sequence[str], vectors: TextVectors) -> float:
    """Return the best pooled cosine of a text of ``left`` and one of ``right``, -1..1.

    Without a text on either side it is -1: nothing is like nothing.
    """
    return float(likenesses(left, right, vectors).max(initial=-1.0))


def likenesses(left: Sequence[str], right: Sequence[str], vectors: TextVectors) -> Matrix:
    """Return the pooled cosines ``[len(left), len(right)]``, to four decimals."""
    if not left or not right:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    found = vectors([*left, *right])
    cosines: Matrix = np.round(_pooled(left, found) @ _pooled(right, found).T, 4)
    return cosines


def say_the_same(left: Sequence[str], right: Sequence[str], vectors: TextVectors) -> float | None:
    """Return the likeness of two points of different questions that say the same, else None."""
    near = likeness(left, right, vectors)
    found = vectors([*left, *right])
    means = [_pooled(texts, found).mean(axis=0) for texts in (left, right)]
    average = float(means[0] @ means[1] / np.prod(np.linalg.norm(means, axis=1)))
    return near if near >= SAME_FROM and average >= SAME_ON_AVERAGE_FROM else None


def likeness_of_questions(entries: Sequence[CorpusEntry], vectors: TextVectors) -> Matrix:
    """Return the cosines ``[n, n]`` of questions, each the mean of what its points say."""
    texts = [[point.text for point in entry.question.points] for entry in entries]
    found = vectors([text for of_one in texts for text in of_one])
    means = np.stack([_pooled(of_one, found).mean(axis=0) for of_one in texts])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    cosines: Matrix = means @ means.T
    return cosines


def are_twins(left: Sequence[str], right: Sequence[str], vectors: TextVectors) -> bool:
    """Return whether a text of ``left`` and one of ``right`` say the same.

    That is more than being near: "L1 adds the sum" and "L2 adds the sum" lie at 0.95, and
    the one word that each has for itself is all the difference. Of twins one has none.
    """
    near = np.argwhere(likenesses(left, right, vectors) >= TWINS_FROM)
    words = [(content_words(left[i]), content_words(right[j])) for i, j in near]
    return any(one <= other or other <= one for one, other in words)


def _pooled(texts: Sequence[str], found: Mapping[str, EncodedText]) -> Matrix:
    return np.stack([found[text].pooled for text in texts])
