"""The command palette: what it offers where, and that a theme picked there is kept."""

from __future__ import annotations

import pytest
from tests.tui.made_practice import MadePractice, opened, settled
from textual.pilot import Pilot

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import StorageFailed
from interviewbot.domain.sitting import Mode
from interviewbot.tui.app import InterviewApp
from interviewbot.tui.preferences import Preferences
from interviewbot.tui.screens.browser import BrowserScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.tui.screens.progress import ProgressScreen
from interviewbot.tui.screens.settings import SettingsScreen

_OURS = {"Practice", "Mock interview", "Questions", "Progress", "Settings"}


def offered(app: InterviewApp) -> set[str]:
    """Return the names of the commands offered on the screen that is shown."""
    return {command.title for command in app.get_system_commands(app.screen)}


async def run(pilot: Pilot[None], title: str) -> None:
    """Run a command by its name."""
    commands = {
        each.title: each.callback for each in pilot.app.get_system_commands(pilot.app.screen)
    }
    commands[title]()
    await settled(pilot)


async def pick(pilot: Pilot[None], theme: str) -> None:
    """Pick a theme in the palette, by its keys."""
    await run(pilot, "Theme")
    await pilot.press(*theme)
    await pilot.pause(0.3)
    await pilot.press("enter")
    if pilot.app.theme != theme:  # the first Enter took the best hit into the field
        await pilot.press("enter")
    await pilot.pause(0.2)
    await settled(pilot)


async def test_home_offers_its_actions_and_other_screens_do_not() -> None:
    """Where an interview is under way, no other can be started from the palette."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        await settled(pilot)
        assert offered(app) >= _OURS
        assert not offered(app) & {"Go on", "Finish"}
        await opened(pilot, BrowserScreen())
        assert not offered(app) & _OURS
        assert "Theme" in offered(app)
        await opened(pilot, SettingsScreen())
        assert "Theme" not in offered(app)


async def test_an_unfinished_interview_can_be_taken_up_or_ended() -> None:
    """Both are offered while its line is marked."""
    made = MadePractice()
    made.practice.begin(Wish(question_ids=("DL0003",)))
    app = made.app()
    async with app.run_test() as pilot:
        await settled(pilot)
        assert offered(app) >= {"Go on", "Finish"}


async def test_commands_do_what_they_say() -> None:
    """A page is opened, an interview begun in the mode that was named."""
    made = MadePractice()
    app = made.app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await run(pilot, "Progress")
        assert isinstance(app.screen, ProgressScreen)
        await pilot.press("escape")
        await run(pilot, "Mock interview")
        for _ in range(100):
            if isinstance(app.screen, InterviewScreen):
                break
            await pilot.pause(0.02)
        (sitting,) = made.journal.unfinished()
        assert sitting.mode is Mode.MOCK


async def test_a_theme_that_is_picked_is_kept() -> None:
    """As one from the settings, with everything else as it was."""
    kept: list[Preferences] = []
    app = MadePractice().app(preferences=Preferences(questions=7), keep=kept.append)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pick(pilot, "nord")
        assert app.theme == "nord"
        assert kept == [Preferences(questions=7, theme="nord")]
        assert app.preferences == kept[0]


async def test_a_theme_that_the_environment_sets_is_not_kept() -> None:
    """The candidate is told that it lasts until the end only, and what sets it."""
    kept: list[Preferences] = []
    fixed = Preferences(theme="gruvbox", fixed={"theme": "INTERVIEWBOT_THEME"})
    app = MadePractice().app(preferences=fixed, keep=kept.append)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.theme == "gruvbox"
        await pick(pilot, "nord")
        assert kept == []
        assert any("set by INTERVIEWBOT_THEME" in n.message for n in app._notifications)


@pytest.mark.parametrize("kept_before", ["", "nord"])
async def test_starting_keeps_nothing(kept_before: str) -> None:
    """Painting with the theme that is kept, or with the app's own, is no choice."""
    kept: list[Preferences] = []
    app = MadePractice().app(preferences=Preferences(theme=kept_before), keep=kept.append)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert kept == []


async def test_a_theme_that_cannot_be_kept_is_told() -> None:
    """It stays until the end, and what is kept stays as it was."""

    def fail(_: Preferences) -> None:
        raise StorageFailed("the settings cannot be written", "free some space")

    app = MadePractice().app(keep=fail)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pick(pilot, "nord")
        assert "the settings cannot be written" in next(iter(app._notifications)).message
        assert app.preferences.theme == ""
