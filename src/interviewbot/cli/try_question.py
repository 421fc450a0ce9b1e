"""``interviewbot corpus try``: what the offline judge makes of an answer, and why.

Owns the author's loop: type an answer, see verdicts and signals, mend the file, try again.
Refuses to grade.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import click

from interviewbot.cli import judging, options, output
from interviewbot.cli.diagnostics import say
from interviewbot.domain.errors import InterviewbotError
from interviewbot.wiring import Wiring

_HAND_IN = "."


@click.command("try")
@click.argument("question_id", metavar="ID")
@click.argument("answer", required=False, metavar="[ANSWER|-]")
@options.JSON
@options.wired
def try_(
    question_id: str,
    answer: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    wiring: Wiring,
) -> None:
    """Grade an answer to question ID and show the signals behind every verdict.

    ANSWER is a text file, or - for standard input. Without one you type answers, one after
    another; the question's file is read anew for each, so that you can mend it in between.
    """
    from interviewbot.cli.grade_single import grade_one

    wiring = _offline(wiring)
    if answer is not None or not sys.stdin.isatty():
        grade_one(wiring, answer or "-", question_id, timeout=None, as_json=as_json, explain=True)
        return
    if as_json:
        raise click.UsageError("name ANSWER (or -) for --json")
    _loop(wiring, question_id)


def _offline(wiring: Wiring) -> Wiring:
    return judging.judged_by(wiring, "local", None, no_fallback=False, timeout=None, budget=None)


def _loop(wiring: Wiring, question_id: str) -> None:
    from interviewbot.adapters.formulas import readable
    from interviewbot.cli.diagnostics import report
    from interviewbot.cli.grade_single import grade_text

    prompt = wiring.question(question_id).prompt
    output.text("\n".join(output.wrapped(readable(prompt))))
    say("a line with a single full stop hands an answer in; Ctrl-D ends")
    for answer in _answers():
        try:
            grade_text(
                replace(wiring), answer, question_id, timeout=None, as_json=False, explain=True
            )
        except InterviewbotError as error:
            report(error)
        except SystemExit:  # ungraded, and said so
            pass
        output.text("")


def _answers() -> Iterator[str]:
    """Yield what is typed between full stops that stand alone, until the end."""
    lines: list[str] = []
    for line in sys.stdin:
        if line.strip() != _HAND_IN:
            lines.append(line)
        elif "".join(lines).strip():
            yield "".join(lines)
            lines = []
    if "".join(lines).strip():
        yield "".join(lines)
