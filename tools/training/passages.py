"""The passages that teach the local judge: what each says of one reference point.

    python -m tools.training.passages            # how many there are, of what kind

Owns the files of tools/training/data and their rules. Refuses to label anything: people who
wrote a passage did, and its file says how.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:  # so that the file's path can be run as well
    sys.path.insert(0, str(ROOT))

from tools.pages import markdown_table  # noqa: E402

from interviewbot.adapters.corpus_files import read_corpus  # noqa: E402
from interviewbot.domain.grade import Verdict  # noqa: E402
from interviewbot.domain.question import Question  # noqa: E402

DATA = Path(__file__).resolve().parent / "data"
FILES = {name: DATA / f"{name}.jsonl" for name in ("prose", "notes", "talk")}
# Of a point that a file has at all; the others, if any, are partial or missing.
PER_POINT: Mapping[Verdict, int] = {Verdict.COVERED: 2, Verdict.CONTRADICTED: 2}
PASSAGES: Mapping[str, Sequence[int]] = {"prose": (6,), "notes": (6,), "talk": (4, 5)}
_REQUIRED = {"question_id", "point", "label", "text"}
_OPTIONAL = {"kind", "voice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of an answer and the verdict that it deserves for one point.

    ``kind`` says what sort of example it is (far, half, near, mention, swapped roles, …) and
    ``voice`` how it is told, where its writer noted them.
    """

    question_id: str
    point_id: str
    label: Verdict
    text: str
    source: str
    kind: str = ""
    voice: str = ""


def read_passages(files: Mapping[str, Path] = FILES) -> list[Passage]:
    """Return the passages of ``files``, in their order.

    Raises:
        ValueError: with file and line, if a line is not a passage.
    """
    return [passage for source, path in files.items() for passage in _read(source, path)]


def faults(passages: Sequence[Passage], questions: Iterable[Question]) -> list[str]:
    """Return what is wrong with ``passages`` of ``questions``, one line a fault."""
    points = {(question.id, point.id): point for question in questions for point in question.points}
    found = [
        f"{p.question_id} {p.point_id}: there is no such point"
        for p in passages
        if (p.question_id, p.point_id) not in points
    ]
    texts = Counter(" ".join(p.text.lower().split()) for p in passages)
    found += [f"said {times} times: {text}" for text, times in texts.items() if times > 1]
    known = {(name, text) for (name, _), point in points.items() for text in point.claims}
    found += [
        f"{p.question_id} has it already: {p.text}"
        for p in passages
        if (p.question_id, p.text) in known
    ]
    of: dict[tuple[str, str, str], list[Verdict]] = {}
    for p in passages:
        of.setdefault((p.source, p.question_id, p.point_id), []).append(p.label)
    found += [
        f"{name} {point}: {len(labels)} passages in {source}, {labels}"
        for (source, name, point), labels in of.items()
        if len(labels) not in PASSAGES[source]
        or any(labels.count(k) != n for k, n in PER_POINT.items())
    ]
    return found


def _read(source: str, path: Path) -> Iterator[Passage]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        keys = set(row)
        if not (keys >= _REQUIRED and keys <= _REQUIRED | _OPTIONAL):
            raise ValueError(f"{path}:{number}: the keys are {sorted(keys)}")
        yield Passage(
            question_id=row["question_id"],
            point_id=row["point"],
            label=Verdict(row["label"]),
            text=row["text"],
            source=source,
            kind=row.get("kind", ""),
            voice=row.get("voice", ""),
        )


def table(passages: Sequence[Passage]) -> str:
    """Return a table in Markdown: points and passages of each file, by label, with their length."""
    rows = []
    for source in dict.fromkeys(p.source for p in passages):
        of = [p for p in passages if p.source == source]
        labels = Counter(p.label for p in of)
        words = sum(len(p.text.split()) for p in of) / len(of)
        points = len({(p.question_id, p.point_id) for p in of})
        counts = [str(labels[label]) for label in Verdict]
        rows.append((source, str(points), str(len(of)), *counts, f"{words:.0f}"))
    heads = ("file", "points", "passages", *(label.value for label in Verdict), "words each")
    return markdown_table(heads, rows)


if __name__ == "__main__":
    questions = [entry.question for entry in read_corpus([ROOT / "corpus"]).questions]
    read = read_passages()
    sys.stdout.write(table(read))
    wrong = faults(read, questions)
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.exit(bool(wrong))
