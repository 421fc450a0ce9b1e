"""Grading many rows: one JSON line out for each, in order, resumable.

Owns the output file's life. Refuses to grade.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO, TypeAlias

from interviewbot.adapters.gold_files import read_gold
from interviewbot.cli import grade_view, output
from interviewbot.cli.diagnostics import ExitCode, Progress, say
from interviewbot.cli.judging import spent
from interviewbot.domain.errors import BadInput, StorageFailed
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade
from interviewbot.wiring import Wiring

_Quote: TypeAlias = tuple[int, int, str]
_LINE_BEGINS = b'{"id": "'


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
    with _alone(wiring.home, target):
        earlier = _finished(target) if target and resume else _Earlier()
        if target and not resume and target.exists() and target.stat().st_size:
            raise BadInput(
                f"{target} is there already", "add --resume to go on, or name another file"
            )
        waiting = [row for row in rows if row.id not in earlier.quotes]
        if earlier.quotes:
            done = len(rows) - len(waiting)
            say(f"{done} of {len(rows)} rows are graded already (known by their ids alone)")
        if changed := sum(earlier.quotes_otherwise(row) for row in rows):
            say(f"{changed} of them have other answers now; remove their lines to grade them anew")
        ungraded, low, done, degraded = 0, 0, 0, 0
        progress = Progress("grading", len(waiting), beside=target is None)
        with _opened(target) as file:
            for number, (row, result) in enumerate(_graded(wiring, waiting, timeout), start=1):
                _write(file, output.json_line({"id": row.id, **grade_view.as_json(result)}))
                if not isinstance(result, Grade):
                    ungraded += 1
                else:
                    low += fail_under is not None and result.score < fail_under
                    degraded += result.degraded is not None
                done = number
                progress.to(number, spent(wiring))
        progress.close()
    if wiring.judge_name == "llm":
        say(f"spent: {spent(wiring)}")
    if degraded:
        say(f"{degraded} graded offline, not by the language model; 'degraded' in a line says why")
    if done < len(waiting):
        left = len(waiting) - done
        say(f"the budget of {wiring.language_model.budget} is spent, so {left} rows were not begun")
        say("run it again with --resume and another --budget to go on")
    _conclude(done, ungraded, earlier.ungraded, low, fail_under, left=len(waiting) - done)


@contextmanager
def _alone(home: Path, target: Path | None) -> Iterator[None]:
    """Keep a second batch out of ``target``, which would grade every row twice."""
    if target is None:
        yield
        return
    from filelock import FileLock, Timeout

    name = hashlib.sha256(os.fsencode(target.resolve())).hexdigest()[:16]
    lock = FileLock(home / "locks" / f"{name}.lock", blocking=False)
    try:
        (home / "locks").mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BadInput(
            f"another batch is writing {target}", "wait for it, or name another --output"
        ) from error
    except OSError as error:
        raise StorageFailed(
            f"the data folder {home} cannot be written: {error.strerror}",
            "set INTERVIEWBOT_HOME to a folder of yours",
        ) from error
    with lock:
        yield


def _graded(
    wiring: Wiring, rows: Sequence[GoldRow], timeout: float | None
) -> Iterator[tuple[GoldRow, grade_view.Result]]:
    if any(not row.points and not row.reference for row in rows):
        wiring.indexing.refresh()
    yield from zip(rows, wiring.batch(timeout).graded(rows), strict=False)  # a budget may end it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Earlier:
    """What an output file holds.

    ``quotes`` are, by the row's id, the places quoted from its answer: start, end, words.
    ``ungraded`` is how many rows stayed so.
    """

    quotes: Mapping[str, Sequence[_Quote]] = field(default_factory=dict)
    ungraded: int = 0

    def quotes_otherwise(self, row: GoldRow) -> bool:
        """Return whether ``row`` was graded with an answer that cannot be the one it has."""
        places = self.quotes.get(row.id, ())
        return any(row.answer[start:end] != words for start, end, words in places)


def _finished(target: Path) -> _Earlier:
    """Return what ``target`` holds, after cutting off a line that was not finished.

    Raises:
        BadInput: if it holds anything but the lines of a batch; nothing is cut then.
    """
    try:
        content = target.read_bytes()
    except FileNotFoundError:
        return _Earlier()
    except OSError as error:
        raise BadInput(f"{target} cannot be read: {error.strerror}", "name another file") from error
    whole = content.rfind(b"\n") + 1
    tail = content[whole:]
    try:
        rows = [json.loads(line) for line in content[:whole].splitlines()]
        found = _Earlier(
            quotes={row["id"]: _quotes(row["points"]) for row in rows},
            ungraded=sum(row["status"] == "ungraded" for row in rows),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign(target) from error
    if not _LINE_BEGINS.startswith(tail[: len(_LINE_BEGINS)]):
        raise _foreign(target)
    if tail:
        os.truncate(target, whole)
    return found


def _quotes(points: Sequence[Mapping[str, Mapping[str, object] | None]]) -> list[_Quote]:
    return [
        (int(str(place["start"])), int(str(place["end"])), str(place["quote"]))
        for point in points
        if (place := point["evidence"]) is not None
    ]


def _foreign(target: Path) -> BadInput:
    return BadInput(
        f"{target} does not hold the lines of an earlier batch", "name another --output file"
    )


def _opened(target: Path | None) -> AbstractContextManager[TextIO]:
    if target is None:
        if sys.stdout is None:
            raise StorageFailed("standard output is closed", "name an --output file")
        return nullcontext(sys.stdout)
    try:
        return target.open("a", encoding="utf-8")
    except OSError as error:
        raise StorageFailed(
            f"{target} cannot be written: {error.strerror}", "name another --output"
        ) from error


def _write(file: TextIO, line: str) -> None:
    file.write(line + "\n")
    file.flush()


def _conclude(
    count: int, ungraded: int, earlier: int, low: int, fail_under: float | None, *, left: int
) -> None:
    say(f"{count - ungraded} graded, {ungraded} ungraded")
    if earlier:
        say(f"{earlier} ungraded in an earlier run; remove their lines to try them again")
    if low:
        say(f"{low} below {fail_under:g}")
    if ungraded or earlier or left:
        raise SystemExit(ExitCode.UNGRADED)
    if low:
        raise SystemExit(ExitCode.BELOW)
