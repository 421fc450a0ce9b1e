"""A Textual app that shows one line: what a first paint costs at the least."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Static


class BareApp(App[None]):
    """One line and a footer."""

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield Static("a bare app")
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
