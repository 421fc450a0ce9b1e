"""The report of a sitting as text.

Owns its layout. Refuses to add anything up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import click

from interviewbot.adapters.formulas import readable
from interviewbot.cli.output import wrapped
from interviewbot.domain.report import ExchangeReport, PointReport, Report
from interviewbot.domain.sitting import Ending
from interviewbot.domain.text import counted, one_line, sanitise

_TITLE = 44  # columns


def as_text(report: Report, today: date) -> Iterator[str]:
    """Yield the lines that a candidate reads at the end; days are local ones."""
    yield click.style("Your interview", bold=True)
    yield ""
    yield f"  {_score(report.score, report.band)}   {_counts(report)}"
    if report.graded_by:
        yield from wrapped(report.graded_by, "  ")
    yield from _section("By question", [_question(one) for one in report.exchanges])
    topics = [
        f"{one_line(one.topic):<{_TITLE}}  {one.score:.0f} / 100"
        f"   {counted(one.questions, 'question')}"
        for one in report.topics
    ]
    yield from _section("By topic", topics)
    yield from _points("Weakest points", report.weakest)
    yield from _points("Strongest points", report.strongest)
    yield from _section("What comes back when", list(_returns(report, today)))
    yield from _advice(report.advice)


def day_from(today: date, day: date) -> str:
    """Return ``day`` in words: relative and as a date."""
    away = (day - today).days
    if away <= 0:
        return "now"
    return f"{'tomorrow' if away == 1 else f'in {away} days'} ({day.isoformat()})"


def _section(head: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield click.style(head, bold=True)
        yield from (f"  {line}" for line in lines)


def _points(head: str, points: tuple[PointReport, ...]) -> Iterator[str]:
    if not points:
        return
    yield from ("", click.style(head, bold=True))
    for point in points:
        verdict = f"{point.own}, by your own verdict" if point.own else str(point.verdict)
        late = ", after a follow-up" if point.after_follow_up and not point.own else ""
        words = f"{point.question_id}: {readable(point.text)} ({verdict}{late})"
        yield from wrapped(words, "    ", first="  ")


def _advice(text: str) -> Iterator[str]:
    """Yield what a language model says, and that it does."""
    if not text:
        return
    yield from ("", click.style("Advice", bold=True))
    for line in filter(None, sanitise(text).split("\n")):
        yield from wrapped(line, "    " if line.startswith(("-", "*", "•")) else "  ", first="  ")
    yield "  (a language model's words, which nobody has checked)"


def _score(score: float | None, band: str | None) -> str:
    return (
        "no score" if score is None else click.style(f"{score:.0f} / 100", bold=True) + f"  {band}"
    )


def _counts(report: Report) -> str:
    counts = {
        "graded": report.graded,
        "skipped": report.skipped,
        "out of time": report.timed_out,
        "not graded": report.ungraded,
        "never asked": report.unasked,
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def _question(exchange: ExchangeReport) -> str:
    title = one_line(f"{exchange.question_id}  {exchange.title}")
    if len(title) > _TITLE:
        title = title[: _TITLE - 1].rstrip() + "…"
    again = " (tried again, not counted)" if exchange.retry else ""
    return f"{title:<{_TITLE}}  {_outcome(exchange)}{again}"


def _outcome(exchange: ExchangeReport) -> str:
    if exchange.score is not None:
        return f"{exchange.score:.0f} / 100  {exchange.band}"
    if exchange.ungraded:
        return one_line(f"not graded: {exchange.ungraded}")
    return "out of time" if exchange.ending is Ending.TIMED_OUT else "skipped"


def _returns(report: Report, today: date) -> Iterator[str]:
    days = Counter(point.due.astimezone().date() for point in report.returns if point.due)
    for day, count in sorted(days.items()):
        yield f"{counted(count, 'point')} {day_from(today, day)}"
