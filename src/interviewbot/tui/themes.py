"""A theme that was picked in the command palette, kept as one from the settings is.

Owns when that is so. Refuses to keep what the environment sets.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual.app import App
from textual.constants import DEFAULT_THEME

from interviewbot.domain.text import one_line
from interviewbot.tui.host import host


def picked(app: App[None], theme: str) -> bool:
    """Return whether ``theme`` is another one than is kept, and no try of the settings."""
    kept = host(app).preferences.theme or DEFAULT_THEME
    return theme != kept and not any(screen.has_class("settings") for screen in app.screen_stack)


async def keep_theme(app: App[None], theme: str) -> None:
    """Keep ``theme``, or say why it lasts only until the end.

    Raises:
        InterviewbotError: if it cannot be kept.
    """
    of = host(app)
    await of.services()  # only then are the preferences those that are kept
    by = of.preferences.fixed.get("theme", "")
    if by:
        text = f"Until you quit: the theme is set by {one_line(by)}, change it there."
        app.notify(text, severity="warning", markup=False)
        return
    chosen = replace(of.preferences, theme=theme)
    await asyncio.to_thread(of.keep, chosen)
    of.preferences = chosen
    app.theme = theme
