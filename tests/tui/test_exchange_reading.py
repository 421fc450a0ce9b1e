"""A question of a sitting in full, where verdicts can be set right after the fact."""

from __future__ import annotations

import pytest
from tests.fakes.scripted_grader import UnsureGrader
from tests.tui.made_practice import MadePractice, opened, picture, settled
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.grade import Verdict
from interviewbot.domain.memory import Rating
from interviewbot.domain.sitting import Mode, Sitting
from interviewbot.tui.screens.contest import Contest
from interviewbot.tui.screens.contesting import SETTLED
from interviewbot.tui.screens.exchange import ExchangeReading
from interviewbot.tui.screens.history import HistoryScreen
from interviewbot.tui.screens.summary import SummaryScreen


def played(made: MadePractice, answer: str = "p1 and !p3") -> Sitting:
    """Play a mock interview of one question."""
    return made.play({"DL0003": answer}, mode=Mode.MOCK)


async def reading(pilot: Pilot[None], made: MadePractice, sitting: Sitting) -> ExchangeReading:
    """Open the summary and its first question."""
    await opened(pilot, made.summary(made.report(sitting)))
    await pilot.press("enter")
    await settled(pilot)
    assert isinstance(pilot.app.screen, ExchangeReading)
    return pilot.app.screen


def offered(app: App[None]) -> set[str]:
    """Return the actions whose keys do something now."""
    bindings = app.screen.active_bindings.values()
    return {active.binding.action for active in bindings if active.enabled}


async def contest(pilot: Pilot[None], place: int, reason: str) -> None:
    """Set a verdict on the point that is looked at."""
    await pilot.press("d")
    await pilot.pause()
    dialog = pilot.app.screen
    assert isinstance(dialog, Contest)
    dialog.query_one(OptionList).highlighted = place
    dialog.query_one(Input).value = reason
    await pilot.press("ctrl+s")
    await settled(pilot)


async def test_keys_of_verdicts_are_offered_on_a_point_only() -> None:
    """Tab goes to the points; there is nothing to contest before, nothing to settle if sure."""
    made = MadePractice()
    async with made.app().run_test(size=(100, 40)) as pilot:
        screen = await reading(pilot, made, played(made))
        assert screen.point is None
        assert "contest" not in offered(pilot.app)
        await pilot.press("tab")
        await settled(pilot)
        assert screen.point is not None
        assert screen.point.verdict is Verdict.CONTRADICTED
        assert "contest" in offered(pilot.app)
        assert "settle(True)" not in offered(pilot.app)
        await pilot.press("down")
        assert screen.point.verdict is Verdict.MISSING
        await pilot.press("up")
        assert screen.point.verdict is Verdict.CONTRADICTED


async def test_a_verdict_of_a_mock_interview_can_be_contested_from_its_summary() -> None:
    """It is kept, memory follows, and both screens say so."""
    made = MadePractice()
    async with made.app().run_test(size=(160, 50)) as pilot:
        screen = await reading(pilot, made, played(made))
        await pilot.press("tab")
        await contest(pilot, 0, "it is what I meant")
        (own,) = made.journal.own_verdicts()
        assert (own.point_id, own.own, own.reason) == ("p3", Verdict.COVERED, "it is what I meant")
        (review,) = made.journal.reviews(("DL0003", "p3"))
        assert review.rating is Rating.GOOD
        assert "you: covered" in picture(pilot.app)
        assert "your reason: it is what I meant" in picture(pilot.app)
        assert screen.point is not None
        assert screen.point.id == "p3"
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, SummaryScreen)
        assert "✗ contradicted · you: covered" in picture(pilot.app)


async def test_closing_without_a_verdict_leaves_the_summary_as_it_is() -> None:
    """Nothing is read or drawn anew."""
    made = MadePractice()
    async with made.app().run_test(size=(160, 50)) as pilot:
        await reading(pilot, made, played(made))
        before = picture(pilot.app)
        await pilot.press("escape", "enter")
        await settled(pilot)
        assert picture(pilot.app) == before


@pytest.mark.parametrize(("key", "own"), [("y", Verdict.COVERED), ("x", Verdict.MISSING)])
async def test_an_unsure_verdict_is_settled_with_one_key(key: str, own: Verdict) -> None:
    """As right after the answer in practice."""
    made = MadePractice(grader=UnsureGrader)
    sitting = played(made, "p1 and ~p2")
    async with made.app().run_test(size=(120, 50)) as pilot:
        screen = await reading(pilot, made, sitting)
        await pilot.press("tab")
        await settled(pilot)
        assert screen.point is not None
        assert "The judge is unsure" in picture(pilot.app)
        await pilot.press(key)
        await settled(pilot)
        (kept,) = made.journal.own_verdicts()
        assert (kept.point_id, kept.own, kept.reason) == (screen.point.id, own, SETTLED)


async def test_past_answers_can_be_read_in_full_and_contested() -> None:
    """The history opens the same page, and shows the verdict after it."""
    made = MadePractice()
    played(made)
    async with made.app().run_test(size=(120, 50)) as pilot:
        await opened(pilot, HistoryScreen("DL0003"))
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ExchangeReading)
        await pilot.press("tab")
        await contest(pilot, 0, "")
        assert made.journal.own_verdicts()
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, HistoryScreen)
        await pilot.press("enter")
        await settled(pilot)
        assert "you: covered" in picture(pilot.app)


async def test_a_verdict_that_cannot_be_kept_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page stays as it was."""
    made = MadePractice()

    def refuse(*_: object) -> None:
        raise OutOfStep("there is no such exchange")

    sitting = played(made)
    monkeypatch.setattr(made.journal, "contest", refuse)
    async with made.app().run_test(size=(120, 50)) as pilot:
        screen = await reading(pilot, made, sitting)
        await pilot.press("tab")
        await contest(pilot, 0, "")
        assert pilot.app.screen is screen
        assert "there is no such exchange" in [n.message for n in pilot.app._notifications]
        assert "you:" not in picture(pilot.app)
