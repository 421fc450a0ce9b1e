"""Print what a quarter and half of the training data would have been worth.

    python -m tools.training.curve           # half an hour; needs what `make train` left

A body is taught with a share of the examples for as many steps as the one that ships, knows that
share of the passages, and is fitted on dev; the wordings of the corpus it knows all. Its judge
grades the answers of test_seen and test_new. Refuses to change the judge.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

import numpy as np
import torch
from sklearn.metrics import f1_score, recall_score, roc_auc_score
from tools import export_encoder
from tools.pages import markdown_table
from tools.training.__main__ import BUILT, ENCODER, JUDGE, examples, teach
from tools.training.contrast import Settings
from tools.training.fitting import fit_all
from tools.training.passages import ROOT, read_passages

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.example_files import read_elsewhere, read_examples
from interviewbot.adapters.gold_files import read_gold
from interviewbot.adapters.judge_files import read_calibration
from interviewbot.adapters.onnx_models import OnnxEncoder
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Question
from interviewbot.services.embedding import Embeddings
from interviewbot.services.local_judge import LocalJudge

SHARES = {"a quarter": 0.25, "half": 0.5, "all": 1.0}
_CREDIT = {Verdict.COVERED: 1.0, Verdict.PARTIAL: 0.5}
_HEADS = ("AUC", "macro F1", "contradicted recall", "r")
_SEED = 5
T = TypeVar("T")


def share_of(every: Sequence[T], share: float) -> list[T]:
    """Return a random ``share`` of ``every``, in its order."""
    chosen = Random(_SEED).sample(range(len(every)), round(share * len(every)))
    return [every[n] for n in sorted(chosen)]


def figures(
    judge: LocalJudge, questions: dict[str, Question], gold: Sequence[GoldRow]
) -> list[str]:
    """Return AUC, macro F1 and recall of contradictions of single points, and r of answers."""
    credits_: list[float] = []
    given: list[Verdict] = []
    true: list[Verdict] = []
    scores: list[tuple[float, float]] = []
    for row in gold:
        question = questions[row.question_id]
        graded = {point.id: point for point in judge.judge(question, row.answer)}
        labels = [row.point_labels[name] for name in graded]
        credits_ += [point.credit for point in graded.values()]
        given += [point.verdict for point in graded.values()]
        true += labels
        weights = [point.weight for point in graded.values()]
        pairs = [
            (point.credit, _CREDIT.get(label, 0.0))
            for point, label in zip(graded.values(), labels, strict=True)
        ]
        ours, theirs = np.average(pairs, axis=0, weights=weights)
        scores.append((ours, theirs))
    contradicted = [label is Verdict.CONTRADICTED for label in true]
    found = (
        roc_auc_score([label in _CREDIT for label in true], credits_),
        f1_score(true, given, average="macro"),
        recall_score(contradicted, [verdict is Verdict.CONTRADICTED for verdict in given]),
        np.corrcoef(np.array(scores).T)[0, 1],
    )
    return [f"{one:.3f}" for one in found]


def judge_of(encoder: OnnxEncoder, folder: Path) -> LocalJudge:
    """Return the judge whose numbers are in ``folder``."""
    return LocalJudge(
        encoder_id=encoder.id,
        vectors=Embeddings(encoder),
        calibration=read_calibration(folder / "judge.json"),
        clock=time.monotonic,
        taught=read_examples(encoder.id, folder),
        elsewhere=read_elsewhere(encoder.id, folder),
    )


def main() -> None:
    """Teach with each share, grade, and write the table."""
    torch.set_num_threads(2)
    folders = [ROOT / "corpus", ROOT / "eval" / "deck"]
    questions = {e.question.id: e.question for e in read_corpus(folders).questions}
    gold = [read_gold(ROOT / "eval" / "gold" / f"test_{name}.jsonl") for name in ("seen", "new")]
    lines = []
    for name, share in SHARES.items():
        encoder, judge = ENCODER, JUDGE
        passages = share_of(read_passages(), share)
        if share < 1:
            built = BUILT / "curve" / str(share)
            encoder, judge = built / "encoder", built / "judge"
            judge.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(JUDGE / "judge.json", judge / "judge.json")
            layers = built / "body.safetensors"
            if not layers.exists():
                teach(share_of(examples(), share), Settings(), layers)
            export_encoder.export(encoder, layers)
            fit_all(encoder, encoder, judge, passages)
        one = judge_of(OnnxEncoder.load(encoder), judge)
        line = [name, f"{len(passages):,}"]
        for rows in gold:
            line += figures(one, questions, [row for row in rows if row.point_labels])
        lines.append(line)
        print(json.dumps(line), flush=True)
    heads = [f"{part}: {one}" for part in ("seen", "new") for one in _HEADS]
    print(markdown_table(["training data", "passages", *heads], lines))


if __name__ == "__main__":
    main()
