"""Whether a question's prompt already says one of its points.

Owns the test by words: how many of a claim's own words, or of its first clause's, a sentence
of the prompt has, and whether it repeats a run of them. What all points share and the title
says is what the question is about, and gives nothing away. Refuses to look at a grade.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from interviewbot.domain.giving_away import MOST_GIVEN_AWAY
from interviewbot.domain.polarity import denies
from interviewbot.domain.question import Point, Question
from interviewbot.domain.terms import FUNCTION_WORDS, content_words, stem
from interviewbot.domain.text import sentences, words

_SUBJECT_FROM = 3  # points that share a word
_FEWEST_OWN = 2  # words given away
_FEWEST_WORDS = 3  # content words of a claim that is there as a whole
_RUN = 5  # words
_CLAUSE = re.compile(r",\s|;\s|:\s|\s(?=(?:because|since|so that|whereas)\b)")
_LEFT_OPEN = frozenset("or whether".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAway:
    """``share`` of the own words of ``claim``, or of its first clause, are in the prompt."""

    share: float
    claim: str


def given_away(question: Question, point: Point) -> GivenAway | None:
    """Return how the prompt of ``question`` says ``point``; None where it does not."""
    subject = _subject(question)
    said = [span.of(question.prompt) for span in sentences(question.prompt)]
    for sentence in [text for text in said if not _LEFT_OPEN.intersection(words(text))]:
        for claim in point.claims:
            found = _share(claim, sentence, subject)
            if found > MOST_GIVEN_AWAY and not denies(claim, sentence):
                return GivenAway(share=found, claim=claim)
    return None


def _subject(question: Question) -> set[str]:
    used = Counter(word for point in question.points for word in content_words(point.text))
    shared = {word for word, count in used.items() if count >= _SUBJECT_FROM}
    return shared | content_words(question.title)


def _share(claim: str, sentence: str, subject: set[str]) -> float:
    """Return which share of the own words of ``claim`` the sentence says, 0 for too few."""
    has = content_words(sentence)
    if len(content_words(claim)) >= _FEWEST_WORDS and content_words(claim) <= has:
        return 1.0
    own = content_words(claim) - subject
    if _repeats(claim, sentence, subject):
        return 1.0
    if len(own & has) >= _FEWEST_OWN and len(own & has) > MOST_GIVEN_AWAY * len(own):
        return len(own & has) / len(own)
    first = content_words(_CLAUSE.split(claim, maxsplit=1)[0])
    own_first = first - subject
    whole = len(own_first) >= _FEWEST_OWN and len(first) >= _FEWEST_WORDS
    return 1.0 if whole and first <= has | subject else 0.0


def _repeats(claim: str, sentence: str, subject: set[str]) -> bool:
    """Return whether a run of the claim's words is in the sentence, with words of its own."""
    said = words(sentence)
    runs = {tuple(said[start : start + _RUN]) for start in range(len(said) - _RUN + 1)}
    there = words(claim)
    return any(
        len({stem(word) for word in run if word not in FUNCTION_WORDS} - subject) >= _FEWEST_OWN
        for start in range(len(there) - _RUN + 1)
        if (run := tuple(there[start : start + _RUN])) in runs
    )
