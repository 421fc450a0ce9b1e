"""``interviewbot grade``: one answer, or a batch of rows.

Owns the options. Refuses to grade (a service does) and to lay out (``grade_view``).
"""

from __future__ import annotations

from pathlib import Path

import click

from interviewbot.cli import judging, options
from interviewbot.cli.diagnostics import ExitCode, say
from interviewbot.cli.number_types import Number
from interviewbot.wiring import Wiring


@click.command()
@click.argument("answer", required=False, metavar="ANSWER|-")
@click.option("--question", "question_id", metavar="ID", help="The question that was answered.")
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    metavar="ROWS",
    help="Grade the rows of a JSONL or CSV file.",
)
@click.option(
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Batch: write the lines here.",
)
@click.option(
    "--resume",
    is_flag=True,
    help=(
        "Batch: skip the ids that are graded in --output already; try again those that stayed"
        " ungraded. A row is known by its id alone: where its answer changed, remove its line"
        " there to have it graded again."
    ),
)
@judging.grading_options
@click.option(
    "--timeout",
    type=Number(0.1, options.LONGEST_WAIT),
    metavar="SECONDS",
    help="Give an answer up after this long; 60 with a language model.",
)
@click.option(
    "--explain-request",
    is_flag=True,
    help=(
        "Show what a language model would be sent, where, and its price, with --batch the sum;"
        " send nothing."
    ),
)
@click.option(
    "--fail-under", type=Number(0, 100), metavar="N", help="Exit 1 if a score is below N."
)
@click.option("--explain", is_flag=True, help="Show the signals behind every verdict.")
@click.option("--offline", is_flag=True, help="Refuse anything that would need a network.")
@options.JSON
@options.wired
def grade(
    answer: str | None,
    question_id: str | None,
    batch: Path | None,
    target: Path | None,
    resume: bool,  # noqa: FBT001 - click passes options by name
    judge: str | None,
    model: str | None,
    no_fallback: bool,  # noqa: FBT001 - likewise
    budget: str | None,
    timeout: float | None,
    explain_request: bool,  # noqa: FBT001 - likewise
    fail_under: float | None,
    explain: bool,  # noqa: FBT001 - likewise
    as_json: bool,  # noqa: FBT001 - likewise
    wiring: Wiring,
) -> None:
    """Grade ANSWER, a text file (or - for standard input), point by point.

    Without --question the question is found by the answer's content; where that is not
    sure, nothing is graded and the candidates are named (exit 2).
    """
    _refuse_what_does_not_go_together(
        answer,
        batch,
        target,
        budget,
        resume=resume,
        single=bool(question_id or explain),
    )
    wiring = judging.judged_by(
        wiring,
        "llm" if explain_request and judge is None else judge,
        model,
        no_fallback=no_fallback,
        timeout=timeout,
        budget=budget,
    )
    if no_fallback and wiring.judge_name != "llm":
        raise click.UsageError("--no-fallback goes with --judge llm")
    if batch is not None and explain_request:
        from interviewbot.cli.request_view import explain_requests_for

        if target is not None:
            raise click.UsageError("--explain-request grades nothing; leave --output out")
        explain_requests_for(wiring, batch, as_json=as_json)
        return
    if batch is not None:
        from interviewbot.cli.grade_batch import run_batch

        run_batch(wiring, batch, target, resume=resume, timeout=timeout, fail_under=fail_under)
        return
    assert answer is not None  # noqa: S101 - checked above
    if explain_request:
        from interviewbot.cli.request_view import explain_request_for

        explain_request_for(wiring, answer, question_id, as_json=as_json)
        return
    from interviewbot.cli.grade_single import grade_one

    score = grade_one(
        wiring, answer, question_id, timeout=timeout, as_json=as_json, explain=explain
    )
    if fail_under is not None and score < fail_under:
        say(f"the score {score:.1f} is below {fail_under:g}")
        raise SystemExit(ExitCode.BELOW)


def _refuse_what_does_not_go_together(
    answer: str | None,
    batch: Path | None,
    target: Path | None,
    budget: str | None,
    *,
    resume: bool,
    single: bool,
) -> None:
    """Raise UsageError for options of a batch without one, and for those of a ``single`` answer."""
    if (answer is None) == (batch is None):
        raise click.UsageError("name one ANSWER file (or -), or use --batch ROWS")
    if batch is None and (target or resume or budget):
        raise click.UsageError("--output, --resume and --budget go with --batch")
    if batch is not None and single:
        raise click.UsageError("--question and --explain go with a single answer")
    if resume and target is None:
        raise click.UsageError("--resume needs --output FILE, the file to go on with")
