"""What the screens around a sitting look like, at the smallest size and at a large one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tests.tui.made_practice import MadePractice, opened, settled
from textual.pilot import Pilot
from textual.screen import Screen

from interviewbot.domain.sitting import Sitting
from interviewbot.tui.preferences import Preferences
from interviewbot.tui.screens.browser import BrowserScreen
from interviewbot.tui.screens.history import HistoryScreen
from interviewbot.tui.screens.progress import ProgressScreen
from interviewbot.tui.screens.settings import SettingsScreen

Make = Callable[[MadePractice, Sitting], Screen[None]]
PREFERENCES = Preferences(
    corpus=("~/questions",),
    fixed={"encoder": "INTERVIEWBOT_ENCODER"},
    file="~/.local/share/interviewbot/config.toml",
)


def _summary(made: MadePractice, sitting: Sitting) -> Screen[None]:
    return made.summary(made.report(sitting))


def _always(make: Callable[[], Screen[None]]) -> Make:
    return lambda made, sitting: make()  # noqa: ARG005 - all screens are made alike


SCREENS: dict[str, tuple[Make, list[str]]] = {
    "summary": (_summary, []),
    "exchange": (_summary, ["down", "enter"]),
    "export": (_summary, ["e"]),
    "topics": (_always(ProgressScreen), ["down", "down"]),
    "ahead": (_always(ProgressScreen), ["2"]),
    "table": (_always(ProgressScreen), ["3"]),
    "history": (_always(lambda: HistoryScreen("DL0003")), []),
    "browser": (_always(BrowserScreen), ["down"]),
    "revealed": (_always(BrowserScreen), ["down", "down", "space"]),
    "settings": (_always(SettingsScreen), []),
    "help": (_always(BrowserScreen), ["down", "f1"]),
}


def going(make: Screen[None], keys: list[str]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return what opens a screen and presses ``keys`` before the picture is taken."""

    async def go(pilot: Pilot[None]) -> None:
        await opened(pilot, make)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        for field in pilot.app.screen.query("Input, TextArea"):
            field.cursor_blink = False  # type: ignore[attr-defined]
        await pilot.pause(0.1)

    return go


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["small", "large"])
@pytest.mark.parametrize("name", SCREENS)
def test_screens(snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    """Each screen looks as it did when somebody last looked at it."""
    made = MadePractice()
    sitting = made.play_weeks()
    make, keys = SCREENS[name]
    app = made.app(preferences=PREFERENCES)
    assert snap_compare(app, terminal_size=size, run_before=going(make(made, sitting), keys))


@pytest.mark.parametrize(
    "make", [ProgressScreen, lambda: HistoryScreen("DL0003")], ids=["progress", "history"]
)
def test_screens_without_a_past(snap_compare: Any, make: Callable[[], Screen[None]]) -> None:
    """Where there is nothing yet, there are words."""
    assert snap_compare(MadePractice().app(), run_before=going(make(), []))


def test_a_light_theme(snap_compare: Any) -> None:
    """Everything can be read on a light ground, too."""
    made = MadePractice()
    report = made.report(made.play_weeks())
    app = made.app(preferences=Preferences(theme="textual-light"))
    assert snap_compare(app, run_before=going(made.summary(report), []))
