"""Finished runs to compare with: a run's folder, or the one file that a project commits.

Owns both forms and how a run is named. Refuses to compare, and to read a run that is not
finished: what is missing there would look like an improvement.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from interviewbot.adapters.grade_documents import BrokenDocument, read_result
from interviewbot.adapters.run_folders import ANSWERS, CONFIGURATION, SUMMARY
from interviewbot.domain.errors import BadInput, StorageFailed
from interviewbot.domain.grade import Grade, Verdict
from interviewbot.domain.past_run import PastGrade, PastRun
from interviewbot.domain.text import one_line

AGREEMENT = "agreement"
_VERSION = 1
_LATEST = 5  # runs that are named where one is not there


def read_past(name: str, runs: Path) -> PastRun:
    """Return the run called ``name``: a folder in ``runs``, any folder, or a baseline file.

    Raises:
        BadInput: if there is none, it is not finished, or it is no run.
    """
    path = runs / name if (runs / name / CONFIGURATION).is_file() else Path(name)
    shown = one_line(str(path))
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise BadInput(f"{shown} is not a regular file", "name a run or its baseline")
        if not path.is_dir():
            return _from_file(path)
        if not (path / SUMMARY).is_file():
            raise BadInput(f"the run {shown} is not finished", "finish it with --resume")
        lines = (path / ANSWERS).read_bytes().splitlines()
        return PastRun(
            name=path.name,
            grades=dict(filter(None, map(_from_line, lines))),
            gold=_digests(json.loads((path / CONFIGURATION).read_bytes())),
        )
    except FileNotFoundError as error:
        raise BadInput(f"there is no run {shown}", f"{_latest(runs)} in {runs}") from error
    except OSError as error:
        raise BadInput(f"{shown} cannot be read: {error.strerror}", "check its rights") from error
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        BrokenDocument,
    ) as error:
        raise BadInput(
            f"{shown} is not a run", "name a folder of a run, or its baseline"
        ) from error


def _latest(runs: Path) -> str:
    """Return the names of the finished runs in ``runs``, the newest first."""
    found = sorted((path.parent.name for path in runs.glob(f"*/{SUMMARY}")), reverse=True)
    return f"the latest are {', '.join(found[:_LATEST])}" if found else "there is no finished run"


def write_baseline(run: PastRun, path: Path, configuration: Mapping[str, Any]) -> None:
    """Write ``run`` as one file that can be committed and named as a baseline.

    Raises:
        StorageFailed: if it cannot be written.
    """
    sets: dict[str, dict[str, Any]] = {}
    for (set_name, row_id), grade in run.grades.items():
        verdicts = {point: verdict.value for point, verdict in grade.verdicts.items()}
        sets.setdefault(set_name, {})[row_id] = [grade.score, verdicts]
    head = json.dumps(
        {"schema_version": _VERSION, "name": run.name, "configuration": configuration},
        sort_keys=True,
        indent=1,
    )
    body = ",\n".join(
        f"{json.dumps(set_name)}: {{\n{_lines(rows)}\n}}" for set_name, rows in sets.items()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{head[:-2]},\n "answers": {{\n{body}\n}}\n}}\n', encoding="utf-8")
    except OSError as error:
        raise StorageFailed(
            f"{path} cannot be written: {error.strerror}", "name another file"
        ) from error


def _lines(rows: Mapping[str, Any]) -> str:
    """Return one line an answer, so that a difference between baselines can be read."""
    return ",\n".join(f"{json.dumps(row)}: {json.dumps(grade)}" for row, grade in rows.items())


def _from_file(path: Path) -> PastRun:
    document = json.loads(path.read_bytes())
    if document["schema_version"] != _VERSION:
        raise BadInput(f"{path} is of another version of this program", "write it anew")
    grades = {
        (set_name, row_id): PastGrade(
            score=None if score is None else _score(score),
            verdicts={point: Verdict(verdict) for point, verdict in verdicts.items()},
        )
        for set_name, rows in document["answers"].items()
        for row_id, (score, verdicts) in rows.items()
    }
    gold = _digests(document.get("configuration") or {})
    return PastRun(name=str(document["name"]), grades=grades, gold=gold)


def _digests(configuration: Mapping[str, Any]) -> dict[str, str]:
    sets = configuration.get("gold") or {}
    return {name: str(found["sha256"]) for name, found in sets.items()}


def _score(value: Any) -> float:
    """Return a score, 0..100.

    Raises:
        ValueError: if it is none.
    """
    number = float(value)
    if not 0 <= number <= 100:  # NaN is not
        raise ValueError(f"{value} is no score")
    return number


def _from_line(line: bytes) -> tuple[tuple[str, str], PastGrade] | None:
    document = json.loads(line)
    part, _, rest = document["key"].partition("/")
    if part != AGREEMENT:
        return None
    set_name = rest.removesuffix(f"/{document['id']}")
    result = read_result(json.dumps(document["result"]))
    if not isinstance(result, Grade):
        return (set_name, document["id"]), PastGrade(score=None, verdicts={})
    verdicts = {point.id: point.verdict for point in result.points}
    return (set_name, document["id"]), PastGrade(score=result.score, verdicts=verdicts)
