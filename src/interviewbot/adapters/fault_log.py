"""The faults of one corpus file, collected so that they are reported together.

Owns the collecting and the quoting of foreign words in a fault. Refuses to know what a
fault is about.
"""

from __future__ import annotations

from interviewbot.domain.errors import CorpusInvalid, Fault
from interviewbot.domain.text import one_line

_LONGEST_QUOTE = 60


class FaultLog:
    """Notes faults of one file until somebody raises them."""

    def __init__(self, path: str) -> None:
        """Collect for ``path``, as the user is to read it."""
        self.path = path
        self.faults: list[Fault] = []

    def add(self, line: int, problem: str, remedy: str) -> None:
        """Note one fault and go on."""
        self.faults.append(Fault(path=self.path, line=line, problem=problem, remedy=remedy))

    def fatal(self, line: int, problem: str, remedy: str) -> CorpusInvalid:
        """Note a fault after which nothing more can be read; return the error to raise."""
        self.add(line, problem, remedy)
        return self._error()

    def raise_any(self) -> None:
        """Raise what was collected.

        Raises:
            CorpusInvalid: if at least one fault was noted.
        """
        if self.faults:
            raise self._error()

    def _error(self) -> CorpusInvalid:
        return CorpusInvalid(sorted(self.faults, key=lambda fault: fault.line))


def quoted(text: str) -> str:
    """Return ``text`` in quotes, safe for a terminal and short enough for one line."""
    line = one_line(text.encode("utf-8", "replace").decode())
    return f"'{line[:_LONGEST_QUOTE]}…'" if len(line) > _LONGEST_QUOTE else f"'{line}'"
