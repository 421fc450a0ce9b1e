"""What can be seen of an answer without reading it.

Owns five numbers. Refuses to fit anything to them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from interviewbot.domain.folding import folded
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import sentences

FEWEST_QUESTIONS = 10  # to fit on

Surface = tuple[float, float, float, float, float]
_asked = lru_cache(maxsize=4096)(content_words)  # each point is asked of many answers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    words: float
    sentences: float
    mean_length: float
    density: float
    content: set[str]


def surface(answer: str, wanted: str) -> Surface:
    """Return the surface of ``answer``, of which ``wanted`` is to be found in it.

    The log of its words, its sentences, its share of the content words of ``wanted``, the mean
    number of characters of a word, and its different content words per word.
    """
    seen = _seen(answer)
    asked = _asked(wanted)
    share = len(asked & seen.content) / len(asked) if asked else 0.0
    return seen.words, seen.sentences, share, seen.mean_length, seen.density


@lru_cache(maxsize=64)  # the points of an answer come one after another
def _seen(answer: str) -> _Seen:
    plain = folded(answer).text
    words = plain.split()
    content = content_words(plain)
    return _Seen(
        words=math.log(1 + len(words)),
        sentences=float(len(sentences(plain))),
        mean_length=sum(map(len, words)) / len(words) if words else 0.0,
        density=len(content) / len(words) if words else 0.0,
        content=content,
    )
