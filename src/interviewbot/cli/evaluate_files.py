"""The files that a run of the harness is asked to write beside its folder.

Owns what is refused before anything is graded, and what is in them. Refuses to lay out a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from interviewbot.cli import evaluate_inputs as inputs
from interviewbot.cli import output
from interviewbot.cli.diagnostics import say
from interviewbot.cli.evaluate_answers import compared
from interviewbot.cli.evaluate_run import Done
from interviewbot.cli.grade_view import as_json as grade_document
from interviewbot.domain.errors import BadInput, StorageFailed, UnknownQuestion
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.question import Question
from interviewbot.services.evaluation.answers import human_score
from interviewbot.services.evaluation.parts import PartName, agreement_key
from interviewbot.wiring import Wiring


def refuse(predictions: Path | None, report: Path | None, gold: Sequence[Path]) -> None:
    """Raise BadInput where a file would be written over something, or is no page."""
    inputs.refuse_what_is_there("--predictions", predictions, gold)
    if report is None:
        return
    if report.suffix.lower() not in {".html", ".htm"}:
        raise BadInput(f"{report} has no known ending", "end the name of --report in .html")
    inputs.refuse_what_is_there("--report", report, gold)
    if report.is_dir():
        raise BadInput(f"{report} is a folder", "name a file for --report")
    if predictions is not None and predictions.resolve() == report.resolve():
        raise BadInput(f"{report} is the file of --predictions too", "name another --report")
    if not report.parent.is_dir():
        raise BadInput(f"there is no folder {report.parent}", "make it first")


def opened(predictions: Path | None) -> AbstractContextManager[TextIO | None]:
    """Return ``predictions`` opened for writing, or nothing.

    Raises:
        StorageFailed: if it cannot be.
    """
    if predictions is None:
        return nullcontext()
    try:
        return predictions.open("w", encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StorageFailed(
            f"{predictions} cannot be written: {reason}", "name another --predictions"
        ) from error


def write_predictions(done: Done, file: TextIO) -> None:
    """Write the grade of every row of the gold, a line each."""
    for one in compared(done):
        result = done.results[f"{PartName.AGREEMENT}/{one.set_name}/{one.id}"]
        beside: dict[str, output.Json] = {
            "set": one.set_name,
            "human": one.human,
            "difference": one.difference,
        }
        line = output.json_line({"id": one.id, **beside, **grade_document(result)})
        file.write(f"{line}\n")
    say(f"wrote {file.name}")


def write_page(done: Done, comparison: dict[str, Any] | None, wiring: Wiring, target: Path) -> None:
    """Write everything as one HTML page.

    Raises:
        StorageFailed: if it cannot be written.
    """
    from interviewbot.adapters import report_files
    from interviewbot.adapters.evaluation_pages import evaluation_page

    find = inputs.looked_up(wiring)
    document = {
        **done.summary,
        "run": done.folder.name,
        "moment": done.moment.isoformat(timespec="seconds"),
        "answers": {
            name: [
                _answer(row, done.results[agreement_key(name, row)], _prompt(row, find))
                for row in rows
            ]
            for name, rows in done.gold.items()
        },
    }
    if comparison is not None:
        document["baseline"] = comparison
    # An empty file that stands there already was allowed by ``refuse``.
    report_files.write_page(evaluation_page(document), target, overwrite=True)
    say(f"wrote {target}")


def _prompt(row: GoldRow, find: Callable[[str], Question]) -> str:
    """Return what ``row`` answers; nothing where nobody knows its question."""
    if row.question or not row.question_id:
        return row.question
    try:
        return find(row.question_id).prompt
    except UnknownQuestion:
        return ""


def _answer(row: GoldRow, result: Grade | Ungraded, prompt: str) -> dict[str, Any]:
    graded = result if isinstance(result, Grade) else None
    return {
        "id": row.id,
        "question_id": row.question_id,
        "question": prompt,
        "answer": row.answer,
        "human": row.score if graded is None else human_score(row, graded),
        "score": None if graded is None else graded.score / 100,
        "reason": result.reason if isinstance(result, Ungraded) else "",
        "points": [
            {
                "id": point.id,
                "text": point.text,
                "label": label.value if (label := row.point_labels.get(point.id)) else None,
                "verdict": point.verdict.value,
                "credit": point.credit,
                "confidence": point.confidence,
                "quote": point.evidence.quote if point.evidence else "",
                "why": point.reason,
            }
            for point in (graded.points if graded else ())
        ],
    }
