"""The same sentences told in eight ways.

Owns the ways. Refuses to change what is said: no claim comes in or goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from random import Random

from interviewbot.domain.text import words
from interviewbot.services.evaluation.rewording_formulas import untouched
from interviewbot.services.evaluation.rewording_slips import with_slips, with_typing_errors
from interviewbot.services.evaluation.rewording_words import base_of, lowered, within


class Way(StrEnum):
    """How an answer is told."""

    PROSE = "prose"
    BULLETS = "bullets"
    SPOKEN = "spoken"
    REORDERED = "reordered"
    POLITE = "polite"
    LOWER_CASE = "lower_case"
    TYPING_ERRORS = "typing_errors"
    NON_NATIVE = "non_native"


_OPENINGS = ("Okay, so, um, ", "Right, so ", "Yeah, so, uh, ", "So, um, let me think, ")
# None that puts one thing after another ("and then") or takes something back ("I mean").
_LINKS = ("And, um, ", "And, you know, ", "So, uh, ", "Yeah, and, uh, ", "Also, like, ", "Um, ")
_PAUSES = (", you know, ", ", um, ", ", like, ", ", er, ", ", uh, ")
_PAUSED = 0.4  # of commas
_POLITE = (
    (
        "Thank you very much for this interesting question.",
        "I hope that answers your question, and I am happy to say more if you like.",
    ),
    (
        "Good morning, and thank you for taking the time to talk with me today.",
        "That is what I would say about it. Thanks again for asking.",
    ),
    (
        "That is a good question, let me try to answer it as well as I can.",
        "Please let me know if you would like me to go into more detail on any of this.",
    ),
)
_ENDS = ("\n", "\n", " and ")  # where a talker's or typist's sentence ends
# Not the point of .5 or 1,000.
_PUNCTUATION = re.compile(r"(?<![0-9])[,;:!?]|[.,;:!?](?![0-9])|[\"“”()]|\s[-–—](?=\s)")
_JOINS = frozenset("and but or so because nor yet".split())
# A sentence that says one of these, or begins with one, is told right after the one before it.
_POINTING = frozenset(
    """
it its it's itself they them their they're this these those former latter he she his her such
same other others another ones
""".split()
)
_LEANING = frozenset(
    """
that that's there here then which hence thus therefore however instead otherwise also still both
either neither second third finally next last lastly afterwards likewise similarly conversely
besides moreover else again meanwhile consequently too though now rest always never below above
""".split()
)
_NEAR = 5  # words


def told(way: Way, sentences: Sequence[str], drawn: Random) -> str:
    """Return ``sentences``, each with its full stop, told in ``way``; chance is ``drawn``."""
    return _TELL[way](sentences, drawn)


def _prose(sentences: Sequence[str], _: Random) -> str:
    return " ".join(sentences)


def _bullets(sentences: Sequence[str], _: Random) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _spoken(sentences: Sequence[str], drawn: Random) -> str:
    told_ = [f"{drawn.choice(_OPENINGS)}{_halting(sentences[0], drawn)}"]
    for sentence in sentences[1:]:
        link = drawn.choice(_LINKS)
        joined = _JOINS.intersection(words(sentence)[:1])
        told_.append(f"{'Um, ' if joined else link}{_halting(sentence, drawn)}")
    return " ".join(told_)


def _halting(sentence: str, drawn: Random) -> str:
    spans = untouched(sentence)

    def one(found: re.Match[str]) -> str:
        kept = drawn.random() >= _PAUSED or within(found.start(), spans)
        return found.group() if kept else drawn.choice(_PAUSES)

    return re.sub(r", (?=[a-z])", one, lowered(sentence))


def _reordered(sentences: Sequence[str], drawn: Random) -> str:
    """Tell the sentences in another order, wherever one says the same.

    A sentence that leans on the one before it stays behind it.
    """
    blocks: list[list[str]] = []
    for sentence in sentences:
        if blocks and _leans(words(sentence) or [""]):
            blocks[-1].append(sentence)
        else:
            blocks.append([sentence])
    order = list(blocks)
    drawn.shuffle(order)
    if order == blocks:
        order = [*order[1:], *order[:1]]
    return " ".join(sentence for block in order for sentence in block)


def _leans(said: list[str]) -> bool:
    if base_of(said[0]) is not None:  # "Gives 9 %": of what, the sentence before says
        return True
    early = _JOINS.intersection(said[:2]) or _LEANING.intersection(said[:_NEAR])
    return bool(early or _POINTING.intersection(said))


def _polite(sentences: Sequence[str], drawn: Random) -> str:
    opening, closing = drawn.choice(_POLITE)
    return " ".join((opening, *sentences, closing))


def _lower_case(sentences: Sequence[str], drawn: Random) -> str:
    bare = [_without_punctuation(sentence) for sentence in sentences]
    found = bare[0]
    for sentence in bare[1:]:
        end = drawn.choice(_ENDS)
        joined = _JOINS.intersection(words(sentence)[:1])
        found += ("\n" if joined else end) + sentence
    return found


def _without_punctuation(sentence: str) -> str:
    pieces: list[str] = []
    place = 0
    for start, end in [*untouched(sentence), (len(sentence), len(sentence))]:
        plain = _PUNCTUATION.sub("", sentence[place:start]).lower()
        pieces += [plain, sentence[start:end]]
        place = end
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _typing_errors(sentences: Sequence[str], drawn: Random) -> str:
    return with_typing_errors(" ".join(sentences), drawn)


def _non_native(sentences: Sequence[str], drawn: Random) -> str:
    return " ".join(with_slips(sentence, drawn) for sentence in sentences)


_TELL: dict[Way, Callable[[Sequence[str], Random], str]] = {
    Way.PROSE: _prose,
    Way.BULLETS: _bullets,
    Way.SPOKEN: _spoken,
    Way.REORDERED: _reordered,
    Way.POLITE: _polite,
    Way.LOWER_CASE: _lower_case,
    Way.TYPING_ERRORS: _typing_errors,
    Way.NON_NATIVE: _non_native,
}
