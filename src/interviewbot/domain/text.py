"""Text as it comes from people and models: spans, sentences, sanitising.

Owns character offsets (always into the text as given) and the one sanitiser that
stands between foreign text and a terminal. Refuses to judge what a text means.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_SENTENCE = 40  # words; what runs on for longer is speech without punctuation
# Words of the pieces that such speech is cut into: as long as a sentence that says one thing.
_LONGEST_PIECE = 25


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of this span in ``text``."""
        return text[self.start : self.end]


# C0 but tab and line feed, DEL, C1, and the marks that reorder or hide text
# (Unicode's bidirectional controls, zero-width characters, tags; CVE-2021-42574).
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u034f\u115f\u1160\u180e\u2800\u3164\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKED = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|`+([^`]+)`+", re.DOTALL)
_ESCAPE_SEQUENCE = re.compile(
    r"\x1b(?:\][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # OSC: titles, links, clipboard
    r"|[PX^_][^\x1b\n]*(?:\x1b\\)?"  # DCS, SOS, PM, APC
    r"|\[[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|[ -/]*[0-~])?"
)
_UNFINISHED = re.compile(r"\x1b[ -/]*\Z")


def sanitise(text: str) -> str:
    r"""Return ``text`` safe for a terminal: escape sequences and unsafe characters removed.

    Line feeds and tabs stay, ``\r\n`` becomes ``\n``. For showing only: offsets into the
    result are not offsets into ``text``.
    """
    text = text.replace("\r\n", "\n")
    return UNSAFE.sub("", _ESCAPE_SEQUENCE.sub("", text))


def settled(text: str) -> str:
    """Return ``text`` without what at its end is, or could become, an escape sequence.

    For text that goes on: more of it may finish the sequence, or prolong it.
    """
    text = _UNFINISHED.sub("", text)
    last = next((m for m in _ESCAPE_SEQUENCE.finditer(text) if m.end() == len(text)), None)
    return text if last is None else text[: last.start()]


def unmarked(text: str) -> str:
    """Return ``text`` without Markdown's marks for bold and for code; their words stay."""
    return _MARKED.sub(r"\1\2", text)


def one_line(text: str) -> str:
    """Return ``text`` sanitised, with every run of white space as one space."""
    return " ".join(sanitise(text).split())


def counted(n: int, one: str, many: str = "") -> str:
    """Return ``n`` with its noun; ``many`` is ``one`` with an s where it is not given."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def fold(text: str) -> str:
    """Return ``text`` for comparing: NFKC, case folded, white space as single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_ABBREVIATIONS = frozenset(
    """
e.g i.e etc vs cf al approx fig eq sec no resp dr mr mrs ms prof st ca incl est
""".split()
)
_BULLET = re.compile(r"[ \t]*(?:[-*+•‣◦·–—]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)])[ \t]+")
# Possessive, and only from the first of a run on: a run is looked at once, however long.
_STOP = re.compile(r"(?<![.!?…;])[.!?…;]++[\"')\]’”]*+(?=\s|$)")
_WORD = re.compile(r"\w[\w'’-]*")
_LAST_WORD = re.compile(r"[\w.]+$")
_NEXT_WORD = re.compile(r"\s*([\w'’]+|\S)")
# No name begins with these: after "matrix A. The …" a new sentence has begun.
_OPENERS = frozenset(
    """
a an the this that these those it its i we you he she they there here one all both each every
no nobody none some many most any other so then thus hence but and or because since as if when
where while which what who why how in on at by for from to with without of under over after
before during between only also even instead otherwise however therefore is are was can do does
not now next first second finally usually
""".split()
)
_LEAST_WORDS = 8  # on either side of a breath
# Where a speaker takes a breath: cut before these when a sentence runs on.
_BREATH = re.compile(
    r"(?:,\s++|(?<!\s)\s++)(?=(?:and then|and so|and also|and that|so|then|because|but|also|plus"
    r"|okay|ok|well|whereas|while|which|now|next|another|oh|um|uh|and)\b)|,\s++|(?<!\s)[^\S\n]*+\n\s*+",
    re.IGNORECASE,
)


def words(text: str) -> list[str]:
    """Return the words of ``text``, lower case."""
    return list(_words(text))


@lru_cache(maxsize=4096)  # several rules look at each sentence of an answer
def _words(text: str) -> tuple[str, ...]:
    return tuple(match.group().lower() for match in _WORD.finditer(text))


def sentences(text: str) -> tuple[Span, ...]:
    """Cut ``text`` into sentences: prose, bullets, and speech without punctuation.

    A line break ends a sentence only at a blank line, before a bullet, or after a stop, so
    that wrapped prose stays whole. A run of more than ``LONGEST_SENTENCE`` words without a
    stop is cut where a speaker would breathe or a typist began a line. Every span holds at
    least one word character; spans are in order and do not overlap.
    """
    return tuple(piece for _, pieces in whole_sentences(text) for piece in pieces)


def whole_sentences(text: str) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Yield every sentence up to its stop, with the pieces that ``sentences`` makes of it."""
    starts = [match.start() for match in _WORD.finditer(text)]
    for block in _blocks(text):
        for sentence in _stops(text, block):
            pieces = _breaths(text, sentence, starts)
            said = tuple(one for one in pieces if _WORD.search(text, one.start, one.end))
            if said:
                yield sentence, said


def _blocks(text: str) -> Iterator[Span]:
    """Yield paragraphs and bullet items, without the bullets."""
    start = position = 0
    for line in text.splitlines(keepends=True):
        bullet = _BULLET.match(line)
        if not line.strip() or bullet:
            yield _trim(text, start, position)
            start = position + (bullet.end() if bullet else len(line))
        position += len(line)
    yield _trim(text, start, position)


def _stops(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for match in _STOP.finditer(text, block.start, block.end):
        if _is_abbreviation(text, start, match):
            continue
        yield _trim(text, start, match.end())
        start = match.end()
    yield _trim(text, start, block.end)


def _is_abbreviation(text: str, start: int, stop: re.Match[str]) -> bool:
    if stop.group()[0] != ".":
        return False
    before = _LAST_WORD.search(text, max(start, stop.start() - 12), stop.start())
    written = before.group() if before else ""
    last = written.lower()
    after = _NEXT_WORD.match(text, stop.end())
    following = after.group(1) if after else ""
    if last == "etc":
        return following[:1].islower()
    # "J. Smith", but "… reaches p. Then …": what a small letter names, may end a sentence.
    initial = len(last) == 1 and written.isupper() and last != "i" and following[:1].isupper()
    opener = re.split("['’]", following.lower())[0] in _OPENERS
    return last in _ABBREVIATIONS or (initial and not opener)


def _breaths(
    text: str, sentence: Span, starts: Sequence[int], longest: int = LONGEST_SENTENCE
) -> Iterator[Span]:
    """Yield ``sentence``, halved near its middle for as long as it runs on.

    ``starts`` are the offsets of all words of ``text``, in order.
    """
    first, after = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
    if after - first <= longest:
        yield sentence
        return
    middle = starts[(first + after) // 2]
    lowest, highest = starts[first + _LEAST_WORDS], starts[after - _LEAST_WORDS]
    breaths = _BREATH.finditer(text, lowest, highest)
    nearest = min(breaths, key=lambda match: abs(match.end() - middle), default=None)
    cut = (nearest.start(), nearest.end()) if nearest else (middle, middle)
    yield from _breaths(text, _trim(text, sentence.start, cut[0]), starts, _LONGEST_PIECE)
    yield from _breaths(text, _trim(text, cut[1], sentence.end), starts, _LONGEST_PIECE)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
