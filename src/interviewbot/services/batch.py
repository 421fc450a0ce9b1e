"""Many answers, graded in order.

Owns what question a row is graded against, the sharing of encodings between rows, and, where
the judge waits for a server, how many are asked for at once. Refuses to read rows or to write
grades.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from interviewbot.domain.errors import UnknownQuestion
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.passages import read
from interviewbot.domain.question import Question
from interviewbot.ports import Grader
from interviewbot.services.references import question_of, says_too_little
from interviewbot.services.side_by_side import Enough, in_order, never

_AT_ONCE = 32  # rows whose sentences are encoded together
_Pair = tuple[GoldRow, "Question | Ungraded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchGrading:
    """Grades rows with ``grader``; ``question`` finds a question of the corpus by its id.

    ``encode`` remembers what it encodes: all sentences of a part are put to it at once, so
    that they are spread over the cores, before the judge asks for them one answer at a time.
    With more than one of ``workers`` so many rows wait for a remote judge at the same time;
    while there is ``enough`` (a budget bears no more) no further row is begun.
    """

    grader: Grader
    question: Callable[[str], Question]
    encode: Callable[[Sequence[str]], object]
    workers: int = 1
    enough: Enough = never

    def grade(self, rows: Sequence[GoldRow]) -> list[Grade | Ungraded]:
        """Return a grade, or why there is none, for each of ``rows``."""
        return list(self.graded(rows))

    def graded(self, rows: Sequence[GoldRow]) -> Iterator[Grade | Ungraded]:
        """Yield what ``grade`` returns, each as soon as it and those before it are there.

        Fewer come than there are rows where there is ``enough``.
        """
        if self.workers > 1:
            pairs = list(self.questions(rows))
            yield from in_order(pairs, self._graded, self.workers, enough=self.enough)
            return
        for start in range(0, len(rows), _AT_ONCE):
            part = list(self.questions(rows[start : start + _AT_ONCE]))
            self.encode(list(_texts(part)))
            for pair in part:
                if self.enough(0):
                    return
                yield self._graded(pair)

    def questions(self, rows: Iterable[GoldRow]) -> Iterator[_Pair]:
        """Yield each row with what it is graded against, or why it cannot be."""
        for row in rows:
            yield row, self._question(row)

    def _graded(self, pair: _Pair) -> Grade | Ungraded:
        row, question = pair
        if isinstance(question, Ungraded):
            return question
        return self.grader.grade(question, row.answer)

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


def _texts(pairs: Sequence[_Pair]) -> Iterator[str]:
    """Yield every text that judging ``pairs`` takes, but for questions' own, which are kept."""
    for row, question in pairs:
        if isinstance(question, Question):
            if question.derived:
                yield from question.texts
            yield from (said.text for said in read(question, row.answer).statements)
