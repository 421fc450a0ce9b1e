"""The sentences of an answer as addressing reads them: what each weighs, and what hangs together.

Owns where a sentence begins and ends for this purpose, its readings, and which neighbours go
with a telling one. Refuses to name what was found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from interviewbot.domain.addressing_codes import other_readings
from interviewbot.domain.addressing_speech import TELLING, Speech, echoes_payload, weigh
from interviewbot.domain.text import Span, sentences, words

SHORT = 8  # words; so little between two telling sentences goes with them
_TURNED = 2.0  # nobody turns letters round without a purpose
_CUT = re.compile(
    r"(?<=[。！？।؟۔])\s*|\n(?=[ \t]*[^\w\s])|(?<=[:.!?;,\])>}|*#=\w])[ \t]*\n[ \t]*(?=[A-Z0-9\W])"
)
_STOPPED = re.compile(r"[.!?…;。！？।]\W*$")
_JOINED = re.compile(r"[ \t]*,?[ \t]*\n?[ \t]*")
_EDGE = re.compile(r"[^\w\n]*")
_LONE = re.compile(r"[^\w\n]*(?=\n|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, its heaviest reading, and whether that is another than the plain one."""

    span: Span
    speech: Speech
    encoded: bool


def units(text: str) -> Iterator[Span]:
    """Yield sentences, whole where a long one was cut, apart where a line begins anew."""
    whole: Span | None = None
    for sentence in sentences(text):
        for part in _lines(text, sentence):
            if whole is not None and _is_one(text, whole, part):
                whole = Span(whole.start, part.end)
                continue
            if whole is not None:
                yield whole
            whole = part
    if whole is not None:
        yield whole


def read(said: str, *, careful: bool) -> tuple[Speech, bool]:
    """Return the heaviest reading of a sentence, and whether it is another than the plain one."""
    speech = weigh(said, careful=careful)
    if speech.weight >= TELLING:
        return speech, False
    if not careful or speech.weight == 0.0:
        for reading, turned in other_readings(said):
            other = weigh(reading)
            if other.weight >= (_TURNED if turned else TELLING) and not other.foreign:
                return other, True
    return speech, False


def spread(
    text: str, lines: Sequence[Line], beside: Sequence[bool], telling: Collection[int]
) -> set[int]:
    """Return ``telling`` and its neighbours in the paragraph that lean that way.

    A few words between two of them go along.
    """
    taken = set(telling)
    short = [len(words(line.span.of(text))) <= SHORT for line in lines]
    for step, order in ((1, range(len(lines))), (-1, range(len(lines) - 1, -1, -1))):
        last = -2  # the latest one taken, with no more than one short sentence since
        for n in order:
            if last >= 0 and not beside[min(n, n - step)]:
                last = -2
            hangs = last >= 0 and n not in taken and _hangs(text, lines[n])
            if n in taken or hangs:
                if last >= 0 and abs(n - last) == 2:
                    taken.add(n - step)
                taken.add(n)
                last = n
            elif last >= 0 and (abs(n - last) > 1 or not short[n]):
                last = -2
    return taken


def widened(text: str, unit: Span) -> Span:
    """Return ``unit`` with the signs around it, as far as nothing else is on its line."""
    line = text.rfind("\n", 0, unit.start) + 1
    start = line if _EDGE.fullmatch(text, line, unit.start) else unit.start
    tail = _LONE.match(text, unit.end)
    return Span(start, tail.end() if tail else unit.end)


def _hangs(text: str, line: Line) -> bool:
    said = line.span.of(text)
    return line.speech.is_faint or (len(words(said)) <= 12 and echoes_payload(said))


def _lines(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for cut in _CUT.finditer(text, sentence.start, sentence.end):
        if cut.start() > start:
            yield Span(start, cut.start())
        start = cut.end()
    if start < sentence.end:
        yield Span(start, sentence.end)


def _is_one(text: str, first: Span, second: Span) -> bool:
    """Return whether two stretches are one sentence that was cut for its length."""
    if "\n" in text[first.end : second.start] or second.end - first.start > 600:
        return False
    if not _JOINED.fullmatch(text, first.end, second.start):
        return False
    return not _STOPPED.search(text, max(first.start, first.end - 4), first.end)
