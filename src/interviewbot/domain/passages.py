"""Which sentences of an answer claim something, and which only look like it.

A list of terms names a subject and says nothing about it; a question repeated says
nothing new; what is asked, begged for or dreamt of is no claim. None of them is evidence
for a point. Owns putting those tests together, and counting what was set aside. Refuses to
know any point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from interviewbot.domain.asking import asks, is_request, without_tag
from interviewbot.domain.denials import Scope, verdict_on
from interviewbot.domain.folding import folded
from interviewbot.domain.frames import Stance, framed, inside_frames
from interviewbot.domain.grade import Aside
from interviewbot.domain.naming import only_named
from interviewbot.domain.polarity import is_negative
from interviewbot.domain.question import Question
from interviewbot.domain.terms import is_list_of_terms, is_scrambled
from interviewbot.domain.text import Span, whole_sentences, words

_ECHO_SHARE = 0.7
_RUN = 4  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence that claims something.

    ``text`` is without typography (see ``folding``), ``span`` stands in the answer as given.
    """

    text: str
    span: Span
    stance: Stance = Stance.SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The different statements of an answer, and why other sentences are none, in order."""

    statements: tuple[Statement, ...]
    aside: tuple[Aside, ...]


_Judged = list[tuple[Statement, Aside | None]]


def echoes(text: str, prompt: str) -> bool:
    """Return whether most of ``text`` is ``prompt`` repeated word for word.

    Only runs of at least four words count: an answer must use the question's terms, and
    where a question tells a story it can hardly avoid its words.
    """
    said, asked = words(text), words(prompt)
    runs = {tuple(asked[start : start + _RUN]) for start in range(len(asked) - _RUN + 1)}
    repeated = [False] * len(said)
    for start in range(len(said) - _RUN + 1):
        if tuple(said[start : start + _RUN]) in runs:
            repeated[start : start + _RUN] = [True] * _RUN
    return bool(said) and sum(repeated) >= _ECHO_SHARE * len(said)


@lru_cache(maxsize=64)  # a batch reads 32 answers ahead; judge and grade both ask
def read(question: Question, answer: str) -> Reading:
    """Return what ``answer`` states, each sentence once, and what it does not.

    Against a reference text a list counts: it may be just what was asked for ("name three").
    There nothing but echoes of the question is set aside.
    """
    plain = folded(answer)
    cut: list[tuple[str, Span]] = []
    strung: set[int] = set()  # pieces of a long list: one alone may have too few of its terms
    for whole, pieces in whole_sentences(plain.text):
        if len(pieces) > 1 and not question.derived and is_list_of_terms(whole.of(plain.text)):
            strung.update(range(len(cut), len(cut) + len(pieces)))
        cut.extend((span.of(plain.text), span) for span in pieces)
    if question.derived:
        found: _Judged = [(Statement(text=text, span=span), None) for text, span in cut]
    else:
        found = _judged(cut, strung, scrambled=is_scrambled(plain.text))
    statements: dict[tuple[str, Stance], Statement] = {}
    aside: dict[str, Aside] = {}
    for statement, why in found:
        reason = Aside.ECHO if echoes(statement.text, question.prompt) else why
        if reason is not None:
            aside.setdefault(statement.text, reason)
        elif not verdict_on(statement.text) or question.derived:
            span = plain.back(statement.span)
            key = statement.text, statement.stance
            statements.setdefault(key, replace(statement, span=span))
    return Reading(statements=tuple(statements.values()), aside=tuple(aside.values()))


def _judged(cut: Sequence[tuple[str, Span]], strung: set[int], *, scrambled: bool) -> _Judged:
    """Return each sentence with its stance and why it claims nothing, None where it does.

    Those numbered in ``strung`` belong to a list of terms.
    """
    found = [_statement(text, span) for text, span in cut]
    denied = _denied_by_others([statement.text for statement in found])
    listed = only_named([statement.text for statement in found])
    judged: _Judged = []
    for number, statement in enumerate(found):
        why = _claims_nothing(statement)
        if number in strung or statement.text in listed:
            why = Aside.LIST
        if number in denied or statement.stance is Stance.DENIED:
            said, twice = _denied(statement)
            why = why or twice
        else:
            said = statement
        judged.append((said, Aside.SCRAMBLED if scrambled else why))
    return judged


def _statement(text: str, span: Span) -> Statement:
    said = without_tag(text)
    stance = framed(said).stance
    return Statement(text=said, span=Span(span.start, span.start + len(said)), stance=stance)


def _denied_by_others(texts: Sequence[str]) -> set[int]:
    """Return which sentences others call untrue: "That is a lie.", "None of it is true."."""
    denied: set[int] = set()
    for number, text in enumerate(texts):
        scope = verdict_on(text)
        if scope is Scope.LAST and number:
            denied.add(number - 1)
        elif scope is Scope.BEFORE:
            denied.update(range(number))
        elif scope is Scope.AFTER:
            denied.update(range(number + 1, len(texts)))
    return denied


def _claims_nothing(statement: Statement) -> Aside | None:
    if is_list_of_terms(inside_frames(statement.text)):
        return Aside.LIST
    if asks(statement.text):
        return Aside.QUESTION
    if is_request(statement.text):
        return Aside.REQUEST
    return Aside.UNCLAIMED if statement.stance is Stance.UNCLAIMED else None


def _denied(statement: Statement) -> tuple[Statement, Aside | None]:
    """Return ``statement`` as denied; who denies a denial has not said what holds instead."""
    said = replace(statement, stance=Stance.DENIED)
    return said, Aside.UNCLAIMED if is_negative(inside_frames(statement.text)) else None
