"""Changing preferences."""

from __future__ import annotations

from dataclasses import replace

from tests.tui.made_practice import MadePractice, opened, picture, settled
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from interviewbot.domain.errors import BadInput
from interviewbot.domain.sitting import Mode
from interviewbot.tui.preferences import Preferences
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.settings import SettingsScreen


async def keep(pilot: Pilot[None]) -> None:
    """Press Ctrl+S and wait until it is done."""
    await pilot.press("ctrl+s")
    await pilot.pause(0.05)
    await settled(pilot)


async def test_what_is_kept_is_what_the_form_says() -> None:
    """Ctrl+S gives every value to the keeper, closes the form, and the app goes by them."""
    kept: list[Preferences] = []
    app = MadePractice().app(keep=kept.append)
    async with app.run_test() as pilot:
        screen = await opened(pilot, SettingsScreen())
        screen.query_one("#theme", Select).value = "textual-light"
        screen.query_one("#questions", Input).value = "7"
        screen.query_one("#mock_minutes", Input).value = "2.5"
        screen.query_one("#judge", Select).value = "llm"
        screen.query_one("#model", Input).value = "openai:gpt-5-mini"
        screen.query_one("#corpus", TextArea).text = "/a\n\n ~/b \n"
        screen.query_one("#chroma_url", Input).value = "http://localhost:8000"
        await pilot.pause()
        await keep(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert kept == [
        Preferences(
            theme="textual-light",
            questions=7,
            mock_minutes=2.5,
            judge="llm",
            model="openai:gpt-5-mini",
            corpus=("/a", "~/b"),
            chroma_url="http://localhost:8000",
        )
    ]
    assert app.preferences == kept[0]


async def test_a_theme_is_applied_at_once_and_taken_back_where_it_is_not_kept() -> None:
    """Choosing shows it; leaving without keeping asks, and undoes it."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, SettingsScreen())
        before = app.theme
        screen.query_one("#theme", Select).value = "textual-light"
        await pilot.pause()
        assert app.theme == "textual-light"
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("y")
        await settled(pilot)
        await pilot.pause(0.05)
        assert app.theme == before
        assert isinstance(app.screen, HomeScreen)


async def test_an_unchanged_form_is_left_without_a_question() -> None:
    """Escape asks only where something would be lost."""
    app = MadePractice().app(preferences=Preferences(theme="nord", corpus=("/a",)))
    async with app.run_test() as pilot:
        await opened(pilot, SettingsScreen())
        await pilot.press("escape")
        await settled(pilot)
        await pilot.pause(0.05)
        assert isinstance(app.screen, HomeScreen)
        assert app.theme == "nord"


async def test_a_number_that_makes_no_sense_is_refused() -> None:
    """The form stays open, nothing is kept, and the bounds are told."""
    kept: list[Preferences] = []
    app = MadePractice().app(keep=kept.append)
    async with app.run_test() as pilot:
        screen = await opened(pilot, SettingsScreen())
        for value in ("0", "", "51"):
            screen.query_one("#questions", Input).value = value
            await keep(pilot)
            assert app.screen is screen
        told = {notice.message for notice in app._notifications}
    assert kept == []
    assert told == {"Questions each: a number is needed\nfrom 1 to 50"}


async def test_what_the_keeper_refuses_is_told() -> None:
    """An error of the keeper leaves the form open with what was typed."""

    def refuse(preferences: Preferences) -> None:
        raise BadInput(f"there is no encoder {preferences.encoder}", "use 'bundled'")

    app = MadePractice().app(keep=refuse)
    async with app.run_test() as pilot:
        screen = await opened(pilot, SettingsScreen())
        screen.query_one("#encoder", Input).value = "none"
        await keep(pilot)
        assert app.screen is screen
        assert [n.message for n in app._notifications] == [
            "there is no encoder none\nuse 'bundled'"
        ]
    assert app.preferences == Preferences()


async def test_what_the_environment_sets_cannot_be_changed_here() -> None:
    """The field is disabled, and says what sets it."""
    fixed = {"encoder": "INTERVIEWBOT_ENCODER", "theme": "INTERVIEWBOT_THEME"}
    app = MadePractice().app(preferences=Preferences(fixed=fixed))
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await opened(pilot, SettingsScreen())
        assert screen.query_one("#encoder").disabled
        assert screen.query_one("#theme").disabled
        assert not screen.query_one("#questions").disabled
        assert "set by INTERVIEWBOT_ENCODER: change it there" in picture(app)


async def test_home_begins_interviews_of_the_preferred_length() -> None:
    """Questions and minutes of the settings are what the home screen wishes for."""
    made = MadePractice()
    app = made.app(preferences=Preferences(questions=2, mock_minutes=3.0))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("m")
        await settled(pilot)
        (sitting,) = made.journal.unfinished()
        assert (sitting.mode, len(sitting.plan), sitting.minutes) == (Mode.MOCK, 2, 6.0)


async def test_an_unknown_theme_is_told_and_changes_nothing() -> None:
    """A name that no theme has does not keep the app from starting."""
    app = MadePractice().app(preferences=replace(Preferences(), theme="gone"))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.theme == "textual-dark"
        assert [n.message for n in app._notifications] == ["There is no theme “gone”."]
