"""What a run of the harness says while it is at work.

Owns the bar, and that who interrupts a run hears what is kept and how to go on. Refuses to
grade, and to swallow the interruption.
"""

from __future__ import annotations

import shlex
import sys
from types import TracebackType
from typing import Self

from interviewbot.cli.diagnostics import Progress, say
from interviewbot.domain.text import counted


class Grading:
    """Tells of one run of ``total`` answers; around all of its work, a ``with`` block."""

    def __init__(self, total: int) -> None:
        """Begin with none graded."""
        self._total = total
        self._kept = 0
        self._bar: Progress | None = None

    def begin(self, known: int, *, resume: bool) -> None:
        """Say how many were graded earlier, ``known``, and start the clock."""
        self._kept = known
        if known:
            say(f"{known} of them {'is' if known == 1 else 'are'} graded already")
        elif resume:
            say("no earlier run of the same answers, judge and program: this one starts anew")
        self._bar = Progress("grading", self._total, done=known)

    def to(self, done: int, note: str = "") -> None:
        """Say that ``done`` of the total are graded and kept."""
        self._kept = done
        if self._bar is not None:
            self._bar.to(done, note)

    def compute(self) -> None:
        """Take the bar away; where somebody waits, say what for."""
        self._close()
        if sys.stderr is not None and sys.stderr.isatty():
            say("computing the figures and their intervals …")

    def __enter__(self) -> Self:
        """Do nothing yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away; of an interrupted run, say how to go on."""
        self._close()
        if isinstance(error, KeyboardInterrupt):
            kept = f"{self._kept} of {counted(self._total, 'answer')}"
            say(f"{kept} {'is' if self._kept == 1 else 'are'} kept; go on with: {_again()}")

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _again() -> str:
    """Return this command line, to be given again."""
    given = [argument for argument in sys.argv[1:] if argument != "--resume"]
    return shlex.join(["interviewbot", *given, "--resume"])
