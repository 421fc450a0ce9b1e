"""Does a sentence say a claim, or the reverse of it?

Similarity of vectors cannot see this: "raises" and "lowers" are near neighbours. Owns a
list of opposites and of negations and compares the words that stand for each other.
Refuses to say whether the sentence is about the claim at all; that is for the caller to
know. Swapped roles ("A feeds B" for "B feeds A") are beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from interviewbot.domain.frame_words import NEGATIONS
from interviewbot.domain.terms import FUNCTION_WORDS, stem
from interviewbot.domain.text import Span

# Paragraphs are scales: words before the bar pull one way, words after it the other.
_OPPOSITES = """
increase increases increased increasing raise raises raised raising grow grows growing rise
rises boost boosts enlarge enlarges enlarging widen widens expand expands
| decrease decreases decreased decreasing reduce reduces reduced reducing lower lowers lowered
  lowering shrink shrinks shrinking shrank drop drops fall falls cut cuts diminish diminishes
  narrow narrows

high higher highest large larger largest big bigger biggest huge great greater
| low small smaller smallest little tiny less lesser lowest

more most
| less least fewer fewest

fast faster fastest quick quicker quickly speed speeds accelerate accelerates
| slow slower slowest slowly slows decelerate

early earlier before first
| late later after last

above over exceeds
| below under beneath

complex complicated flexible sophisticated
| simple simpler simplistic rigid

overfit overfits overfitting
| underfit underfits underfitting

same identical equal shared constant fixed unchanged
| different differing unequal separate varying

always every all
| never

prevent prevents prevented preventing avoid avoids avoiding stop stops
| cause causes causing encourage encourages produce produces introduce introduces

allow allows allowing enable enables enabling permit permits let lets
| forbid forbids prevent prevents block blocks disallow disallows

preserve preserves preserved keep keeps kept maintain maintains maintained retain retains
retained
| lose loses lost destroy destroys discard discards remove removes removed drop drops shrink
  shrinks

add adds added adding plus sum sums
| subtract subtracts subtracted subtracting minus

multiply multiplies multiplied multiplying
| divide divides divided dividing

maximise maximises maximize maximizes maximising maximizing
| minimise minimises minimize minimizes minimising minimizing

better best improve improves improved improving helps help
| worse worst worsen worsens hurt hurts harm harms degrade degrades

dependent depends rely relies
| independent independently

true correct correctly right
| false incorrect incorrectly wrong wrongly

positive positives
| negative negatives

include includes included including inside within
| exclude excludes excluded excluding outside

forward forwards
| backward backwards

linear
| nonlinear non-linear nonlinearity non-linearity

many several multiple various
| single one only

seen known training
| unseen unknown test

important crucial useful essential needed necessary matters
| unimportant useless unnecessary pointless irrelevant

stable stability
| unstable instability

possible can able
| impossible cannot unable

balanced balance
| imbalanced imbalance skewed

learnable learned learnt trainable
| fixed constant hand-set hard-coded

start begin beginning
| end finish
""".strip().split("\n\n")

_WORD = re.compile(r"[a-zA-Z]+(?:[-'’][a-zA-Z]+)*")
_BREAK = re.compile(r"[,;:—–(]|\s-\s|\b(?:that|but|because)\b", re.IGNORECASE)
_NEAR = 0.45  # cosine below which two words of one scale are not about the same thing
_REACH = 3  # words over which a negation acts


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposition:
    """A word of a claim, and the word of a sentence that says its opposite.

    A word that a negation turns round has "not" before it.
    """

    claimed: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pole:
    """A word that takes a side, ``sign`` 1 or -1, on the scale of that number."""

    word: str
    span: Span
    scale: int
    sign: int


def _scales() -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, scale in enumerate(_OPPOSITES):
        for sign, side in zip((1, -1), scale.split("|"), strict=True):
            for word in side.split():
                found[word] = (*found.get(word, ()), (number, sign))
    return found


_SCALES = _scales()


def oppositions(
    claim: str, sentence: str, nearness: Callable[[Span, Span], float]
) -> list[Opposition]:
    """Return where ``sentence`` takes the other side than ``claim``, if it does so on balance.

    Every word of the claim that takes a side is compared with that word of the sentence on
    the same scale that stands nearest to it by ``nearness`` (cosine of the words at the two
    spans, in the claim and in the sentence). A negation shortly before a word turns it round.
    Empty where the sides that agree are as many as those that do not.
    """
    said = list(_poles(sentence))
    opposed: list[Opposition] = []
    agreed = 0
    for pole in _poles(claim):
        rivals = [
            (nearness(pole.span, other.span), other) for other in said if other.scale == pole.scale
        ]
        cosine, near = max(rivals, key=lambda rival: rival[0], default=(0.0, None))
        if near is None or cosine < _NEAR:
            continue
        if near.sign == pole.sign:
            agreed += 1
        else:
            opposed.append(Opposition(claimed=pole.word, said=near.word))
    return opposed if len(opposed) > agreed else []


def negates(claim: str, sentence: str) -> bool:
    """Return whether ``sentence`` turns ``claim`` round by a negation near what they share.

    What is left of a comma or a "that" before the first word of the claim, or right of one
    behind its last, is talk around the claim ("No doubt, …", "…, not to say more"). It says
    something only where the two are nearly copies; people paraphrase with and without
    negations all the time.
    """
    return _turns(_shared(sentence, claim)) % 2 != _turns(_shared(claim, sentence)) % 2


def denies(claim: str, sentence: str) -> bool:
    """Return whether ``sentence`` holds another number of negations than ``claim``, odd to even.

    For misconceptions: where any negation may be the one that refutes it, the doubt is the
    candidate's.
    """
    return _turns(claim) % 2 != _turns(sentence) % 2


def is_negative(claim: str) -> bool:
    """Return whether ``claim`` denies something, so that a denial may say it."""
    return any(word in NEGATIONS for word, _ in _words(claim))


@lru_cache(maxsize=4096)  # every text is compared with many others
def _turns(text: str) -> int:
    return sum(word in NEGATIONS for word, _ in _words(text))


def _shared(text: str, other: str) -> str:
    """Return ``text`` between the breaks around the content words that it shares with ``other``."""
    theirs = {stem(word) for word, _ in _words(other) if word not in FUNCTION_WORDS}
    places = [span for word, span in _words(text) if stem(word) in theirs]
    if not places:
        return text
    first, last = places[0][0], places[-1][1]
    before = [found.end() for found in _BREAK.finditer(text, 0, first)]
    after = _BREAK.search(text, last)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


@lru_cache(maxsize=4096)  # likewise
def _poles(text: str) -> tuple[_Pole, ...]:
    return tuple(_poles_in(_words(text)))


def _poles_in(found: tuple[tuple[str, tuple[int, int]], ...]) -> Iterator[_Pole]:
    for index, (word, (start, end)) in enumerate(found):
        if word not in _SCALES:
            continue
        before = (other for other, _ in found[max(0, index - _REACH) : index])
        turned = sum(other in NEGATIONS for other in before) % 2 == 1
        shown, turn = (f"not {word}", -1) if turned else (word, 1)
        for scale, sign in _SCALES[word]:
            yield _Pole(word=shown, span=Span(start, end), scale=scale, sign=sign * turn)


@lru_cache(maxsize=4096)  # likewise
def _words(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Return the words in lower case, and where they stand: "İ".lower() is longer than "İ"."""
    return tuple(
        (match.group().lower().replace("’", "'"), match.span()) for match in _WORD.finditer(text)
    )
