"""What a screen of a sitting says when it closes."""

from __future__ import annotations

from enum import Enum, auto


class Outcome(Enum):
    """GO_ON: look where the sitting stands now. LEAVE: back home, it can be taken up later."""

    GO_ON = auto()
    LEAVE = auto()
