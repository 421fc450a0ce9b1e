"""One question of a sitting in full, above another screen: what was asked, said and judged.

Owns reading it and moving through its points, whose verdicts can be set right here too:
after a mock interview there is no other place. Closes with the new report if one was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from interviewbot.domain.grade import Verdict
from interviewbot.domain.report import ExchangeReport, PointReport, Report
from interviewbot.domain.text import one_line
from interviewbot.services.feedback import likely
from interviewbot.tui.host import host
from interviewbot.tui.screens.contest import Contested
from interviewbot.tui.screens.contesting import KEYS, Contesting
from interviewbot.tui.screens.reading import Reading
from interviewbot.tui.widgets.days import coming
from interviewbot.tui.widgets.exchange_lines import (
    in_reading_order,
    outcome,
    proof,
    said,
    verdict,
)
from interviewbot.tui.widgets.foreign import Foreign
from interviewbot.tui.widgets.hanging import Hanging
from interviewbot.tui.widgets.prose import Prose
from interviewbot.tui.widgets.stopwatch import minutes


class _Point(Hanging, can_focus=True):
    """A point to stop at; up and down go to its neighbours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
    ]

    def __init__(self, point: PointReport, back: str) -> None:
        """Show ``point`` with its proof and when it comes ``back``."""
        super().__init__(verdict(point), *proof(point, back), classes="text")
        self.point = point

    @on(events.Focus)
    @on(events.Blur)
    def _offer(self) -> None:
        self.screen.refresh_bindings()


class ExchangeReading(ModalScreen[Report | None], Contesting[Report | None]):
    """Shows one exchange of a report; Escape closes it."""

    CSS_PATH = "exchange.tcss"
    AUTO_FOCUS = "#all"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next point", key_display="⇥"),
        Binding("m", "model_answer", "Model answer"),
        *KEYS,
        Binding("escape,q,enter", "close", "Close"),
    ]

    def __init__(
        self, report: Report, place: int, *, day: Callable[[datetime], date], today: date
    ) -> None:
        """Show ``report.exchanges[place]``; ``day`` says on which day a moment falls."""
        super().__init__()
        self._report = report
        self._place = place
        self._changed = False
        self._day = day
        self._today = today

    @property
    def _exchange(self) -> ExchangeReport:
        return self._report.exchanges[self._place]

    @property
    def point(self) -> PointReport | None:
        """The point that has the focus."""
        return self.focused.point if isinstance(self.focused, _Point) else None

    def compose(self) -> ComposeResult:
        """Lay out the score, the question, the answer and the points."""
        exchange = self._exchange
        with Vertical(id="page"):
            yield Foreign(one_line(f"{exchange.number}  {exchange.title}"), id="title")
            yield Static(self._result(), id="result", markup=False)
            with VerticalScroll(id="all"):
                prompt = host(self).readable(exchange.prompt)
                yield Prose(prompt or "*The corpus no longer has this question.*", id="prompt")
                yield Static("You said", classes="heading", markup=False)
                yield Static(said(exchange), classes="text", markup=False)
                if exchange.points:
                    yield Static("Point by point", classes="heading", markup=False)
                yield Vertical(*self._points(), id="points")
            yield Footer(compact=True)

    def _points(self) -> list[_Point]:
        return [
            _Point(point, coming(self._day(point.due), self._today) if point.due else "")
            for point in in_reading_order(self._exchange.points)
        ]

    def _result(self) -> Content:
        exchange = self._exchange
        parts = [outcome(exchange, 16)]
        if exchange.score_range is not None and (around := likely(exchange.score_range)):
            parts.append(Content(around))
        parts.append(Content(f"{minutes(exchange.seconds)} min"))
        return Content("   ").join(parts)

    def own_verdict(self, point_id: str) -> Contested | None:
        """Return what the candidate said of a point before, and why."""
        for point in self._exchange.points:
            if point.id == point_id and point.own is not None:
                return point.own, point.own_reason
        return None

    async def set_verdict(self, point_id: str, own: Verdict, reason: str) -> bool:
        """Keep the candidate's verdict and show it; return whether memory follows it."""
        practice = await host(self).services()
        sitting = self._report.sitting
        follows = await asyncio.to_thread(
            practice.contest, sitting, self._place, point_id, own, reason
        )
        self._report = await asyncio.to_thread(lambda: practice.report(practice.sitting(sitting)))
        self._changed = True
        await self._show_points(point_id)
        return follows

    async def _show_points(self, point_id: str) -> None:
        """Show the points anew; the one of that id keeps the focus, wherever it stands now."""
        box = self.query_one("#points", Vertical)
        async with self.batch():
            await box.remove_children()
            await box.mount_all(self._points())
        for shown in self.query(_Point):
            if shown.point.id == point_id:
                shown.focus()

    def action_close(self) -> None:
        """Close, with the new report if a verdict was set."""
        self.dismiss(self._report if self._changed else None)

    def action_model_answer(self) -> None:
        """Read the model answer."""
        if not self._exchange.model_answer:
            self.notify("There is no model answer.", severity="warning")
            return
        text = host(self).readable(self._exchange.model_answer)
        self.app.push_screen(Reading(f"Model answer: {self._exchange.title}", text))
