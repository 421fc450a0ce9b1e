"""Answers that the corpus itself provides, to try a rubric with.

Owns how such an answer is worded: one wording a point, the question as a statement,
sentences in another order, nothing at all. Refuses to know what an answer should score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from interviewbot.domain.question import Point
from interviewbot.domain.text import sentences, words

EMPTY_HANDED = (
    "I am not sure, it depends.",
    "I don't know.",
    "I have heard of it, but I could not say more about it right now.",
    "It depends on the situation. There are pros and cons, and one has to see what works best.",
)

_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|should|would|will)"
_WANTING = r"(?:what|which|who|whose|when|where|why|how)"
_TASK = r"(?:explain|compare|describe|discuss|outline|name|list|define|tell me)"
_ASKING = re.compile(
    rf"\b{_WANTING}\b(?:\s+{_AUXILIARY}\b(?:\s+you\b)?)?|^\W*{_TASK}\b", re.IGNORECASE
)
_STOPS = (".", "!", "?", "…")


def wordings_of(point: Point) -> tuple[str, ...]:
    """Return how ``point`` may be said: its ``accept``, its own text where there is none."""
    return point.accept or (point.text,)


def said_together(wordings: Sequence[str]) -> str:
    """Return ``wordings`` as one answer, each a sentence that ends in a stop."""
    closed = (text if text.rstrip().endswith(_STOPS) else f"{text.rstrip()}." for text in wordings)
    return " ".join(closed)


def as_statement(prompt: str) -> str:
    """Return what ``prompt`` says when nothing of it asks; empty where nothing is left.

    "What is dropout, and why does it help?" becomes "Dropout, and it help.": bad English, and
    every word that could give a point away.
    """
    said = []
    for span in sentences(prompt):
        plain = " ".join(_ASKING.sub(" ", span.of(prompt)).rstrip(" ?!.").split()).strip(" ,;:")
        if words(plain):
            said.append(f"{plain[0].upper()}{plain[1:]}.")
    return " ".join(said)


def in_other_order(answer: str, dice: Random) -> str | None:
    """Return ``answer`` with its sentences shuffled, a paragraph each; None for a single one.

    Paragraphs keep a sentence whole that had no stop at its end, such as a bullet.
    """
    said = [span.of(answer) for span in sentences(answer)]
    if len(set(said)) < 2:
        return None
    return "\n\n".join(shuffled(said, dice))


def shuffled(items: Sequence[str], dice: Random) -> list[str]:
    """Return ``items``, at least two of them different, in an order that is not theirs."""
    found = list(items)
    while found == list(items):
        dice.shuffle(found)
    return found
