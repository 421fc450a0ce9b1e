"""The options that choose a judge, and the wiring that follows from them.

Owns the precedence (an option beats the settings) and what does not go together. Refuses to
load a model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from interviewbot.cli.diagnostics import say
from interviewbot.domain.spending import budget_of

if TYPE_CHECKING:
    from interviewbot.wiring import Wiring

_Command = Callable[..., None]

_JUDGE = (
    click.option(
        "--judge",
        type=click.Choice(["local", "llm"]),
        default=None,
        help="What gives the verdicts: the offline judge (default) or a language model.",
    ),
    click.option(
        "--model",
        metavar="PROVIDER:NAME",
        default=None,
        help="The language model, as in openai:gpt-5-mini or ollama:llama3.2; implies --judge llm.",
    ),
)
_BUDGET = click.option(
    "--budget",
    metavar="N",
    default=None,
    help=(
        "With a language model: begin nothing after so much, as in 50000 (tokens) or 2USD."
        " What is under way is finished, which may be one answer more."
    ),
)
_FALLBACK = click.option(
    "--no-fallback",
    is_flag=True,
    help="With a language model: leave ungraded what it does not grade (exit 3).",
)


def judge_options(command: _Command) -> _Command:
    """Give ``command`` --judge and --model."""
    return _with(command, *_JUDGE)


def measuring_options(command: _Command) -> _Command:
    """Give ``command`` --judge, --model and --budget."""
    return _with(command, *_JUDGE, _BUDGET)


def grading_options(command: _Command) -> _Command:
    """Give ``command`` --judge, --model, --no-fallback and --budget."""
    return _with(command, *_JUDGE, _FALLBACK, _BUDGET)


def _with(command: _Command, *given: Callable[[_Command], _Command]) -> _Command:
    for option in reversed(given):
        command = option(command)
    return command


def judged_by(
    wiring: Wiring,
    judge: str | None,
    model: str | None,
    *,
    no_fallback: bool = False,
    timeout: float | None = None,
    budget: str | None = None,
) -> Wiring:
    """Return ``wiring`` with the judge that the options name, else that of the settings.

    Raises:
        UsageError: if an option needs a language model and none is to judge.
        BadInput: if the budget cannot be used.
    """
    name = judge or ("llm" if model else wiring.judge_name)
    if name != "llm":
        for option, given in (("--model", model), ("--budget", budget)):
            if given:
                raise click.UsageError(f"{option} goes with --judge llm")
        return replace(wiring, judge_name=name)
    chosen = wiring.language_model
    return replace(
        wiring,
        judge_name=name,
        language_model=replace(
            chosen,
            name=model or chosen.name,
            timeout=chosen.timeout if timeout is None else timeout,
            fallback=not no_fallback,
            budget=None if budget is None else budget_of(budget, chosen.prices),
        ),
    )


def who_judges(wiring: Wiring) -> Iterator[str]:
    """Yield which language model grades, where answers go, and what is known against it.

    Nothing for the offline judge.

    Raises:
        BadInput, ModelUnavailable: if the model that is chosen cannot work.
    """
    if wiring.judge_name != "llm":
        return
    chosen = wiring.language_models.check()
    problem = chosen.problem
    reached = chosen.address is not None and problem is None
    where = f"; your answers go to {chosen.asked.endpoint}" if reached else ""
    yield f"judge: {chosen.id}{where}"
    if problem is not None:
        yield f"{problem.message}, so that answers are graded offline; {problem.hint}"


@contextmanager
def telling_what_is_spent(wiring: Wiring) -> Iterator[None]:
    """Say in the end what the language model has cost, whatever came of it."""
    try:
        yield
    finally:
        if wiring.judge_name == "llm" and wiring.language_models.spending.usage.total:
            say(f"spent: {spent(wiring)}")


def spent(wiring: Wiring) -> str:
    """Return what the language model has cost so far; empty where none is asked."""
    return str(wiring.language_models.spending) if wiring.judge_name == "llm" else ""
