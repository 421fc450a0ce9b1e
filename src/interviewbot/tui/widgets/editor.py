"""The editor in which answers are written.

Owns what may enter it: pasted text is sanitised, since a terminal escape in a clipboard
would act when drawn. Refuses to save or to hand in.
"""

from __future__ import annotations

import re

from textual import events
from textual.widgets import TextArea

from interviewbot.domain.text import sanitise

_WORD = re.compile(r"\S+")


class AnswerEditor(TextArea):
    """Plain prose: soft wrap, undo, Tab moves on to the next widget."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin empty."""
        super().__init__(
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder="Answer in your own words, in whole sentences. Ctrl+S hands it in.",
        )

    @property
    def word_count(self) -> int:
        """How many words there are."""
        return sum(1 for _ in _WORD.finditer(self.text))

    def load(self, text: str) -> None:
        """Show ``text`` with the cursor at its end and nothing to undo."""
        self.load_text(sanitise(text))
        self.move_cursor(self.document.end)

    def replace_all(self, text: str) -> None:
        """Put ``text`` in place of everything, as one step that can be undone."""
        self.replace(sanitise(text), self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = sanitise(event.text)
        await super()._on_paste(event)
