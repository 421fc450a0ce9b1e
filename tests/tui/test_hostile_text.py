"""Escape sequences and markup in texts that are not ours, on every screen that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.tui.made_practice import HOSTILE, QUESTIONS, MadePractice, opened, picture, settled
from tests.tui.sitting_app import until
from textual.screen import Screen
from textual.widgets import Input

from interviewbot.adapters.report_files import write_report
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Sitting
from interviewbot.tui.screens.browser import BrowserScreen
from interviewbot.tui.screens.history import HistoryScreen
from interviewbot.tui.screens.progress import ProgressScreen

LITERAL = "[@click=app.quit]"  # as text it may be read; as markup it would be gone


def hostile(question: Question) -> Question:
    """Return ``question`` with hostile text wherever a corpus file could hold it."""
    points = tuple(
        replace(point, text=HOSTILE, follow_up=HOSTILE, accept=(HOSTILE,))
        for point in question.points
    )
    return replace(
        question,
        title=HOSTILE,
        topic=HOSTILE,
        prompt=f"{HOSTILE} [go](https://example.invalid)",
        model_answer=HOSTILE,
        tags=(HOSTILE,),
        source=HOSTILE,
        licence=HOSTILE,
        points=points,
    )


def made() -> tuple[MadePractice, Sitting]:
    """Return a practice over hostile questions with hostile answers."""
    practice = MadePractice(questions=[hostile(question) for question in QUESTIONS[:2]])
    practice.play({"DL0003": f"{HOSTILE} ~p1 {HOSTILE} p2"}, ago=2, replies=HOSTILE)
    sitting = practice.play({"DL0003": f"{HOSTILE} p1 !p2", "DL0001": f"? {HOSTILE}"})
    return practice, sitting


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
@pytest.mark.parametrize(
    ("make", "keys"),
    [
        (lambda made, sitting: made.summary(made.report(sitting)), []),
        (lambda made, sitting: made.summary(made.report(sitting)), ["enter"]),
        (lambda made, sitting: made.summary(made.report(sitting)), ["enter", "m"]),
        (lambda made, sitting: ProgressScreen(), ["down"]),  # noqa: ARG005
        (lambda made, sitting: ProgressScreen(), ["3"]),  # noqa: ARG005
        (lambda made, sitting: HistoryScreen("DL0003"), []),  # noqa: ARG005
        (lambda made, sitting: BrowserScreen(), ["down", "space"]),  # noqa: ARG005
        (lambda made, sitting: BrowserScreen(), ["down", "t"]),  # noqa: ARG005
    ],
    ids=["summary", "exchange", "model", "topics", "table", "history", "browser", "filter"],
)
async def test_foreign_text_is_text_and_nothing_else(
    make: Callable[[MadePractice, Sitting], Screen[None]], keys: list[str], size: tuple[int, int]
) -> None:
    """Nothing reaches the terminal as a control, nothing is taken for markup or a link."""
    practice, sitting = made()
    app = practice.app()
    async with app.run_test(size=size) as pilot:
        await opened(pilot, make(practice, sitting))
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        seen = picture(app)
        assert not {"\x1b", "\x07", "\u202e"} & set(seen)
        assert "52;c;" not in seen
        assert LITERAL in seen.replace("\n", "") or "[/]" in seen
        for widget in app.screen.query("*"):
            for y in range(min(3, widget.size.height)):
                for segment in widget.render_line(y):
                    meta = segment.style.meta if segment.style is not None else {}
                    # Markdown's own links only send a message, which nobody listens to.
                    assert meta.get("@click", "link(").startswith("link(")


async def test_a_hostile_path_is_shown_as_text() -> None:
    """A file's name in an error is no markup, and escapes do not reach the disk."""
    practice, sitting = made()
    practice.render = write_report
    app = practice.app()
    async with app.run_test() as pilot:
        await opened(pilot, practice.summary(practice.report(sitting)))
        await pilot.press("e")
        await settled(pilot)
        app.screen.query_one(Input).value = "/no/\x1b]52;c;aGk=\x07[@click=app.quit]/x.md"
        await pilot.press("enter")
        await until(pilot, lambda: app._notifications)
        (error,) = [notice.message for notice in app._notifications]
        assert "/no/[@click=app.quit]" in error
        await settled(pilot)
        assert "[@click=app.quit]" in picture(app)
