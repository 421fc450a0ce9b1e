"""Grading many rows: one JSON line out for each, in order, resumable.

Owns which rows are graded, and what is said of them. Refuses to grade, and to know how the
output file is kept (``grade_batch_file``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from interviewbot.adapters.gold_files import read_gold
from interviewbot.cli import grade_view, output
from interviewbot.cli.diagnostics import ExitCode, Progress, say
from interviewbot.cli.grade_batch_file import Earlier, alone, earlier_in, opened, write_line
from interviewbot.cli.judging import spent
from interviewbot.domain.errors import BadInput
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.wiring import Wiring

_OFFLINE = "graded offline, not by the language model"
_REASONS = 5  # that are told; the lines have all


@dataclass(slots=True)
class _Counted:
    """What became of the rows so far. Reasons are with how many rows there are of each."""

    progress: Progress
    fail_under: float | None
    rows: int = 0
    low: int = 0
    ungraded: Counter[str] = field(default_factory=Counter)
    degraded: Counter[str] = field(default_factory=Counter)

    def add(self, result: Grade | Ungraded) -> None:
        """Count ``result``; the first reason is told at once, since others may share it."""
        self.rows += 1
        if isinstance(result, Ungraded):
            self._note(self.ungraded, "ungraded", result.reason)
            return
        self.low += self.fail_under is not None and result.score < self.fail_under
        if result.degraded is not None:
            self._note(self.degraded, _OFFLINE, result.degraded)

    def _note(self, reasons: Counter[str], what: str, reason: str) -> None:
        if not reasons:
            self.progress.close()
            say(f"{what}: {reason}")
        reasons[reason] += 1


def run_batch(
    wiring: Wiring,
    source: Path,
    target: Path | None,
    *,
    resume: bool,
    timeout: float | None,
    fail_under: float | None,
) -> None:
    """Grade the rows in ``source``; print or write a line for each.

    Raises:
        SystemExit: with code 3 if a row stayed ungraded, else 1 if a score is too low.
        BadInput: if a row is not valid, or ``target`` is there and not to be resumed.
    """
    rows = read_gold(source)
    with alone(wiring.home, target):
        earlier = earlier_in(target) if target and resume else Earlier()
        if target and not resume and target.exists() and target.stat().st_size:
            raise BadInput(
                f"{target} is there already", "add --resume to go on, or name another file"
            )
        waiting = [row for row in rows if row.id not in earlier.quotes]
        _tell_of(earlier, rows)
        progress = Progress("grading", len(waiting), beside=target is None)
        counted = _Counted(progress, fail_under)
        with opened(target) as file:
            for row, result in _graded(wiring, waiting, timeout):
                write_line(file, output.json_line({"id": row.id, **grade_view.as_json(result)}))
                counted.add(result)
                progress.to(counted.rows, spent(wiring))
        progress.close()
    if wiring.judge_name == "llm":
        say(f"spent: {spent(wiring)}")
    _conclude(wiring, counted, left=len(waiting) - counted.rows)


def _graded(
    wiring: Wiring, rows: Sequence[GoldRow], timeout: float | None
) -> Iterator[tuple[GoldRow, grade_view.Result]]:
    yield from zip(rows, wiring.batch(timeout).graded(rows), strict=False)  # a budget may end it


def _tell_of(earlier: Earlier, rows: Sequence[GoldRow]) -> None:
    """Say what an earlier run has done of ``rows``, and what of that is done again."""
    ids = {row.id for row in rows}
    if done := len(ids & earlier.quotes.keys()):
        say(f"{done} of {len(rows)} rows are graded already (known by their ids alone)")
    if offline := len(ids & earlier.degraded):
        say(
            f"{offline} of them {_OFFLINE}; where that can be mended, remove their lines, whose"
            " 'degraded' is not null, to grade them anew"
        )
    if changed := sum(earlier.quotes_otherwise(row) for row in rows):
        say(f"{changed} of them have other answers now; remove their lines to grade them anew")
    if again := len(ids & earlier.ungraded):
        say(f"{again} stayed ungraded in an earlier run and are tried again")


def _conclude(wiring: Wiring, counted: _Counted, *, left: int) -> None:
    if counted.degraded:
        say(f"{counted.degraded.total()} {_OFFLINE}; 'degraded' in a line says why")
        _tell_reasons(counted.degraded, "graded offline")
    if left:
        budget = wiring.language_model.budget
        say(f"the budget of {budget} is spent, so {left} rows were not begun")
        say("run it again with --resume and another --budget to go on")
    ungraded = counted.ungraded.total()
    say(f"{counted.rows - ungraded} graded, {ungraded} ungraded")
    _tell_reasons(counted.ungraded, "ungraded")
    if counted.low:
        say(f"{counted.low} below {counted.fail_under:g}")
    if ungraded or left:
        raise SystemExit(ExitCode.UNGRADED)
    if counted.low:
        raise SystemExit(ExitCode.BELOW)


def _tell_reasons(reasons: Counter[str], what: str) -> None:
    """Say how many rows are ``what`` for each reason; a single one was told already."""
    if len(reasons) < 2:
        return
    for reason, count in reasons.most_common(_REASONS):
        say(f"{count} {what}: {reason}")
    if len(reasons) > _REASONS:
        say(f"and for {len(reasons) - _REASONS} other reasons, which the lines have")
