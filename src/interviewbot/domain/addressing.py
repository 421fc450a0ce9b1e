"""Stretches of an answer that speak to whoever grades it, instead of to the question.

Such a stretch is not sent to a language model and is no evidence. Owns which stretches these
are. Refuses to judge what an answer is worth.

The bar is high on purpose: candidates speak of graders, scores, prompts and instructions
because they are asked about them. What counts is that somebody is told what to do, or that a
verdict on this very answer is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from interviewbot.domain.addressing_blocks import LONGEST_BLOCK, Block, Shape, blocks
from interviewbot.domain.addressing_codes import coded, hidden, spaced
from interviewbot.domain.addressing_lines import SHORT, Line, read, spread, units, widened
from interviewbot.domain.addressing_speech import (
    LEANING,
    TELLING,
    Speech,
    tells_of_code,
    weigh,
)
from interviewbot.domain.addressing_words import ABOUT_PROMPTS, SQUASHED
from interviewbot.domain.folding import folded
from interviewbot.domain.text import UNSAFE, Span, words

MARK = "[…]"
_PAIR = 3.4  # what two sentences side by side weigh together, each of them leaning
_FEWEST_UNSEEN = 4
_DEEPEST = 2  # a code within a code
_BLANK = re.compile(r"\n[ \t]*\n")


class AddressingKind(StrEnum):
    """How a stretch speaks to the grader."""

    INSTRUCTION = "instruction"
    AUTHORITY = "authority"
    ROLE_TURN = "role_turn"
    VERDICT_DATA = "verdict_data"
    DELIMITER = "delimiter"
    ENCODED = "encoded"
    HIDDEN_TEXT = "hidden_text"
    OTHER_LANGUAGE = "other_language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """A stretch of an answer, whole sentences or blocks, and how it speaks to the grader."""

    span: Span
    kind: AddressingKind


_KIND_OF = {
    Shape.FENCE: AddressingKind.VERDICT_DATA,
    Shape.DATA: AddressingKind.VERDICT_DATA,
    Shape.TAG: AddressingKind.VERDICT_DATA,
    Shape.CLOSING: AddressingKind.DELIMITER,
    Shape.ROLE: AddressingKind.ROLE_TURN,
    Shape.COMMENT: AddressingKind.INSTRUCTION,
}


def addressed(answer: str, question_prompt: str = "") -> tuple[Addressing, ...]:
    """Return the stretches of ``answer`` that speak to its grader, in order, apart.

    Where ``question_prompt`` is about prompts or graders, what is quoted counts for less.
    """
    careful = bool(ABOUT_PROMPTS.search(question_prompt))
    found = list(_unseen(answer))
    fold = folded(answer)
    for one in _in_text(fold.text, careful=careful, depth=0):
        span = fold.back(one.span)
        kind = one.kind
        if len(UNSAFE.findall(span.of(answer))) >= _FEWEST_UNSEEN + span.of(answer).count("\r"):
            kind = AddressingKind.HIDDEN_TEXT
        found.append(Addressing(span=span, kind=kind))
    return _merged(answer, found)


def masked(answer: str, found: Iterable[Addressing], filler: str) -> str:
    """Return ``answer`` with each character of ``found`` as ``filler``, one character.

    Offsets stay those of the answer as given.
    """
    return _replaced(answer, found, lambda length: filler * length)


def without(answer: str, found: Iterable[Addressing], mark: str = MARK) -> str:
    """Return ``answer`` with ``mark`` in place of each stretch in ``found``."""
    return _replaced(answer, found, lambda _: mark)


def _replaced(answer: str, found: Iterable[Addressing], put: Callable[[int], str]) -> str:
    kept: list[str] = []
    position = 0
    for one in found:
        kept += [answer[position : one.span.start], put(one.span.end - one.span.start)]
        position = one.span.end
    return "".join([*kept, answer[position:]])


def _unseen(answer: str) -> Iterator[Addressing]:
    for span in hidden(answer):
        yield Addressing(span=span, kind=AddressingKind.HIDDEN_TEXT)


def _in_text(text: str, *, careful: bool, depth: int) -> Iterator[Addressing]:
    if not text.strip():
        return
    shaped = list(_in_blocks(text, careful=careful))
    if depth < _DEEPEST:
        shaped += _in_codes(text, depth=depth)
    shaped = list(_merged(text, shaped))
    yield from shaped
    yield from _in_sentences(text, shaped, careful=careful)


def _in_codes(text: str, *, depth: int) -> Iterator[Addressing]:
    for span, said in coded(text):
        if _is_hostile(said, depth=depth + 1):
            yield Addressing(span=span, kind=AddressingKind.ENCODED)
    for span, said in spaced(text):
        if SQUASHED.search(said):
            yield Addressing(span=span, kind=AddressingKind.ENCODED)


def _is_hostile(said: str, *, depth: int) -> bool:
    """Return whether a text that was hidden speaks to the grader; half of the bar is enough."""
    if any(_weight(said[unit.start : unit.end]).weight >= LEANING for unit in units(said)):
        return True
    return next(_in_text(said, careful=False, depth=depth), None) is not None


def _in_blocks(text: str, *, careful: bool) -> Iterator[Addressing]:
    for block in blocks(text, careful=careful):
        if _block_weight(text, block, careful=careful) >= block.bar:
            yield Addressing(span=block.span, kind=_KIND_OF[block.shape])


def _block_weight(text: str, block: Block, *, careful: bool) -> float:
    if block.bar <= 0:
        return 0.0
    said = text[block.span.start : min(block.span.end, block.span.start + LONGEST_BLOCK)]
    whole = weigh(said, careful=careful).weight if block.shape is not Shape.ROLE else 0.0
    lines = [weigh(said[unit.start : unit.end], careful=careful).weight for unit in units(said)]
    if block.shape is Shape.ROLE or not lines:
        return sum(weight for weight in lines if weight >= 0.5)
    return max(whole, *lines)


def _in_sentences(
    text: str, shaped: Sequence[Addressing], *, careful: bool
) -> Iterator[Addressing]:
    """Yield telling sentences and what hangs on them, or on the stretches in ``shaped``."""
    spans = list(units(text))
    lines = [Line(span, *read(span.of(text), careful=careful)) for span in spans]
    beside = [not _BLANK.search(text, a.end, b.start) for a, b in pairwise(spans)]
    telling = {n for n, line in enumerate(lines) if line.speech.weight >= TELLING}
    for n, near in enumerate(beside):
        pair = [lines[n].speech.weight, lines[n + 1].speech.weight]
        if near and min(pair) >= LEANING and sum(pair) >= _PAIR:
            telling |= {n, n + 1}
    within = _within(spans, shaped)
    taken = spread(text, lines, beside, telling | within.keys())
    for n in sorted(taken):
        if n in telling or n not in within or _goes_along(text, lines[n], within[n]):
            kind = within[n].kind if n in within else _kind(lines[n])
            yield Addressing(span=widened(text, spans[n]), kind=kind)


def _within(spans: Sequence[Span], shaped: Sequence[Addressing]) -> dict[int, Addressing]:
    """Return by number the units that share words with a stretch in ``shaped``, and which."""
    found: dict[int, Addressing] = {}
    at = 0
    for n, unit in enumerate(spans):
        while at < len(shaped) and shaped[at].span.end <= unit.start:
            at += 1
        if at < len(shaped) and shaped[at].span.start < unit.end:
            found[n] = shaped[at]
    return found


def _goes_along(text: str, line: Line, stretch: Addressing) -> bool:
    """Return whether the rest of a sentence goes with the stretch within it."""
    unit, cut = line.span, stretch.span
    rest = (
        f"{text[unit.start : max(unit.start, cut.start)]} {text[min(unit.end, cut.end) : unit.end]}"
    )
    if stretch.kind is AddressingKind.ENCODED and tells_of_code(rest):
        return True
    return len(words(rest)) <= SHORT or weigh(rest).is_faint


def _weight(said: str) -> Speech:
    return read(said, careful=False)[0]


def _kind(line: Line) -> AddressingKind:
    speech = line.speech
    if line.encoded:
        return AddressingKind.ENCODED
    if speech.foreign:
        return AddressingKind.OTHER_LANGUAGE
    if "authority" in speech.groups:
        return AddressingKind.AUTHORITY
    if "result" in speech.groups and "directed" not in speech.groups:
        return AddressingKind.VERDICT_DATA
    return AddressingKind.INSTRUCTION


def _merged(answer: str, found: Iterable[Addressing]) -> tuple[Addressing, ...]:
    merged: list[Addressing] = []
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if one.span.start >= one.span.end:
            continue
        last = merged[-1] if merged else None
        if last is not None and _touches(answer, last.span, one.span):
            end = max(last.span.end, one.span.end)
            merged[-1] = replace(last, span=Span(last.span.start, end))
        else:
            merged.append(one)
    return tuple(merged)


def _touches(answer: str, first: Span, second: Span) -> bool:
    if second.start <= first.end:
        return True
    between = answer[first.end : second.start]
    return len(between) <= 40 and not any(map(str.isalnum, between))
