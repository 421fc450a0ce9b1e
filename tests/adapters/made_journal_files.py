"""Journals on disk with a sitting in them, and looks at their files."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.domain.made_interviews import NOON, made_grade, made_question, made_sitting

from interviewbot.adapters.journal import SqlJournal
from interviewbot.adapters.journal_migrations import STEPS, Step
from interviewbot.domain.interview import Answered, Asked, Closed, Event, Judged, step
from interviewbot.domain.sitting import Sitting

ROOT = Path(__file__).parents[2]
STAMP = "20260304T050607Z"
GRADE = made_grade(made_question())
EVENTS: tuple[Event, ...] = (
    Asked(at=NOON, place=0),
    Answered(at=NOON, text="An answer.", seconds=12.5),
    Judged(result=GRADE),
    Closed(at=NOON, result=GRADE),
)


def opened(
    home: Path, notices: list[str] | None = None, steps: Sequence[Step] = STEPS, wait_s: float = 5
) -> SqlJournal:
    """Return the journal in ``home``, whose stamps are always the same."""
    return SqlJournal(
        home,
        notice=(notices if notices is not None else []).append,
        steps=steps,
        clock=lambda: datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        wait_s=wait_s,
    )


def fill(journal: SqlJournal) -> Sitting:
    """Tell a sitting with one answer; return it."""
    sitting = made_sitting()
    journal.begin(sitting)
    for event in EVENTS:
        sitting = step(sitting, event)
        journal.tell(sitting, event)
    return sitting


def filled(home: Path) -> Sitting:
    """Leave a journal with one sitting in ``home``, closed; return the sitting."""
    journal = opened(home)
    sitting = fill(journal)
    journal.close()
    return sitting


def names(home: Path) -> set[str]:
    """Return what files lie in ``home`` itself."""
    return {path.name for path in home.iterdir() if path.is_file()}


def query(path: Path, statement: str) -> list[tuple[object, ...]]:
    """Return the rows of a statement on the database at ``path``."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(statement).fetchall()
        connection.commit()
        return found


def killed(home: Path, deed: str) -> None:
    """Do ``deed`` with the journal in ``home`` in another process, which then kills itself."""
    program = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.adapters.made_journal_files import fill, opened
home = Path({str(home)!r})
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
{deed}
die()
"""
    process = subprocess.run([sys.executable, "-c", program], timeout=60, check=False)
    assert process.returncode == -signal.SIGKILL
