"""Where to write a report: a path to type, above another screen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label

from interviewbot.domain.text import one_line


class ExportDialog(ModalScreen[str | None]):
    """Closes with the path that was typed, or with None."""

    CSS_PATH = "export.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Never mind")]

    def __init__(self, path: str) -> None:
        """Offer ``path``."""
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """Lay out the path and two buttons."""
        with Vertical(id="dialog"):
            yield Label("Write the report to a file: .md is Markdown, .html a web page.")
            yield Input(self._path, select_on_focus=False)
            with Horizontal():
                yield Button("Never mind", id="no")
                yield Button("Write (⏎)", id="yes", variant="primary")

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._close()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._close()
        else:
            self.dismiss(None)

    def _close(self) -> None:
        typed = one_line(self.query_one(Input).value)
        if typed:
            self.dismiss(typed)
        else:
            self.notify("Type the name of a file.", severity="warning")
