"""Teach the local judge, from the passages in ``data`` to the files that ship.

    python -m tools.training                 # half an hour on two cores
    python -m tools.training --smoke         # the same path on a sliver, into a folder of its own

Two bodies are taught. The one that ships knows the passages about every question; the answers of
``eval/gold/dev.jsonl``, on which the numbers behind the verdicts are fitted, are new to it, as a
candidate's will be. Its twin knows no passage about a question of dev: on it those numbers are
fitted that are used for an author's own questions, about which nobody taught anything.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from tools import export_encoder
from tools.training.body import Body
from tools.training.contrast import Relation, Settings, train
from tools.training.examples import Example, examples_of
from tools.training.fitting import fit_all
from tools.training.passages import ROOT, read_passages

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.gold_files import read_gold

ENCODER = ROOT / "src" / "interviewbot" / "models" / "encoder"
JUDGE = ROOT / "src" / "interviewbot" / "models" / "judge"
BUILT = ROOT / "build" / "training"
# As many rounds as the other has, of fewer questions.
_TWIN = Settings(steps=440)
_SMOKE = Settings(steps=3)
_SMOKE_EXAMPLES = 400
_TOLD_EVERY = 20


def examples(*, twin: bool = False) -> list[Example]:
    """Return what the body, or its ``twin``, is taught with, in the order of the files."""
    questions = [entry.question for entry in read_corpus([ROOT / "corpus"]).questions]
    held = {row.question_id for row in read_gold(ROOT / "eval" / "gold" / "dev.jsonl")}
    return examples_of(questions, read_passages(), without=held if twin else ())


def teach(taught: Sequence[Example], settings: Settings, file: Path) -> None:
    """Teach a body with ``taught`` and write its upper layers into ``file``."""
    begun = time.monotonic()
    torch.manual_seed(settings.seed)
    body, relation = Body(export_encoder.original_folder()), Relation()
    losses: list[float] = []

    def told(step: int, loss: float) -> None:
        losses.append(loss)
        if step % _TOLD_EVERY == 0 or step == settings.steps:
            recent = losses[-_TOLD_EVERY:]
            mean, seconds = sum(recent) / len(recent), time.monotonic() - begun
            print(f"{step}/{settings.steps}: loss {mean:.3f}, {seconds:.0f} s", flush=True)

    train(body, relation, taught, settings, told)
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({key: value.contiguous() for key, value in body.upper.state_dict().items()}, file)


def main() -> None:
    """Teach the bodies, export the encoders, write the examples, fit the verdicts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help="three steps, beside what ships")
    parser.add_argument(
        "--part", choices=["body", "twin", "encoder", "fit"], help="one part of the work"
    )
    options = parser.parse_args()
    built = BUILT / "smoke" if options.smoke else BUILT
    encoder, judge = ENCODER, JUDGE
    if options.smoke:
        encoder, judge = built / "encoder", built / "judge"
        judge.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(JUDGE / "judge.json", judge / "judge.json")
    torch.set_num_threads(2)
    for part, settings in (("body", Settings()), ("twin", _TWIN)):
        if options.part in (None, part):
            taught = examples(twin=part == "twin")
            file = built / f"{part}.safetensors"
            if options.smoke:
                teach(taught[:_SMOKE_EXAMPLES], _SMOKE, file)
            else:
                teach(taught, settings, file)
    if options.part in (None, "encoder"):
        export_encoder.export(encoder, built / "body.safetensors")
        export_encoder.export(built / "twin", built / "twin.safetensors")
    if options.part in (None, "fit"):
        fit_all(encoder, built / "twin", judge, read_passages())


if __name__ == "__main__":
    main()
