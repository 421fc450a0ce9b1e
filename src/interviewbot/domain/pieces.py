"""Foreign text that comes in pieces, made safe while it comes.

Owns what of it can be shown already: an escape sequence may be cut between two pieces, so
whatever could still become one is held back, and so is the last word. Refuses to judge what
the text says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from interviewbot.domain.text import sanitise, settled

_RAW_PER_SHOWN = 8  # characters; what hides more than that under one shown is not honest
_SPACE = re.compile(r"\s+")


@dataclass(slots=True, kw_only=True)
class Pieces:
    """Collects pieces. ``lines`` keeps line breaks, else all white space is single spaces.

    ``most`` bounds what is shown (characters). However the same text is cut, ``end`` returns
    the same, and every ``shown`` on the way is a beginning of it.
    """

    most: int
    lines: bool = False
    _raw: str = field(default="", init=False)

    def add(self, piece: str) -> None:
        """Take the next piece; what comes once it is ``full`` is dropped."""
        if not self.full:
            self._raw = (self._raw + piece)[: _RAW_PER_SHOWN * self.most]

    @property
    def shown(self) -> str:
        """The whole words so far."""
        safe = self._spaced(sanitise(settled(self._raw)), keep_last=True)
        words = max(safe.rfind(" "), safe.rfind("\n"))
        return safe[: max(0, words)].rstrip()

    @property
    def full(self) -> bool:
        """Whether more has come than can be shown."""
        return len(self._raw) >= _RAW_PER_SHOWN * self.most or len(self.shown) > self.most

    def end(self) -> str:
        """Return all of it, once the last piece has come; it may be longer than ``most``."""
        return self._spaced(sanitise(self._raw), keep_last=False)

    def _spaced(self, text: str, *, keep_last: bool) -> str:
        """Return ``text`` with its white space in order; at its end it says that a word is over."""
        spaced = _SPACE.sub(self._space, text).lstrip()
        return spaced if keep_last else spaced.rstrip()

    def _space(self, found: re.Match[str]) -> str:
        breaks = found.group().count("\n") if self.lines else 0
        return "\n" * min(2, breaks) or " "
