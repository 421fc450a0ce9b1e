"""The frame around a statement, and what it does with it.

"There is no doubt that", "I doubt that", "people often believe that", "it would be nice if":
each says what becomes of the words that follow. Owns the words that frames are made of and
their arithmetic: a frame holds nothing but such words, and an odd number of denials in it
denies. Refuses to look at the statement itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from interviewbot.domain.denials import (
    LONGEST_VERDICT,
    denials,
    frame_words_of,
    is_verdict,
    judged_subject,
    pieces,
)
from interviewbot.domain.frame_words import (
    ARTICLES,
    BARE,
    DISOWNING,
    FACTIVE,
    FIRST_PERSON,
    GROUNDS,
    IGNORANT,
    MAYBE,
    NOT_BEFORE_THAT,
    OPINION,
    OTHERS,
    UNREAL,
    VOCABULARY,
    word_set,
)


class Stance(Enum):
    """What the speaker does with a statement."""

    SAID = "said"
    REPORTED = "reported"  # what others think: right or wrong, it is not the speaker's claim
    DENIED = "denied"
    UNCLAIMED = "unclaimed"  # wished, dreamt, not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """What stands inside the frames, ``text[start:end]``, and what they do with it."""

    stance: Stance
    start: int
    end: int


_THERE = frozenset({"there", "there's"})
_BETWEEN = frozenset({"exactly", "really", "quite", "about", "of", "even"})
_LONGEST_TAIL = 120  # characters; no more is looked at, however long the text
_ADVERB = re.compile("[a-z]{3,}ly")
_LONGEST_FRAME = 14  # words
_MOST_FRAMES = 4
_PAUSES = frozenset(",:—–;-")

_TAIL = re.compile(r"(?:[,;—–(]|(?<=\s)-)\s*+(?=\w)", re.IGNORECASE)
# "Under no circumstances would I say that": a denial in front turns verb and subject round.
_DENIAL_IN_FRONT = re.compile(
    r"\W*+(?:(?:and|but|so|well)\W+)?(?:(?:under|in|on|at|by|for|with|to)\s+)?"
    r"(?:no|none|not|never|nowhere|neither|nor|hardly|scarcely|rarely)\b(?:\s+[\w'’-]+){0,6}?\s+"
    r"(?:would|could|should|can|do|does|did|will|may|might|must|have|has|had|am|is|are)\b"
    r"(?P<rest>(?:\s+[\w'’-]+){1,6}?)\s+that\b",
    re.IGNORECASE,
)
_TOLD = (
    OPINION
    | DISOWNING
    | FACTIVE
    | word_set("true agree admit accept maintain assert insist state suggest teach write")
)


@lru_cache(maxsize=4096)
def framed(text: str) -> Framed:
    """Return what ``text``, a sentence, frames, and what it does with it.

    Frames may stand in one another: "I think there is no doubt that".
    """
    start, stance = _denial_in_front(text) or (0, Stance.SAID)
    within = [(start, stance)]
    for _ in range(_MOST_FRAMES):
        found = _frame(text, start)
        if found is None:
            break
        start, kind = found
        stance = _nested(stance, kind)
        within.append((start, stance))
    for begin, outer in within:
        judged = judged_subject(text, begin)
        if judged is not None:
            return Framed(stance=_nested(outer, Stance.DENIED), start=judged[0], end=judged[1])
    end, denied = _tail(text, start)
    return Framed(stance=_nested(stance, Stance.DENIED) if denied else stance, start=start, end=end)


def inside_frames(text: str) -> str:
    """Return ``text`` with its frames as blanks, so that offsets hold."""
    found = framed(text)
    inner = text[found.start : found.end]
    return " " * found.start + inner + " " * (len(text) - found.end)


def _nested(outer: Stance, inner: Stance) -> Stance:
    """Return the stance of a frame within another: a denial denied is an assertion."""
    if Stance.UNCLAIMED in {outer, inner}:
        return Stance.UNCLAIMED
    if outer is inner:
        return Stance.SAID if outer is Stance.DENIED else outer
    if Stance.DENIED in {outer, inner}:
        return Stance.DENIED
    return Stance.REPORTED


def _frame(text: str, start: int) -> tuple[int, Stance] | None:
    """Return where the frame that begins at ``start`` ends, and its stance."""
    said: list[str] = []
    for word, begin, end in pieces(text, start):
        if said and (word in {"that", "if", "whether", "but"} or word in _PAUSES):
            stance = _stance(said, word)
            if stance is not None:
                return end, stance
            if word in _PAUSES or word == "whether":
                return None
        if said and word in {"how", "what", "why"} and _does_not_know(said):
            return end, Stance.UNCLAIMED
        if word not in VOCABULARY and not _ADVERB.fullmatch(word):
            bare = _needs_no_that(said) or UNREAL.intersection(said)
            stance = _stance(said, "that") if bare else None
            return None if stance is None else (begin, stance)
        said.append(word)
        if len(said) > _LONGEST_FRAME:
            return None
    return None


def _needs_no_that(said: list[str]) -> bool:
    """Return whether a statement may follow: "I doubt", "it is wrong to say"."""
    while said and said[-1] in ARTICLES:
        said = said[:-1]
    told = len(said) > 1 and said[-2] == "to" and said[-1] in OPINION
    return bool(said) and (said[-1] in BARE or told)


def _stance(said: list[str], closer: str) -> Stance | None:
    """Return what the words of a frame do with what follows ``closer``; None for no frame."""
    if closer in {"if", "whether"}:
        wished = bool(UNREAL.intersection(said)) or {"would", "be"} <= set(said)
        return Stance.UNCLAIMED if wished or _does_not_know(said) else None
    if UNREAL.intersection(said):
        return Stance.UNCLAIMED
    if closer != "that":
        return _stance_before_a_pause(said, closer)
    untrue = said[-2:] == ["not", "so"]
    if (said[-1] in NOT_BEFORE_THAT and not untrue) or (
        _THERE.intersection(said) and said[-1] not in GROUNDS
    ):
        return None  # "so that", "without that mask", "there is no formula that gives"
    if not FACTIVE.intersection(said) and denials(said) % 2:
        return Stance.DENIED if len(said) > 1 else None  # "mistakes that cost"
    return Stance.REPORTED if _reports(said) else Stance.SAID


def _stance_before_a_pause(said: list[str], closer: str) -> Stance:
    """Return the stance of "I'm not sure, but", "No doubt,", "A myth:"; mostly they assert."""
    if closer != ":":
        return Stance.SAID
    opinion = OPINION.intersection(said) or DISOWNING.intersection(said)
    asked = said[:2] == ["why", "not"] or said[0] == "not"
    if opinion and not asked and denials(said) % 2:
        return Stance.DENIED
    return Stance.REPORTED if _reports(said) else Stance.SAID


def _reports(said: list[str]) -> bool:
    """Return whether the words tell of what others think or say."""
    if not OPINION.intersection(said):
        return False
    first_person = {"i", "i'm", "i'd", "i've", "we", "my"}.intersection(said)
    others = OTHERS.intersection(said) or MAYBE.intersection(said)
    return bool(others) and not first_person


def _does_not_know(said: list[str]) -> bool:
    """Return whether the words are a speaker's who does not know what follows."""
    if not FIRST_PERSON.intersection(said) or not IGNORANT.intersection(said):
        return False
    known = [word for word in said if word not in _BETWEEN]
    if known[-1] not in IGNORANT:
        return False
    asking = {"wonder", "ask", "unsure", "uncertain", "forgot", "forgotten"}.intersection(said)
    return bool(asking) or denials(said) % 2 == 1


def _tail(text: str, start: int) -> tuple[int, bool]:
    """Return where ``text`` ends without its ", which is wrong", and if one is there."""
    for found in reversed(list(_TAIL.finditer(text, max(start + 1, len(text) - _LONGEST_TAIL)))):
        said = frame_words_of(text, found.end())
        if len(said) > LONGEST_VERDICT:
            break
        if is_verdict(said):
            return found.start(), True
        if DISOWNING.intersection(said) and VOCABULARY.issuperset(said):
            return found.start(), False  # ", no doubt"
    return len(text), False


def _denial_in_front(text: str) -> tuple[int, Stance] | None:
    """Return where "Under no circumstances would I say that" ends, and its stance."""
    found = _DENIAL_IN_FRONT.match(text)
    if found is None or frame_words_of(found.group("rest"), 0)[-1] not in _TOLD:
        return None
    stance = _stance(frame_words_of(found.group(), 0)[:-1], "that")
    return None if stance is None else (found.end(), stance)
