"""Runs of the evaluation harness, a folder each: what was asked for, every grade, the figures.

    runs/<moment>-<digest>/configuration.json   what the run measures; its digest is in the name
                           answers.jsonl        one line a trial, as it is graded
                           summary.json         the figures, once all trials are graded

Owns these files, and that two processes never write one run. Refuses to grade and to compute.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from interviewbot.adapters.grade_documents import BrokenDocument, read_result, write_result
from interviewbot.domain.errors import BadInput, StorageFailed
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.trial import Trial

if TYPE_CHECKING:
    from filelock import BaseFileLock

CONFIGURATION, ANSWERS, SUMMARY = "configuration.json", "answers.jsonl", "summary.json"

Document = Mapping[str, Any]


class RunFolder:
    """One run, held by this process between ``with`` and the end of the block.

    ``resumed`` is how many trials it knew when it was opened.
    """

    def __init__(self, path: Path) -> None:
        """Work in ``path``, which ``begin`` chose."""
        self.path = path
        self._known: dict[str, tuple[str, Grade | Ungraded]] = {}
        self._file: BinaryIO | None = None
        self._lock: BaseFileLock | None = None

    @classmethod
    def begin(
        cls, runs: Path, configuration: Document, now: datetime, *, resume: bool = False
    ) -> RunFolder:
        """Return the newest run of ``configuration`` in ``runs`` to go on with, or a new one.

        Without ``resume``, or where there is none, it is new.

        Raises:
            StorageFailed: if the folder cannot be written.
        """
        digest = digest_of(configuration)
        if resume:
            earlier = sorted(
                path
                for path in runs.glob(f"*-{digest}*")
                if _read_json(path / CONFIGURATION) == configuration
            )
            if earlier:
                return cls(earlier[-1])
        name = f"{now:%Y%m%dT%H%M%S}-{digest}"
        with _writing(runs):
            path = runs / name
            number = 1
            while path.exists():
                number += 1
                path = runs / f"{name}-{number}"
            path.mkdir(parents=True)
            _write_whole(path / CONFIGURATION, configuration)
        return cls(path)

    def __enter__(self) -> Self:
        """Hold the folder and read what was graded earlier.

        Raises:
            BadInput: if another process holds it, or a whole line is not a run's.
            StorageFailed: if it cannot be written.
        """
        from filelock import FileLock, Timeout

        with _writing(self.path):
            self._lock = FileLock(self.path / ".lock")
            try:
                self._lock.acquire(blocking=False)
            except Timeout as error:
                raise BadInput(
                    f"another process is at work on the run {self.path.name}",
                    "wait for it, or run without --resume",
                ) from error
            try:
                self._file = (self.path / ANSWERS).open("a+b")
                self._read(self._file)
            except BaseException:
                self.__exit__(None, None, None)
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the folder."""
        if self._file is not None:
            self._file.close()
        if self._lock is not None:
            self._lock.release()

    def _read(self, file: BinaryIO) -> None:
        """Take in the whole lines; cut off one that a crash left unfinished."""
        file.seek(0)
        content = file.read()
        whole = content.rfind(b"\n") + 1
        for number, line in enumerate(content[:whole].splitlines(), start=1):
            try:
                found = json.loads(line)
                result = read_result(json.dumps(found["result"]))
                self._known[found["key"]] = (found["said"], result)
            except (ValueError, KeyError, TypeError, BrokenDocument) as error:
                raise BadInput(
                    f"{self.path / ANSWERS}:{number} is not a line of a run",
                    "remove that line, or run without --resume",
                ) from error
        if whole < len(content):
            file.truncate(whole)

    @property
    def resumed(self) -> int:
        """How many trials were graded before."""
        return len(self._known)

    def known(self, trial: Trial) -> Grade | Ungraded | None:
        """Return what came of ``trial`` earlier, unless its answer was another one then."""
        said, result = self._known.get(trial.key, ("", None))
        return result if said == _said(trial.row) else None

    def keep(self, trial: Trial, result: Grade | Ungraded) -> None:
        """Append ``result``; what is written is safe from the end of this process."""
        assert self._file is not None  # noqa: S101 - within the ``with`` block
        head = {"key": trial.key, "id": trial.row.id, "said": _said(trial.row)}
        line = f'{json.dumps(head)[:-1]}, "result": {write_result(result)}}}\n'
        self._file.write(line.encode("utf-8", "surrogatepass"))
        self._file.flush()

    def finish(self, summary: Document) -> None:
        """Write the figures: the run is complete."""
        with _writing(self.path):
            _write_whole(self.path / SUMMARY, summary)


def digest_of(configuration: Document) -> str:
    """Return eight characters that stand for ``configuration``."""
    canonical = json.dumps(configuration, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


def _said(row: GoldRow) -> str:
    """Return what stands for the answer of ``row`` and what it is graded against."""
    points = [[p.id, p.text, p.weight, p.accept, p.misconceptions] for p in row.points]
    graded = [row.question_id, row.question, points, row.reference, row.answer]
    canonical = json.dumps(graded, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _write_whole(path: Path, document: Document) -> None:
    """Write ``document`` so that ``path`` is never there in part."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(document, file, indent=1, sort_keys=True, allow_nan=False)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageFailed(
            f"the run in {path} cannot be written: {error.strerror}",
            "check who may write there, or set INTERVIEWBOT_HOME to another folder",
        ) from error
