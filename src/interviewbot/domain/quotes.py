"""Where a model's quote stands in an answer, if it stands there at all.

Models copy almost word for word: they straighten quotation marks, lower a capital, close
with a full stop, leave words out and write "…". Owns how much of that is forgiven, and the
offsets: what is shown is always the answer's own stretch, never the model's copy of it.
Refuses to judge whether the words support anything.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewbot.domain.folding import Folded, folded
from interviewbot.domain.passages import echoes
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import Span, words

LONGEST_QUOTE = 4_000  # characters
LONGEST_STRETCH = 400  # characters, where a quote leaves words out
_MOST_PLACES = 500  # tried of one wording, so that no answer can make the search long
_MOST_PIECES = 8
_FEWEST_WORDS = 2
_FEWEST_IN_PIECE = 3  # words
_FEWEST_LETTERS = 4  # of a script without spaces

# Signs that stand for one another. Models turn double quotation marks, which JSON would have
# them escape, into single ones.
_ALIKE = str.maketrans(
    dict.fromkeys("‘’‚‛′´“”„‟″«»", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."}
)
_JOINING = frozenset("-‐‑'’")  # what makes one word of two
# A run of ASCII, white space, Markdown's bold, and any other sign (a backtick is one).
_STEP = re.compile(r"[!-)+-_a-~]+|\s+|\*\*|.", re.DOTALL)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"  # Thai, Lao, Burmese, Khmer, Japanese, Chinese
)
_PAIRS = ('""', "''", "“”", "‘’", "„“", "«»", "``")
_EDGES = " \t\n\r.,;:…"
_LEFT_OUT = re.compile(r"\s*+[\[(]?(?:\.{3,}+|…)[\])]?\s*+")
_FORMULA = re.compile(r"\d+[.,]\d+%?|\d+%|\w{1,2}(?:[/*(-]\w{1,3}\)?)+")


@dataclass(frozen=True, slots=True)
class _Loose:
    """A text with all folded that a quote may differ in; ``places`` leads back to ``plain``."""

    text: str
    places: array[int]
    plain: Folded


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of a quote: where in the answer, and where it ends in the loose text."""

    span: Span
    end: int


def find_quote(answer: str, quote: str) -> Span | None:
    """Return where ``quote`` stands in ``answer``, None where it does not or proves nothing.

    Forgiven are letter case, runs of white space, typography, Markdown's bold and code,
    quotation marks around the quote, stops and ellipses at its ends, and words left out
    for "…" (see ``_with_gaps``). A quote begins and ends where words do: "able to learn" does
    not stand in "unable to learn", nor "it can" in "it can't". A single word is no evidence,
    but for a formula, or where it is the whole answer.
    """
    if not 0 < len(quote) <= LONGEST_QUOTE:
        return None
    wordings = _wordings(quote)
    if not wordings or not (_says_enough(wordings[-1]) or _is_all_of(answer, wordings[-1])):
        return None
    loose = _loose_answer(answer)
    for wording in wordings:
        found = [place.span for place in _places(loose, _needle(wording))]
        if found:
            return next((span for span in found if span.of(answer) == wording), found[0])
    return _with_gaps(loose, wordings[-1])


def quotes_text(quote: str, text: str) -> bool:
    """Return whether ``quote`` is ``text``, or most of it a part of ``text`` word for word.

    With the question's prompt as ``text`` this tells an echo, wherever the quote stands. With
    a point's text it says where a quote came from that does *not* stand in the answer; of one
    that does it says nothing, for a candidate may use the rubric's very words.
    """
    said = words(quote)
    return bool(said) and (said == words(text) or echoes(quote, text))


def _wordings(quote: str) -> list[str]:
    """Return what may have been copied: the quote, without marks around it, without stops."""
    whole = quote.strip()
    bare = whole
    while len(bare) > 1 and bare[0] + bare[-1] in _PAIRS:
        bare = bare[1:-1].strip()
    inner = bare.strip(_EDGES)
    return [wording for wording in dict.fromkeys((whole, bare, inner)) if _needle(wording)]


def _says_enough(wording: str) -> bool:
    tokens = [token for token in wording.split() if any(map(str.isalnum, token))]
    own = content_words(wording)
    if (len(tokens) >= _FEWEST_WORDS and (own or len(tokens) > _FEWEST_WORDS)) or len(
        _UNSPACED.findall(wording)
    ) >= _FEWEST_LETTERS:
        return True
    signs = any(sign == "^" or unicodedata.category(sign) == "Sm" for sign in wording)
    return bool(tokens) and (signs or _FORMULA.fullmatch(wording) is not None)


def _is_all_of(answer: str, wording: str) -> bool:
    if len(answer) > LONGEST_QUOTE:
        return False
    said = _needle(wording).strip(_EDGES)
    return bool(said) and _needle(answer).strip(_EDGES) == said


def _with_gaps(loose: _Loose, wording: str) -> Span | None:
    """Return the stretch from the first to the last piece of a quote with words left out.

    It is safe because the whole stretch is what is shown and checked: a "not" that the model
    left out is back in it. Long pieces and a short stretch keep it from joining what the
    answer says in different places.
    """
    pieces = [_needle(piece) for piece in _LEFT_OUT.split(wording)]
    if not 1 < len(pieces) <= _MOST_PIECES:
        return None
    if any(len(words(piece)) < _FEWEST_IN_PIECE for piece in pieces):
        return None
    for first in _places(loose, pieces[0]):
        last: _Place | None = first
        until = bisect_left(loose.places, loose.places[first.end - 1] + LONGEST_STRETCH)
        for piece in pieces[1:]:
            last = next(_places(loose, piece, last.end, until), None) if last else None
        if last is not None:
            return Span(first.span.start, last.span.end)
    return None


def _places(
    loose: _Loose, needle: str, start: int = 0, until: int | None = None
) -> Iterator[_Place]:
    """Yield where ``needle`` stands in ``loose.text[start:until]``, between words only."""
    places, plain = loose.places, loose.plain
    for begin in _occurrences(loose.text, needle, start, len(places) if until is None else until):
        end = begin + len(needle)
        span = Span(places[begin], places[end - 1] + 1)
        whole = not _splits(places, begin) and not _splits(places, end)
        if plain.places is not None:
            whole = whole and not _splits(plain.places, span.start)
            whole = whole and not _splits(plain.places, span.end)
        if whole and not _joined(plain.text, span.start) and not _joined(plain.text, span.end):
            yield _Place(plain.back(span), end)


def _splits(places: Sequence[int], cut: int) -> bool:
    """Return whether ``cut`` lies within what became of one sign, as "…" becomes three."""
    return 0 < cut < len(places) and places[cut - 1] == places[cut]


def _occurrences(text: str, needle: str, start: int, until: int) -> Iterator[int]:
    for _ in range(_MOST_PLACES):
        start = text.find(needle, start, until)
        if start < 0:
            return
        yield start
        start += 1


def _joined(text: str, cut: int) -> bool:
    """Return whether ``text[cut - 1]`` and ``text[cut]`` belong to one word or number."""
    if not 0 < cut < len(text):
        return False
    before, after = text[cut - 1], text[cut]
    if unicodedata.combining(after) or (_in_word(before) and _in_word(after)):
        return True
    earlier, later = text[max(0, cut - 2) : cut - 1], text[cut + 1 : cut + 2]
    return _joins(earlier, before, after) or _joins(before, after, later)


def _joins(before: str, sign: str, after: str) -> bool:
    """Return whether ``sign`` makes one word or number of its neighbours, each a sign or none."""
    if sign in _JOINING:
        return _in_word(before) and _in_word(after)
    return sign in ".," and before.isdigit() and after.isdigit()


def _in_word(sign: str) -> bool:
    """Return whether ``sign`` is a letter of a script with spaces between words, or a digit."""
    return sign.isdigit() or sign.lower() != sign.upper()


def _needle(wording: str) -> str:
    return _loose(wording).text.strip(" ")


def _loose(text: str) -> _Loose:
    plain = folded(text)
    kept: list[str] = []
    places = array("I")
    for step in _STEP.finditer(plain.text):
        said, start = step.group(), step.start()
        if said.isspace():
            said = "" if kept and kept[-1] == " " else " "
            places.extend([start] * len(said))
        elif said in {"**", "`"}:
            continue
        elif said.isascii():
            said = said.lower().replace('"', "'")
            places.extend(range(start, start + len(said)))
        else:
            said = unicodedata.normalize("NFD", said).casefold().translate(_ALIKE)
            places.extend([start] * len(said))
        if said:
            kept.append(said)
    return _Loose("".join(kept), places, plain)


_loose_answer = lru_cache(maxsize=8)(_loose)  # each point of an answer has a quote to look for
