"""Questions and the points of a good answer.

Owns what a question is and how its rubric is identified. Refuses to know where
questions come from (files, rows of a table) or how an answer is judged.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much experience a question supposes."""

    FOUNDATION = "foundation"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that a good answer says.

    ``accept`` are other wordings of the same claim, ``misconceptions`` wrong
    claims about it, ``follow_up`` is what to ask where the point is missing.
    """

    id: str
    text: str
    weight: float = 1.0
    accept: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    follow_up: str = ""

    @property
    def claims(self) -> tuple[str, ...]:
        """Every wording of the point, its own text first."""
        return (self.text, *self.accept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and the points that a good answer makes.

    ``derived`` marks a question whose points were cut out of one reference text
    rather than written as points; ``draft`` one that no person has read yet, so that it is
    asked only where somebody names it.
    """

    id: str
    prompt: str
    points: tuple[Point, ...]
    title: str = ""
    topic: str = ""
    level: Level | None = None
    model_answer: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""
    reviewed: str = ""
    derived: bool = False
    draft: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that a judge compares an answer with, without repeats."""
        found: dict[str, None] = {self.prompt: None} if self.prompt else {}
        for point in self.points:
            found.update(dict.fromkeys((*point.claims, *point.misconceptions)))
        return tuple(found)


def rubric_digest(question: Question) -> str:
    """Return ``sha256:<hex>`` over everything of ``question`` that grading depends on."""
    rubric = [
        question.prompt,
        question.derived,
        [[p.id, p.text, p.weight, p.accept, p.misconceptions] for p in question.points],
    ]
    canonical = json.dumps(rubric, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
