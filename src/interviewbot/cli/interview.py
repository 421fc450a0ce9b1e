"""``interviewbot interview``: practise on the screen, or line by line.

Owns the options, which face is shown, and the exit code. Refuses to run a sitting.
"""

from __future__ import annotations

import math
import os
import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewbot.cli import judging, options
from interviewbot.cli.diagnostics import ExitCode, say
from interviewbot.cli.number_types import Number, WholeNumber
from interviewbot.domain.choosing import Wish, parse_level
from interviewbot.domain.errors import BadInput, InterviewbotError
from interviewbot.domain.sitting import Mode
from interviewbot.paths import config_file

if TYPE_CHECKING:
    from interviewbot.services.practising import Practice
    from interviewbot.tui.preferences import Preferences
    from interviewbot.wiring import Wiring


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The options about what to ask, as they were given; None or empty is not given."""

    topics: tuple[str, ...]
    levels: tuple[str, ...]
    count: int | None
    minutes: float | None
    mode: str | None
    job: Path | None
    question_ids: tuple[str, ...]


@click.command()
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Only this (repeatable).")
@click.option("--level", "levels", multiple=True, metavar="LEVEL", help="Only this (repeatable).")
@click.option(
    "-n",
    "--count",
    type=WholeNumber(min=1),
    help="How many questions; 5 if neither this nor the settings say.",
)
@click.option(
    "--minutes",
    type=Number(min=0, min_open=True),
    help="Time to answer all of them; in a mock interview 6 a question if not given.",
)
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    help="practice: feedback after each answer. mock: at the end.",
)
@click.option(
    "--job",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A job description to choose the questions by.",
)
@click.option(
    "--question", "question_ids", multiple=True, metavar="ID", help="Ask this (repeatable)."
)
@click.option("--resume", is_flag=True, help="Go on with the latest unfinished interview.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@judging.judge_options
@click.option(
    "--timeout",
    type=Number(0.1, options.LONGEST_WAIT),
    metavar="SECONDS",
    help="With a language model: have an answer graded offline after this long, 60 if not given.",
)
@options.wired_later
def interview(
    resume: bool,  # noqa: FBT001 - click passes options by name
    plain: bool,  # noqa: FBT001 - likewise
    judge: str | None,
    model: str | None,
    timeout: float | None,
    wire: Callable[[], Wiring],
    topics: tuple[str, ...],
    levels: tuple[str, ...],
    count: int | None,
    minutes: float | None,
    mode: str | None,
    job: Path | None,
    question_ids: tuple[str, ...],
) -> None:
    """Practise an interview.

    Without a terminal (on all three streams), with TERM=dumb or with --plain it goes line by
    line: the interview on standard output, talk on standard error, answers from standard
    input, each ended by a line with a single full stop.
    """
    given = Given(
        topics=topics,
        levels=levels,
        count=count,
        minutes=minutes,
        mode=mode,
        job=job,
        question_ids=question_ids,
    )
    by_lines = plain or not _is_screen()

    @cache
    def judged() -> Wiring:
        found = judging.judged_by(wire(), judge, model, timeout=timeout)
        if timeout is not None and found.judge_name != "llm":
            raise click.UsageError("--timeout goes with --judge llm")
        return found

    wish = _wish(given, resume=resume, by_lines=by_lines)
    if by_lines:
        _run_plain(judged(), wish or Wish(), resume=resume, again=_again(judge, model))
    else:
        _run_app(judged, wish, resume=resume)


def _is_screen() -> bool:
    streams = (sys.stdin, sys.stdout, sys.stderr)  # Textual draws on the last one
    ours = all(stream is not None and stream.isatty() for stream in streams)
    return ours and os.environ.get("TERM") != "dumb"


def _wish(given: Given, *, resume: bool, by_lines: bool) -> Wish | None:
    """Return what is wished for; None where nothing was said about it."""
    if given == Given(
        topics=(), levels=(), count=None, minutes=None, mode=None, job=None, question_ids=()
    ):
        return None
    if resume:
        raise click.UsageError("--resume goes on with an interview; its questions are chosen")
    if given.question_ids and (given.topics or given.levels or given.count or given.job):
        raise click.UsageError("--question says what is asked; the other filters do not go with it")
    if given.minutes is not None and not math.isfinite(given.minutes):
        raise click.UsageError("--minutes takes a number")
    job = ""
    if given.job is not None:
        from interviewbot.adapters.answer_files import JOB, read_answer

        if str(given.job) == "-" and by_lines:
            raise click.UsageError("--job names a file; standard input is for the answers")
        job = read_answer(str(given.job), JOB)
    return Wish(
        mode=Mode(given.mode or Mode.PRACTICE),
        topics=given.topics,
        levels=tuple(parse_level(name) for name in given.levels),
        count=given.count,
        minutes=given.minutes,
        job=job,
        question_ids=given.question_ids,
    )


def _again(judge: str | None, model: str | None) -> str:
    """Return how to go on with an interview, by the same judge."""
    given = [] if judge is None else ["--judge", judge]
    given += [] if model is None else ["--model", model]
    command = shlex.join(["interviewbot", "interview", "--resume", *given])
    return f"'{command}' goes on with it"


def _run_plain(wiring: Wiring, wish: Wish, *, resume: bool, again: str) -> None:
    from interviewbot.cli.plain import Plain
    from interviewbot.cli.plain_lines import Lines

    for line in judging.who_judges(wiring):
        say(line)
    practice = replace(wiring, progress=None).practice  # a bar would move the cursor
    lines = Lines.of_standard_input()
    with practice.resume() if resume else practice.begin(wish) as interviewing:
        face = Plain(
            practice=practice, interviewing=interviewing, lines=lines, clock=time.monotonic
        )
        try:
            finished = face.run()
        except KeyboardInterrupt:
            say(f"interrupted; {again}")
            raise SystemExit(ExitCode.INTERRUPTED) from None
        except InterviewbotError:
            say(again)
            raise
        if finished:
            return
        complete = any(exchange.closed for exchange in interviewing.sitting.exchanges)
        if lines.ended and not complete and not sys.stdin.isatty():
            raise BadInput(
                "standard input ended before an answer was handed in",
                f"a line with a single . does that; {again}",
            )
        say(f"the interview waits: {again}")


def _run_app(wire: Callable[[], Wiring], wish: Wish | None, *, resume: bool) -> None:
    from interviewbot.cli.theme import theme_of
    from interviewbot.tui.app import InterviewApp

    notices: list[str] = []  # the app shows them; they are said again once it is gone

    def open_up() -> tuple[Practice, Preferences]:
        wiring = wire()
        notices.extend(list(judging.who_judges(wiring))[1:])  # the screens show who judges
        quiet = replace(wiring, progress=None, notice=notices.append)
        from interviewbot.cli.preferences import read_preferences

        return quiet.practice, read_preferences()

    app = InterviewApp(
        open_up=open_up,
        wish=wish,
        resume=resume,
        readable=_readable,
        theme=theme_of(config_file()),
        keep=_keep,
        notices=notices,
    )
    app.run()
    for notice in notices:
        say(notice)
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        raise SystemExit(app.return_code)


def _readable(text: str) -> str:
    from interviewbot.adapters.formulas import readable

    return readable(text)


def _keep(preferences: Preferences) -> None:
    from interviewbot.cli.preferences import keep_preferences

    keep_preferences(preferences)
