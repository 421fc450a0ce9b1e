"""A claim denied is no evidence for its neighbours.

"Precision does not equal TP / (TP + FP)" contradicts the point about precision, and is still
very like the one about recall. Owns finding such sentences, and comparing the other points
without them. Refuses to judge the point that is denied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from interviewbot.domain.frames import Stance
from interviewbot.services.alignment import Passages
from interviewbot.services.claims import PointAlignments, PointClaims, align_points
from interviewbot.services.signals import ALIKE, is_denied


def without_denied(
    claims: Mapping[str, PointClaims], found: Mapping[str, PointAlignments], passages: Passages
) -> dict[str, PointAlignments]:
    """Return ``found``; for points other than those denied, a denying sentence is not heard."""
    denied = _denied(found, passages)
    if not denied:
        return dict(found)
    stances = list(passages.stances)
    for sentence in denied:
        stances[sentence] = Stance.UNCLAIMED
    rest = align_points(claims, replace(passages, stances=tuple(stances)))
    return {name: found[name] if name in denied.values() else rest[name] for name in found}


def _denied(found: Mapping[str, PointAlignments], passages: Passages) -> dict[int, str]:
    """Return the sentences that deny the claim they are likest to, each with its point."""
    every = [(name, item) for name, point in found.items() for item in point.right]
    if not every:  # no point holds a word
        return {}
    likeness = np.stack([item.by_sentence for _, item in every])
    best = likeness.argmax(axis=0)
    alike = np.flatnonzero(likeness.max(axis=0) >= ALIKE).tolist()
    return {
        sentence: every[best[sentence]][0]
        for sentence in alike
        if is_denied(every[best[sentence]][1].claim, passages, sentence)
    }
