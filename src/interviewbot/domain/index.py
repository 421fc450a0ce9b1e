"""What the vector index holds: a row for every prompt and every wording.

Owns the rows' identity, from which an update knows what changed. Refuses to know
vectors or any store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from interviewbot.domain.question import Question


class RowKind(StrEnum):
    """What the text of a row is."""

    PROMPT = "prompt"
    CLAIM = "claim"
    MISCONCEPTION = "misconception"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """One text of one question; ``point_id`` is empty for a prompt."""

    id: str
    kind: RowKind
    question_id: str
    point_id: str
    title: str
    topic: str
    level: str
    text: str

    @property
    def digest(self) -> str:
        """A hash over everything that the index stores of this row."""
        parts = (self.id, self.kind, self.question_id, self.point_id, self.title)
        content = "\x1f".join((*parts, self.topic, self.level, self.text))
        return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A row that a query found; ``cosine`` is the similarity, -1..1."""

    row_id: str
    question_id: str
    point_id: str
    title: str
    text: str
    cosine: float


def row_id(question_id: str, point_id: str, kind: RowKind, number: int) -> str:
    """Return the id of a row: ``number`` counts the wordings of one kind from 0."""
    return f"{question_id}/{point_id or '-'}/{kind}/{number}"


def rows_of(questions: Iterable[Question]) -> Iterator[IndexRow]:
    """Yield the rows of ``questions``: prompts, claims and misconceptions."""
    for question in questions:
        yield _row(question, "", RowKind.PROMPT, 0, f"{question.title}. {question.prompt}")
        for point in question.points:
            for number, text in enumerate(point.claims):
                yield _row(question, point.id, RowKind.CLAIM, number, text)
            for number, text in enumerate(point.misconceptions):
                yield _row(question, point.id, RowKind.MISCONCEPTION, number, text)


def _row(question: Question, point_id: str, kind: RowKind, number: int, text: str) -> IndexRow:
    return IndexRow(
        id=row_id(question.id, point_id, kind, number),
        kind=kind,
        question_id=question.id,
        point_id=point_id,
        title=question.title,
        topic=question.topic,
        level=question.level or "",
        text=text,
    )
