"""What goes wrong when people write: typing errors, and a non-native writer's slips.

Owns the rules, by which the meaning stays. Refuses to touch formulas.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from interviewbot.domain.terms import FUNCTION_WORDS
from interviewbot.services.evaluation.rewording_formulas import untouched
from interviewbot.services.evaluation.rewording_words import ALSO_NOUNS, WORD, base_of, within

ERROR_RATE = 0.02  # of letters
_SHORTEST = 4  # letters; nobody can tell what a shorter word was
_UNLIKELY = re.compile("['’]|.[A-Z]")  # "don't" might become "do", nobody knows "LTSM"
_ARTICLE = re.compile(r"\b(The|An|the|an?)\s+(?=([A-Za-z][\w’'-]*))")  # "A" may be a name
_DROPPED = 0.7  # of articles
# "a few" is not "few", "not the only" not "not only".
_WITH_A = frozenset("few little bit number".split())
_WITH_THE = frozenset("only one two three four other more less fewer most least".split())
# Before another function word, "a" is a name, as in "a and b".
_AFTER_ARTICLE = frozenset("very more most much less whole same other own".split())
_PREPOSITION = re.compile(r"\b([a-z]+) (in|on|at|for|of|by|with)(?= ([a-z]+))")
_NUMBERS = frozenset("one two three four five six seven eight nine ten n k m".split())
# Not where it changes what is said ("at most", "is on") or is a part of a word ("out of").
_PARTICLE_AFTER = frozenset(
    "turn turned turns switch switched switches is are was were be being stays left kept".split()
)
_JOINED_AFTER = frozenset("out instead because rid regardless short except as not up".split())
_IDIOM_BEFORE = frozenset(
    "least most all once first last every each example instance free between turn place"
    " them it which whom".split()
)
_WRONG = {
    "in": "on",
    "on": "in",
    "at": "in",
    "for": "to",
    "of": "for",  # "subtracts the mean from the batch" would be another operation
    "by": "with",
    "with": "by",
}
_WRONGED = 0.3  # of prepositions
_LOST = 0.6  # of third-person endings
_NOUNS = ALSO_NOUNS | {"leaves", "splits", "runs", "draws", "guesses"}
_IRREGULAR = {"has": "have", "does": "do", "is": "are"}


def with_typing_errors(text: str, drawn: Random) -> str:
    """Return ``text`` with about 2 % of its letters mistyped, at least one where a word allows it.

    Neighbours change places, letters are dropped or doubled; never the first of a word.
    """
    spans = untouched(text)
    words = [
        found
        for found in WORD.finditer(text)
        if len(found.group()) >= _SHORTEST
        and not _UNLIKELY.search(found.group())
        and not within(found.start(), spans)
    ]
    letters = [(word, place) for word in words for place in range(word.start() + 1, word.end())]
    if not letters:
        return text
    count = max(1, round(ERROR_RATE * sum(character.isalpha() for character in text)))
    wrong: dict[int, tuple[int, int]] = {}  # one error a word: of two, nobody can tell it
    for word, place in drawn.sample(letters, len(letters)):
        wrong.setdefault(word.start(), (place, word.end()))
    for place, end in sorted([*wrong.values()][:count], reverse=True):  # earlier places hold
        text = _mistyped(text, place, last=place == end - 1, drawn=drawn)
    return text


def _mistyped(text: str, place: int, *, last: bool, drawn: Random) -> str:
    kind = drawn.choice(("dropped", "doubled") if last else ("swapped", "dropped", "doubled"))
    before, letter, after = text[:place], text[place], text[place + 1 :]
    if kind == "swapped" and letter.isalpha() and after[0].isalpha():
        return f"{before}{after[0]}{letter}{after[1:]}"
    return f"{before}{after}" if kind == "dropped" else f"{before}{letter}{letter}{after}"


def with_slips(text: str, drawn: Random) -> str:
    """Return ``text`` as somebody writes whose own language has no articles.

    Most articles are gone, some prepositions are others, and many verbs have lost their "s".
    """
    text = _changed(text, _ARTICLE, _DROPPED, drawn, _without_article)
    text = _changed(text, _PREPOSITION, _WRONGED, drawn, _with_another)
    text = _changed(text, WORD, _LOST, drawn, lambda found: _without_s(found.group()))
    return text[:1].upper() + text[1:]


def _without_article(found: re.Match[str]) -> str:
    article, after = found.group(1).lower(), found.group(2).lower()
    if after in (_WITH_THE if article == "the" else _WITH_A) or len(after) == 1:
        return found.group()
    name = after in FUNCTION_WORDS - _AFTER_ARTICLE and article == "a"
    return found.group() if name else ""


def _with_another(found: re.Match[str]) -> str:
    before, preposition, after = found.groups()
    if before in _PARTICLE_AFTER | _JOINED_AFTER or after in _IDIOM_BEFORE:
        return found.group()
    if before == after or {before, after} <= _NUMBERS:  # step by step, three by four
        return found.group()
    return f"{before} {_WRONG[preposition]}"


def _without_s(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return word if word in _NOUNS else base_of(word) or word


def _changed(
    text: str,
    what: re.Pattern[str],
    share: float,
    drawn: Random,
    change: Callable[[re.Match[str]], str],
) -> str:
    spans = untouched(text)

    def one(found: re.Match[str]) -> str:
        kept = drawn.random() >= share or within(found.start(), spans)
        return found.group() if kept else change(found)

    return what.sub(one, text)
