"""Markdown of questions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.tui.made_practice import QUESTIONS, MadePractice, opened, picture, settled
from textual.screen import Screen

from interviewbot.domain.choosing import Wish
from interviewbot.tui.screens.browser import BrowserScreen
from interviewbot.tui.screens.reading import Reading

_TAGS = "What do <unk> and **List<int>** mean?\n\n<b>Nothing</b> is hidden."


@pytest.fixture
def made() -> MadePractice:
    """A practice whose first question has words between angle brackets."""
    first, *others = QUESTIONS
    return MadePractice(questions=(replace(first, prompt=_TAGS), *others))


async def _picture(made: MadePractice, screen: Screen[None], *keys: str) -> str:
    app = made.app()
    async with app.run_test(size=(120, 50)) as pilot:
        await opened(pilot, screen)
        await pilot.press(*keys)
        await settled(pilot)
        return picture(app)


def _whole(seen: str) -> bool:
    return all(each in seen for each in ("<unk> and List<int> mean?", "<b>Nothing</b> is hidden."))


async def test_words_between_angle_brackets_are_shown(made: MadePractice) -> None:
    """To a reader they are words, not tags: in texts, in the browser, in the report."""
    sitting = made.play({"DL0003": "p1"})
    assert _whole(await _picture(made, Reading("A title", _TAGS)))
    assert _whole(await _picture(made, BrowserScreen(), "down", "down"))
    assert _whole(await _picture(made, made.summary(made.report(sitting)), "enter"))


async def test_words_between_angle_brackets_are_shown_when_asked(made: MadePractice) -> None:
    """The question of an interview is whole, too."""
    app = made.app(wish=Wish(question_ids=("DL0003",)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        await settled(pilot)
        assert _whole(picture(app))
