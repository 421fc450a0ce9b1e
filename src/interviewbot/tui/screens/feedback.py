"""What an answer was worth, point by point, with the proof beside it.

Owns reading a grade: moving through the points marks their words in the answer. Refuses to
grade; a verdict that the candidate sets against the judge's goes to ``Interviewing``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from interviewbot.domain.errors import InterviewbotError, OutOfStep
from interviewbot.domain.grade import Grade, PointGrade, Ungraded, Verdict, gain_of
from interviewbot.domain.memory import OwnVerdict
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Ending, Exchange
from interviewbot.domain.text import one_line
from interviewbot.services.feedback import likely, not_counted
from interviewbot.tui.host import host
from interviewbot.tui.outcome import Outcome
from interviewbot.tui.screens.contest import Contested
from interviewbot.tui.screens.contesting import KEYS, Contesting
from interviewbot.tui.screens.reading import Reading
from interviewbot.tui.screens.sitting_screen import SittingScreen
from interviewbot.tui.widgets.bars import bar
from interviewbot.tui.widgets.foreign import Foreign, foreign
from interviewbot.tui.widgets.transcript import Transcript
from interviewbot.tui.widgets.verdicts import headline, in_reading_order

if TYPE_CHECKING:
    from interviewbot.services.interviewing import Interviewing


class FeedbackScreen(SittingScreen, Contesting[Outcome]):
    """Shows what the latest exchange of ``interviewing`` came to."""

    CSS_PATH = "feedback.tcss"
    AUTO_FOCUS = "#points"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Next"),
        Binding("r", "retry", "Retry"),
        Binding("m", "model_answer", "Answer"),
        *KEYS,
        Binding("f8", "finish", "End"),
        Binding("escape", "leave", "Home"),
    ]

    def __init__(self, interviewing: Interviewing, *, readable: Callable[[str], str] = str) -> None:
        """Show the latest exchange, which must be closed."""
        super().__init__()
        self._interviewing = interviewing
        self._readable = readable
        self._exchange: Exchange = interviewing.sitting.exchanges[-1]
        self._number = len(interviewing.sitting.exchanges) - 1
        result = self._exchange.result
        self._grade = result if isinstance(result, Grade) else None
        self._points = in_reading_order(self._grade.points) if self._grade else []
        self._own: dict[str, OwnVerdict] = {}
        self._going = False

    @property
    def question(self) -> Question:
        """The question that was answered."""
        found = self._interviewing.asked
        assert found is not None  # noqa: S101 - there is a closed exchange
        return found

    def compose(self) -> ComposeResult:
        """Lay out the total, the points beside the answer, and the point in words."""
        with Horizontal(id="top"):
            yield Foreign(one_line(self.question.title), id="title")
            yield Static("practice feedback, not a verdict", id="modesty", markup=False)
        yield Static(self._total(), id="total", markup=False)
        with Horizontal(id="body"):
            yield OptionList(id="points")
            with VerticalScroll(id="said", can_focus=True):
                yield Transcript(self._exchange, id="transcript")
        with VerticalScroll(id="detail", can_focus=False):
            yield Static(id="words", markup=False)
        yield Footer()

    async def on_mount(self) -> None:
        """Fill the list; the first point is the one to look at."""
        self._own = await asyncio.to_thread(self._interviewing.own_verdicts, self._number)
        self._list()

    @property
    def point(self) -> PointGrade | None:
        """The point that is looked at."""
        place = self.query_one("#points", OptionList).highlighted
        return self._points[place] if place is not None and self._points else None

    @on(OptionList.OptionHighlighted, "#points")
    def _look(self) -> None:
        self.refresh_bindings()
        point = self.point
        if point is None:
            return
        line = self.query_one(Transcript).mark(point.evidence, point.turn)
        if line is not None:
            self.query_one("#said", VerticalScroll).scroll_to(y=max(0, line - 2), animate=False)
        self.query_one("#words", Static).update(self._in_words(point))

    def action_next(self) -> None:
        """Go on to the next question, or to the end."""
        self._then(self._interviewing.leave)

    def action_retry(self) -> None:
        """Answer the same question again at once; memory does not count it."""
        self._then(self._interviewing.retry)

    def action_finish(self) -> None:
        """End the interview here; what comes after was never asked."""
        self._then(self._interviewing.finish)

    async def action_leave(self) -> None:
        """Go home; the interview can be taken up again."""
        await self.close_with(Outcome.LEAVE)

    def _then(self, deed: Callable[[], object]) -> None:
        """Do ``deed`` and close; a key pressed twice does it once."""
        if not self._going:
            self._going = True
            self._go(deed)

    @work(group="go")
    async def _go(self, deed: Callable[[], object]) -> None:
        outcome = Outcome.GO_ON
        try:
            await asyncio.to_thread(deed)
        except OutOfStep as error:
            host(self).complain(error)
            await asyncio.to_thread(self._interviewing.catch_up)
        except InterviewbotError as error:
            host(self).complain(error)
            outcome = Outcome.LEAVE
        await self.close_with(outcome)

    def action_model_answer(self) -> None:
        """Read the model answer."""
        text = self._readable(self.question.model_answer)
        self.app.push_screen(Reading(f"Model answer: {self.question.title}", text))

    def own_verdict(self, point_id: str) -> Contested | None:
        """Return what the candidate said of a point before, and why."""
        own = self._own.get(point_id)
        return (own.own, own.reason) if own else None

    async def set_verdict(self, point_id: str, own: Verdict, reason: str) -> bool:
        """Keep the candidate's verdict and show it; return whether memory follows it."""
        interviewing, number = self._interviewing, self._number
        follows = await asyncio.to_thread(interviewing.contest, number, point_id, own, reason)
        self._own = await asyncio.to_thread(interviewing.own_verdicts, number)
        self._list()
        return follows

    def _list(self) -> None:
        options = self.query_one("#points", OptionList)
        place = options.highlighted or 0
        options.clear_options()
        for point in self._points:
            options.add_option(Option(headline(point, self._own.get(point.id))))
        if self._points:
            options.highlighted = place
            return
        for ungraded in self.question.points:
            options.add_option(Option(foreign(f"· {one_line(ungraded.text)}")))
        self.query_one("#words", Static).update(
            "What a good answer would have said is on the left; m shows a whole one."
        )

    def _total(self) -> Content:
        result = self._exchange.result
        if isinstance(result, Ungraded):
            return Content(f"Not graded: {one_line(result.reason)}. Nothing changes in your plan.")
        if self._grade is None:
            skipped = self._exchange.ending is Ending.SKIPPED
            how = "Skipped" if skipped else "The time was up"
            return Content(f"{how}: recorded as that, not as something you do not know.")
        return Content.assemble(
            (f"{self._grade.score:.0f} of 100, {self._grade.band}", "bold"),
            ("  " + bar(self._grade.score / 100, 20) + "  ", "$text-accent"),
            likely(self._grade.score_range),
            f"\n{not_counted(self._grade)}" if self._grade.aside else "",
            f"\nGraded offline: {one_line(self._grade.degraded)}" if self._grade.degraded else "",
        )

    def _in_words(self, point: PointGrade) -> Content:
        lines = [one_line(point.text), one_line(point.reason)]
        own = self._own.get(point.id)
        if own is not None:
            lines.append(f"Your verdict: {own.own}. {one_line(own.reason)}")
        elif point.disputed:
            lines.append(f"{one_line(point.dispute)} Look for yourself, then y or x.")
        elif point.unsure:
            lines.append(
                f"The judge is unsure ({point.confidence:.0%}): look for yourself, then y or x."
            )
        if point.verdict is not Verdict.COVERED:
            gain = gain_of(point, self._grade.points) if self._grade else 0.0
            lines.append(f"A sentence that says this would add {gain:.0f} points.")
        return Content("\n".join(filter(None, lines)))
