"""What is known by now: by topic and over time, the weeks ahead, questions, interviews.

Owns which figures are shown where. Refuses to add anything up: services do.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Footer, OptionList, Static, TabbedContent, TabPane
from textual.widgets.option_list import Option

from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.grade import Grade
from interviewbot.domain.memory import mastery
from interviewbot.domain.progress import TopicStanding
from interviewbot.domain.sitting import Sitting
from interviewbot.tui.host import host
from interviewbot.tui.screens.history import HistoryScreen
from interviewbot.tui.screens.summary import SummaryScreen
from interviewbot.tui.widgets.bars import bar, percent
from interviewbot.tui.widgets.calendar_grid import CalendarGrid
from interviewbot.tui.widgets.calendar_grid import told as calendar_told
from interviewbot.tui.widgets.foreign import MUTED, foreign_line
from interviewbot.tui.widgets.mastery_plot import Curve, MasteryPlot, begun
from interviewbot.tui.widgets.mastery_plot import told as curve_told
from interviewbot.tui.widgets.question_table import QuestionLine, QuestionTable, lines_of
from interviewbot.tui.widgets.sitting_list import SittingList

if TYPE_CHECKING:
    from interviewbot.services.practising import Practice

_EMPTY = "Nothing practised yet: start a question at home, and what you know shows here."
_ALL = "All topics"
_PANES = ("topics", "ahead", "questions", "interviews")
_FOCUS = {"topics": "#list", "ahead": "#weeks", "questions": "#table", "interviews": "#sittings"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """Everything that is shown but the curves and the last scores."""

    topics: tuple[TopicStanding, ...]  # all of them as one first, which has no name
    lines: list[QuestionLine]
    days: dict[str, date]  # question id to the day it is due
    ahead: list[tuple[date, int]]
    sittings: tuple[Sitting, ...]  # those that are over, the latest first


class ProgressScreen(Screen[None]):
    """Four pages: topics with their curve, the weeks ahead, questions, interviews."""

    CSS_PATH = "progress.tcss"
    AUTO_FOCUS = "#list"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "page(0)", "Topics"),
        Binding("2", "page(1)", "Weeks ahead"),
        Binding("3", "page(2)", "Questions"),
        Binding("4", "page(3)", "Interviews"),
        Binding("o", "reorder", "Order"),
        Binding("escape,q", "app.pop_screen", "Home"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._topics: list[str] = []  # by line of the list; empty is all of them
        self._standings: dict[str, TopicStanding] = {}
        self._curves: dict[str, Curve] = {}

    def compose(self) -> ComposeResult:
        """Lay out the three pages."""
        yield Static("Progress", id="title", markup=False)
        with TabbedContent(initial="topics", id="pages"):
            with TabPane("1 Topics", id="topics"), Horizontal():
                yield OptionList(id="list")
                with Vertical(id="beside"):
                    yield Static("reading your progress …", id="told", markup=False)
                    yield MasteryPlot(id="plot")
            with TabPane("2 Weeks ahead", id="ahead"), VerticalScroll(id="weeks"):
                yield Static(id="ahead-told", markup=False)
                yield CalendarGrid(id="calendar")
            with TabPane("3 Questions", id="questions"):
                yield QuestionTable(id="table")
            with TabPane("4 Interviews", id="interviews"):
                yield SittingList(id="sittings")
        yield Footer()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what concerns the questions on their page only."""
        if action == "reorder":
            return self.is_mounted and self._page == "questions"
        return True

    @property
    def _page(self) -> str:
        return self.query_one("#pages", TabbedContent).active

    @on(events.ScreenResume)
    def look_again(self) -> None:
        """Read the figures whenever the candidate comes back here."""
        self._load()

    @work(exclusive=True, group="figures")
    async def _load(self) -> None:
        app = host(self)
        try:
            practice = await app.services()
            figures = await asyncio.to_thread(_read, practice)
            self._show(figures, practice.day(practice.clock()))
            scores = await asyncio.to_thread(_scores, practice, figures.lines)
        except InterviewbotError as error:
            self.query_one("#told", Static).update("Nothing could be read.")
            app.complain(error)
            return
        self.query_one(QuestionTable).score(scores)

    def _show(self, figures: _Figures, today: date) -> None:
        self._standings = {topic.topic: topic for topic in figures.topics}
        self._topics = list(self._standings)
        self._curves = {}
        options = self.query_one("#list", OptionList)
        place = options.highlighted
        options.clear_options()
        options.add_options(Option(_line(topic)) for topic in figures.topics)
        self.query_one("#ahead-told", Static).update(calendar_told(figures.ahead))
        self.query_one(CalendarGrid).show(figures.ahead)
        self.query_one(QuestionTable).show(figures.lines, figures.days, today)
        self.query_one(SittingList).show(figures.sittings, today)
        options.highlighted = min(place or 0, len(self._topics) - 1)

    @on(OptionList.OptionHighlighted, "#list")
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        self._draw(self._topics[event.option_index])

    @work(exclusive=True, group="curve")
    async def _draw(self, topic: str) -> None:
        """Show the curve of ``topic``; one that comes late is dropped with its worker."""
        app = host(self)
        if topic not in self._curves:
            try:
                practice = await app.services()
                days = await asyncio.to_thread(practice.mastery_over_time, topic)
            except InterviewbotError as error:
                app.complain(error)
                return
            self._curves[topic] = begun(days)
        curve = self._curves[topic]
        self.query_one("#told", Static).update(_told(self._standings[topic], curve))
        plot = self.query_one(MasteryPlot)
        plot.display = bool(curve)
        plot.show(curve)

    def action_page(self, number: int) -> None:
        """Turn to a page and put the focus into it."""
        pages = self.query_one("#pages", TabbedContent)
        pages.active = _PANES[number]
        self.query_one(_FOCUS[pages.active]).focus()

    @on(TabbedContent.TabActivated)
    def _turned(self) -> None:
        self.refresh_bindings()

    def action_reorder(self) -> None:
        """Put the questions in another order."""
        self.notify(f"Ordered by: {self.query_one(QuestionTable).reorder()}", timeout=2)

    @on(OptionList.OptionSelected, "#sittings")
    @work(exclusive=True, group="report")
    async def _report(self) -> None:
        """Open the summary of the interview that is marked, as it was at its end."""
        if (sitting := self.query_one(SittingList).chosen) is None:
            return
        try:
            practice = await host(self).services()
            report = await asyncio.to_thread(practice.report, sitting)
        except InterviewbotError as error:
            host(self).complain(error)
        else:
            today = practice.day(practice.clock())
            self.app.push_screen(SummaryScreen(report, day=practice.day, today=today))

    @on(DataTable.RowSelected)
    def _history(self) -> None:
        if (chosen := self.query_one(QuestionTable).chosen) is not None:
            self.app.push_screen(HistoryScreen(chosen))


def _read(practice: Practice) -> _Figures:
    questions = practice.questions()
    standings = practice.standings()
    known = {(standing.question_id, standing.point_id): standing.mastery for standing in standings}
    topics = practice.overview().topics
    lines = lines_of(questions, standings)
    return _Figures(
        topics=(_all(topics, mastery(questions, known)), *topics),
        lines=lines,
        days={line.id: practice.day(line.due) for line in lines if line.due is not None},
        ahead=practice.calendar(),
        sittings=practice.finished(),
    )


def _scores(practice: Practice, lines: list[QuestionLine]) -> dict[str, float | None]:
    """Return the last score of every question that has one."""
    found: dict[str, float | None] = {}
    for line in lines:
        if line.due is not None:
            results = (exchange.result for _, exchange in practice.past(line.id))
            found[line.id] = next((r.score for r in results if isinstance(r, Grade)), None)
    return found


def _all(topics: tuple[TopicStanding, ...], known: float) -> TopicStanding:
    """Return all ``topics`` as one without a name, of which so much is ``known`` (0..1)."""
    return TopicStanding(
        topic="",
        questions=sum(topic.questions for topic in topics),
        points=sum(topic.points for topic in topics),
        seen=sum(topic.seen for topic in topics),
        mastery=known,
        due=sum(topic.due for topic in topics),
    )


def _line(topic: TopicStanding) -> Content:
    return Content.assemble(
        foreign_line(topic.topic or _ALL),
        "\n  ",
        (bar(topic.mastery, 12), "$text-accent"),
        f" {percent(topic.mastery)}",
        (f"  {topic.due} due" if topic.due else "", MUTED),
    )


def _told(topic: TopicStanding, curve: Curve) -> Content:
    seen = f"{topic.seen} of {topic.points} points seen, {topic.due} due"
    words = curve_told(curve) if topic.seen else _EMPTY
    return Content.assemble(
        foreign_line(topic.topic or _ALL, "bold"), (f"   {seen}", MUTED), f"\n{words}"
    )
