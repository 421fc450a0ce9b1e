"""The output file of a batch: what an earlier run left in it, and what is added.

Owns the file's life: one batch at a time, a line each, cut-off lines dropped, lines that were
replaced taken out. Refuses to grade.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO, TypeAlias

from interviewbot.domain.errors import BadInput, StorageFailed
from interviewbot.domain.gold import GoldRow

_Quote: TypeAlias = tuple[int, int, str]
_LINE_BEGINS = b'{"id": "'


@contextmanager
def alone(home: Path, target: Path | None) -> Iterator[None]:
    """Keep a second batch out of ``target``, which would grade every row twice.

    Raises:
        BadInput: if another one writes it.
        StorageFailed: if the data folder ``home``, where the lock lies, cannot be written.
    """
    if target is None:
        yield
        return
    from filelock import FileLock, Timeout

    name = hashlib.sha256(os.fsencode(target.resolve())).hexdigest()[:16]
    lock = FileLock(home / "locks" / f"{name}.lock", blocking=False)
    try:
        (home / "locks").mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BadInput(
            f"another batch is writing {target}", "wait for it, or name another --output"
        ) from error
    except OSError as error:
        raise StorageFailed(
            f"the data folder {home} cannot be written: {error.strerror}",
            "set INTERVIEWBOT_HOME to a folder of yours",
        ) from error
    with lock:
        yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an output file holds of the rows of a batch, by their ids.

    ``quotes`` are the places quoted from the answers of those that are graded: start, end,
    words. ``degraded`` are those of them that the language model did not grade; ``ungraded``
    have no grade.
    """

    quotes: Mapping[str, Sequence[_Quote]] = field(default_factory=dict)
    degraded: frozenset[str] = frozenset()
    ungraded: frozenset[str] = frozenset()

    def quotes_otherwise(self, row: GoldRow) -> bool:
        """Return whether ``row`` was graded with an answer that cannot be the one it has."""
        places = self.quotes.get(row.id, ())
        return any(row.answer[start:end] != words for start, end, words in places)


def earlier_in(target: Path) -> Earlier:
    """Return what ``target`` holds, after cutting off a line that was not finished.

    Of two lines about one row the later one counts.

    Raises:
        BadInput: if it holds anything but the lines of a batch; nothing is cut then.
    """
    try:
        content = target.read_bytes()
    except FileNotFoundError:
        return Earlier()
    except OSError as error:
        raise BadInput(f"{target} cannot be read: {error.strerror}", "name another file") from error
    whole = content.rfind(b"\n") + 1
    tail = content[whole:]
    try:
        rows = {row["id"]: row for row in map(json.loads, content[:whole].splitlines())}
        ungraded = frozenset(name for name, row in rows.items() if row["status"] == "ungraded")
        found = Earlier(
            quotes={
                name: _quotes(row["points"]) for name, row in rows.items() if name not in ungraded
            },
            degraded=frozenset(name for name, row in rows.items() if row["degraded"] is not None),
            ungraded=ungraded,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign(target) from error
    if not _LINE_BEGINS.startswith(tail[: len(_LINE_BEGINS)]):
        raise _foreign(target)
    if tail:
        os.truncate(target, whole)
    return found


def _quotes(points: Sequence[Mapping[str, Mapping[str, object] | None]]) -> list[_Quote]:
    return [
        (int(str(place["start"])), int(str(place["end"])), str(place["quote"]))
        for point in points
        if (place := point["evidence"]) is not None
    ]


def _foreign(target: Path) -> BadInput:
    return BadInput(
        f"{target} does not hold the lines of an earlier batch", "name another --output file"
    )


@contextmanager
def opened(target: Path | None) -> Iterator[TextIO]:
    """Give ``target``, or standard output, to write lines to; settle it in the end.

    Raises:
        StorageFailed: if it cannot be written.
    """
    try:
        with _file(target) as file:
            yield file
    finally:
        if target is not None:
            _settle(target)


def _file(target: Path | None) -> AbstractContextManager[TextIO]:
    if target is None:
        if sys.stdout is None:
            raise StorageFailed("standard output is closed", "name an --output file")
        return nullcontext(sys.stdout)
    try:
        return target.open("a", encoding="utf-8")
    except OSError as error:
        raise StorageFailed(
            f"{target} cannot be written: {error.strerror}", "name another --output"
        ) from error


def _settle(target: Path) -> None:
    """Put each line that was replaced by a later one about the same row in its place.

    Until then both are there, so that nothing is lost where the program is killed.
    """
    target = target.resolve()  # a link stays one
    lines = target.read_bytes().splitlines(keepends=True) if target.is_file() else []
    if not lines or not lines[-1].endswith(b"\n"):  # cut off where the disk is full
        return
    latest = {json.loads(line)["id"]: line for line in lines}  # in the order of the first ones
    if len(latest) == len(lines):
        return
    beside = target.with_name(f".{target.name}.new")
    try:
        with beside.open("wb") as file:
            file.writelines(latest.values())
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageFailed(
            f"{target} cannot be put in order: {error.strerror}",
            "its grades are all there; make room, or see who may write in that folder, and run"
            " it again with --resume",
        ) from error


def write_line(file: TextIO, line: str) -> None:
    """Write ``line`` so that it is safe from the end of this process."""
    file.write(line + "\n")
    file.flush()
