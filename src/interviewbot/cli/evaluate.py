"""``interviewbot eval``: how far the grader agrees with people.

Owns the options and the table. Refuses to compute a figure.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from interviewbot.cli import options, output
from interviewbot.cli.diagnostics import Progress
from interviewbot.cli.grade_view import Result
from interviewbot.cli.grade_view import as_json as grade_document
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
    from interviewbot.adapters.gold_files import read_gold

    sets: dict[str, Agreement] = {}
    lines: list[str] = []
    graded = 0
    begun = time.monotonic()
    for path in gold:
        rows = [row for row in read_gold(path) if split in {None, row.split}]
        results = _grade_all(wiring, rows, path.stem)
        graded += len(rows)
        lines += [
            output.json_line({"id": row.id, **grade_document(result)})
            for row, result in zip(rows, results, strict=True)
        ]
        sets[path.stem] = agreement(rows, results, wiring.statistics)
    seconds = (time.monotonic() - begun) / max(1, graded)
    if predictions is not None:
        predictions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
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
    heads = (
        "set",
        "n",
        "ungraded",
        "r",
        "95 %",
        "rho",
        "within",
        "beyond length",
        "RMSE",
        "MAE",
        "QWK",
        "AUC",
    )
    output.table(
        [
            (
                name,
                str(found.n),
                str(found.ungraded),
                _figure(found.pearson),
                _interval(found.ci95["pearson"]),
                _figure(found.spearman),
                _figure(found.within_question_pearson),
                _figure(found.beyond_length),
                _figure(found.rmse),
                _figure(found.mae),
                _figure(found.qwk),
                _figure(found.auc),
            )
            for name, found in sets.items()
        ],
        heads,
    )
    labelled = {name: found.points for name, found in sets.items() if found.points.n}
    if labelled:
        output.text("")
        output.table(
            [
                (
                    name,
                    str(found.n),
                    _figure(found.covered_auc),
                    _figure(found.covered_f1),
                    _figure(found.macro_f1),
                    _figure(found.contradicted_recall),
                    _figure(found.ece),
                )
                for name, found in labelled.items()
            ],
            (
                "set",
                "points",
                "covered AUC",
                "covered F1",
                "macro F1",
                "contradicted recall",
                "ECE",
            ),
        )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _interval(value: tuple[float, float] | None) -> str:
    return "-" if value is None else f"{value[0]:.2f} to {value[1]:.2f}"
