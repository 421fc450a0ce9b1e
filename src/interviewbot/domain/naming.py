"""Sentences that only name something, one after another.

"What matters here is noise. What matters here is bias." names two terms in a frame that
says nothing. Owns the tests that need several sentences side by side: the same frame around
terms again and again, and terms in frames of words that fit any subject. Refuses to know
any point, and to look at a sentence alone; see ``terms``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from interviewbot.domain.frame_words import NEGATIONS
from interviewbot.domain.terms import (
    FEWEST_TERMS,
    FUNCTION_WORDS,
    LONGEST_TERM,
    is_plain_term,
    is_term,
)
from interviewbot.domain.text import words

_FEWEST_REPEATS = 6  # "It reduces cost. It reduces noise." is claimed; nobody does so six times
_LONGEST_FRAME = 10  # words
# What a term is named with, whatever it is a term of.
_NAMING = frozenset(
    """
matter matters important importance importantly relevant relevance key crucial central essential
concern concerns concerned concerning question topic topics subject subjects keyword keywords term
terms concept concepts aspect aspects point points thing things notion notions word words related
relate relates involved involve involves connected play plays role roles mention mentioned
mentioning discuss discussed discussing talk talking speak speaking say name named naming deal
deals consider considered think know first second third next last finally another course
""".split()
)


def only_named(texts: Sequence[str]) -> set[str]:
    """Return those of ``texts``, the sentences of an answer, that only name something."""
    said = {text: tuple(words(text)) for text in texts}
    named = {
        text
        for text, found in said.items()
        if (is_term(text) and any(map(str.isalpha, text))) or _names(found)  # not "2."
    }
    if len(named) < FEWEST_TERMS:
        named = set()
    if len(said) >= _FEWEST_REPEATS:
        named |= _in_one_frame(said)
    return named


def _names(said: Sequence[str]) -> bool:
    """Return whether nothing but a term stands in a frame that fits any subject."""
    naming = _NAMING.intersection(said)
    if not naming or NEGATIONS.intersection(said) or len(said) > _LONGEST_FRAME + LONGEST_TERM:
        return False
    term = [word for word in said if word not in FUNCTION_WORDS and word not in _NAMING]
    if not term or len(term) > LONGEST_TERM:
        return False
    first = said.index(term[0])
    return list(said[first : first + len(term)]) == term and is_plain_term(term)


def _in_one_frame(said: dict[str, tuple[str, ...]]) -> set[str]:
    """Return the sentences that differ from several others in a term alone."""
    openings = Counter(opening for found in said.values() for opening in _openings(found))
    endings = Counter(ending for found in said.values() for ending in _openings(found[::-1]))
    held: dict[tuple[tuple[str, ...], tuple[str, ...]], set[str]] = {}
    for text, found in said.items():
        opening = _most_shared(found, openings)
        rest = found[len(opening) :]
        ending = _most_shared(rest[::-1], endings)
        term = rest[: len(rest) - len(ending)]
        if (opening or ending) and 0 < len(term) <= LONGEST_TERM and is_plain_term(term):
            held.setdefault((opening, ending), set()).add(text)
    return {text for texts in held.values() if len(texts) >= _FEWEST_REPEATS for text in texts}


def _openings(said: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    longest = min(_LONGEST_FRAME, len(said) - 1)
    return (said[:length] for length in range(1, longest + 1))


def _most_shared(said: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the longest opening of ``said`` that several sentences have."""
    shared = [opening for opening in _openings(said) if counts[opening] >= _FEWEST_REPEATS]
    return shared[-1] if shared else ()
