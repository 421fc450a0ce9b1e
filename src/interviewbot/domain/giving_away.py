"""Whether a text says what a candidate has still to say, or strays from the question.

Owns the tests by words: how much of a claim's own words a text has, whether it repeats a
run of them, and whether it shares any with the question. Refuses to understand: who says a
claim in quite other words is not found out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from interviewbot.domain.question import Question
from interviewbot.domain.terms import FUNCTION_WORDS, content_words
from interviewbot.domain.text import words

MOST_GIVEN_AWAY = 0.5  # of what is a claim's own
_SUBJECT_FROM = 3  # points; a word that so many of them share is what the question is about
_STRAY_FROM = 3  # content words
_RUN = 5  # words; four are often an idiom
_LEAST_CONTENT = 2  # words of a run that carry content


def subject_of(question: Question) -> set[str]:
    """Return the words, stemmed, that any text about ``question`` has to use.

    A question that compares a backward pass with a forward pass must name both; only what
    goes beyond that can give a point away or make two wordings one.
    """
    used = Counter(word for point in question.points for word in content_words(point.text))
    shared = {word for word, count in used.items() if count >= _SUBJECT_FROM}
    return shared | content_words(f"{question.title} {question.prompt}")


def strays(text: str, question: Question, said: str) -> bool:
    """Return whether ``text`` has words enough, and none of ``question`` or of what was ``said``.

    "How so?" has too few to be about anything else.
    """
    points = (f"{point.text} {point.follow_up}" for point in question.points)
    known = content_words(" ".join((question.model_answer, said, *points)))
    own = content_words(text)
    return len(own) >= _STRAY_FROM and own.isdisjoint(known | subject_of(question))


def gives_away(text: str, question: Question, open_points: Collection[str], said: str) -> bool:
    """Return whether ``text`` says one of the ``open_points`` (ids) of ``question``.

    What was ``said`` already, by either side, can be said again.
    """
    known = subject_of(question) | content_words(said)
    has = content_words(text)
    heard = f"{_spelled(said)}.{_spelled(question.prompt)}"
    runs = {run for run in _runs(text) if run not in heard}
    points = [point for point in question.points if point.id in open_points]
    return any(_says(claim, known, has, runs) for point in points for claim in point.claims)


def _says(claim: str, known: set[str], has: set[str], runs: set[str]) -> bool:
    own = content_words(claim) - known
    if len(own & has) > MOST_GIVEN_AWAY * len(own):
        return True
    spelled = _spelled(claim)
    return any(run in spelled for run in runs)


def _runs(text: str) -> Iterator[str]:
    """Yield every few words on end of ``text`` among which some carry content."""
    said = words(text)
    for start in range(len(said) - _RUN + 1):
        run = said[start : start + _RUN]
        if sum(word not in FUNCTION_WORDS for word in run) >= _LEAST_CONTENT:
            yield f" {' '.join(run)} "


def _spelled(text: str) -> str:
    """Return the words of ``text`` so that a run of them can be looked for."""
    return f" {' '.join(words(text))} "
