"""What the command palette offers besides Textual's own commands.

Owns their names. Refuses to do anything: every command is an action of the home screen, and
is offered there alone, since elsewhere it would leave what is under way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from textual.app import SystemCommand
from textual.screen import Screen

from interviewbot.tui.screens.home import HomeScreen

THEME: Final = "Theme"  # Textual's name of its own command


def commands(screen: Screen[object], own: Iterable[SystemCommand]) -> Iterator[SystemCommand]:
    """Yield what makes sense on ``screen``: ours, then Textual's ``own``.

    The settings have a field for the theme, so that its command would only contradict them.
    """
    if isinstance(screen, HomeScreen):
        yield from _at_home(screen)
    settings = screen.has_class("settings")
    yield from (command for command in own if not settings or command.title != THEME)


def _at_home(home: HomeScreen) -> Iterator[SystemCommand]:
    if home.on_unfinished:
        yield SystemCommand("Go on", "Take up the marked interview", home.action_choose)
        yield SystemCommand("Finish", "End the marked interview as it stands", home.action_finish)
    yield SystemCommand("Practice", "Start to practise what is marked", home.practise)
    yield SystemCommand("Mock interview", "Start one on what is marked", home.action_mock)
    yield SystemCommand("Questions", "Look through the questions", home.action_browse)
    yield SystemCommand("Progress", "Look at what is known by now", home.action_progress)
    yield SystemCommand("Settings", "Change settings", home.action_settings)
