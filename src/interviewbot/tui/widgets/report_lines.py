"""A report as lines of text: its title, its figures, its questions and points.

Owns the words. Refuses to lay them out. Everything foreign goes through ``foreign``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from interviewbot.domain.report import ExchangeReport, PointReport, Report
from interviewbot.domain.sitting import Mode
from interviewbot.domain.text import one_line
from interviewbot.tui.widgets.bars import bar
from interviewbot.tui.widgets.days import at
from interviewbot.tui.widgets.exchange_lines import outcome, verdict
from interviewbot.tui.widgets.foreign import MUTED, foreign_line
from interviewbot.tui.widgets.hanging import Hanging
from interviewbot.tui.widgets.stopwatch import minutes
from interviewbot.tui.widgets.verdicts import LOOKS


def title(report: Report, today: date) -> Content:
    """Return kind, time and length of the sitting."""
    kind = "Mock interview" if report.mode is Mode.MOCK else "Practice"
    bound = "" if report.minutes is None else f" of {minutes(60 * report.minutes)}"
    spent = f"{minutes(report.seconds)}{bound} min answering"
    return Content(f"{kind} · {at(report.began, today)} · {spent}")


def total(report: Report) -> Content:
    """Return the score with its bar, or that there is none."""
    if report.score is None:
        return Content.styled("No score: nothing was graded.", "bold")
    return Content.assemble(
        (f"{report.score:.0f} of 100, {report.band}", "bold"),
        "  ",
        (bar(report.score / 100, 20), "$text-accent"),
        ("  practice feedback, not a verdict", MUTED),
    )


def counts(report: Report) -> Content:
    """Return what became of the questions, and which language model graded them."""
    counts = {
        "graded": report.graded,
        "skipped": report.skipped,
        "timed out": report.timed_out,
        "ungraded": report.ungraded,
        "not asked": report.unasked,
    }
    told = " · ".join(f"{count} {what}" for what, count in counts.items())
    return Content("\n".join(filter(None, (told, one_line(report.graded_by)))))


def questions(report: Report) -> Iterator[Option]:
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


def topics(report: Report) -> Content:
    """Return a line for every topic that has a score."""
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


def points(points: Sequence[PointReport], none: str) -> Iterator[Widget]:
    """Yield a widget for every one of ``points``; without any, the words ``none``."""
    if not points:
        yield Static(none, markup=False)
    for point in points:
        head = Content.assemble(verdict(point), " · ", foreign_line(point.question, MUTED))
        yield Hanging(head, foreign_line(point.text))
