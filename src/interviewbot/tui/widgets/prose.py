"""Markdown that came from people and files, shown as prose.

Owns how such Markdown reaches a widget: sanitised, with its links inert, and with tags as
the words that they are: ``<unk>`` and ``List<int>`` are what questions talk about.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from textual.await_complete import AwaitComplete
from textual.widgets import Markdown

from interviewbot.domain.text import sanitise


class Prose(Markdown):
    """Shows Markdown; ``update`` replaces it."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Show ``text``."""
        super().__init__(text, id=id, parser_factory=_parser, open_links=False)

    def update(self, markdown: str) -> AwaitComplete:
        """Show ``markdown`` instead."""
        return super().update(sanitise(markdown))


def _parser() -> MarkdownIt:
    return MarkdownIt("gfm-like", {"html": False})
