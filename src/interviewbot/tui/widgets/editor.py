"""The editor in which answers are written.

Owns what may enter it: pasted text is sanitised, since a terminal escape in a clipboard
would act when drawn. Refuses to save or to hand in.
"""

from __future__ import annotations

import re
import textwrap

from textual import events
from textual.widgets import TextArea

from interviewbot.domain.text import sanitise

_WORD = re.compile(r"\S+")
# Drawing a row costs Textual a pass over the whole line that it is cut from.
_LONGEST_LINE = 2_000


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
        self.load_text(_fit(text))
        self.move_cursor(self.document.end)

    def replace_all(self, text: str) -> None:
        """Put ``text`` in place of everything, as one step that can be undone."""
        self.replace(_fit(text), self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # Textual would call the base class's handler as well
        event.stop()
        if not self.read_only:
            done = self.replace(_fit(event.text), *self.selection)
            self.move_cursor(done.end_location)


def _fit(text: str) -> str:
    """Return ``text`` without escapes, very long lines broken at spaces."""
    lines = sanitise(text).split("\n")
    return "\n".join("\n".join(_broken(line)) for line in lines)


def _broken(line: str) -> list[str]:
    if len(line) <= _LONGEST_LINE:
        return [line]
    return textwrap.wrap(
        line,
        _LONGEST_LINE // 2,
        expand_tabs=False,
        replace_whitespace=False,
        break_on_hyphens=False,
    )
