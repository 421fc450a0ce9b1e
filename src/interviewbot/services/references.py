"""Questions made on the spot: from a row's own points, or cut from its reference text.

Owns the cutting. Refuses to look anything up in a corpus.
"""

from __future__ import annotations

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.question import Point, Question
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import sentences, words


def says_too_little(reference: str) -> bool:
    """Return whether ``reference`` holds no word of two characters.

    A meaning cannot be told from single characters: “x” lies as near to “y” as to “x”.
    """
    return all(len(word) < 2 for word in words(reference))


def question_of(row: GoldRow) -> Question | None:
    """Return the question that ``row`` brings along; None where it brings none.

    A reference text is cut into sentences; each becomes a point whose weight is the number
    of its content words, so that a long sentence counts for what it says.
    """
    if row.points:
        return Question(id=row.question_id or "", prompt=row.question, points=row.points)
    if not row.reference:
        return None
    cut = [span.of(row.reference) for span in sentences(row.reference)]
    cut = [text for text in cut if content_words(text)] or [row.reference]
    points = tuple(
        Point(id=f"r{number}", text=text, weight=float(max(1, len(content_words(text)))))
        for number, text in enumerate(cut, start=1)
    )
    return Question(id=row.question_id or "", prompt=row.question, points=points, derived=True)
