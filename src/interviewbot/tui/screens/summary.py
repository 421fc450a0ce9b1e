"""What a sitting came to: the figures, and every question with its feedback.

Owns reading a report and writing it to a file. Refuses to add anything up (the report has
the sums). For a mock interview this is where feedback is read for the first time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, OptionList, Static

from interviewbot.domain.errors import FileIsThere, InterviewbotError
from interviewbot.domain.report import Report
from interviewbot.domain.text import counted, one_line
from interviewbot.tui.host import host
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.exchange import ExchangeReading
from interviewbot.tui.screens.export import ExportDialog
from interviewbot.tui.widgets import report_lines as lines
from interviewbot.tui.widgets.advice import Advice
from interviewbot.tui.widgets.days import coming
from interviewbot.tui.widgets.exchange_lines import by_day
from interviewbot.tui.widgets.foreign import MUTED, foreign_line
from interviewbot.tui.widgets.hanging import Hanging

if TYPE_CHECKING:
    from interviewbot.services.conversing import Worded
    from interviewbot.services.practising import Practice


_SECTIONS = {
    "advice": "Advice",
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

    def __init__(
        self,
        report: Report,
        *,
        day: Callable[[datetime], date],
        today: date,
        advise: Callable[..., Worded | None] | None = None,
    ) -> None:
        """Show ``report``; ``day`` gives the candidate's day of a moment, ``today`` is it now.

        ``advise`` gives advice on a report, as ``Practice.advice`` does; None for no advice.
        """
        super().__init__()
        self._report = report
        self._day = day
        self._today = today
        self._advise = advise

    def compose(self) -> ComposeResult:
        """Lay out the total above the questions, and the figures beside them."""
        yield Static(lines.title(self._report, self._today), id="title", markup=False)
        yield Static(lines.total(self._report), id="total", markup=False)
        yield Static(lines.counts(self._report), id="counts", markup=False)
        with Horizontal(id="body"):
            yield _Questions(*lines.questions(self._report), id="questions")
            with VerticalScroll(id="figures"):
                yield from self._advice()
                with Container(id="sections"):
                    for name, figures in self._figures().items():
                        section = Vertical(*figures, id=name, classes="section")
                        section.border_title = _SECTIONS[name]
                        yield section
        yield Footer()

    def _advice(self) -> Iterator[Widget]:
        if (advise := self._advise) is None:
            return
        report = self._report
        section = Advice(
            lambda tell, wanted: advise(report, tell=tell, wanted=wanted),
            id="advice",
            classes="section",
        )
        section.border_title = _SECTIONS["advice"]
        yield section

    @on(Advice.Given)
    def _keep_advice(self, given: Advice.Given) -> None:
        """Keep the advice for the file that the report may be written to."""
        self._report = replace(self._report, advice=given.text)

    def _figures(self) -> dict[str, Iterator[Widget]]:
        report = self._report
        none_missed = "Nothing was left out." if report.graded else _UNGRADED
        none_covered = "None was covered." if report.graded else _UNGRADED
        return {
            "topics": iter([Static(lines.topics(report), markup=False)]),
            "returns": self._returns(),
            "weakest": lines.points(report.weakest, none_missed),
            "strongest": lines.points(report.strongest, none_covered),
        }

    def _returns(self) -> Iterator[Widget]:
        due = [(max(self._day(p.due), self._today), p) for p in self._report.returns if p.due]
        if not due:
            yield Static("Nothing of this comes back: only graded answers do.", markup=False)
        for day, points in by_day(due):
            count = f": {counted(len(points), 'point')}"
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
        self._report = report = replace(report, advice=self._report.advice)
        questions = self.query_one("#questions", OptionList)
        place = questions.highlighted
        questions.clear_options()
        questions.add_options(lines.questions(report))
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
