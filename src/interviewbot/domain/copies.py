"""Does a sentence hold the very words of a claim?

Owns comparing content words with endings and negations aside. Refuses to say what the
sentence does with them; see ``polarity``.
"""

from __future__ import annotations

from interviewbot.domain.frame_words import NEGATIONS
from interviewbot.domain.terms import content_words

_MOST_INFLECTED = 2  # words
_LONGEST_ENDING = 3  # letters


def has_the_words_of(claim: str, sentence: str) -> bool:
    """Return whether both hold the same content words, but for endings and negations."""
    ours, theirs = content_words(claim) - NEGATIONS, content_words(sentence) - NEGATIONS
    return _are_covered(ours - theirs, theirs) and _are_covered(theirs - ours, ours)


def _are_covered(lost: set[str], others: set[str]) -> bool:
    """Return whether each of a few words stands among ``others`` with another ending."""
    return len(lost) <= _MOST_INFLECTED and all(
        any(_is_inflected(word, other) for other in others) for word in lost
    )


def _is_inflected(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(long) - len(short) <= _LONGEST_ENDING and long.startswith(short[:-1] or short)
