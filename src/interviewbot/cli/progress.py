"""``interviewbot progress``: what is due, what is known, what was done.

Owns the options and the JSON. Refuses to count (services do).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from interviewbot.cli import options, output
from interviewbot.cli.diagnostics import say
from interviewbot.domain.errors import BadInput, StorageFailed
from interviewbot.domain.progress import Overview, PointStanding, TopicStanding
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Sitting
from interviewbot.domain.text import counted
from interviewbot.services.practising import Practice
from interviewbot.services.reporting import report_of
from interviewbot.wiring import Wiring


@click.command()
@click.argument("action", required=False, type=click.Choice(["export"]))
@click.option("--contested", is_flag=True, help="Export: only answers with a verdict of your own.")
@click.option(
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Export: write the lines here.",
)
@options.JSON
@options.wired
def progress(
    action: str | None,
    contested: bool,  # noqa: FBT001 - click passes options by name
    target: Path | None,
    as_json: bool,  # noqa: FBT001 - likewise
    wiring: Wiring,
) -> None:
    """Show what is due, what you know by topic and point, and your interviews.

    With export, print your graded answers as JSON lines in the format of gold files; with
    --contested those whose verdicts you set right, labelled by you.
    """
    practice = wiring.practice
    if action == "export":
        if as_json:
            raise click.UsageError("export prints JSON lines by itself; leave --json out")
        rows = practice.contested() if contested else practice.answers()
        _export([output.json_line(row.document()) for row in rows], target)
        return
    if contested or target:
        raise click.UsageError("--contested and --output go with 'progress export'")
    if as_json:
        output.json_document(_document(practice))
        return
    from interviewbot.cli.progress_view import as_text

    output.text(
        "\n".join(
            as_text(
                practice.overview(),
                practice.standings(),
                practice.calendar(days=7),
                list(_history(practice)),
            )
        )
    )


def _history(practice: Practice) -> Iterator[Report]:
    """Yield what every finished interview came to, the latest first.

    Memory and contested verdicts are left out, which a list of interviews does not show.
    """
    for sitting in practice.journal.finished():
        yield report_of(sitting, question=lambda _: None, memories={}, own=[])


def _document(practice: Practice) -> dict[str, output.Json]:
    overview = practice.overview()
    return {
        "due": {"points": overview.due_points, "questions": overview.due_questions},
        "topics": [_topic(topic) for topic in overview.topics],
        "points": [_point(point) for point in practice.standings()],
        "calendar": [
            {"date": day.isoformat(), "points": count} for day, count in practice.calendar()
        ],
        "history": [_interview(report) for report in _history(practice)],
        "unfinished": _unfinished(overview),
    }


def _topic(topic: TopicStanding) -> output.Json:
    return {
        "topic": topic.topic,
        "questions": topic.questions,
        "points": topic.points,
        "seen": topic.seen,
        "due": topic.due,
        "mastery": round(topic.mastery, 4),
    }


def _point(point: PointStanding) -> output.Json:
    return {
        "question_id": point.question_id,
        "point_id": point.point_id,
        "topic": point.topic,
        "text": point.text,
        "mastery": round(point.mastery, 4),
        "due": _moment(point.due),
        "rating": point.rating.value if point.rating else None,
        "reviews": point.reviews,
    }


def _interview(report: Report) -> output.Json:
    return {
        "id": report.sitting,
        "mode": report.mode.value,
        "began": _moment(report.began),
        "ended": _moment(report.ended),
        "seconds": round(report.seconds, 1),
        "score": report.score,
        "band": report.band.value if report.band else None,
        "questions": [
            {
                "question_id": one.question_id,
                "retry": one.retry,
                "ending": one.ending.value if one.ending else None,
                "score": one.score,
                "ungraded": one.ungraded or None,
            }
            for one in report.exchanges
        ],
        "unasked": report.unasked,
    }


def _unfinished(overview: Overview) -> output.Json:
    def one(sitting: Sitting) -> output.Json:
        return {
            "id": sitting.id,
            "mode": sitting.mode.value,
            "began": _moment(sitting.began),
            "questions": len(sitting.plan),
            "complete": sum(e.closed is not None and not e.retry for e in sitting.exchanges),
        }

    return [one(sitting) for sitting in overview.unfinished]


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _export(lines: list[str], target: Path | None) -> None:
    if target is None:
        for line in lines:
            output.text(line)
    else:
        _write(lines, target)
    say(counted(len(lines), "answer"))


def _write(lines: list[str], target: Path) -> None:
    """Write a new file: half of one must not look like all of it, nor replace another."""
    text = "".join(f"{line}\n" for line in lines)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    if target.exists():
        raise BadInput(f"{target} is there already", "name another file, or remove it")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageFailed(
            f"{target} cannot be written: {error.strerror}", "name another --output"
        ) from error
