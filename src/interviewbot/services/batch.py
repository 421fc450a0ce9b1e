"""Many answers, graded in order.

Owns what question a row is graded against and the sharing of encodings between rows.
Refuses to read rows or to write grades.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from interviewbot.domain.errors import UnknownQuestion
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.passages import read
from interviewbot.domain.question import Question
from interviewbot.services.grading import Grading
from interviewbot.services.references import question_of, says_too_little


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchGrading:
    """Grades rows with ``grading``; ``question`` finds a question of the corpus by its id.

    ``encode`` remembers what it encodes: all sentences of a part are put to it at once, so
    that they are spread over the cores, before the judge asks for them one answer at a time.
    """

    grading: Grading
    question: Callable[[str], Question]
    encode: Callable[[Sequence[str]], object]

    def grade(self, rows: Sequence[GoldRow]) -> list[Grade | Ungraded]:
        """Return a grade, or why there is none, for each of ``rows``."""
        return list(self.graded(rows))

    def graded(self, rows: Sequence[GoldRow]) -> Iterator[Grade | Ungraded]:
        """Yield what ``grade`` returns, each as soon as it is there."""
        found = [self._question(row) for row in rows]
        texts: list[str] = []
        for row, question in zip(rows, found, strict=True):
            if isinstance(question, Question):
                texts += question.texts
                texts += (said.text for said in read(question, row.answer).statements)
        self.encode(texts)
        for row, question in zip(rows, found, strict=True):
            if isinstance(question, Question):
                yield self.grading.grade(question, row.answer)
            else:
                yield question

    def _question(self, row: GoldRow) -> Question | Ungraded:
        if row.reference and not row.points and says_too_little(row.reference):
            return Ungraded(
                reason="the reference has no word of two characters to compare with",
                question_id=row.question_id,
            )
        own = question_of(row)
        if own is not None:
            return own
        try:
            return self.question(row.question_id)
        except UnknownQuestion as error:
            return Ungraded(reason=error.message, question_id=row.question_id)
