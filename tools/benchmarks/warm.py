"""One answer after another in a process that is warm, against the bare forward passes.

    python -m tools.benchmarks.warm HOME ROUNDS

Both sides run the same sentences through one session: one thread a pass, as many passes at
a time as there are cores. The bare side gets them cut into word pieces already and throws
the vectors away. Every round has an answer of its own, since a grader remembers texts.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from tools.benchmarks.prepare import QUESTION, WORDS
from tools.benchmarks.texts import SEED, Composer

from interviewbot.adapters.onnx_models import BUNDLED
from interviewbot.domain.grade import Grade
from interviewbot.domain.passages import read
from interviewbot.paths import shipped_folder
from interviewbot.wiring import Wiring


class BarePasses:
    """A second session on the bundled model, set up as the encoder's own."""

    def __init__(self) -> None:
        """Load model and tokenizer."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(BUNDLED / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 1)

    def feed(self, text: str) -> dict[str, Any]:
        """Return what the session takes for ``text``."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        return {"input_ids": ids, "attention_mask": np.ones_like(ids)}

    def run(self, feeds: list[dict[str, Any]]) -> None:
        """Run one pass for each of ``feeds``."""
        for _ in self._pool.map(partial(self._session.run, None), feeds):
            pass


def main() -> None:
    """Measure by turns and print one JSON line.

    Raises:
        SystemExit: if an answer stayed ungraded, or was not encoded afresh.
    """
    home, rounds = Path(sys.argv[1]), int(sys.argv[2])
    wiring = Wiring(roots=[shipped_folder("corpus")], home=home)
    question, grading, bare = wiring.question(QUESTION), wiring.grading(), BarePasses()
    composer = Composer(random.Random(SEED + 1))
    whole: list[float] = []
    passes: list[float] = []
    for turn in range(rounds + 2):
        answer = composer.answer(question, words=WORDS)
        texts = [said.text for said in read(question, answer).statements]
        feeds = [bare.feed(text) for text in texts]
        read.cache_clear()  # the grader is to read the answer by itself
        before = wiring.embeddings.made
        sides = [
            (whole, lambda answer=answer: grading.grade(question, answer)),
            (passes, lambda feeds=feeds: bare.run(feeds)),
        ]
        for times, act in sides if turn % 2 else reversed(sides):
            begun = time.perf_counter()
            outcome = act()
            times.append(time.perf_counter() - begun)
            if times is whole and not isinstance(outcome, Grade):
                sys.exit("an answer stayed ungraded")
        if wiring.embeddings.made - before < len(set(texts)):
            sys.exit("an answer was not encoded afresh")
    figures = {"whole": median(whole[2:]), "passes": median(passes[2:]), "sentences": len(texts)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
