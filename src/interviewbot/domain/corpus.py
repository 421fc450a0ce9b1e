"""A corpus as it was read: questions with the places they came from.

Owns where a question and its points stand in their file, so that advice can point at a
line. Refuses to read files or to judge whether the questions are good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from interviewbot.domain.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusEntry:
    """One question and its file.

    ``line`` is where its id stands, ``point_lines`` maps point ids to lines, ``text_lines``
    the prompt, claims and misconceptions, ``answer_line`` is where the model answer begins;
    lines are counted from 1.
    """

    question: Question
    path: str
    point_lines: Mapping[str, int]
    line: int = 1
    answer_line: int = 1
    text_lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, text: str, default: int) -> int:
        """Return where ``text``, of this question, begins; ``default`` where nobody noted it."""
        return self.text_lines.get(text, default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Every question, ordered by id; ``digest`` stands for the bytes of all files."""

    questions: tuple[CorpusEntry, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Something in a valid question that could be better."""

    path: str
    line: int  # counted from 1
    message: str

    def __str__(self) -> str:
        """Return ``path:line: message``."""
        return f"{self.path}:{self.line}: {self.message}"
