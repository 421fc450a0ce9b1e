"""A program in a terminal of its own: when does it paint, how long after a key?

Owns the pseudo-terminal. Refuses to know which program runs.
"""

from __future__ import annotations

import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from types import TracebackType

_COLUMNS, _ROWS = 100, 30
_LONGEST = 30.0  # seconds


class Terminal:
    """Runs ``command`` on a pseudo-terminal; use it as a context manager."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        """Start the program."""
        self._ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
        self.begun = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,  # where Textual draws
            env={**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        """Return this terminal."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program."""
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def seconds_until(self, mark: bytes, since: float) -> float:
        """Return how long after ``since`` (of ``perf_counter``) ``mark`` was painted.

        Raises:
            TimeoutError: if it never is.
        """
        seen = b""
        while time.perf_counter() - since < _LONGEST:
            if select.select([self._ours], [], [], 0.1)[0]:
                seen += os.read(self._ours, 1 << 16)
                if mark in seen:
                    return time.perf_counter() - since
        raise TimeoutError(f"{mark!r} was not painted in {_LONGEST:.0f} s: {seen[-300:]!r}")

    def type(self, keys: bytes) -> float:
        """Send ``keys``; return when, in ``perf_counter``."""
        now = time.perf_counter()
        os.write(self._ours, keys)
        return now

    def drain(self, quiet: float) -> None:
        """Read until nothing came for ``quiet`` seconds."""
        while select.select([self._ours], [], [], quiet)[0]:
            os.read(self._ours, 1 << 16)
