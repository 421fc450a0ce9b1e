"""Progress as text: what is due, topics, the weakest points, the latest interviews.

Owns the layout. Refuses to count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import click

from interviewbot.adapters.formulas import readable
from interviewbot.cli.output import can_draw, wrapped
from interviewbot.cli.report_view import day_from
from interviewbot.domain.progress import Overview, PointStanding, TopicStanding
from interviewbot.domain.report import Report
from interviewbot.domain.text import counted, one_line

_LATEST = 10
_WEAKEST = 10


def as_text(
    overview: Overview,
    points: Sequence[PointStanding],
    days: Sequence[tuple[date, int]],
    history: Sequence[Report],
) -> Iterator[str]:
    """Yield the lines; ``days`` begin with today, ``history`` with the latest interview."""
    yield click.style(_due(overview), bold=True)
    if overview.unfinished:
        yield (
            f"{counted(len(overview.unfinished), 'interview')} not finished;"
            " 'interviewbot interview --resume' goes on with the latest"
        )
    yield from ("", click.style("Topics", bold=True))
    broadest = max((len(one_line(topic.topic)) for topic in overview.topics), default=0)
    yield from (_topic(topic, broadest) for topic in overview.topics)
    coming = [(day, count) for day, count in days if count]
    if coming:
        yield from ("", click.style("What comes back when", bold=True))
        for day, count in coming:
            yield f"  {counted(count, 'point')} {day_from(days[0][0], day)}"
    yield from _weakest(points)
    if history:
        yield from ("", click.style("Interviews", bold=True))
        yield from (_interview(report) for report in history[:_LATEST])


def _due(overview: Overview) -> str:
    if not overview.due_points:
        return "Nothing is due."
    return (
        f"{counted(overview.due_points, 'point')} due in"
        f" {counted(overview.due_questions, 'question')}"
    )


def _topic(topic: TopicStanding, broadest: int) -> str:
    filled = round(20 * topic.mastery)
    full, empty = ("█", "░") if can_draw() else ("#", ".")
    due = f", {topic.due} due" if topic.due else ""
    return (
        f"  {one_line(topic.topic):<{broadest}}  {full * filled + empty * (20 - filled)}"
        f"  {topic.mastery:4.0%}   {topic.seen} of {topic.points} points seen{due}"
    )


def _weakest(points: Sequence[PointStanding]) -> Iterator[str]:
    seen = sorted((point for point in points if point.reviews), key=lambda point: point.mastery)
    if not seen:
        return
    yield from ("", click.style("Points, the weakest first", bold=True))
    for point in seen[:_WEAKEST]:
        words = f"{point.question_id}: {readable(point.text)}"
        yield from wrapped(words, " " * 8, first=f"  {point.mastery:4.0%}  ")
    if len(seen) > _WEAKEST:
        yield f"  and {len(seen) - _WEAKEST} more; --json has every point"


def _interview(report: Report) -> str:
    began = report.began.astimezone().strftime("%Y-%m-%d %H:%M")
    asked = counted(len([one for one in report.exchanges if not one.retry]), "question")
    score = "no score" if report.score is None else f"{report.score:.0f} / 100  {report.band}"
    return f"  {began}  {report.mode.value:<8}  {asked:<12}  {score}"
