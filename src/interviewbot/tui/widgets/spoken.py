"""Words that come piece by piece out of a thread, shown as they come.

Owns the way from that thread to the screen, and that late pieces are dropped. Refuses to know
who speaks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from interviewbot.tui.widgets.foreign import Foreign

_MORE = " …"


class Spoken(Foreign):
    """Shows what ``listen`` hears, until ``settle`` says what holds."""

    @dataclass
    class Heard(Message):
        """A ``piece`` of what is said in that ``turn``."""

        piece: str
        turn: int

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Show nothing."""
        super().__init__(id=id, classes=classes)
        self._said = ""
        self._turn = 0

    def listen(self, label: str = "") -> Callable[[str], None]:
        """Show ``label`` and what comes after it; return what takes pieces, in any thread."""
        self._turn += 1
        turn = self._turn
        self._said = label
        self.show(label.rstrip() + _MORE)

        def take(piece: str) -> None:
            self.post_message(self.Heard(piece, turn))

        return take

    def settle(self, text: str) -> None:
        """Show ``text`` for good."""
        self._turn += 1
        self.show(text)

    @on(Heard)
    def _hear(self, heard: Heard) -> None:
        heard.stop()
        if heard.turn == self._turn:
            self._said += heard.piece
            self.show(self._said + _MORE)
