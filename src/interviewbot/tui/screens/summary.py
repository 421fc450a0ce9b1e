"""What a sitting came to: the figures, and every question with its feedback.

Owns reading a report and writing it to a file. Refuses to add anything up (the report has
the sums). For a mock interview this is where feedback is read for the first time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from interviewbot.domain.errors import FileIsThere, InterviewbotError
from interviewbot.domain.report import ExchangeReport, PointReport, Report
from interviewbot.domain.sitting import Mode
from interviewbot.domain.text import one_line
from interviewbot.tui.host import host
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.exchange import ExchangeReading
from interviewbot.tui.screens.export import ExportDialog
from interviewbot.tui.widgets.bars import bar
from interviewbot.tui.widgets.days import at, coming
from interviewbot.tui.widgets.exchange_lines import by_day, outcome, verdict
from interviewbot.tui.widgets.foreign import MUTED, foreign_line
from interviewbot.tui.widgets.hanging import Hanging
from interviewbot.tui.widgets.stopwatch import minutes
from interviewbot.tui.widgets.verdicts import LOOKS

if TYPE_CHECKING:
    from interviewbot.services.practising import Practice


_SECTIONS = {
    "topics": "By topic",
    "returns": "Comes back",
    "weakest": "Weakest points",
    "strongest": "Strongest points",
}
_UNGRADED = "Nothing was graded."


class _Questions(OptionList):
    """The list of questions; its key is told at the foot of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Read the answer", key_display="⏎")
    ]


class SummaryScreen(Screen[None]):
    """Shows ``report``; Escape closes it."""

    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "#questions"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "export", "Write to a file"),
        Binding("escape,q", "dismiss(None)", "Close"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def __init__(self, report: Report, *, day: Callable[[datetime], date], today: date) -> None:
        """Show ``report``; ``day`` gives the candidate's day of a moment, ``today`` is it now."""
        super().__init__()
        self._report = report
        self._day = day
        self._today = today

    def compose(self) -> ComposeResult:
        """Lay out the total above the questions, and the figures beside them."""
        yield Static(_title(self._report, self._today), id="title", markup=False)
        yield Static(_total(self._report), id="total", markup=False)
        yield Static(_counts(self._report), id="counts", markup=False)
        with Horizontal(id="body"):
            yield _Questions(*_questions(self._report), id="questions")
            with VerticalScroll(id="figures"):
                for name, figures in self._figures().items():
                    section = Vertical(*figures, id=name, classes="section")
                    section.border_title = _SECTIONS[name]
                    yield section
        yield Footer()

    def _figures(self) -> dict[str, Iterator[Widget]]:
        report = self._report
        none_missed = "Nothing was left out." if report.graded else _UNGRADED
        none_covered = "None was covered." if report.graded else _UNGRADED
        return {
            "topics": iter([Static(_topics(report), markup=False)]),
            "returns": self._returns(),
            "weakest": _points(report.weakest, none_missed),
            "strongest": _points(report.strongest, none_covered),
        }

    def _returns(self) -> Iterator[Widget]:
        due = [(max(self._day(p.due), self._today), p) for p in self._report.returns if p.due]
        if not due:
            yield Static("Nothing of this comes back: only graded answers do.", markup=False)
        for day, points in by_day(due):
            count = f": {len(points)} point{'' if len(points) == 1 else 's'}"
            titles = dict.fromkeys(one_line(point.question) for point in points)
            yield Hanging(
                Content.assemble((coming(day, self._today), "bold"), count),
                foreign_line(", ".join(titles), MUTED),
            )

    @on(OptionList.OptionSelected, "#questions")
    def _read(self) -> None:
        place = self.query_one("#questions", OptionList).highlighted
        if place is not None and self._report.exchanges:
            reading = ExchangeReading(self._report, place, day=self._day, today=self._today)
            self.app.push_screen(reading, self._again)

    async def _again(self, report: Report | None) -> None:
        """Show ``report`` instead: the candidate has set a verdict right."""
        if report is None:
            return
        self._report = report
        questions = self.query_one("#questions", OptionList)
        place = questions.highlighted
        questions.clear_options()
        questions.add_options(_questions(report))
        questions.highlighted = place
        async with self.batch():
            for name, figures in self._figures().items():
                section = self.query_one(f"#{name}")
                await section.remove_children()
                await section.mount_all(figures)

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Ask for a path and write the report there."""
        app = host(self)
        practice = await app.services()
        path = f"interview-{self._day(self._report.began):%Y-%m-%d}.md"
        while (typed := await self.app.push_screen_wait(ExportDialog(path))) is not None:
            path = typed
            try:
                written = await self._write(practice, Path(path))
            except InterviewbotError as error:
                app.complain(error)
                continue
            if written:
                self.notify(f"Written to {one_line(path)}.", markup=False)
                return

    async def _write(self, practice: Practice, path: Path) -> bool:
        """Write to ``path``; return False where the candidate does not want it replaced."""
        try:
            await asyncio.to_thread(practice.export, self._report, path)
        except FileIsThere:
            if not await self.app.push_screen_wait(
                Confirm(f"{one_line(str(path))} is there already. Replace it?")
            ):
                return False
            await asyncio.to_thread(practice.export, self._report, path, overwrite=True)
        return True


def _title(report: Report, today: date) -> Content:
    kind = "Mock interview" if report.mode is Mode.MOCK else "Practice"
    bound = "" if report.minutes is None else f" of {minutes(60 * report.minutes)}"
    spent = f"{minutes(report.seconds)}{bound} min answering"
    return Content(f"{kind} · {at(report.began, today)} · {spent}")


def _total(report: Report) -> Content:
    if report.score is None:
        return Content.styled("No score: nothing was graded.", "bold")
    return Content.assemble(
        (f"{report.score:.0f} of 100, {report.band}", "bold"),
        "  ",
        (bar(report.score / 100, 20), "$text-accent"),
        ("  practice feedback, not a verdict", MUTED),
    )


def _counts(report: Report) -> Content:
    counts = {
        "graded": report.graded,
        "skipped": report.skipped,
        "timed out": report.timed_out,
        "ungraded": report.ungraded,
        "not asked": report.unasked,
    }
    return Content(" · ".join(f"{count} {what}" for what, count in counts.items()))


def _questions(report: Report) -> Iterator[Option]:
    """Yield an option for every exchange."""
    for exchange in report.exchanges:
        yield Option(_question(exchange))
    if not report.exchanges:
        yield Option(Content("Nothing was asked."), disabled=True)


def _question(exchange: ExchangeReport) -> Content:
    """Return a question with its score, and a mark for every point in the rubric's order."""
    marks = [LOOKS[point.own or point.verdict] for point in exchange.points]
    again = " (another try)" if exchange.retry else ""
    return Content.assemble(
        Content.styled(f"{exchange.number:>2}  ", MUTED),
        foreign_line(f"{exchange.title}{again}"),
        "\n    ",
        outcome(exchange),
        "\n    " if marks else "",
        *((look.mark, look.style) for look in marks),
    )


def _topics(report: Report) -> Content:
    if not report.topics:
        return Content("No topic has a score.")
    width = max(len(one_line(topic.topic)) for topic in report.topics)
    return Content("\n").join(
        Content.assemble(
            foreign_line(topic.topic).pad_right(width - len(one_line(topic.topic))),
            "  ",
            (bar(topic.score / 100, 8), "$text-accent"),
            f" {topic.score:3.0f}",
        )
        for topic in report.topics
    )


def _points(points: Sequence[PointReport], none: str) -> Iterator[Widget]:
    """Yield a widget for every one of ``points``; without any, the words ``none``."""
    if not points:
        yield Static(none, markup=False)
    for point in points:
        head = Content.assemble(verdict(point), " · ", foreign_line(point.question, MUTED))
        yield Hanging(head, foreign_line(point.text))
