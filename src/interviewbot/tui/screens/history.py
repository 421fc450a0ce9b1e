"""What was said to one question before: two answers side by side, and what changed.

Owns the choice of the two. Refuses to compare texts: it compares scores and verdicts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import InterviewbotError, UnknownQuestion
from interviewbot.domain.report import ExchangeReport, Report
from interviewbot.domain.sitting import Exchange, Mode, Sitting
from interviewbot.domain.text import one_line
from interviewbot.tui.host import host
from interviewbot.tui.screens.exchange import ExchangeReading
from interviewbot.tui.widgets.changes import changes, score_change
from interviewbot.tui.widgets.days import at
from interviewbot.tui.widgets.exchange_lines import outcome, said
from interviewbot.tui.widgets.foreign import MUTED, Foreign

if TYPE_CHECKING:
    from interviewbot.services.practising import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """One answer of the past."""

    when: datetime
    report: Report
    place: int

    @property
    def exchange(self) -> ExchangeReport:
        """The answer as the report of its sitting has it."""
        return self.report.exchanges[self.place]


class _List(OptionList):
    """The list of answers; left and right choose from it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.choose(0)", "Show left"),
        Binding("right", "screen.choose(1)", "Show right"),
        Binding("enter", "screen.read", "Read in full", key_display="⏎"),
    ]


class HistoryScreen(Screen[None]):
    """The answers to ``question_id``, the latest first."""

    CSS_PATH = "history.tcss"
    AUTO_FOCUS = "#past"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "practise", "Practise it again"),
        Binding("escape,q", "app.pop_screen", "Back"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def __init__(self, question_id: str) -> None:
        """Show what was said to ``question_id``."""
        super().__init__()
        self._question_id = question_id
        self._past: list[_Past] = []
        self._chosen = [0, 0]  # places in the list of the left and the right answer
        self._day: Callable[[datetime], date] = lambda moment: moment.astimezone().date()
        self._today = date.min

    def compose(self) -> ComposeResult:
        """Lay out the list, the two answers and the changes."""
        yield Foreign(self._question_id, id="title")
        yield _List(id="past")
        with Horizontal(id="answers"):
            for side in ("left", "right"):
                with VerticalScroll(id=side, classes="answer"):
                    yield Static(id=f"{side}-said", markup=False)
        with VerticalScroll(id="changes"):
            yield Static("reading your answers …", id="changed", markup=False)
        yield Footer()

    @on(events.ScreenResume)
    def look_again(self) -> None:
        """Read the answers whenever the candidate comes back here."""
        self._load()

    @work(exclusive=True, group="past")
    async def _load(self) -> None:
        app = host(self)
        try:
            practice = await app.services()
            title = await asyncio.to_thread(_title, practice, self._question_id)
            past = await asyncio.to_thread(_read, practice, self._question_id)
        except InterviewbotError as error:
            self.query_one("#changed", Static).update("Nothing could be read.")
            app.complain(error)
            return
        self._day, self._today = practice.day, practice.day(practice.clock())
        self.query_one("#title", Foreign).show(title)
        if len(past) != len(self._past):
            self._chosen = [min(1, len(past) - 1), 0]
        self._past = past
        self._show()

    def action_choose(self, side: int) -> None:
        """Show the answer that is marked on the left (0) or on the right (1)."""
        place = self.query_one("#past", OptionList).highlighted
        if place is not None and self._past:
            self._chosen[side] = place
            self._show()

    @on(OptionList.OptionSelected, "#past")
    def action_read(self) -> None:
        """Read the answer that is marked in full; its verdicts can be set right there."""
        place = self.query_one("#past", OptionList).highlighted
        if place is None or not self._past:
            return
        past = self._past[place]
        reading = ExchangeReading(past.report, past.place, day=self._day, today=self._today)
        self.app.push_screen(reading)

    def action_practise(self) -> None:
        """Ask this question again."""
        host(self).start(Wish(question_ids=(self._question_id,)))

    def _show(self) -> None:
        options = self.query_one("#past", OptionList)
        place = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(self._line(number)) for number in range(len(self._past)))
        alone = len(self._past) < 2
        self.query_one("#left").display = not alone
        self.query_one("#answers").display = bool(self._past)
        if not self._past:
            options.add_option(Option(Content("no answer"), disabled=True))
            self.query_one("#changed", Static).update(
                "Not answered yet: p practises this question, and the answer is kept here."
            )
            return
        options.highlighted = place
        left, right = (self._past[number].exchange for number in self._chosen)
        for side, number in (("left", self._chosen[0]), ("right", self._chosen[1])):
            box = self.query_one(f"#{side}")
            box.border_title = at(self._past[number].when, self._today)
            self.query_one(f"#{side}-said", Static).update(said(self._past[number].exchange))
        if alone:
            first = Content("One answer so far; with a second one, what changed is told here.\n")
            self.query_one("#changed", Static).update(first + changes(right, right))
        else:
            told = score_change(left, right) + "\n" + changes(left, right)
            self.query_one("#changed", Static).update(told)

    def _line(self, number: int) -> Content:
        past = self._past[number]
        left, right = (number == chosen for chosen in self._chosen)
        if len(self._past) < 2:
            left = right = False
        sides = f"{'◀' if left else ' '}{'▶' if right else ' '} "
        again = " · another try" if past.exchange.retry else ""
        kind = "mock" if past.report.mode is Mode.MOCK else "practice"
        return Content.assemble(
            (sides, "$text-accent bold"),
            f"{at(past.when, self._today):<20} ",
            outcome(past.exchange),
            (f"  {kind}{again}", MUTED),
        )


def _title(practice: Practice, question_id: str) -> str:
    try:
        title = practice.question(question_id).title
    except UnknownQuestion:
        title = "(no longer in the corpus)"
    return one_line(f"Past answers: {question_id} {title}")


def _read(practice: Practice, question_id: str) -> list[_Past]:
    """Return every answer, the latest first; a sitting is reported once."""
    reports: dict[str, Report] = {}
    return [
        _past(practice, reports, sitting, exchange)
        for sitting, exchange in practice.past(question_id)
    ]


def _past(
    practice: Practice, reports: dict[str, Report], sitting: Sitting, exchange: Exchange
) -> _Past:
    if sitting.id not in reports:
        reports[sitting.id] = practice.report(sitting)
    place = sitting.exchanges.index(exchange)
    when = exchange.closed or exchange.turns[0].asked
    return _Past(when=when, report=reports[sitting.id], place=place)
