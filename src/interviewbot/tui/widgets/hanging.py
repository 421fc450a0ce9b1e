"""A line with text under it, set in, however often it wraps."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static


class Hanging(Vertical):
    """Shows ``head``, and ``bodies`` under it, set in by two cells."""

    DEFAULT_CSS = """
    Hanging {
        height: auto;

        Static {
            height: auto;
        }
        .hanging--body {
            padding-left: 2;
        }
    }
    """

    def __init__(self, head: Content, *bodies: Content, classes: str | None = None) -> None:
        """Show them."""
        super().__init__(classes=classes)
        self._head = head
        self._bodies = bodies

    def compose(self) -> ComposeResult:
        """Lay out one under the other."""
        yield Static(self._head, markup=False)
        for body in self._bodies:
            yield Static(body, classes="hanging--body", markup=False)
