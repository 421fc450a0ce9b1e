"""What lies behind a grade, for those who doubt it.

Owns the comparison of pooled vectors, the signal that Chroma holds: it says whether a
point's nearest sentence is near as a whole. Refuses to change a verdict.
"""

from __future__ import annotations

import numpy as np

from interviewbot.domain.index import RowKind, row_id
from interviewbot.domain.question import Question
from interviewbot.services.alignment import Passages
from interviewbot.services.indexing import Indexing


def pooled_cosines(indexing: Indexing, question: Question, passages: Passages) -> dict[str, float]:
    """Return for every point the best cosine of a wording, as indexed, and a sentence."""
    names = {
        row_id(question.id, point.id, RowKind.CLAIM, number): point.id
        for point in question.points
        for number in range(len(point.claims))
    }
    vectors = indexing.ask(lambda index: index.vectors(list(names)))
    if not passages.encoded:
        return {}
    said = np.stack([encoded.pooled for encoded in passages.encoded])
    found: dict[str, float] = {}
    for name, vector in vectors.items():
        cosine = float((said @ vector).max())
        found[names[name]] = max(cosine, found.get(names[name], -1.0))
    return found
