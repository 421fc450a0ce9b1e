"""``interviewbot eval``: how far the grader agrees with people.

Owns the options and the table. Refuses to compute a figure.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import click

from interviewbot.cli import options, output
from interviewbot.cli.diagnostics import Progress
from interviewbot.cli.grade_view import Result
from interviewbot.cli.grade_view import as_json as grade_document
from interviewbot.domain.errors import BadInput, StorageFailed
from interviewbot.domain.gold import GoldRow
from interviewbot.services.evaluating import Agreement, agreement
from interviewbot.wiring import Wiring

_ROWS_AT_ONCE = 64


@click.group("eval")
def evaluate() -> None:
    """Measure the grader."""


@evaluate.command("agreement")
@click.option(
    "--gold",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Human-graded answers, JSONL or CSV (repeatable).",
)
@click.option("--split", metavar="NAME", help="Only the rows of this split.")
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write every grade as a JSON line.",
)
@options.JSON
@options.wired
def agreement_(
    gold: tuple[Path, ...],
    split: str | None,
    predictions: Path | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    wiring: Wiring,
) -> None:
    """Compare grades with those that people gave."""
    golds = {name: _rows(path, split) for name, path in _named(gold).items()}
    if predictions is not None:
        _refuse_what_is_there(predictions, gold)
    sets: dict[str, Agreement] = {}
    begun = time.monotonic()
    with _opened(predictions) as file:
        for name, rows in golds.items():
            results = _grade_all(wiring, rows, name)
            sets[name] = agreement(rows, results, wiring.statistics)
            if file is None:
                continue
            for row, result in zip(rows, results, strict=True):
                line = output.json_line({"id": row.id, **grade_document(result)})
                file.write(f"{line}\n")
    graded = sum(map(len, golds.values()))
    seconds = (time.monotonic() - begun) / graded
    if as_json:
        output.json_document(
            {
                "judge": "local",
                "sets": {name: asdict(figures) for name, figures in sets.items()},
                "seconds_per_answer": round(seconds, 5),
            }
        )
        return
    _print(sets)
    output.text(f"{graded} answers, {1000 * seconds:.1f} ms each")


def _named(paths: Sequence[Path]) -> dict[str, Path]:
    """Return ``paths`` by the names of their sets; files of one name go by their paths."""
    stems = [path.stem for path in paths]
    named: dict[str, Path] = {}
    for path in paths:
        name = path.stem if stems.count(path.stem) == 1 else str(path)
        if name in named:
            raise BadInput(f"{path} is there twice", "name each --gold file once")
        named[name] = path
    return named


def _rows(path: Path, split: str | None) -> list[GoldRow]:
    from interviewbot.adapters.gold_files import read_gold

    rows = read_gold(path)
    chosen = [row for row in rows if split in {None, row.split}]
    if not chosen:
        known = ", ".join(sorted({row.split for row in rows} - {""})) or "none"
        raise BadInput(f"{path} has no rows of the split “{split}”", f"its splits are: {known}")
    return chosen


def _refuse_what_is_there(predictions: Path, gold: Sequence[Path]) -> None:
    """Raise BadInput where ``predictions`` would be written over something."""
    if not predictions.exists():
        return
    if any(path.exists() and predictions.samefile(path) for path in gold):
        raise BadInput(
            f"{predictions} is a --gold file, which would be lost", "name another --predictions"
        )
    if predictions.stat().st_size and not predictions.is_dir():
        raise BadInput(f"{predictions} is there already", "name another file, or remove it")


def _opened(predictions: Path | None) -> AbstractContextManager[TextIO | None]:
    if predictions is None:
        return nullcontext()
    try:
        return predictions.open("w", encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StorageFailed(
            f"{predictions} cannot be written: {reason}", "name another --predictions"
        ) from error


def _grade_all(wiring: Wiring, rows: Sequence[GoldRow], name: str) -> list[Result]:
    batch = wiring.batch()
    progress = Progress(name, len(rows))
    results: list[Result] = []
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        results += batch.grade(rows[start : start + _ROWS_AT_ONCE])
        progress.to(len(results))
    progress.close()
    return results


def _print(sets: Mapping[str, Agreement]) -> None:
    """Print the figures in tables that fit 80 columns; a set's name is cut where it must be."""
    _table(
        ("set", "n", "ungraded", "r", "95 %", "rho", "within question"),
        {
            name: (
                str(found.n),
                str(found.ungraded),
                _figure(found.pearson),
                _interval(found.ci95["pearson"]),
                _figure(found.spearman),
                _figure(found.within_question_pearson),
            )
            for name, found in sets.items()
        },
    )
    output.text("")
    _table(
        ("set", "beyond length", "RMSE", "MAE", "QWK", "AUC"),
        {
            name: (
                _figure(found.beyond_length),
                _figure(found.rmse),
                _figure(found.mae),
                _figure(found.qwk),
                _figure(found.auc),
            )
            for name, found in sets.items()
        },
    )
    labelled = {name: found.points for name, found in sets.items() if found.points.n}
    if labelled:
        output.text("")
        _table(
            ("set", "points", "covered AUC", "F1", "macro F1", "contradicted recall", "ECE"),
            {
                name: (
                    str(found.n),
                    _figure(found.covered_auc),
                    _figure(found.covered_f1),
                    _figure(found.macro_f1),
                    _figure(found.contradicted_recall),
                    _figure(found.ece),
                )
                for name, found in labelled.items()
            },
        )


def _table(heads: Sequence[str], figures: Mapping[str, Sequence[str]]) -> None:
    output.table([(name, *cells) for name, cells in figures.items()], heads, shorten=0)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _interval(value: tuple[float, float] | None) -> str:
    return "-" if value is None else f"{value[0]:.2f} to {value[1]:.2f}"
