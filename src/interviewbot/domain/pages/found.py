"""What reading a page, a table or a package of questions brings.

Owns the shape that every importer returns. Refuses to know the formats, and to decide which id a
question gets.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewbot.domain.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A piece of the source that became part of no question: where, what, and why."""

    line: int  # counted from 1; a row or a note has a number too
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What will be a point: its text, and the line that it stands in."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuestion:
    """A question as the source has it.

    ``id``, ``title``, ``topic`` and ``level`` may be empty. Where the source holds a whole
    question of this program, ``whole`` is it and the rest is only for showing.
    """

    line: int
    prompt: str
    claims: tuple[Claim, ...] = ()
    model_answer: str = ""
    id: str = ""
    title: str = ""
    topic: str = ""
    level: str = ""
    tags: tuple[str, ...] = ()
    whole: Question | None = None

    @classmethod
    def of(cls, question: Question, line: int) -> FoundQuestion:
        """Return ``question``, found whole in ``line``."""
        return cls(
            line=line,
            prompt=question.prompt,
            claims=tuple(Claim(text=point.text, line=line) for point in question.points),
            model_answer=question.model_answer,
            id=question.id,
            title=question.title,
            topic=question.topic,
            level=str(question.level or ""),
            tags=question.tags,
            whole=question,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The questions of a source and everything of it that is in none of them.

    ``left_out`` was not understood; ``furniture`` is what pages carry around their text.
    """

    questions: tuple[FoundQuestion, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    furniture: tuple[LeftOut, ...] = ()
