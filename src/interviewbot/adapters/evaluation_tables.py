"""What stands in the rows of the evaluation report's tables.

Owns which figures stand beside which, which answers are the worst, and their order. Refuses to
format and to escape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

WORST = 20
_COLUMNS = (
    ("judge", "bot"),
    ("length", "length only"),
    ("keywords", "keywords only"),
    ("cosine", "cosine only"),
    ("surface", "surface features (fitted)"),
    ("ceiling", "human ceiling"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure's title, the name it goes by, and where: of the points or of the answer."""

    title: str
    name: str
    of_points: bool = False
    less: bool = False


_ROWS = (
    Row(title="Pearson", name="pearson"),
    Row(title="Spearman", name="spearman"),
    Row(title="Pearson within a question", name="within_question_pearson"),
    Row(title="Pearson beyond length", name="beyond_length"),
    Row(title="RMSE", name="rmse", less=True),
    Row(title="MAE", name="mae", less=True),
    Row(title="QWK on five bands", name="qwk"),
    Row(title="AUC of a correct answer", name="auc"),
    Row(title="Error with length", name="absolute_error_with_length", less=True),
    Row(title="Signed error with length", name="signed_error_with_length", less=True),
    Row(title="AUC of covered points", name="covered_auc", of_points=True),
    Row(
        title="AUC, covered against missing",
        name="covered_auc_without_contradicted",
        of_points=True,
    ),
    Row(
        title="AUC, covered against contradicted",
        name="covered_against_contradicted_auc",
        of_points=True,
    ),
    Row(title="F1 of covered points", name="covered_f1", of_points=True),
    Row(title="Macro F1 of verdicts", name="macro_f1", of_points=True),
    Row(title="Recall of contradicted", name="contradicted_recall", of_points=True),
    Row(title="Calibration error", name="ece", of_points=True, less=True),
    Row(title="Brier score", name="brier", of_points=True, less=True),
    Row(title="Area under risk and coverage", name="aurc", of_points=True, less=True),
)


def columns(figures: Mapping[str, Any]) -> list[str]:
    """Return the titles of the graders whose ``figures`` stand side by side."""
    return [title for _, title, _ in _graders(figures)]


def headline(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a row a figure that anybody has: its title, and value and interval of each grader."""
    graders = [found for _, _, found in _graders(figures)]
    rows = []
    for row in _ROWS:
        cells = [_cell(row, found) for found in graders]
        if any(value is not None for value, _ in cells):
            rows.append({"title": row.title, "less": row.less, "cells": cells})
    return rows


def _graders(figures: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield the judge, the rules that it must beat, and people where several graded."""
    rules = figures.get("baselines") or {}
    found = {"judge": figures, **rules, "ceiling": (figures.get("ceiling") or {}).get("mean")}
    known = dict(_COLUMNS)  # a rule may be there without figures: too few questions to fit on
    for key in (*known, *(name for name in rules if name not in known)):
        if found.get(key) or key not in {"ceiling", "surface"}:
            yield key, known.get(key, key), found.get(key) or {}


def _cell(row: Row, figures: Mapping[str, Any]) -> tuple[Any, Any]:
    source = figures.get("points") or {} if row.of_points else figures
    return source.get(row.name), (figures.get("ci95") or {}).get(row.name)


def rubrics(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``figures`` with the place, file and line, of what failed.

    Places are relative to ``folder``, which all files lie below; ``failing`` are the questions
    with a failure.
    """
    questions, findings = figures.get("questions") or (), figures.get("findings") or ()
    paths = [str(one.get("path") or "").split("/")[:-1] for one in (*questions, *findings)]
    shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))
    folder = "".join(f"{parts[0]}/" for parts in shared)

    def placed(one: Mapping[str, Any]) -> dict[str, Any]:
        path = str(one.get("path") or "").removeprefix(folder)
        return {**one, "place": f"{path}:{one.get('line')}"}

    failing = [one for one in questions if (one.get("cases") or {}).get("failed")]
    return {
        **figures,
        "folder": folder,
        "failing": [placed(one) for one in failing],
        "findings": [placed(one) for one in findings],
    }


def confusion(counts: Sequence[Sequence[int]]) -> list[list[tuple[int, float | None]]]:
    """Return each count with its share of its row; None in a row of nothing."""
    return [[(n, n / sum(row) if sum(row) else None) for n in row] for row in counts]


def gap(answer: Mapping[str, Any]) -> float | None:
    """Return how far the bot's score is from people's; None where one of them is not there."""
    human, score = answer.get("human"), answer.get("score")
    return None if human is None or score is None else float(score) - float(human)


def worst_answers(
    answers: Mapping[str, Sequence[Mapping[str, Any]]], most: int = WORST
) -> list[dict[str, Any]]:
    """Return the answers with the greatest error over all sets, at most ``most``.

    Each has its ``set`` and its ``gap`` besides. Ties go by set and id; answers without an
    error are none of the worst.
    """
    found = [
        {**answer, "set": name, "gap": error}
        for name, rows in answers.items()
        for answer in rows
        if (error := gap(answer))
    ]
    found.sort(key=lambda one: (-abs(one["gap"]), one["set"], str(one.get("id"))))
    return found[:most]
