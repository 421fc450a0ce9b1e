"""What the screens of a sitting look like, at the smallest size and at a large one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.domain.made_interviews import made_question
from tests.tui.sitting_app import Desk, shown, until
from textual.pilot import Pilot

from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Mode
from interviewbot.tui.screens.contest import Contest
from interviewbot.tui.screens.feedback import FeedbackScreen
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.interview import InterviewScreen

SIZES = [(80, 24), (200, 60)]
ANSWER = "Dropout is p1 because\nthe network cannot lean on one unit, !p2 and\nso on."


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def question() -> Question:
    """Return a question with texts of a real one's length."""
    texts = (
        "During training each unit is switched off at random with a fixed probability.",
        "At test time nothing is dropped, and activations are scaled so that sums stay alike.",
        "No unit can rely on another one being there, which works against co-adaptation.",
    )
    plain = made_question("AA0001")
    points = zip(plain.points, texts, strict=True)
    return replace(
        plain,
        title="Dropout",
        prompt="What does dropout do, and why does it make a network generalise better?",
        points=tuple(replace(point, text=text) for point, text in points),
    )


async def to_home(pilot: Pilot[None]) -> None:
    screen = await shown(pilot, HomeScreen)
    await until(pilot, lambda: screen.query_one("#start").option_count)  # type: ignore[attr-defined]
    await pilot.pause()


async def to_question(pilot: Pilot[None]) -> None:
    screen = await shown(pilot, InterviewScreen)
    screen.editor.cursor_blink = False
    screen.editor.load(ANSWER)
    await until(pilot, lambda: "saved" in str(screen.query_one("#state").content))  # type: ignore[attr-defined]


async def to_follow_up(pilot: Pilot[None]) -> None:
    await to_question(pilot)
    await pilot.press("ctrl+s")
    screen = await shown(pilot, InterviewScreen)
    await until(pilot, lambda: screen.query_one("#follow-up").display)
    await pilot.pause()


async def to_feedback(pilot: Pilot[None]) -> None:
    await to_follow_up(pilot)
    for _ in range(2):
        await until(pilot, lambda: not pilot.app.screen.query_one("#editor").read_only)  # type: ignore[attr-defined]
        await pilot.press("f4")
        await pilot.pause(0.1)
    await shown(pilot, FeedbackScreen)
    await until(pilot, lambda: pilot.app.screen.query_one("#points").highlighted == 0)  # type: ignore[attr-defined]
    await pilot.pause()


async def to_contest(pilot: Pilot[None]) -> None:
    await to_feedback(pilot)
    await pilot.press("d")
    await shown(pilot, Contest)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=["small", "large"])
@pytest.mark.parametrize(
    "go", [to_home, to_question, to_follow_up, to_feedback, to_contest], ids=lambda go: go.__name__
)
def test_screens(snap_compare: Any, size: tuple[int, int], go: Any) -> None:
    """Each screen looks as it did when somebody last looked at it."""
    desk = Desk([question()])
    app = desk.app() if go is to_home else desk.asking()
    app._clock = lambda: 0.0
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=["small", "large"])
def test_home_with_something_unfinished(snap_compare: Any, size: tuple[int, int]) -> None:
    """What was left unfinished stands on top, marked."""
    desk = Desk([question()])
    desk.practice.begin(replace(Desk.wish("AA0001"), mode=Mode.MOCK)).go_on()
    assert snap_compare(desk.app(), terminal_size=size, run_before=to_home)
