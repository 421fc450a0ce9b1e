"""What teaches the local judge, from all its places, each with its label.

Owns putting together: the wordings and misconceptions of the corpus, and the passages of
``data``. Refuses the questions that are held out, in any form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tools.training.passages import Passage

from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text, and what it deserves for one point of one question."""

    question_id: str
    point_id: str
    label: Verdict
    text: str


def examples_of(
    questions: Iterable[Question], passages: Sequence[Passage], without: Collection[str] = ()
) -> list[Example]:
    """Return the examples of ``questions``, but for those whose id is in ``without``.

    A text that two points share stays with each of them.
    """
    found = []
    for question in questions:
        if question.id in without:
            continue
        for point in question.points:
            found += [
                Example(question_id=question.id, point_id=point.id, label=label, text=text)
                for label, texts in (
                    (Verdict.COVERED, point.claims),
                    (Verdict.CONTRADICTED, point.misconceptions),
                )
                for text in texts
            ]
    known = {(e.question_id, e.point_id) for e in found}
    return found + [
        Example(question_id=p.question_id, point_id=p.point_id, label=p.label, text=p.text)
        for p in passages
        if (p.question_id, p.point_id) in known
    ]
