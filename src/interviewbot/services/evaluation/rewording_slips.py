"""What goes wrong when people write: typing errors, and a non-native writer's slips.

Owns the rules, by which the meaning stays. Refuses to touch formulas.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from interviewbot.services.evaluation.rewording_words import (
    ALSO_NOUNS,
    WORD,
    base_of,
    formulas,
    within,
)

ERROR_RATE = 0.02  # of letters
_SHORTEST = 4  # letters; nobody can tell what a shorter word was
_ARTICLE = re.compile(r"\b(?:the|an?)\s+(?=[a-z])", re.IGNORECASE)
_DROPPED = 0.7  # of articles
_PREPOSITION = re.compile(r"(?<=[a-z] )(in|on|at|for|of|by|with)(?= [a-z])")
_WRONG = {
    "in": "on",
    "on": "in",
    "at": "in",
    "for": "to",
    "of": "from",
    "by": "with",
    "with": "by",
}
_WRONGED = 0.3  # of prepositions
_LOST = 0.6  # of third-person endings
_IRREGULAR = {"has": "have", "does": "do", "is": "are"}


def with_typing_errors(text: str, drawn: Random) -> str:
    """Return ``text`` with about 2 % of its letters mistyped, at least one where a word allows it.

    Neighbours change places, letters are dropped or doubled; never the first of a word.
    """
    spans = formulas(text)
    words = [
        found
        for found in WORD.finditer(text)
        if len(found.group()) >= _SHORTEST and not within(found.start(), spans)
    ]
    letters = [place for word in words for place in range(word.start() + 1, word.end())]
    if not letters:
        return text
    count = max(1, round(ERROR_RATE * sum(character.isalpha() for character in text)))
    wrong = sorted(drawn.sample(letters, min(count, len(letters))), reverse=True)
    ends = {place for word in words for place in [word.end() - 1]}
    for place in wrong:  # from the end, so that earlier places hold
        text = _mistyped(text, place, last=place in ends, drawn=drawn)
    return text


def _mistyped(text: str, place: int, *, last: bool, drawn: Random) -> str:
    kind = drawn.choice(("dropped", "doubled") if last else ("swapped", "dropped", "doubled"))
    before, letter, after = text[:place], text[place], text[place + 1 :]
    if kind == "swapped":
        return f"{before}{after[0]}{letter}{after[1:]}"
    return f"{before}{after}" if kind == "dropped" else f"{before}{letter}{letter}{after}"


def with_slips(text: str, drawn: Random) -> str:
    """Return ``text`` as somebody writes whose own language has no articles.

    Most articles are gone, some prepositions are others, and many verbs have lost their "s".
    """
    text = _changed(text, _ARTICLE, _DROPPED, drawn, lambda _: "")
    text = _changed(text, _PREPOSITION, _WRONGED, drawn, lambda found: _WRONG[found])
    text = _changed(text, WORD, _LOST, drawn, _without_s)
    return text[:1].upper() + text[1:]


def _without_s(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return word if word in ALSO_NOUNS else base_of(word) or word


def _changed(
    text: str, what: re.Pattern[str], share: float, drawn: Random, change: Callable[[str], str]
) -> str:
    spans = formulas(text)

    def one(found: re.Match[str]) -> str:
        kept = drawn.random() >= share or within(found.start(), spans)
        return found.group() if kept else change(found.group())

    return what.sub(one, text)
