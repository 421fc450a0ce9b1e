"""``interviewbot eval``: does the grader agree with people, can it be fooled, which rubrics work?

Owns the commands, their options and when they end with an error. Refuses to grade, to compute
and to lay out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewbot.cli import evaluate_options as shared
from interviewbot.cli import judging, output
from interviewbot.cli.diagnostics import ExitCode, say
from interviewbot.domain.errors import CouldNotGrade

if TYPE_CHECKING:
    from interviewbot.cli.evaluate_run import Done
    from interviewbot.services.evaluation.parts import PartName
    from interviewbot.wiring import Wiring

_AGAIN = "mend what the lines above say and run it again"
_ALL = ("agreement", "rubrics", "attacks", "invariance")


@click.group("eval", invoke_without_command=True)
@shared.given(
    *shared.GOLD,
    shared.full("All attacks and rewordings, no sample: about 18,500 answers, twenty minutes."),
    shared.fail_under(f"{shared.AGREEMENT_FIGURES} or {shared.ATTACK_FIGURES}"),
    *shared.EVERY,
)
@click.pass_context
def evaluate(context: click.Context, /, wire: Callable[[], Wiring], **asked: Any) -> None:  # noqa: ANN401 - click passes options by name
    """Measure the grader and the rubrics; without a command, all of it.

    \b
    interviewbot eval                       agreement, rubrics, attacks, invariance
    interviewbot eval agreement --gold F    how far do grades agree with people's?
    interviewbot eval rubrics               which questions have a rubric that does not work?
    """  # noqa: D301 - click reads the backspace
    if context.invoked_subcommand is not None:
        _refuse_options_before(context)
        return
    _evaluate(_ALL, wire, **asked)


@evaluate.command("agreement")
@shared.given(*shared.GOLD, shared.fail_under(shared.AGREEMENT_FIGURES), *shared.EVERY)
def agreement(wire: Callable[[], Wiring], **asked: Any) -> None:  # noqa: ANN401 - likewise
    """Compare grades with those that people gave."""
    _evaluate(("agreement",), wire, **asked)


@evaluate.command("rubrics")
@shared.given(shared.fail_under(""), *shared.EVERY)
def rubrics(wire: Callable[[], Wiring], **asked: Any) -> None:  # noqa: ANN401 - likewise
    """Try the rubric of every question; exit 1 where one does not work."""
    _evaluate(("rubrics",), wire, **asked)


@evaluate.command("attacks")
@shared.given(
    shared.full("All attacks, no sample: about 10,700 answers, a quarter of an hour."),
    shared.fail_under(f"{shared.ATTACK_FIGURES} or attacks.families.echo.all.resisted=0.9"),
    *shared.EVERY,
)
def attacks(wire: Callable[[], Wiring], **asked: Any) -> None:  # noqa: ANN401 - likewise
    """Try to earn points without knowing anything."""
    _evaluate(("attacks",), wire, **asked)


@evaluate.command("invariance")
@shared.given(
    shared.full("All questions, no sample: about 1,300 answers."),
    shared.fail_under(shared.INVARIANCE_FIGURES),
    *shared.EVERY,
)
def invariance(wire: Callable[[], Wiring], **asked: Any) -> None:  # noqa: ANN401 - likewise
    """Say the same thing in other ways and see how far the grade moves."""
    _evaluate(("invariance",), wire, **asked)


def _refuse_options_before(context: click.Context) -> None:
    """Raise UsageError where an option stands before the command that it is meant for."""
    given = [
        parameter.opts[0]
        for parameter in context.command.params
        if parameter.name
        and context.get_parameter_source(parameter.name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        command = context.invoked_subcommand
        raise click.UsageError(f"put {given[0]} behind “{command}”: eval {command} {given[0]} …")


def _evaluate(
    parts: tuple[str, ...],
    wire: Callable[[], Wiring],
    *,
    judge: str | None,
    model: str | None,
    budget: str | None,
    report: Path | None,
    fail_under: dict[str, float],
    resume: bool,
    as_json: bool,
    gold: tuple[Path, ...] = (),
    split: str | None = None,
    predictions: Path | None = None,
    baseline: str | None = None,
    full: bool = False,
) -> None:
    """Measure ``parts``; print, write and compare as the options ask.

    Raises:
        SystemExit: with code 1 where a figure, a comparison or a rubric fails.
        CouldNotGrade: if nothing was graded.
    """
    from interviewbot.cli import evaluate_files as files
    from interviewbot.cli import evaluate_gates as gates
    from interviewbot.cli import evaluate_inputs as inputs
    from interviewbot.cli.evaluate_answers import ungraded
    from interviewbot.cli.evaluate_notes import notes
    from interviewbot.cli.evaluate_rubrics import outcome
    from interviewbot.cli.evaluate_run import Request, carry_out
    from interviewbot.services.evaluation.metrics import check_names
    from interviewbot.services.evaluation.parts import PartName

    # What the model does not grade is ungraded: an offline grade in its place measures another.
    wiring = judging.judged_by(wire(), judge, model, no_fallback=True, budget=budget)
    names = tuple(PartName(part) for part in parts)
    paths = gold or (inputs.shipped_gold() if PartName.AGREEMENT in names else ())
    past = gates.read_baseline(wiring, baseline)
    sets = inputs.read_sets(paths, split)
    check_names(fail_under, parts, list(sets))
    gates.refuse_unpaired(past, sets)
    inputs.refuse_unknown_labels(sets, inputs.looked_up(wiring))
    files.refuse(predictions, report, paths)
    for line in notes(gold, sets):
        say(line)
    with files.opened(predictions) as target:
        with judging.telling_what_is_spent(wiring):
            done = carry_out(wiring, Request(parts=names, gold=sets, full=full, resume=resume))
        if target is not None:
            files.write_predictions(done, target)
    for line in ungraded(done):
        say(line)
    _refuse_without_a_grade(done, names, as_json=as_json)
    comparison = None if past is None else gates.compared(done, past, wiring)
    _show(done, comparison, names, as_json=as_json)
    if report is not None:
        files.write_page(done, comparison, wiring, report)
    wrong = gates.below(done, fail_under)
    if comparison is not None:
        for line in gates.unpaired(comparison):
            say(line)
        wrong += gates.regressions(comparison)
    if names == (PartName.RUBRICS,) and (total := done.summary["rubrics"]["total"])["failed"]:
        wrong.append(outcome(total))
    for line in wrong:
        say(line)
    if wrong:
        raise SystemExit(ExitCode.BELOW)


def _refuse_without_a_grade(done: Done, parts: Sequence[PartName], *, as_json: bool) -> None:
    """Raise CouldNotGrade where no answer has a grade: tables would be empty, JSON says why."""
    from interviewbot.cli.evaluate_answers import is_graded

    if is_graded(done):
        return
    if as_json:
        _show(done, None, parts, as_json=True)
    raise CouldNotGrade("nothing was graded, so there are no figures", _AGAIN)


def _show(
    done: Done,
    comparison: dict[str, Any] | None,
    parts: Sequence[PartName],
    *,
    as_json: bool,
) -> None:
    if as_json:
        seconds = None if done.seconds is None else round(done.seconds, 5)
        document = {**done.summary, "run": done.folder.name, "seconds_per_answer": seconds}
        if comparison is not None:
            document["baseline"] = comparison
        output.json_document(document)
        return
    from interviewbot.cli import evaluate_view
    from interviewbot.domain.text import counted

    evaluate_view.show(done, parts)
    if comparison is not None:
        evaluate_view.show_comparison(comparison)
    output.text("")
    speed = "" if done.seconds is None else f", {1000 * done.seconds:.1f} ms each"
    output.text(f"run {done.folder.name}: {counted(len(done.results), 'answer')}{speed}")
