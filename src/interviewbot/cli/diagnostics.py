"""Everything that goes to standard error, and the exit codes.

Owns how an error becomes a line and a code. Refuses to print data.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import textwrap
import time
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import ParamSpec

import click

from interviewbot.domain.errors import (
    BadInput,
    CorpusInvalid,
    InterviewbotError,
    OutOfStep,
    SittingHeld,
    StorageFailed,
    UnsureMatch,
)
from interviewbot.domain.text import one_line, sanitise

P = ParamSpec("P")
_LONG = 120  # seconds: more are told in minutes
_NARROWEST = 20  # columns
_FULL = {errno.ENOSPC, errno.EDQUOT}


class ExitCode(IntEnum):
    """What the program tells the shell."""

    OK = 0
    """Done."""
    BELOW = 1
    """A threshold was missed or a check failed."""
    USAGE = 2
    """The input or the options cannot be used, or the data folder cannot be written."""
    UNGRADED = 3
    """The input was fine, but something stayed ungraded."""
    CORPUS = 4
    """A question file is not valid."""
    INTERRUPTED = 130
    """Stopped by the user."""


def say(line: str) -> None:
    """Print one line to standard error, sanitised; a terminal gets it broken between words."""
    told = one_line(line)
    if sys.stderr is not None and sys.stderr.isatty():
        told = textwrap.fill(
            told,
            width=max(_NARROWEST, shutil.get_terminal_size().columns),
            break_long_words=False,
            break_on_hyphens=False,
        )
    click.echo(told, err=True)


def exit_code(error: InterviewbotError) -> ExitCode:
    """Return the exit code that stands for ``error``."""
    if isinstance(error, CorpusInvalid):
        return ExitCode.CORPUS
    theirs = isinstance(error, BadInput | StorageFailed | OutOfStep | SittingHeld)
    return ExitCode.USAGE if theirs else ExitCode.UNGRADED


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn the errors of ``command`` into one line on standard error and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except InterviewbotError as error:
            report(error)
            raise SystemExit(exit_code(error)) from error
        except BrokenPipeError:
            _drop_output()
            raise SystemExit(ExitCode.OK) from None
        except KeyboardInterrupt:
            say("interrupted")
            raise SystemExit(ExitCode.INTERRUPTED) from None
        except OSError as error:
            if error.errno not in _FULL:
                raise
            where = error.filename or "while writing"
            say(f"error: no space left on the disk ({where}); free some and run again")
            raise SystemExit(ExitCode.USAGE) from error

    return run


def report(error: InterviewbotError) -> None:
    """Print ``error``: its details if it has any, then one line with the hint."""
    if isinstance(error, UnsureMatch):
        say("nearest questions:")
    for detail in error.details:
        say(detail)
    say(f"error: {error.message}" + (f"; {error.hint}" if error.hint else ""))


class Progress:
    """A bar on standard error: count, rate, time left. Silent where that is no terminal.

    ``done`` of the ``total`` were done before the clock started; the rate is that since.
    ``beside`` says that lines go to standard output meanwhile: no bar runs into them.
    """

    def __init__(self, label: str, total: int, *, done: int = 0, beside: bool = False) -> None:
        """Start the clock; nothing shows before the first ``to``."""
        self._label = sanitise(label)
        self._total = max(1, total)
        self._before = done
        self._begun = time.monotonic()
        self._shown = 0.0
        self._widest = 0
        mixed = beside and sys.stdout is not None and sys.stdout.isatty()
        self._live = sys.stderr is not None and sys.stderr.isatty() and not mixed

    def to(self, done: int, note: str = "") -> None:
        """Show that ``done`` of the total are done, and ``note``, at most ten times a second."""
        now = time.monotonic()
        if not self._live or (now - self._shown < 0.1 and done < self._total):
            return
        self._shown = now
        filled = round(24 * done / self._total)
        bar = "#" * filled + "-" * (24 - filled)
        count = f"{self._label} [{bar}] {done}/{self._total}{self._speed(done, now)}"
        line = f"{count}  {note}" if note else count
        self._widest = max(self._widest, len(line))
        click.echo(f"\r{line.ljust(self._widest)} ", err=True, nl=False)

    def _speed(self, done: int, now: float) -> str:
        if done <= self._before:
            return ""
        rate = (done - self._before) / max(now - self._begun, 1e-6)
        return f"  {rate:.1f}/s  {_left((self._total - done) / rate)}"

    def close(self) -> None:
        """Clear the bar's line."""
        if self._live and self._shown:
            click.echo("\r" + " " * (self._widest + 1) + "\r", err=True, nl=False)


def _left(seconds: float) -> str:
    return f"{seconds:.0f} s left" if seconds <= _LONG else f"{seconds / 60:.0f} min left"


def _drop_output() -> None:
    # The reader went away; what Python still flushes at exit must not raise again.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
