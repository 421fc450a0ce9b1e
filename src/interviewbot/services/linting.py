"""Advice on questions that are valid and could still be better.

Owns the rules of thumb that need no model: counts, lengths, and words that two texts
share. Refuses what the format forbids (that is a fault, found when a file is read) and
what only a model can see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from interviewbot.domain.corpus import Advice, Corpus, CorpusEntry
from interviewbot.domain.giving_away import MOST_GIVEN_AWAY, subject_of
from interviewbot.domain.question import Point
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import fold, words

FEWEST_POINTS, MOST_POINTS = 4, 7
FEWEST_WORDINGS = 3
FEWEST_MISCONCEPTIONS = 2
SHORTEST_ANSWER, LONGEST_ANSWER = 120, 250  # words
LONGEST_POINT = 25  # words
LONGEST_WORDING = 30  # words
MOST_SHARED = 0.6  # of what is a wording's own and of what is its point's own
OLDEST_REVIEW = 3 * 365  # days
UNREVIEWED = "never reviewed; let a second reader check every point, then add 'reviewed: DATE'"
DRAFT = "a draft that no interview asks by itself; read it, then delete 'draft: true'"


def lint(corpus: Corpus, today: date | None = None) -> tuple[Advice, ...]:
    """Return the advice on every question, in the order of files and lines.

    Where it is known what day is ``today``, reviews are looked at too.
    """
    claims = _claims_of(corpus.questions)
    found = [advice for entry in corpus.questions for advice in _lint_entry(entry, claims)]
    if today is not None:
        found += [advice for entry in corpus.questions for advice in _lint_review(entry, today)]
    return tuple(sorted(found, key=lambda advice: (advice.path, advice.line)))


def _lint_entry(entry: CorpusEntry, claims: dict[str, tuple[str, str]]) -> Iterator[Advice]:
    question = entry.question
    if question.draft:
        yield _advice(entry, entry.line, DRAFT)
    count = len(question.points)
    if not FEWEST_POINTS <= count <= MOST_POINTS:
        yield _advice(
            entry, entry.line, f"{count} point(s); {FEWEST_POINTS} to {MOST_POINTS} grade best"
        )
    length = len(words(question.model_answer))
    if not SHORTEST_ANSWER <= length <= LONGEST_ANSWER:
        yield _advice(
            entry,
            entry.answer_line,
            f"the model answer has {length} words; aim at {SHORTEST_ANSWER} to {LONGEST_ANSWER}",
        )
    subject = subject_of(question)
    for point in question.points:
        rules = (_lint_size(point), _lint_words(point, subject), _lint_truth(point, claims))
        for message in (message for rule in rules for message in rule):
            yield _advice(entry, entry.point_lines[point.id], f"point {point.id}: {message}")


def _lint_review(entry: CorpusEntry, today: date) -> Iterator[Advice]:
    """Yield advice where no second reader has checked the points, or it is long ago."""
    question = entry.question
    if question.draft:
        return
    if not question.reviewed:
        yield _advice(entry, entry.line, UNREVIEWED)
        return
    days = (today - date.fromisoformat(question.reviewed)).days
    if days > OLDEST_REVIEW:
        yield _advice(entry, entry.line, f"reviewed on {question.reviewed}, long ago; read it anew")
    if days < -1:  # a day is a day longer or shorter, elsewhere
        yield _advice(entry, entry.line, f"reviewed on {question.reviewed}, which is to come")


def _lint_size(point: Point) -> Iterator[str]:
    if (length := len(words(point.text))) > LONGEST_POINT:
        yield f"its text has {length} words; {LONGEST_POINT} at most, or split it"
    if len(point.accept) < FEWEST_WORDINGS:
        yield f"{len(point.accept)} accept wording(s); give at least {FEWEST_WORDINGS}"
    for number, wording in enumerate(point.accept, start=1):
        if (length := len(words(wording))) > LONGEST_WORDING:
            yield f"accept wording {number} has {length} words; {LONGEST_WORDING} at most"
    if len(point.misconceptions) < FEWEST_MISCONCEPTIONS:
        yield f"{len(point.misconceptions)} misconception(s); give at least {FEWEST_MISCONCEPTIONS}"
    if not point.follow_up:
        yield "no follow_up; write what to ask where the point is missing"


def _lint_words(point: Point, subject: set[str]) -> Iterator[str]:
    own = content_words(point.text) - subject
    given = own & content_words(point.follow_up)
    if len(given) > MOST_GIVEN_AWAY * len(own):
        yield f"the follow_up gives it away: {_listed(point.follow_up, given)}"
    for number, wording in enumerate(point.accept, start=1):
        said = content_words(wording) - subject
        shared = said & own
        if len(shared) > MOST_SHARED * max(len(said), len(own)):
            yield f"accept wording {number} is too near to the text: {_listed(wording, shared)}"


def _lint_truth(point: Point, claims: dict[str, tuple[str, str]]) -> Iterator[str]:
    for number, wording in enumerate(point.misconceptions, start=1):
        if _key(wording) in claims:
            question_id, point_id = claims[_key(wording)]
            yield f"misconception {number} is a claim of {question_id}, point {point_id}"


def _claims_of(entries: Iterable[CorpusEntry]) -> dict[str, tuple[str, str]]:
    """Return every claim of the corpus, folded, with its question and point."""
    return {
        _key(claim): (entry.question.id, point.id)
        for entry in entries
        for point in entry.question.points
        for claim in point.claims
    }


def _key(wording: str) -> str:
    return fold(wording).rstrip(".!?;, ")


def _listed(text: str, stems: set[str]) -> str:
    """Return the words of ``text`` that have one of ``stems``, for reading."""
    return ", ".join(sorted({word for word in words(text) if content_words(word) & stems}))


def _advice(entry: CorpusEntry, line: int, message: str) -> Advice:
    return Advice(path=entry.path, line=line, message=message)
