"""``interviewbot corpus lint``: are the question files valid, and could they be better?

Owns the options, the output, and looking again whenever a file changes. Refuses to find
anything wrong itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import click

from interviewbot.cli import options, output
from interviewbot.cli.diagnostics import ExitCode, report, say
from interviewbot.domain.corpus import Advice
from interviewbot.domain.errors import BadInput, CorpusInvalid, Fault, InterviewbotError
from interviewbot.domain.text import one_line
from interviewbot.wiring import Wiring

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOK_EVERY = 0.5  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is wrong with so many questions; None where the format is broken."""

    questions: int | None
    faults: Sequence[Fault] = ()
    advice: Sequence[Advice] = ()


@click.command()
@click.option("--strict", is_flag=True, help="Exit 4 on advice too.")
@click.option("--quick", is_flag=True, help="Only what needs no model: format, sizes, words.")
@click.option("--watch", is_flag=True, help="Look again whenever a file changes, until Ctrl-C.")
@options.JSON
@options.wired
def lint(
    strict: bool,  # noqa: FBT001 - click passes options by name
    quick: bool,  # noqa: FBT001 - likewise
    watch: bool,  # noqa: FBT001 - likewise
    as_json: bool,  # noqa: FBT001 - likewise
    wiring: Wiring,
) -> None:
    """Check every question file; exit 4 if one is not valid or contradicts itself.

    Beside the format this looks at what the texts mean: points that say the same, that the
    question gives away or the model answer leaves out, wordings that belong to another point,
    and questions that ask the same. Advice is what could be better.
    """
    if watch:
        if as_json:
            raise click.UsageError("--watch is for reading; leave --json out")
        _watch(wiring, quick=quick)
        return
    try:
        found = _look(wiring, quick=quick)
    except CorpusInvalid as error:
        if as_json:
            output.json_document(_document(_Found(questions=None, faults=error.faults)))
        raise
    if as_json:
        output.json_document(_document(found))
    else:
        _show(found)
    if found.faults:
        raise CorpusInvalid(found.faults)
    if strict and found.advice:
        say(f"{len(found.advice)} lines of advice, and --strict")
        raise SystemExit(ExitCode.CORPUS)


def _look(wiring: Wiring, *, quick: bool) -> _Found:
    """Return what there is to say about the corpus.

    Raises:
        CorpusInvalid: if a file breaks the format; then nothing else is looked at.
    """
    from interviewbot.services.linting import lint as advise

    corpus = wiring.corpus
    faults: Sequence[Fault] = ()
    if not quick:
        from interviewbot.services.semantic_linting import semantic_faults

        faults = semantic_faults(corpus.questions, wiring.embeddings)
    return _Found(
        questions=len(corpus.questions),
        faults=faults,
        advice=advise(corpus, date.today()),  # noqa: DTZ011 - the author's own day
    )


def _show(found: _Found) -> None:
    for item in found.advice:
        output.text(one_line(str(item)))
    count = found.questions or 0
    subject = "1 question is" if count == 1 else f"{count} questions are"
    output.text(f"{subject} in the right format; {len(found.advice)} lines of advice")


def _watch(wiring: Wiring, *, quick: bool) -> None:
    """Look at the corpus, and again after every change, until somebody interrupts."""
    before = ""
    while True:
        fresh = replace(wiring)
        try:
            now = fresh.corpus_digest
        except BadInput as error:
            now = error.message
        if now != before:
            before = now
            output.text(click.style(f"-- {time.strftime('%H:%M:%S')}", dim=True))
            _look_once(fresh, quick=quick)
        time.sleep(_LOOK_EVERY)


def _look_once(wiring: Wiring, *, quick: bool) -> None:
    try:
        found = _look(wiring, quick=quick)
        _show(found)
        if found.faults:
            report(CorpusInvalid(found.faults))
    except InterviewbotError as error:
        report(error)


def _document(found: _Found) -> dict[str, output.Json]:
    faults: list[output.Json] = [
        {"path": f.path, "line": f.line, "problem": f.problem, "remedy": f.remedy}
        for f in found.faults
    ]
    advice: list[output.Json] = [
        {"path": a.path, "line": a.line, "message": a.message} for a in found.advice
    ]
    return {"questions": found.questions, "faults": faults, "advice": advice}
