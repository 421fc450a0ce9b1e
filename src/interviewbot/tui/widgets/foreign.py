"""Text that came from people, files and models, shown as nothing but text.

Owns the one way such text reaches a widget: sanitised, as ``Content`` without markup.
Refuses to lay it out.
"""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from interviewbot.domain.text import one_line, sanitise

TAB = 4
MUTED = "auto 60%"  # the value of $text-muted, whose name is not understood inside content


def foreign(text: str, style: str = "") -> Content:
    """Return ``text`` as content: no escape sequence, no markup, tabs as spaces."""
    found = Content(sanitise(text).expandtabs(TAB))
    return found.stylize(style) if style else found


def foreign_line(text: str, style: str = "") -> Content:
    """Return ``text`` as content on one line."""
    return foreign(one_line(text), style)


class Foreign(Static):
    """A widget that shows foreign text; ``show`` replaces it."""

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Show ``text``."""
        super().__init__(foreign(text), id=id, classes=classes, markup=False)

    def show(self, text: str, style: str = "") -> None:
        """Replace what is shown."""
        self.update(foreign(text, style))
        # Textual 8.2 counts one change of layout a turn of its loop: where the screen is laid
        # out between two updates of one turn, the height of the first would stay.
        self._box_model_cache.clear()
