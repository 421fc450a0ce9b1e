"""How grading is spoken of in other languages than English.

Owns a few stems a language, by what they mean. Refuses to understand a sentence: it tells how
many of these things one sentence names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from interviewbot.domain.addressing_scripts import SCRIPTS
from interviewbot.domain.addressing_stems import STEMS

# What a sentence must add up to: "full marks" alone does, "correct answer" does not.
_WEIGHTS = {"top": 2.0, "mark": 1.0, "grader": 1.2, "ignore": 1.0, "rules": 1.0, "answer": 0.5,
            "most": 0.7, "right": 0.5, "give": 0.7, "points": 0.5}  # fmt: skip
_TELLING = frozenset({"top", "mark", "grader", "ignore", "rules"})

_FEWEST = 2.2  # weight of a sentence that is telling
_ENOUGH = 2.6  # the same in English
_LATIN = re.compile(r"[a-zđ]")


@dataclass(frozen=True, slots=True)
class _Tongue:
    """A language: the patterns of what it calls each meaning."""

    spaced: bool
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


def plain(text: str) -> str:
    """Return ``text`` small, without accents, with single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def _read(stems: str, *, spaced: bool) -> _Tongue:
    meanings: dict[str, list[str]] = {}
    for line in stems.strip().splitlines():
        meaning, _, said = line.strip().partition(": ")
        if meaning in _WEIGHTS:
            meanings.setdefault(meaning, []).extend(re.escape(plain(s)) for s in said.split("|"))
    before = r"\b" if spaced else ""
    return _Tongue(
        spaced,
        tuple((name, re.compile(f"{before}(?:{'|'.join(s)})")) for name, s in meanings.items()),
    )


_TONGUES = tuple(_read(stems, spaced=True) for stems in STEMS.values())
_OTHERS = tuple(_read(stems, spaced=False) for stems in SCRIPTS.values())


def foreign_weight(text: str) -> float:
    """Return how much a sentence speaks of grading in any language but English; 0 is not at all.

    On the scale of English sentences, where ``_ENOUGH`` is telling.
    """
    said = plain(text)
    tongues = _TONGUES if _LATIN.search(said) else ()
    if not said.isascii():
        tongues += _OTHERS
    heaviest = 0.0
    for tongue in tongues:
        named = {meaning for meaning, pattern in tongue.patterns if pattern.search(said)}
        if named & _TELLING:
            heaviest = max(heaviest, sum(_WEIGHTS[meaning] for meaning in named))
    return heaviest * _ENOUGH / _FEWEST
