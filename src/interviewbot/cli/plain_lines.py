"""What comes in line by line: an answer's lines, and commands among them.

Owns the reading and what a line means. Refuses to act on it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from enum import Enum
from io import BufferedReader
from typing import Protocol, cast

from interviewbot.adapters.answer_files import LARGEST
from interviewbot.domain.errors import BadInput

HAND_IN = "."
_COMMAND = re.compile(r"/([a-z]+)(?:\s+(.*))?", re.DOTALL)
_CHUNK = 1 << 16  # bytes
_REPLACED = "\N{REPLACEMENT CHARACTER}"


class Next(Enum):
    """What comes after a line."""

    STAY = "the next line, for the same stage"
    GO_ON = "the next stage"
    STOP = "the end of the program"


class Source(Protocol):
    """Where bytes come from; ``read1`` returns what is there, and nothing at the end."""

    def read1(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes after at most one wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A line that is an order: ``/name rest``, or the single full stop that hands in."""

    name: str
    rest: str = ""

    @property
    def shown(self) -> str:
        """How it was typed."""
        return self.name if self.name == HAND_IN else f"/{self.name}"


def parse(line: str) -> str | Command:
    """Return what ``line`` is: a command, or words of an answer.

    Two slashes stand for one, so that words can begin with a slash.
    """
    if line.strip() == HAND_IN:
        return Command(name=HAND_IN)
    if line.startswith("//"):
        return line[1:]
    found = _COMMAND.fullmatch(line.rstrip())
    return Command(name=found[1], rest=(found[2] or "").strip()) if found else line


class Lines:
    """Reads lines as they come. ``ended`` once there are no more.

    Bytes that are not UTF-8 become replacement characters, and so do zero bytes.
    """

    def __init__(self, source: Source) -> None:
        """Read from ``source``."""
        self._source = source
        self._here = b""
        self.ended = False

    @classmethod
    def of_standard_input(cls) -> Lines:
        """Return the lines of standard input.

        Raises:
            BadInput: if it is closed.
        """
        if sys.stdin is None:
            raise BadInput("standard input is closed", "answers are read from there")
        return cls(cast("BufferedReader", sys.stdin.buffer))

    @property
    def more(self) -> bool:
        """Whether the next line is here already, so that nobody can be waiting for anything."""
        return b"\n" in self._here

    def next(self) -> str | None:
        """Wait for the next line and return it without its end; None where there is none.

        Raises:
            BadInput: if a line is over 1 MiB, or cannot be read.
        """
        while b"\n" not in self._here and not self.ended:
            try:
                chunk = self._source.read1(_CHUNK)
            except OSError as error:
                raise BadInput(
                    f"standard input cannot be read: {error.strerror or error}",
                    "what was typed so far is kept",
                ) from error
            self._here += chunk
            self.ended = not chunk
            if len(self._here) > LARGEST + _CHUNK:
                raise BadInput("a line is over 1 MiB", "an answer is a few paragraphs")
        if self.ended and not self._here:
            return None
        line, _, self._here = self._here.partition(b"\n")
        return line.removesuffix(b"\r").decode(errors="replace").replace("\0", _REPLACED)
