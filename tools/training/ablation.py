"""Write what each kind of signal is worth, alone and missing, into docs/accuracy.md.

    python -m tools.training.ablation        # two minutes; needs what `make train` left

Measured out of fold by question on the hard answers of ``eval/gold/dev.jsonl``, with the encoder
and the examples that ship. Owns the table ``ablation``. Refuses to change the judge.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tools.pages import filled, markdown_table
from tools.training.__main__ import ENCODER, JUDGE
from tools.training.fitting import Row, fitted, rows_of, write_examples
from tools.training.passages import ROOT, read_passages

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.onnx_models import OnnxEncoder
from interviewbot.services.combining import INPUTS

PAGE = ROOT / "docs" / "accuracy.md"
KINDS = {
    "neighbours by the taught layers": ("taught_",),
    "directions in the taught space": ("along_",),
    "neighbours by the published layers": ("plain_",),
    "late interaction with the wordings": ("raw", "best_", "mean_", "sentence_"),
    "likeness to misconceptions": ("misconception_",),
    "opposites and negations": ("opposed", "negated", "denied"),
}


def rows_without(rows: Sequence[Row], left: Sequence[int]) -> list[Row]:
    """Return ``rows`` with the inputs numbered in ``left`` alone."""
    return [replace(row, inputs=row.inputs[list(left)]) for row in rows]


def main() -> None:
    """Fit with every kind alone and without every kind, and write the table."""
    questions = {e.question.id: e.question for e in read_corpus([ROOT / "corpus"]).questions}
    encoder = OnnxEncoder.load(ENCODER)
    with tempfile.TemporaryDirectory() as scratch:
        judge = Path(scratch)
        shutil.copyfile(JUDGE / "judge.json", judge / "judge.json")
        # As in the fit: without sentences of model answers, which are graded here.
        write_examples(encoder, questions, read_passages(), judge)
        rows = rows_of(encoder, questions, judge)
    lines = []
    for name, starts in {"all": ("",), **KINDS}.items():
        own = [n for n, one in enumerate(INPUTS) if one.startswith(starts)]
        rest = [n for n in range(len(INPUTS)) if n not in own]
        line = [name]
        for left in (own, rest):
            if left:
                its = fitted(rows_without(rows, left)).hard
                figures = (its.auc, its.against_contradicted, its.macro_f1, its.r)
                line += [f"{figure:.3f}" for figure in figures]
            else:
                line += ["–"] * 4
        lines.append(line)
        print(json.dumps(line), flush=True)
    heads = ["AUC", "against contradicted", "macro F1", "r"]
    table = markdown_table(
        ["signals", *(f"alone: {head}" for head in heads), *(f"without: {head}" for head in heads)],
        lines,
    )
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), {"ablation": table}), encoding="utf-8")


if __name__ == "__main__":
    main()
