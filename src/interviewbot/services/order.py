"""Does a near copy keep the order of what it copies?

The words of a point thrown together are as like it as an honest sentence is, but they stand
in another order; an honest paraphrase may turn the order round, but then it is no near copy.
Owns that measurement. Refuses to judge what only resembles a claim.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from interviewbot.services.alignment import Alignment, Passages

_COPY = 0.88  # likeness from which a sentence has the words of a claim
_LEAST_NEIGHBOURS = 0.45  # share of neighbours in the claim that are neighbours in the sentence
_LEAST_PAIRS = 3
_FOUND = 0.5  # cosine from which a word of the claim stands in the sentence
_SLACK = 2  # tokens put in between
_LONGEST = 1.25  # times the tokens of the claim: who says more has put it into other words


def out_of_order(aligned: Iterable[Alignment], passages: Passages) -> list[int]:
    """Return the sentences that hold the words of the claim they are likest to in no order."""
    best: dict[int, Alignment] = {}
    for item in aligned:
        for sentence in np.flatnonzero(item.by_sentence >= _COPY).tolist():
            known = best.get(sentence)
            if known is None or item.by_sentence[sentence] > known.by_sentence[sentence]:
                best[sentence] = item
    return [
        sentence for sentence, item in sorted(best.items()) if _is_mixed(item, passages, sentence)
    ]


def _is_mixed(item: Alignment, passages: Passages, sentence: int) -> bool:
    counting = np.flatnonzero(item.claim.weights)
    tokens = passages.tokens[passages.bounds[sentence] : passages.bounds[sentence + 1]]
    if len(tokens) > _LONGEST * len(item.claim.encoded.token_ids):
        return False
    cosines = item.claim.encoded.tokens[counting] @ tokens.T
    places, found = cosines.argmax(axis=1), cosines.max(axis=1) > _FOUND
    steps, gaps = np.diff(places), np.diff(counting)
    pairs = found[:-1] & found[1:] & (steps != 0)
    if int(pairs.sum()) < _LEAST_PAIRS:
        return False
    neighbours = (steps > 0) & (steps <= gaps + _SLACK)
    return float(neighbours[pairs].mean()) <= _LEAST_NEIGHBOURS
