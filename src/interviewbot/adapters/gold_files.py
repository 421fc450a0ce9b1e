"""Rows to grade or to evaluate, out of JSONL and CSV.

Owns lines: how they are read, bounded and decoded, and that every problem is reported with
its line. Refuses to know what a row must hold.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from csv import DictReader, reader
from csv import Error as CsvError
from pathlib import Path
from typing import IO, NoReturn

from interviewbot.adapters.fault_log import quoted
from interviewbot.adapters.gold_format import gold_row, mark_of
from interviewbot.domain.errors import BadInput
from interviewbot.domain.gold import GoldRow

LONGEST_LINE = 1 << 20  # bytes
_SHOWN = 10  # problems
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_COLUMNS = ("id", "question_id", "question", "reference", "answer", "score", "split")
_HINT = "one JSON object a line: id, answer, and question_id, points or reference"
_CSV_HINT = "the columns are id,question_id,question,reference,answer and perhaps score,split"
_SAVE_HINT = "save it as CSV UTF-8 with commas, and scores with a point, as in 0.5"
_NOT_UTF8 = "not UTF-8: byte"
_PARTED = "the columns are parted by"
_DECIMAL_COMMA = re.compile(r"'score' is '\d*,\d+'")

Problems = list[tuple[int, str]]


class _UnreadableError(Exception):
    """Lines cannot be read any further; the message says why."""


class _RepeatedKeyError(Exception):
    """An object of a row has a key twice; the message is the key."""


class _Lines(Iterator[str]):
    """Counts lines, takes a byte order mark away and refuses lines that are too long."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.number = 0

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except UnicodeDecodeError as error:
            self.number += 1
            raise _UnreadableError(f"{_NOT_UTF8} {error.start} does not fit") from error
        self.number += 1
        if len(line) * 4 > LONGEST_LINE and len(line.encode("utf-8", "replace")) > LONGEST_LINE:
            raise _UnreadableError("the line is over 1 MiB; the rest is not read")
        return line.removeprefix("\ufeff") if self.number == 1 else line


def read_gold(path: Path) -> list[GoldRow]:
    """Return the rows in ``path``: CSV where it ends in .csv, else JSONL; ``-`` is stdin.

    Raises:
        BadInput: if it cannot be read or ``read_rows`` refuses it.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise BadInput("standard input is closed", "pipe rows in, or name a file")
        return read_rows(_decoded(sys.stdin.buffer), name="standard input", csv=False)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput(f"{path} is not a regular file", "use - to read a pipe")
        with os.fdopen(os.open(path, _READ), "rb") as stream:
            return read_rows(_decoded(stream), name=str(path), csv=path.suffix.lower() == ".csv")
    except FileNotFoundError as error:
        raise BadInput(f"there is no file {path}", "check the name") from error
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror}", "check the name and its rights"
        ) from error


def read_rows(lines: Iterable[str], *, name: str, csv: bool) -> list[GoldRow]:
    """Return the rows in ``lines``, in order; ``name`` is what problems call the source.

    Blank lines and unknown keys or columns are passed over.

    Raises:
        BadInput: if there is no row, or any row is faulty; the message lists the first ten
            problems as ``name:line: problem``.
    """
    source = _Lines(lines)
    problems: Problems = []
    raw_rows = _csv_rows(source, problems) if csv else _json_rows(source, problems)
    rows: list[GoldRow] = []
    first_lines: dict[str, int] = {}
    highest = 0.0
    try:
        for line, raw in raw_rows:
            row, row_problems = gold_row(raw)
            highest = max(highest, mark_of(raw) or 0.0)
            problems.extend((line, problem) for problem in row_problems)
            if row.id and first_lines.setdefault(row.id, line) != line:
                first = first_lines[row.id]
                problems.append((line, f"the id is there already, in line {first}"))
            rows.append(row)
    except _UnreadableError as error:
        problems.append((source.number, str(error)))
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        hint = _hint([problem for _, problem in problems], highest, csv=csv)
        raise BadInput(f"{count} in {name}", hint, _listed(problems, name))
    if not rows:
        raise BadInput(f"{name} holds no rows", _CSV_HINT if csv else _HINT)
    return rows


def _hint(problems: Sequence[str], highest: float, *, csv: bool) -> str:
    """Return how to mend ``problems``, where the ``highest`` mark of all rows is that."""
    if any(problem.startswith((_NOT_UTF8, _PARTED)) for problem in problems):
        return _SAVE_HINT if csv else "save it as UTF-8"
    if csv and any(_DECIMAL_COMMA.match(problem) for problem in problems):
        return _SAVE_HINT
    if highest > 1 and any(problem.startswith("'score'") for problem in problems):
        return f"scores are on 0 to 1: divide by the highest mark, {highest:g} here"
    return _CSV_HINT if csv else _HINT


def unread_columns(path: Path) -> tuple[str, ...]:
    """Return the columns of a CSV file that say nothing here; none for other files.

    Raises:
        BadInput: if it cannot be read.
    """
    if path.suffix.lower() != ".csv":
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header = next(reader(stream), [])
    except (OSError, ValueError, CsvError) as error:
        raise BadInput(f"{path} cannot be read: {error}", "check the name") from error
    return tuple(name.strip() for name in header if name.strip() not in _COLUMNS)


def _json_rows(source: _Lines, problems: Problems) -> Iterator[tuple[int, Mapping[str, object]]]:
    for line in source:
        if not line.strip():
            continue
        try:
            raw = json.loads(
                line, parse_constant=_refuse_constant, object_pairs_hook=_without_repeats
            )
        except json.JSONDecodeError as error:
            problems.append((source.number, f"not JSON: {error.msg} at column {error.colno}"))
        except _RepeatedKeyError as error:
            problems.append((source.number, f"the key {error} is there twice"))
        except ValueError:
            problems.append((source.number, "NaN, Infinity or a number of too many digits"))
        except RecursionError:
            problems.append((source.number, "nested too deeply"))
        else:
            if isinstance(raw, dict):
                yield source.number, raw
            else:
                problems.append((source.number, "not a JSON object"))


def _csv_rows(source: _Lines, problems: Problems) -> Iterator[tuple[int, Mapping[str, object]]]:
    table = DictReader(source, strict=True)
    begun = 1
    try:
        if not table.fieldnames:
            return
        header = table.fieldnames = [column.strip() for column in table.fieldnames]
        if faults := _header_faults(header):
            problems.extend((1, fault) for fault in faults)
            return
        begun = source.number + 1
        for cells in table:
            if None in cells or None in cells.values():
                problems.append((begun, "not as many fields as the header has"))
            else:
                yield begun, _typed(cells)
            begun = source.number + 1  # a quoted cell may hold line breaks
    except CsvError as error:
        problems.append((begun, f"not CSV: {error} in this row; the rest is not read"))


def _header_faults(header: list[str]) -> list[str]:
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            return [f"{_PARTED} {name}, not by commas"]
    found = [
        f"the column '{column}' is missing" for column in ("id", "answer") if column not in header
    ]
    if not {"question_id", "reference"} & set(header):
        found.append("one of the columns 'question_id' and 'reference' is needed")
    return found + [f"the column '{c}' is there twice" for c in _COLUMNS if header.count(c) > 1]


def _typed(cells: Mapping[str, str]) -> dict[str, object]:
    """Return the known cells that hold something; an answer may be blank."""
    known = {key: cells[key] for key in _COLUMNS if cells.get(key) or key == "answer"}
    raw: dict[str, object] = {**known}
    if "score" in known:
        try:
            raw["score"] = float(known["score"])
        except ValueError:
            raw["score"] = known["score"]  # the row's check says what is wrong with it
    return raw


def _decoded(stream: IO[bytes]) -> Iterator[str]:
    """Yield the lines of ``stream``, none of which is held in memory beyond the bound."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line.decode("utf-8")


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return ``pairs`` as a mapping; JSON leaves open which of two with one key is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKeyError(quoted(next(key for key in keys if keys.count(key) > 1)))
    return found


def _listed(problems: Problems, name: str) -> list[str]:
    shown = [f"{name}:{line}: {problem}" for line, problem in problems[:_SHOWN]]
    more = len(problems) - len(shown)
    tail = [f"… and {more} more"] if more else []
    return [*shown, *tail]
