"""The keys of the screen below, and how grading works."""

from __future__ import annotations

import pytest
from tests.tui.made_practice import MadePractice, opened, picture, settled
from textual.widgets import Input

from interviewbot.tui.screens.browser import BrowserScreen
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.help import GRADING, HelpScreen
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.progress import ProgressScreen
from interviewbot.tui.screens.settings import SettingsScreen


async def test_the_keys_of_the_screen_below_are_grouped() -> None:
    """Keys of the screen, of the widget with the focus and of every screen stand apart."""
    app = MadePractice().app()
    async with app.run_test(size=(100, 60)) as pilot:
        await opened(pilot, BrowserScreen())
        await pilot.press("down", "f1")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)
        seen = picture(app)
        places = [
            seen.index(words)
            for words in ("On this screen", "Reveal", "Where the cursor is", "Practise it")
        ]
        assert places == sorted(places[:3]) + places[3:]
        assert seen.index("Everywhere") < seen.index("f1, ?")
        for line in GRADING:
            assert line[:40] in seen


@pytest.mark.parametrize("key", ["escape", "f1", "question_mark", "q", "enter"])
async def test_help_closes_with_the_keys_that_open_or_leave(key: str) -> None:
    """F1 and ? close what they opened."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)
        await pilot.press(key)
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("make", [ProgressScreen, SettingsScreen, lambda: Confirm("Sure?")])
async def test_help_is_there_on_every_screen_and_above_dialogs(make: type[ProgressScreen]) -> None:
    """F1 works wherever the candidate is."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        await opened(pilot, make())
        await pilot.press("f1")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)


async def test_a_question_mark_can_be_typed_into_a_field() -> None:
    """Where text is written, ? is a character."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        await pilot.press("question_mark")
        await settled(pilot)
        assert app.screen is screen
        assert screen.query_one("#words", Input).value == "?"
