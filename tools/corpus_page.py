"""Write what the shipped corpus holds, and how it does in its own examination, to docs/corpus.md.

    python tools/corpus_page.py

Owns that page's tables. Refuses to judge a question: `interviewbot corpus lint` and
`interviewbot eval rubrics` do.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # so that the file's path can be run as well
    sys.path.insert(0, str(ROOT))

from tools.pages import filled, markdown_table  # noqa: E402

from interviewbot.adapters.corpus_files import read_corpus  # noqa: E402
from interviewbot.domain.question import Level, Question  # noqa: E402

CORPUS = ROOT / "corpus"
PAGE = ROOT / "docs" / "corpus.md"

Document = Mapping[str, Any]


def main() -> None:
    """Count, examine, write the page."""
    questions = [entry.question for entry in read_corpus([CORPUS]).questions]
    blocks = {
        "corpus": contents(questions),
        "corpus texts": texts(questions),
        "corpus lint": linted(said("corpus", "lint")),
        "corpus rubrics": examined(said("eval", "rubrics")),
    }
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), blocks), encoding="utf-8")
    sys.stderr.write(f"wrote {PAGE.relative_to(ROOT)}\n")


def said(*arguments: str) -> Document:
    """Return the document that ``interviewbot`` prints for ``arguments``; a fault is part of it."""
    command = [sys.executable, "-m", "interviewbot", *arguments, "--corpus", str(CORPUS), "--json"]
    found: Document = json.loads(subprocess.run(command, check=False, stdout=-1).stdout)
    return found


def contents(questions: Sequence[Question]) -> str:
    """Return the table of topics: questions by level, points, words, second readers."""
    topics = sorted({question.topic for question in questions})
    rows = [
        (topic, *_counts([question for question in questions if question.topic == topic]))
        for topic in topics
    ]
    heads = ("topic", "questions", *(str(level) for level in Level))
    heads = (*heads, "points", "words of model answers", "read by a second reader")
    return markdown_table(heads, (*rows, ("all", *_counts(questions))))


def _counts(questions: Sequence[Question]) -> tuple[str, ...]:
    levels = [sum(question.level is level for question in questions) for level in Level]
    points = sum(len(question.points) for question in questions)
    words = sum(len(question.model_answer.split()) for question in questions)
    reviewed = sum(bool(question.reviewed) for question in questions)
    return tuple(f"{count:,}" for count in (len(questions), *levels, points, words, reviewed))


def texts(questions: Sequence[Question]) -> str:
    """Return the table of what an author wrote for a question and for a point."""
    points = [point for question in questions for point in question.points]
    measures: tuple[tuple[str, Iterable[int]], ...] = (
        ("points of a question", (len(question.points) for question in questions)),
        ("words of a point", _words(point.text for point in points)),
        ("accepted wordings of a point", (len(point.accept) for point in points)),
        ("words of a wording", _words(chain.from_iterable(p.accept for p in points))),
        ("misconceptions of a point", (len(point.misconceptions) for point in points)),
        ("words of a misconception", _words(chain.from_iterable(p.misconceptions for p in points))),
        ("words of a model answer", _words(question.model_answer for question in questions)),
    )
    return markdown_table(
        ("", "least", "median", "most", "in all"),
        ((what, *_spread(sorted(counts))) for what, counts in measures),
    )


def _words(found: Iterable[str]) -> Iterable[int]:
    return (len(text.split()) for text in found)


def _spread(counts: Sequence[int]) -> tuple[str, ...]:
    middle = counts[len(counts) // 2]
    return tuple(f"{count:,}" for count in (counts[0], middle, counts[-1], sum(counts)))


def linted(found: Document) -> str:
    """Return the table of what the linter says."""
    counts = (found["questions"], len(found["faults"]), len(found["advice"]))
    return markdown_table(("questions", "faults", "lines of advice"), [[f"{n:,}" for n in counts]])


def examined(found: Document) -> str:
    """Return the table of what `eval rubrics` tried."""
    rubrics = found["rubrics"]
    return markdown_table(
        ("check", "tried", "failed by the rubric", "perhaps by the judge", "what was tried"),
        (
            (
                check["check"],
                f"{check['cases']['n']:,}",
                str(check["cases"]["rubric"]),
                str(check["cases"]["judge"]),
                check["tried"].rstrip("."),
            )
            for check in rubrics["checks"]
        ),
    )


if __name__ == "__main__":
    main()
