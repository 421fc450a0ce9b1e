"""Does a text restate a claim, by its words: the same ones in the same places?

Owns comparing two sentences word by word. Finds only what is nearly a copy, and is silent
wherever a word, its place, a negation or a condition could make the difference: two claims
with the same words may be each other's reverse. Refuses to understand either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewbot.domain.polarity import denies, oppositions
from interviewbot.domain.terms import FUNCTION_WORDS, content_words, stem
from interviewbot.domain.text import words

_FEWEST_SHARED = 3  # content words
_MOST_MOVED = 2
_LEAST_REWRITTEN = 4  # words, small ones too, where the order is another
_SHORTEST_ROOT = 3  # letters
_ENDINGS = frozenset(["", "e", "s", "es", "d", "ed", "ing", "ings", "ly", "ion", "ions", "'s", "'"])
_DECISIVE = frozenset(
    """
only no not never nor without cannot more less most least before after above below until same
both few once must can may might some even
""".split()
)
_IDLE = frozenset("merely simply".split())
_CONDITIONS = frozenset(
    """
if when unless only provided but although though whereas except given until without under not no
once
""".split()
)
_CONTRASTS = frozenset(
    """
whereas otherwise than instead rather but unlike versus divided minus although if unless
""".split()
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A content word: its stem, and its place among all words."""

    stem: str
    place: int


def restates(text: str, claim: str, known: Collection[str] = ()) -> bool:
    """Return whether ``text`` says ``claim``, or its beginning, in nearly the same words.

    ``known`` are stems of other words of the question: one of them at the end, where the
    claim has another that stands in no like place, is taken for a way of speaking.
    """
    if len(_roots(text) & _roots(claim)) < _FEWEST_SHARED:
        return False  # the cheap look first
    if denies(claim, text) or oppositions(claim, text, lambda *_: 1.0):
        return False
    return any(_repeats(one, other, known) for one in _turned(text) for other in _turned(claim))


@lru_cache(maxsize=4096)  # every text is compared with many others
def _roots(text: str) -> frozenset[str]:
    return frozenset(word[:_SHORTEST_ROOT] for word in content_words(text))


def _turned(text: str) -> list[str]:
    """Return ``text``, and where it opens with "During training," with that at its end."""
    opening, comma, rest = text.rstrip(" .").partition(", ")
    first = words(opening)[:1]
    if not comma or not FUNCTION_WORDS.intersection(first) or not words(rest):
        return [text]
    return [text, f"{rest} {opening}"]


def _repeats(text: str, claim: str, known: Collection[str]) -> bool:
    said, claimed = _content(text), _content(claim)
    pairs = _in_order(said, claimed)
    own = _unmatched(said, claimed)
    if len(pairs) < _FEWEST_SHARED or not _same_decisive_words(text, claim, claimed, pairs):
        return False
    moved = len(said) - len(own) - len(pairs)
    first, last = pairs[0][1], pairs[-1][1]
    inside = [word.stem for word in claimed[first : last + 1]]
    skipped = len(inside) - len(pairs)
    if _leaves_out_a_condition(claim, claimed, last) or (first > 0 and not moved):
        return False
    if own:
        one = len(own) == 1 and not moved and not skipped
        return one and own[0].stem in known and _elsewhere(own[0], text, claim, said, claimed)
    if not moved:
        lost = _unmatched(claimed[first : last + 1], said)
        qualified = any(word.stem.endswith("ly") and word.stem not in _IDLE for word in lost)
        return skipped <= 1 and not qualified
    return moved <= _MOST_MOVED and skipped <= _MOST_MOVED and _is_rewritten(text, claim)


def vocabulary(texts: Collection[str]) -> frozenset[str]:
    """Return the stems of all content words of ``texts``."""
    return frozenset().union(*map(content_words, texts))


def own_names(left: str, right: str) -> bool:
    """Return whether each text has a number or a short name that the other lacks: L1 and L2."""
    mine, other = (set(words(text)) - FUNCTION_WORDS for text in (left, right))
    return bool(_names(mine - other)) and bool(_names(other - mine))


def _names(found: Collection[str]) -> list[str]:
    return [
        word
        for word in found
        if any(map(str.isdigit, word)) or any(len(part) <= 1 for part in word.split("-"))
    ]


def _content(text: str) -> list[_Word]:
    return [
        _Word(stem(word), place)
        for place, word in enumerate(words(text))
        if word not in FUNCTION_WORDS
    ]


def _alike(left: str, right: str) -> bool:
    """Return whether the two are one word with different endings."""
    if left == right:
        return True
    root = next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    return root >= _SHORTEST_ROOT and left[root:] in _ENDINGS and right[root:] in _ENDINGS


def _in_order(left: Sequence[_Word], right: Sequence[_Word]) -> list[tuple[int, int]]:
    """Return the places of the longest row of words that both have in the same order."""
    best: list[list[list[tuple[int, int]]]] = [[[] for _ in range(len(right) + 1)]]
    for i, word in enumerate(left):
        row: list[list[tuple[int, int]]] = [[]]
        for j, other in enumerate(right):
            both = [*best[i][j], (i, j)] if _alike(word.stem, other.stem) else []
            row.append(max(row[j], best[i][j + 1], both, key=len))  # the earliest of equals
        best.append(row)
    return best[-1][-1]


def _unmatched(words_: Sequence[_Word], others: Sequence[_Word]) -> list[_Word]:
    """Return those of ``words_`` for which ``others`` have none, each used once."""
    left = list(others)
    found = []
    for word in words_:
        like = next((other for other in left if _alike(word.stem, other.stem)), None)
        if like is None:
            found.append(word)
        else:
            left.remove(like)
    return found


def _same_decisive_words(
    text: str, claim: str, claimed: Sequence[_Word], pairs: Sequence[tuple[int, int]]
) -> bool:
    first, last = claimed[pairs[0][1]].place, claimed[pairs[-1][1]].place
    span = words(claim)[first : last + 1]
    return _DECISIVE.intersection(words(text)) == _DECISIVE.intersection(span)


def _leaves_out_a_condition(claim: str, claimed: Sequence[_Word], last: int) -> bool:
    """Return whether the claim goes on behind its word ``last`` with "if" or the like."""
    rest = words(claim)[claimed[last].place + 1 :]
    return bool(_CONDITIONS.intersection(rest))


def _elsewhere(
    word: _Word, text: str, claim: str, said: Sequence[_Word], claimed: Sequence[_Word]
) -> bool:
    """Return whether ``word`` stands for no single word of the claim: "is true", "holds"."""
    around = [("", *words(text)), ("", *words(claim))]
    lost = _unmatched(claimed, said)
    before = around[0][word.place]
    return all(
        around[1][other.place] != before and stem(around[1][other.place]) != stem(before)
        for other in lost
    )


def _is_rewritten(text: str, claim: str) -> bool:
    """Return whether the order is another because the sentence is, not to exchange two roles.

    Who exchanges roles keeps the other words, and often begins with another word.
    """
    if _CONTRASTS.intersection(words(text)) or _CONTRASTS.intersection(words(claim)):
        return False
    mine, other = (Counter(map(stem, words(one))) for one in (text, claim))
    if sum(((mine - other) + (other - mine)).values()) < _LEAST_REWRITTEN:
        return False
    openings = [_opening(one) for one in (text, claim)]
    return _alike(*openings)


def _opening(text: str) -> str:
    """Return the first content word behind an opening such as "During training,"."""
    head, comma, rest = text.partition(",")
    small = comma and words(head) and words(head)[0] in FUNCTION_WORDS
    found = _content(rest if small else text)
    return found[0].stem if found else ""
