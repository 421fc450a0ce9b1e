"""A longer text to read, above another screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from interviewbot.domain.text import one_line
from interviewbot.tui.widgets.foreign import Foreign
from interviewbot.tui.widgets.prose import Prose


class Reading(ModalScreen[None]):
    """Shows Markdown under a title; any of Escape, q and Enter closes it."""

    CSS_PATH = "reading.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss(None)", "Close"),
    ]

    def __init__(self, title: str, text: str) -> None:
        """Show ``text``, which may be foreign."""
        super().__init__()
        self._title = one_line(title)
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out title, text and how to close."""
        with Vertical(id="page"):
            yield Foreign(self._title, id="title")
            with VerticalScroll():
                yield Prose(self._text)
            yield Static("Escape closes", id="hint", markup=False)
