"""Answers of the journal as gold: rows that ``grade --batch`` and ``eval`` can read.

Owns what counts as one answer and whose verdict labels a point. Refuses to write a file.

A label holds for everything that was said about a question, so the answer of a row is the
answer and the replies to follow-ups, a blank line between them. The points are those that
were graded, as they were worded then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from interviewbot.domain.grade import Grade, Verdict
from interviewbot.domain.memory import OwnVerdict
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Exchange
from interviewbot.ports import Journal

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | dict[str, Json] | None"
Lookup: TypeAlias = Callable[[str], Question | None]
_Own: TypeAlias = Mapping[tuple[str, int], Mapping[str, OwnVerdict]]


class Split(StrEnum):
    """What a row was exported for."""

    CONTESTED = "contested"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldExport:
    """One answer with labels.

    ``points`` are (id, text, weight); ``labelled_by`` says for every labelled point whether
    ``candidate`` or a judge (``local``) gave its label, ``reasons`` what the candidate said.
    """

    id: str
    question_id: str
    question: str
    points: tuple[tuple[str, str, float], ...]
    answer: str
    point_labels: Mapping[str, Verdict]
    labelled_by: Mapping[str, str]
    reasons: Mapping[str, str]
    split: Split

    def document(self) -> dict[str, Json]:
        """Return the row as an object of the gold schema, with the origin of its labels.

        The schema's ``graders`` are numbers, so the origin is in ``labelled_by``.
        """
        found: dict[str, Json] = {
            "id": self.id,
            "question_id": self.question_id,
            "question": self.question,
            "points": [
                {"id": name, "text": text, "weight": weight} for name, text, weight in self.points
            ],
            "answer": self.answer,
            "point_labels": {name: label.value for name, label in self.point_labels.items()},
            "labelled_by": dict(self.labelled_by),
            "split": self.split.value,
        }
        if self.reasons:
            found["reasons"] = dict(self.reasons)
        return found


def contested(journal: Journal, question: Lookup) -> list[GoldExport]:
    """Return a row for every exchange with a verdict of the candidate's, labelled by those."""
    return [row for row in _rows(journal, question, Split.CONTESTED) if row.point_labels]


def answers(journal: Journal, question: Lookup) -> list[GoldExport]:
    """Return a row for every graded exchange: the judge's labels, but for contested points."""
    return list(_rows(journal, question, Split.JOURNAL))


def _rows(journal: Journal, question: Lookup, split: Split) -> Iterator[GoldExport]:
    own: dict[tuple[str, int], dict[str, OwnVerdict]] = {}
    for verdict in journal.own_verdicts():
        own.setdefault((verdict.sitting, verdict.exchange), {})[verdict.point_id] = verdict
    sittings = [*journal.finished(), *journal.unfinished()]
    for sitting in sorted(sittings, key=lambda sitting: (sitting.began, sitting.id)):
        for number, exchange in enumerate(sitting.exchanges):
            if exchange.closed is not None and isinstance(exchange.result, Grade):
                name = sitting.choice(exchange).question_id
                yield _row(
                    f"{sitting.id}-{number + 1}",
                    question(name) or Question(id=name, prompt="", points=()),
                    exchange,
                    exchange.result,
                    own.get((sitting.id, number), {}),
                    split,
                )


def _row(
    name: str,
    question: Question,
    exchange: Exchange,
    grade: Grade,
    own: Mapping[str, OwnVerdict],
    split: Split,
) -> GoldExport:
    judged = {} if split is Split.CONTESTED else {one.id: one.verdict for one in grade.points}
    theirs = {one.id: own[one.id] for one in grade.points if one.id in own}
    origin = dict.fromkeys(judged, grade.judge) | dict.fromkeys(theirs, "candidate")
    return GoldExport(
        id=name,
        question_id=question.id,
        question=question.prompt,
        points=tuple((one.id, one.text, one.weight) for one in grade.points),
        answer="\n\n".join(turn.answer for turn in exchange.turns if turn.answer.strip()),
        point_labels=judged | {key: verdict.own for key, verdict in theirs.items()},
        labelled_by=origin,
        reasons={key: verdict.reason for key, verdict in theirs.items() if verdict.reason},
        split=split,
    )
