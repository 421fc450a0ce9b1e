"""What the gold of a run cannot tell, said before anything is graded.

Owns the lines: columns that are not read, marks on another scale, sets without a label.
Refuses to stop a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from interviewbot.adapters.evaluation_sentences import NOTHING
from interviewbot.cli.evaluate_inputs import Gold
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.text import counted


def notes(paths: Sequence[Path], gold: Gold) -> Iterator[str]:
    """Yield a line for everything in ``paths`` and their rows, ``gold``, that is not used."""
    from interviewbot.adapters.gold_files import unread_columns

    for path in paths:
        if unread := unread_columns(path):
            yield f"{path}: not read: {', '.join(unread)}"
    for name, rows in gold.items():
        if not any(row.score is not None or _is_labelled(row) or row.graders for row in rows):
            yield f"{name}: {NOTHING}"
        if off := sum(_is_on_another_scale(row) for row in rows):
            marks = counted(off, "row has", "rows have")
            yield (
                f"{name}: {marks} graders' marks over 1 and no score, so there is nothing to"
                " compare them with; add a score from 0 to 1"
            )


def _is_labelled(row: GoldRow) -> bool:
    return bool(row.point_labels) or row.label is not None


def _is_on_another_scale(row: GoldRow) -> bool:
    marks_off = any(not 0 <= mark <= 1 for mark in row.graders)
    return marks_off and row.score is None and not row.point_labels
