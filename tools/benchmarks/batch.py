"""The grading part of ``interviewbot grade --batch``, timed in its own process.

    python -m tools.benchmarks.batch batch.json HOME

Prints the seconds for all answers and how many sentences the encoder was given. Reading the
rows and loading the model do not count, finding the questions does.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade
from interviewbot.paths import shipped_folder
from interviewbot.wiring import Wiring

_ROWS_AT_ONCE = 32  # as the command does


def main() -> None:
    """Grade every row once and print one JSON line.

    Raises:
        SystemExit: if an answer stayed ungraded, or a sentence was not encoded afresh.
    """
    content = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    rows = [
        GoldRow(id=row["id"], answer=row["answer"], question_id=row["question_id"])
        for row in content
    ]
    wiring = Wiring(roots=[shipped_folder("corpus")], home=Path(sys.argv[2]))
    wiring.encoder.encode(["The first call takes longer than the others.", "This is another."])
    batch = wiring.batch()
    begun = time.perf_counter()
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        for grade in batch.grade(rows[start : start + _ROWS_AT_ONCE]):
            if not isinstance(grade, Grade):
                sys.exit(f"ungraded: {grade.reason}")
    seconds = time.perf_counter() - begun
    expected = len({sentence for row in content for sentence in row["sentences"]})
    if wiring.embeddings.made < expected:
        sys.exit(f"only {wiring.embeddings.made} of {expected} sentences were encoded")
    print(json.dumps({"seconds": seconds, "sentences": expected}))


if __name__ == "__main__":
    main()
