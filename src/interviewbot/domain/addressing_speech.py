"""How much a sentence speaks to whoever grades it.

Owns the normal form that the patterns are written for, and the sum. Refuses to know where in
an answer the sentence stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from interviewbot.domain.addressing_signs import SIGNS
from interviewbot.domain.addressing_tongues import foreign_weight
from interviewbot.domain.addressing_words import (
    ATTACK,
    DECODE,
    ECHO,
    IFS,
    THIRD,
    TOLD,
    TRIGGER,
)
from interviewbot.domain.terms import FUNCTION_WORDS

TELLING = 2.6  # one sentence is enough
LEANING = 1.5  # beside another such sentence, or under a role marker
FAINT = 0.9  # beside a telling one
_MOST_TOKENS = 220
_LONGEST_TOKEN = 24
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|->|=>|==|[^\w\s]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "：": ":", "，": ","})
_ENGLISH = 0.15  # share of function words; less may be another language
_EVERYDAY = frozenset({"directed", "reader", "award", "this", "giving"})  # in any lesson
_SPOKEN_TO = frozenset({"this", "vocative", "override", "authority"})
_QUOTED = re.compile(r"\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Speech:
    """What a sentence weighs, the groups of signs that it has, and whether it is foreign."""

    weight: float
    groups: frozenset[str] = frozenset()
    foreign: bool = False

    @property
    def is_faint(self) -> bool:
        """Whether it belongs to a payload that stands beside it."""
        return self.weight >= FAINT and not self.groups <= _EVERYDAY


_SILENT = Speech(0.0)


def normal(text: str) -> str:
    """Return ``text`` as the patterns want it: ". ", then words and signs, a space after each."""
    text = _CAMEL.sub(" ", text[: _MOST_TOKENS * 12]).translate(_QUOTES)
    said = unicodedata.normalize("NFKC", text).casefold()
    tokens = [token[:_LONGEST_TOKEN] for token in _TOKEN.findall(said)[:_MOST_TOKENS]]
    return f". {' '.join(tokens)} "


@lru_cache(maxsize=2048)  # the same sentence is looked at alone and within its block
def weigh(text: str, *, careful: bool = False) -> Speech:
    """Return what one sentence weighs; ``TELLING`` and more speaks to the grader.

    ``careful``: the question is about prompts, so that one may be quoted or told of.
    """
    said = normal(text)
    mentioned = careful and bool(ATTACK.search(said))
    if mentioned and (unquoted := _QUOTED.sub('" "', said)) != said and _is_frame(unquoted):
        said = unquoted
    speech = _english(said)
    if careful and not speech.groups & _SPOKEN_TO and THIRD.search(said):
        speech = Speech(max(0.0, speech.weight - 1.0), speech.groups)
    if mentioned and "vocative" not in speech.groups and "this" not in speech.groups:
        speech = Speech(speech.weight / 2, speech.groups)
    if speech.weight < TELLING and not is_english(said):
        weight = foreign_weight(text[: _MOST_TOKENS * 12])
        if weight > speech.weight:
            return Speech(weight, frozenset({"foreign"}), foreign=True)
    return speech


def echoes_payload(text: str) -> bool:
    """Return whether ``text`` is what is said before or after a payload: "Done.", "Thank you."."""
    return bool(ECHO.match(normal(text)))


def tells_of_code(text: str) -> bool:
    """Return whether ``text`` says how to read a code, or to follow what it says."""
    return bool(DECODE.search(normal(text)))


def is_english(said: str) -> bool:
    """Return whether enough words of ``said``, in normal form, are English function words."""
    found = said.split()
    known = sum(word in FUNCTION_WORDS for word in found)
    return known > _ENGLISH * sum(word[0].isalpha() for word in found)


def english_words(text: str) -> int:
    """Return how many different English function words of two letters and more there are."""
    return sum(len(word) > 1 for word in FUNCTION_WORDS.intersection(text.lower().split()))


def _is_frame(unquoted: str) -> bool:
    return sum(token.isalpha() for token in unquoted.split()) >= 3


def _english(said: str) -> Speech:
    if not TRIGGER.search(said):
        return _SILENT
    best: dict[str, float] = {}
    for sign in SIGNS:
        if best.get(sign.group, 0.0) < sign.weight and sign.pattern.search(said):
            best[sign.group] = sign.weight
    if not best:
        return _SILENT
    if "grader" in best:
        best.pop("reader", None)
    weight = sum(best.values())
    groups = frozenset(best)
    if "this" not in groups and "vocative" not in groups and "override" not in groups:
        weight -= 1.0 if IFS.search(said) else 0.0
        weight -= 1.5 if TOLD.search(said) else 0.0
    return Speech(max(0.0, weight), groups)
