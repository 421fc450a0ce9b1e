"""Questions as the lines of a list, and those that words name outright.

Owns the words of a line. Refuses to rank by meaning: the search does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from interviewbot.domain.question import Question
from interviewbot.domain.text import fold, one_line
from interviewbot.tui.widgets.foreign import MUTED, foreign_line


def named(words: str, questions: Iterable[Question]) -> list[str]:
    """Return the ids of ``questions`` that begin with ``words``, or whose title has them."""
    sought = fold(words)
    return [
        question.id
        for question in questions
        if fold(question.id).startswith(sought) or sought in fold(question.title)
    ]


def options_of(questions: Sequence[Question], *, by_topic: bool) -> Iterator[Option]:
    """Yield an option for every question, under its topic where they are ordered by it."""
    topic = None
    for question in questions:
        if by_topic and question.topic != topic:
            topic = question.topic
            yield Option(foreign_line(topic or "without a topic", "bold"), disabled=True)
        level = f"  {question.level}" if question.level else ""
        yield Option(
            Content.assemble(
                (f"{one_line(question.id)}  ", MUTED),
                foreign_line(question.title or question.id),
                (level, MUTED),
            ),
            id=question.id,
        )
