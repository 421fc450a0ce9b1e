"""How often words deny, and verdicts: on other sentences, or on the claim before them.

Owns the arithmetic of denials over words of frames. Refuses to know where a frame ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from interviewbot.domain.frame_words import (
    DENYING_NOUNS,
    DISOWNING,
    NEGATIONS,
    TEXTUAL,
    TRUTH,
    TURNING,
    UNTRUE,
    VOCABULARY,
    WHOLE,
    word_set,
)

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PIECE = re.compile(rf"{_WORD.pattern}|[^\w\s\"'“”‘’*]|\d")
LONGEST_VERDICT = 9  # words


class Scope(Enum):
    """Which sentences a sentence such as "That is wrong." speaks of."""

    LAST = "last"
    BEFORE = "before"
    AFTER = "after"


# "The idea that …", "Anyone who says that …", "That …": a verdict on it stands at the end.
_NOT_S = (
    r"(?:[\w'’-]*[^\Ws]\s+){0,2}?"  # a plural's verb could stand there: "authors reject claims"
)
_SUBJECT = re.compile(
    r"\W*+(?:i\s+(?:think|believe|say)\s+(?:that\s+)?)?(?:that\b"
    rf"|(?:the|an?|any|every|this|their|his|her|your|our|such)\s+{_NOT_S}(?:idea|claim|notion|belief"
    r"|statement|view|assumption|assertion|suggestion|opinion|argument|conclusion)s?\s+that\b"
    rf"|{_NOT_S}who(?:ever)?\s+{_NOT_S}"
    r"(?:(?:say|think|believe|claim|argue|assume|conclude|assert|maintain|insist)s?|teach(?:es)?|tells?\s+\w+)"
    r"\s+that\b)",
    re.IGNORECASE,
)
_NO_VERB = word_set("no none nothing nobody neither nor without hardly rarely barely scarcely")
_VERDICT_VERBS = (NEGATIONS - _NO_VERB) | word_set(
    "is are was were be been can could would does do did has have had must should will"
)
_PLACES = {
    Scope.AFTER: word_set("following below next follows follow after"),
    Scope.BEFORE: word_set("above before said wrote just far earlier previous told preceding"),
}


def verdict_on(text: str) -> Scope | None:
    """Return what ``text`` calls untrue: other sentences ("That is a lie."), or nothing."""
    said = _words_about_text(text)
    if not said:
        return None
    if WHOLE.intersection(said):
        for scope, places in _PLACES.items():
            if calls_untrue(said) and places.intersection(said):
                return scope
    if len(said) <= LONGEST_VERDICT and is_verdict(said):
        return Scope.LAST
    return None


def _words_about_text(text: str) -> list[str]:
    """Return the words of ``text``; none where it is long, or any speaks of something else."""
    said: list[str] = []
    for number, found in enumerate(_WORD.finditer(text)):
        word = found.group().lower().replace("’", "'")
        if number == 0 and word in {"no", "nope", "yes"}:
            continue
        said.append(word)
        if word not in TEXTUAL or len(said) > 2 * LONGEST_VERDICT:
            return []
    return said


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


def judged_subject(text: str, start: int) -> tuple[int, int] | None:
    """Return where "The idea that" ends, and where its "is wrong" begins; None without both."""
    subject = _SUBJECT.match(text, start)
    if subject is None:
        return None
    said = [piece for piece in pieces(text, subject.end()) if piece[0][0].isalpha()]
    verdict: list[str] = []
    for word, begin, _ in reversed(said):
        if word not in VOCABULARY or len(verdict) > LONGEST_VERDICT:
            return None
        verdict.insert(0, word)
        if word in _VERDICT_VERBS and not _VERDICT_VERBS.intersection(verdict[1:2]):
            opening = begin
            for other, earlier, _ in reversed(said[: len(said) - len(verdict)]):
                if other not in _VERDICT_VERBS:
                    break
                verdict.insert(0, other)
                opening = earlier
            return (subject.end(), opening) if _rejects(verdict) else None
    return None


def _rejects(said: list[str]) -> bool:
    """Return whether the words say of a claim that it is not to be held."""
    disowned = (DISOWNING | {"hold", "accept", "agree"}).intersection(said)
    return calls_untrue(said) or (bool(disowned) and denials(said) % 2 == 1)


def frame_words_of(text: str, start: int) -> list[str]:
    """Return the words of ``text`` from ``start`` on, lower case."""
    return [found.lower().replace("’", "'") for found in _WORD.findall(text, start)]


def pieces(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield words in lower case and marks from ``start`` on, each with where it stands."""
    for found in _PIECE.finditer(text, start):
        yield (found.group().lower().replace("’", "'"), *found.span())
