"""Which sentences of an answer claim something.

A list of terms names a subject and says nothing about it; a question repeated says
nothing new. Neither is evidence for a point. Owns those tests. Refuses to know any
point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewbot.domain.question import Question
from interviewbot.domain.text import Span, sentences, words

FUNCTION_WORDS = frozenset(
    """
a about above after all also although am an and any are around as at be because been before
being below between both but by can can't could did do does doesn't doing don't down during each
either else even every few for from further had has have having he her here hers him his how i
i'd i'm i've if in into is isn't it it's its itself just let's may me might more most much must
my nor not of off on once one only onto or other our out over own per rather same she should
since so some such than that that's the their them themselves then there these they they're this
those though through thus to too under until up upon us very via was we were what when where
whereas whether which while who whom whose why will with within without would yes yet you you'd
you're your
""".split()
)

_CHUNK = re.compile(r"[,;:|/•·\n]+|\s[-–—]\s|\s(?:and|or)(?:\s+(?:the|a|an))?\s", re.IGNORECASE)
_FEWEST_TERMS = 4
_LONGEST_TERM = 3.0  # words, on average
_LEAST_FUNCTION_SHARE = 0.15
_LONG = 9  # words; a sentence of that length has a function word, or it is a list
_LEAST_SHARE_OF_A_LONG_ONE = 0.06
_ECHO_SHARE = 0.7
_RUN = 4  # words


def is_list_of_terms(text: str) -> bool:
    """Return whether ``text`` is a list of short terms without a sentence around them."""
    said = words(text)
    if len(said) >= _LONG and _function_share(said) < _LEAST_SHARE_OF_A_LONG_ONE:
        return True
    chunks = [chunk for chunk in map(words, _CHUNK.split(text)) if chunk]
    if len(chunks) < _FEWEST_TERMS:
        return False
    kept = [word for chunk in chunks for word in chunk]
    terse = len(kept) / len(chunks) <= _LONGEST_TERM
    return terse and _function_share(kept) < _LEAST_FUNCTION_SHARE


def is_term(text: str) -> bool:
    """Return whether ``text`` is a term rather than a sentence: short, without grammar."""
    said = words(text)
    return len(said) <= _LONGEST_TERM and not FUNCTION_WORDS.intersection(said)


def asks(text: str) -> bool:
    """Return whether ``text`` is a question, which claims nothing."""
    return text.rstrip("\"')]”’ ").endswith("?")


def _function_share(said: Sequence[str]) -> float:
    return sum(word in FUNCTION_WORDS for word in said) / len(said)


def content_words(text: str) -> set[str]:
    """Return the words of ``text`` that carry content, roughly stemmed."""
    return {_stem(word) for word in words(text) if word not in FUNCTION_WORDS}


def echoes(text: str, prompt: str) -> bool:
    """Return whether most of ``text`` is ``prompt`` repeated word for word.

    Only runs of at least four words count: an answer must use the question's terms, and
    where a question tells a story it can hardly avoid its words.
    """
    said, asked = words(text), words(prompt)
    runs = {tuple(asked[start : start + _RUN]) for start in range(len(asked) - _RUN + 1)}
    repeated = [False] * len(said)
    for start in range(len(said) - _RUN + 1):
        if tuple(said[start : start + _RUN]) in runs:
            repeated[start : start + _RUN] = [True] * _RUN
    return bool(said) and sum(repeated) >= _ECHO_SHARE * len(said)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def statements(question: Question, answer: str) -> list[Span]:
    """Return the different sentences of ``answer`` that claim something, each once.

    No echo of the question, no list of terms, no question of the candidate's. Against a
    reference text a list counts: it may be just what was asked for ("name three").
    """
    first: dict[str, Span] = {}
    for span in sentences(answer):
        first.setdefault(span.of(answer), span)
    if not question.derived:
        first = {text: span for text, span in first.items() if not _claims_nothing(text)}
        terms = [text for text in first if is_term(text)]
        if len(terms) >= _FEWEST_TERMS:  # a list with full stops, or one to a line
            first = {text: span for text, span in first.items() if text not in terms}
    return [span for text, span in first.items() if not echoes(text, question.prompt)]


def _claims_nothing(text: str) -> bool:
    return is_list_of_terms(text) or asks(text)
