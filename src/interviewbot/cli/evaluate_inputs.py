"""What a run of the harness measures: gold, questions, attack texts, and their digests.

Owns where they come from and what is refused before anything is graded. Refuses to grade.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import interviewbot
from interviewbot.cli.diagnostics import say
from interviewbot.cli.output import Json
from interviewbot.domain.errors import BadInput, UnknownQuestion
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.question import Question
from interviewbot.paths import shipped_folder
from interviewbot.wiring import Wiring

Gold = dict[str, list[GoldRow]]


def shipped_gold() -> tuple[Path, ...]:
    """Return the labelled answers that ship with the package."""
    return tuple(sorted((shipped_folder("eval") / "gold").glob("*.jsonl")))


def attack_file() -> Path:
    """Return the templates of attacks that ship with the package."""
    return shipped_folder("eval") / "attacks.yaml"


def deck() -> Path:
    """Return the questions that ship for measuring only: nothing is ever fitted on them."""
    return shipped_folder("eval") / "deck"


def read_sets(paths: Sequence[Path], split: str | None) -> Gold:
    """Return the rows of ``paths`` by the names of their sets; of ``split`` alone where it is.

    A file without a row of ``split`` is left out, with a line.

    Raises:
        BadInput: if one cannot be read or is there twice, or none has a row of ``split``.
    """
    from interviewbot.adapters.gold_files import read_gold

    sets = {name: read_gold(path) for name, path in _named(paths).items()}
    if split is None or not sets:
        return sets
    chosen = {name: [row for row in rows if row.split == split] for name, rows in sets.items()}
    if not any(chosen.values()):
        splits = sorted({row.split for rows in sets.values() for row in rows} - {""})
        hint = f"the splits there are: {', '.join(splits)}" if splits else "no row names a split"
        raise BadInput(f"there are no rows of the split “{split}”", hint)
    for name in [name for name, rows in chosen.items() if not rows]:
        say(f"{name} has no rows of the split “{split}” and is left out")
    return {name: rows for name, rows in chosen.items() if rows}


def _named(paths: Sequence[Path]) -> dict[str, Path]:
    """Return ``paths`` by the names of their sets; files of one name go by their paths."""
    stems = [path.stem for path in paths]
    named: dict[str, Path] = {}
    for path in paths:
        name = path.stem if stems.count(path.stem) == 1 else str(path)
        if name in named:
            raise BadInput(f"{path} is there twice", "name each --gold file once")
        named[name] = path
    return named


def refuse_what_is_there(option: str, target: Path | None, gold: Sequence[Path]) -> None:
    """Raise BadInput where ``target`` would be written over something."""
    if target is None or not target.exists():
        return
    if any(path.exists() and target.samefile(path) for path in gold):
        raise BadInput(f"{target} is a --gold file, which would be lost", f"name another {option}")
    if target.stat().st_size and not target.is_dir():
        raise BadInput(f"{target} is there already", "name another file, or remove it")


def refuse_unknown_labels(gold: Gold, find: Callable[[str], Question]) -> None:
    """Raise BadInput where a row labels a point that its question of the corpus does not have.

    Such a label would be passed over in silence. Rows of unknown questions stay ungraded, and
    rows with points or a reference of their own were checked when they were read.
    """
    for name, rows in gold.items():
        for row in rows:
            if not row.point_labels or row.points or row.reference:
                continue
            try:
                known = {point.id for point in find(row.question_id).points}
            except UnknownQuestion:
                continue
            if wrong := [point for point in row.point_labels if point not in known]:
                raise BadInput(
                    f"{name}: the row {row.id} labels “{wrong[0]}”, which is no point of"
                    f" {row.question_id}",
                    f"its points are {', '.join(sorted(known))}",
                )


def looked_up(wiring: Wiring) -> Callable[[str], Question]:
    """Return what finds a question by its id: in the corpus, else in the deck."""
    from interviewbot.adapters.corpus_files import find_question

    def find(question_id: str) -> Question:
        try:
            return wiring.question(question_id)
        except UnknownQuestion:
            entry = find_question([deck()], question_id) if deck().is_dir() else None
            if entry is None:
                raise
            return entry.question

    return find


def drawn_on(gold: Gold, parts: Sequence[str]) -> Gold:
    """Return the rows that a run of ``parts`` draws on: invariance alone, on the shipped ones."""
    from interviewbot.services.evaluation.parts import PartName

    return gold or (read_sets(shipped_gold(), None) if PartName.INVARIANCE in parts else gold)


def configuration_of(
    wiring: Wiring, parts: Sequence[str], gold: Mapping[str, Sequence[GoldRow]], *, full: bool
) -> dict[str, Json]:
    """Return everything that the figures of a run depend on, as digests where it is long."""
    from interviewbot.adapters.corpus_files import corpus_digest
    from interviewbot.services.evaluation.parts import SEED

    return {
        "version": interviewbot.__version__,
        "source": _source_digest(),
        "judge": wiring.judge_id,
        "parts": list(parts),
        "seed": SEED,
        "full": full,
        "gold": {
            name: {"rows": len(rows), "sha256": _digest([asdict(row) for row in rows])}
            for name, rows in gold.items()
        },
        "corpus": wiring.corpus_digest,
        "deck": corpus_digest([deck()]) if deck().is_dir() else "",
        "attacks": hashlib.sha256(attack_file().read_bytes()).hexdigest(),
    }


def _source_digest() -> str:
    """Return the digest of the program: a threshold may have changed without a new version."""
    root = Path(interviewbot.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
