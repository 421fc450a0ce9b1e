"""Write the texts that the other processes measure with.

    python -m tools.benchmarks.prepare FOLDER ANSWERS

Owns three files: ``answer.txt``, what ``interviewbot grade`` reads; ``cold.json``, the same
job for ``st_cold``; ``batch.json``, many answers with their sentences. Refuses to measure.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from tools.benchmarks.texts import SEED, Composer

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.domain.passages import read
from interviewbot.paths import shipped_folder

QUESTION = "ML0041"  # six points
WORDS = 150


def main() -> None:
    """Write the files into the folder named on the command line."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    questions = {
        entry.question.id: entry.question
        for entry in read_corpus([shipped_folder("corpus")]).questions
    }
    rng = random.Random(SEED)
    composer = Composer(rng)
    asked = questions[QUESTION]
    answer = composer.answer(asked, words=WORDS)
    (folder / "answer.txt").write_text(answer + "\n", encoding="utf-8")
    job = {
        "sentences": [said.text for said in read(asked, answer).statements],
        "points": [point.text for point in asked.points],
    }
    (folder / "cold.json").write_text(json.dumps(job), encoding="utf-8")
    rows = []
    for number in range(count):
        question = rng.choice(list(questions.values()))
        text = composer.answer(question, words=WORDS)
        said = [said.text for said in read(question, text).statements]
        rows.append(
            {"id": str(number), "question_id": question.id, "answer": text, "sentences": said}
        )
    (folder / "batch.json").write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
