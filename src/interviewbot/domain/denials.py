"""How often words deny, and sentences that only call others untrue.

Owns the arithmetic of denials over words of frames. Refuses to know where a frame ends.
"""

from __future__ import annotations

import re
from enum import Enum

from interviewbot.domain.frame_words import (
    DENYING_NOUNS,
    DISOWNING,
    TEXTUAL,
    TRUTH,
    TURNING,
    UNTRUE,
    VOCABULARY,
    WHOLE,
    word_set,
)

_PIECE = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s\"'“”‘’*]|\d")
LONGEST_VERDICT = 9  # words


class Scope(Enum):
    """Which sentences a sentence such as "That is wrong." speaks of."""

    LAST = "last"
    BEFORE = "before"
    AFTER = "after"


_PLACES = {
    Scope.AFTER: word_set("following below next follows follow after"),
    Scope.BEFORE: word_set("above before said wrote just far earlier previous told preceding"),
}


def verdict_on(text: str) -> Scope | None:
    """Return what ``text`` calls untrue: other sentences ("That is a lie."), or nothing."""
    said = frame_words_of(text, 0)
    if said[:1] in (["no"], ["nope"], ["yes"]):
        said = said[1:]
    if not said or len(said) > 2 * LONGEST_VERDICT:
        return None
    if WHOLE.intersection(said) and TEXTUAL.issuperset(said):
        for scope, places in _PLACES.items():
            if calls_untrue(said) and places.intersection(said):
                return scope
    if len(said) <= LONGEST_VERDICT and is_verdict(said):
        return Scope.LAST
    return None


def denials(said: list[str]) -> int:
    """Return how often the words deny: each negation, and once for calling it untrue."""
    follows = [*said[1:], ""][: len(said)]
    negations = sum(
        word in TURNING and after not in {"only", "just", "merely", "simply"}
        for word, after in zip(said, follows, strict=True)
    )
    return negations + bool(DISOWNING.intersection(said))


def is_verdict(said: list[str]) -> bool:
    """Return whether the words are "that is wrong", "which is not so", "a lie", "wrong"."""
    if not VOCABULARY.issuperset(said) or not calls_untrue(said):
        return False
    pointing = {"that", "that's", "this", "which"}.intersection(said)
    noun = DENYING_NOUNS.intersection(said)
    bare = not {"it", "it's", "i", "i'm", "they", "he", "she", "we", "you"}.intersection(said)
    return bool(pointing or noun or bare)


def calls_untrue(said: list[str]) -> bool:
    """Return whether the words deny truth: "wrong", "not true", but not "not wrong"."""
    return denials(said) % 2 == 1 and bool((UNTRUE | TRUTH).intersection(said))


def frame_words_of(text: str, start: int) -> list[str]:
    """Return the words of ``text`` from ``start`` on, lower case."""
    return [word for word, *_ in pieces(text, start) if word[0].isalpha()]


def pieces(text: str, start: int) -> list[tuple[str, int, int]]:
    """Return words in lower case and marks from ``start`` on, each with where it stands."""
    return [
        (found.group().lower().replace("’", "'"), *found.span())
        for found in _PIECE.finditer(text, start)
    ]
