"""One run of the harness, from what was asked for to the document of figures.

Owns the order of things: what can be refused is refused before anything is graded, what is
graded is kept at once, and the figures are made of what was kept. Refuses to print them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewbot.cli import evaluate_inputs as inputs
from interviewbot.cli.diagnostics import say
from interviewbot.cli.evaluate_progress import Grading
from interviewbot.cli.judging import spent
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, ModelCall, Ungraded
from interviewbot.domain.text import counted
from interviewbot.domain.trial import Results, Trial
from interviewbot.ports import KeptGrades
from interviewbot.services.batch import BatchGrading
from interviewbot.services.evaluation import parts as harness
from interviewbot.services.evaluation.parts import Part, PartName
from interviewbot.services.evaluation.running import run_trials
from interviewbot.services.side_by_side import never
from interviewbot.wiring import Wiring

if TYPE_CHECKING:
    from interviewbot.wiring.language_models import LanguageModels

_AGAIN = 80  # trials, drawn, that are graded a second time, to see whether the grades are the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to measure: ``parts``, on which ``gold``, and whether all of it or a sample."""

    parts: tuple[PartName, ...]
    gold: inputs.Gold
    full: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A finished run: where it is kept, its figures, and what they were made of.

    ``summary`` is the same for the same run, however often it was interrupted; ``seconds`` is
    how long a trial took, None where all were graded earlier.
    """

    folder: Path
    configuration: dict[str, Any]
    summary: dict[str, Any]
    gold: inputs.Gold
    results: Results
    seconds: float | None
    moment: datetime


def carry_out(wiring: Wiring, request: Request) -> Done:
    """Grade what ``request`` asks for, keep it, and return the figures."""
    from interviewbot.adapters.run_folders import RunFolder

    gold = request.gold
    labelled = inputs.drawn_on(gold, request.parts)
    configuration = inputs.configuration_of(wiring, request.parts, labelled, full=request.full)
    if _needs_the_corpus(request, gold):
        wiring.indexing.refresh()
    parts = list(_parts(wiring, request, labelled))
    trials = [trial for part in parts for trial in part.trials]
    moment = datetime.now(UTC)
    folder = RunFolder.begin(wiring.home / "runs", configuration, moment, resume=request.resume)
    say(f"run {folder.path.name}: {counted(len(trials), 'answer')} to grade, kept in {folder.path}")
    remote = wiring.judge_name == "llm"
    with folder, Grading(len(trials)) as grading:
        before = [one for trial in trials if (one := folder.known(trial)) is not None]
        known = len(before)
        grading.begin(known, resume=request.resume)
        begun = time.monotonic()
        results = _graded(wiring, trials, folder, grading, remote=remote)
        seconds = time.monotonic() - begun
        grading.compute()
        summary = {"judge": wiring.judge_name, "configuration": configuration}
        if remote:
            summary["spent"] = _spent(wiring.language_models, before, results)
        for part in parts:
            found = part.figures(results)
            summary["sets" if part.name is PartName.AGREEMENT else part.name.value] = found
            # A reply that is kept would come again, which says nothing about the model.
            if part.name is PartName.INVARIANCE and not remote:
                found["repetition"] = _repeated(wiring, part.trials, results)
        folder.finish(summary)
    fresh = len(trials) - known
    return Done(
        folder=folder.path,
        configuration=configuration,
        summary=summary,
        gold=gold,
        results=results,
        seconds=seconds / fresh if fresh else None,
        moment=moment,
    )


def _graded(
    wiring: Wiring, trials: Sequence[Trial], kept: KeptGrades, grading: Grading, *, remote: bool
) -> Results:
    batch = replace(wiring.batch(), question=inputs.looked_up(wiring))
    return run_trials(
        trials,
        _one_by_one(batch).graded if remote else batch.graded,
        kept,
        tell=lambda done: grading.to(done, spent(wiring)),
        workers=batch.workers,
        remote=remote,
        enough=batch.enough,
    )


def _one_by_one(batch: BatchGrading) -> BatchGrading:
    """Return ``batch`` for rows that come one at a time, from several threads."""
    return replace(batch, workers=1, enough=never, encode=lambda _: None)


def _spent(
    models: LanguageModels, before: Sequence[Grade | Ungraded], results: Results
) -> dict[str, Any]:
    """Return what this run took: now, by every call, and ``before``, by what was kept of it."""
    paid = [call for call in _calls(before) if not call.cached]
    spending = models.spending
    usage, cost = spending.usage, spending.cost
    costs = [call.cost for call in paid if call.cost is not None]
    if cost is not None:
        costs.append(cost)
    return {
        "model": models.model.id,
        "calls": len(paid) + spending.calls,
        "cached": sum(call.cached for call in _calls(results.values())),
        "input_tokens": usage.input_tokens + sum(call.input_tokens for call in paid),
        "output_tokens": usage.output_tokens + sum(call.output_tokens for call in paid),
        "cost": round(sum(costs), 6) if costs else None,
        "currency": spending.currency or next((call.currency for call in paid), None) or None,
    }


def _calls(results: Iterable[Grade | Ungraded]) -> list[ModelCall]:
    receipts = [result.receipt for result in results if isinstance(result, Grade)]
    return [receipt.call for receipt in receipts if receipt.call is not None]


def _needs_the_corpus(request: Request, gold: inputs.Gold) -> bool:
    if set(request.parts) != {PartName.AGREEMENT}:
        return True
    return any(not row.points and not row.reference for rows in gold.values() for row in rows)


def _parts(wiring: Wiring, request: Request, gold: inputs.Gold) -> Iterator[Part]:
    entries = wiring.corpus.questions if set(request.parts) != {PartName.AGREEMENT} else ()
    questions = [entry.question for entry in entries]
    for name in request.parts:
        if name is PartName.AGREEMENT:
            yield harness.agreement_part(gold, wiring.statistics, wiring.embeddings.fresh)
        elif name is PartName.RUBRICS:
            yield harness.rubric_part(entries, wiring.embeddings)
        elif name is PartName.ATTACKS:
            from interviewbot.adapters.attack_files import read_attack_texts

            texts = read_attack_texts(inputs.attack_file())
            yield harness.attack_part(questions, texts, full=request.full)
        else:
            yield harness.invariance_part(questions, gold, full=request.full)


def _repeated(wiring: Wiring, trials: Sequence[Trial], results: Results) -> dict[str, Any]:
    """Grade some of ``trials`` with everything made anew, and say whether grades are the same.

    The encoder, the judge and the questions are read again, and every text is encoded again,
    also those that the cache on disk has.
    """
    from interviewbot.services.evaluation.invariance_figures import repetition
    from interviewbot.services.evaluation.rewording_words import dice

    some = list(trials)
    if len(some) > _AGAIN:
        some = dice(harness.SEED, "again").sample(some, _AGAIN)
    rows: list[GoldRow] = [trial.row for trial in some]
    anew = replace(wiring, from_disk=False).batch()
    again = replace(anew, question=inputs.looked_up(wiring)).grade(rows)
    first = [results[trial.key] for trial in some]
    return harness.document_of(repetition([trial.key for trial in some], first, again))
