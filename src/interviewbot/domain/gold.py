"""Gold: an answer with the labels that people, or its construction, gave it.

Owns what a row to grade or to evaluate holds. Refuses to read files and to compare
labels with grades.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Point


class Label(StrEnum):
    """A judgement of a whole answer, in a word."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    CONTRADICTORY = "contradictory"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """One answer, what it is to be measured by, and any labels.

    At least one of ``question_id``, ``points`` and ``reference`` is there; texts that are
    not given are empty. ``score`` is on 0..1, ``graders`` are on the scale of their
    source, ``point_labels`` maps point ids to verdicts.
    """

    id: str
    answer: str
    question_id: str = ""
    question: str = ""
    points: tuple[Point, ...] = ()
    reference: str = ""
    score: float | None = None
    point_labels: Mapping[str, Verdict] = field(default_factory=dict)
    label: Label | None = None
    graders: tuple[float, ...] = ()
    split: str = ""
