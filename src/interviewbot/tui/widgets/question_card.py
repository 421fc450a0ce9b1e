"""A question to look at: what it asks, and how well its points are known.

Owns what is given away: the points' text and the model answer only once they are revealed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from interviewbot.domain.progress import PointStanding
from interviewbot.domain.question import Question
from interviewbot.domain.text import counted, one_line
from interviewbot.tui.widgets.bars import bar, percent
from interviewbot.tui.widgets.days import short
from interviewbot.tui.widgets.foreign import MUTED, Foreign, foreign, foreign_line
from interviewbot.tui.widgets.hanging import Hanging
from interviewbot.tui.widgets.prose import Prose


class QuestionCard(VerticalScroll):
    """Shows one question at a time; ``reveal`` shows what it keeps back."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin empty."""
        super().__init__(id=id)
        self._question: Question | None = None
        self._standings: Sequence[PointStanding] = ()
        self._days: Sequence[date | None] = ()
        self._today = date.min
        self.revealed = False

    def compose(self) -> ComposeResult:
        """Lay out title, facts, prompt, points and model answer."""
        yield Foreign(id="card-title")
        yield Foreign(id="card-facts")
        yield Prose(id="card-prompt")
        yield Vertical(id="card-points")
        yield Prose(id="card-answer")

    async def show(
        self,
        question: Question,
        standings: Sequence[PointStanding],
        days: Sequence[date | None],
        today: date,
        readable: Callable[[str], str],
    ) -> None:
        """Show ``question`` with nothing revealed; ``days`` are its points' due days."""
        self._question, self._standings, self._days = question, standings, days
        self._today = today
        self.revealed = False
        self.query_one("#card-title", Foreign).show(one_line(question.title or question.id))
        self.query_one("#card-facts", Foreign).show("\n".join(_facts(question)))
        await self.query_one("#card-prompt", Prose).update(readable(question.prompt))
        answer = self.query_one("#card-answer", Prose)
        answer.display = False
        await answer.update(f"### Model answer\n\n{readable(question.model_answer)}")
        await self._show_points()
        self.scroll_home(animate=False)

    async def reveal(self) -> None:
        """Show the points' text and the model answer, or hide them again."""
        if self._question is None:
            return
        self.revealed = not self.revealed
        answer = self.query_one("#card-answer")
        answer.display = self.revealed and bool(self._question.model_answer)
        await self._show_points()

    async def _show_points(self) -> None:
        assert self._question is not None  # noqa: S101 - shown first
        points = self._question.points
        hint = "space hides them" if self.revealed else "space shows what they say"
        count = counted(len(points), "point")
        heading = Content.assemble((count, "bold"), (f"   {hint}", MUTED))
        told = [
            Hanging(self._standing(number), *([foreign_line(point.text)] if self.revealed else []))
            for number, point in enumerate(points)
        ]
        box = self.query_one("#card-points")
        async with self.batch():
            await box.remove_children()
            await box.mount(Static(heading, markup=False), *told)

    def _standing(self, number: int) -> Content:
        standing = self._standings[number]
        day = self._days[number]
        if day is None:
            return Content.assemble(f"{number + 1} ", ("not asked yet", MUTED))
        return Content.assemble(
            f"{number + 1} ",
            (bar(standing.mastery, 8), "$text-accent"),
            f" {percent(standing.mastery)}",
            (f"  back {short(day, self._today)}", MUTED),
        )


def _facts(question: Question) -> list[str]:
    """Return what is known about a question, a line each."""
    first = [question.id, question.topic, question.level or ""]
    lines = [" · ".join(filter(None, first))]
    if question.tags:
        lines.append(f"tags: {', '.join(question.tags)}")
    if question.source:
        licence = f" ({question.licence})" if question.licence else ""
        lines.append(f"source: {question.source}{licence}")
    return [foreign(one_line(line)).plain for line in lines]
