"""One question of a sitting in full, above another screen: what was asked, said and judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Markdown, Static

from interviewbot.domain.report import ExchangeReport
from interviewbot.domain.text import one_line, sanitise
from interviewbot.tui.host import host
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
from interviewbot.tui.widgets.stopwatch import minutes


class ExchangeReading(ModalScreen[None]):
    """Shows ``exchange``; Escape closes it."""

    CSS_PATH = "exchange.tcss"
    AUTO_FOCUS = "#all"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "model_answer", "Model answer"),
        Binding("escape,q,enter", "dismiss(None)", "Close"),
    ]

    def __init__(
        self, exchange: ExchangeReport, *, day: Callable[[datetime], date], today: date
    ) -> None:
        """Show ``exchange``; ``day`` says on which day a moment falls."""
        super().__init__()
        self._exchange = exchange
        self._day = day
        self._today = today

    def compose(self) -> ComposeResult:
        """Lay out the score, the question, the answer and the points."""
        exchange = self._exchange
        with Vertical(id="page"):
            yield Foreign(one_line(f"{exchange.number}  {exchange.title}"), id="title")
            yield Static(self._result(), id="result", markup=False)
            with VerticalScroll(id="all"):
                prompt = sanitise(host(self).readable(exchange.prompt))
                yield Markdown(
                    prompt or "*The corpus no longer has this question.*",
                    id="prompt",
                    open_links=False,
                )
                yield Static("You said", classes="heading", markup=False)
                yield Static(said(exchange), classes="text", markup=False)
                if exchange.points:
                    yield Static("Point by point", classes="heading", markup=False)
                for point in in_reading_order(exchange.points):
                    back = coming(self._day(point.due), self._today) if point.due else ""
                    yield Hanging(verdict(point), *proof(point, back), classes="text")
            yield Footer(compact=True)

    def _result(self) -> Content:
        exchange = self._exchange
        parts = [outcome(exchange, 16)]
        if exchange.score_range is not None:
            low, high = exchange.score_range
            parts.append(Content(f"80 % sure of {low:.0f} to {high:.0f}"))
        parts.append(Content(f"{minutes(exchange.seconds)} min"))
        return Content("   ").join(parts)

    def action_model_answer(self) -> None:
        """Read the model answer."""
        if not self._exchange.model_answer:
            self.notify("There is no model answer.", severity="warning")
            return
        text = host(self).readable(self._exchange.model_answer)
        self.app.push_screen(Reading(f"Model answer: {self._exchange.title}", text))
