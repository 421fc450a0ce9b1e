"""Finding a question and looking at it."""

from __future__ import annotations

import threading

import pytest
from tests.tui.made_practice import MadePractice, opened, picture, settled, text_of
from tests.tui.sitting_app import until
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select

from interviewbot.domain.errors import IndexUnavailable
from interviewbot.services.searching import Hit
from interviewbot.tui.screens.browser import PAUSE, BrowserScreen
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.wiring import Wiring


def listed(screen: BrowserScreen) -> list[str]:
    """Return the ids that can be chosen, from top to bottom."""
    options = screen.query_one("#found", OptionList).options
    return [option.id for option in options if option.id is not None]


async def typed(pilot: Pilot[None], words: str) -> None:
    """Type ``words`` and wait until the search is done."""
    await pilot.press(*("space" if character == " " else character for character in words))
    await pilot.pause(PAUSE)
    await settled(pilot)


async def test_every_question_stands_under_its_topic() -> None:
    """Without a search all of them are listed, and the first one is shown."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        assert listed(screen) == ["DL0001", "DL0003", "EV0001", "NL0001", "ML0001"]
        assert text_of(screen, "#state") == "5 questions"
        assert text_of(screen, "#card-title") == "Batch normalization"


async def test_a_search_waits_for_a_pause_and_asks_once() -> None:
    """Keys in quick succession make one search, of the whole of what was typed."""
    made = MadePractice()
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        await typed(pilot, "batch")
        assert made.searched == ["batch"]
        assert listed(screen) == ["DL0001"]
        assert "nearest in meaning" in text_of(screen, "#state")


async def test_an_id_or_a_part_of_a_title_comes_before_what_is_near() -> None:
    """Who knows the id finds the question, whatever its meaning."""

    def find(_: str, __: int) -> list[Hit]:
        return [Hit(question_id="ML0001", title="", point_id="", text="", cosine=0.9)]

    made = MadePractice(find=find)
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        await typed(pilot, "dl0003")
        assert listed(screen) == ["DL0003", "ML0001"]


async def test_a_search_that_comes_late_is_dropped() -> None:
    """What an earlier search finds after a later one was begun is not shown."""
    slow, asked = threading.Event(), threading.Event()

    def find(query: str, _: int) -> list[Hit]:
        if query == "x":
            asked.set()
            assert slow.wait(10)
        name = "ML0001" if query == "x" else "NL0001"
        return [Hit(question_id=name, title="", point_id="", text="", cosine=0.9)]

    made = MadePractice(find=find)
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        await pilot.press("x")
        while not asked.is_set():
            await pilot.pause(0.02)
        await typed(pilot, "y")
        assert listed(screen) == ["NL0001"]
        slow.set()
        await pilot.pause(0.1)
        assert listed(screen) == ["NL0001"]


async def test_an_emptied_search_shows_everything_again() -> None:
    """Escape empties the field first, and goes home only from an empty one."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        await typed(pilot, "dropout")
        await pilot.press("escape")
        await settled(pilot)
        assert len(listed(screen)) == 5
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_search_that_fails_is_told() -> None:
    """An index that cannot be read is an error on the screen, not an empty list."""

    def find(_: str, __: int) -> list[Hit]:
        raise IndexUnavailable("the index cannot be read", "rebuild it")

    app = MadePractice(find=find).app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        await typed(pilot, "dropout")
        assert text_of(screen, "#state") == "The search failed."
        assert [notice.message for notice in app._notifications] == [
            "the index cannot be read\nrebuild it"
        ]


async def test_filters_apply_to_all_and_to_what_was_found() -> None:
    """Topic and level narrow the list, and an empty one has words."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        screen.query_one("#topic", Select).value = "deep-learning"
        await settled(pilot)
        assert listed(screen) == ["DL0001", "DL0003"]
        screen.query_one("#level", Select).value = "advanced"
        await settled(pilot)
        assert listed(screen) == []
        assert "nothing fits" in picture(app)
        assert text_of(screen, "#state") == "0 questions"


async def test_a_filter_opens_with_a_key() -> None:
    """T opens the topics; the first choice under 'every topic' is the first topic."""
    async with MadePractice().app().run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        await pilot.press("down", "t", "down", "enter")
        await settled(pilot)
        assert listed(screen) == ["DL0001", "DL0003"]


async def test_nothing_is_given_away_before_it_is_asked_for() -> None:
    """Mastery is shown by point; the points' text and the model answer need a key."""
    made = MadePractice()
    made.play({"DL0003": "p1"})
    app = made.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, BrowserScreen())
        await pilot.press("down", "down")
        await settled(pilot)
        secret, model = "relying on one another", "Model answer"
        assert "3 points" in picture(app)
        assert "100 %  back 30 Nov" in picture(app)
        assert secret not in picture(app)
        assert model not in picture(app)
        await pilot.press("space")
        await settled(pilot)
        assert secret in picture(app)
        assert model in picture(app)
        await pilot.press("up")
        await settled(pilot)
        assert "running averages" not in picture(app)


@pytest.mark.parametrize("key", ["enter", "p"])
async def test_the_question_that_is_marked_is_practised_at_once(key: str) -> None:
    """Enter and p begin a sitting with this question alone."""
    made = MadePractice()
    app = made.app()
    async with app.run_test() as pilot:
        await opened(pilot, BrowserScreen())
        await pilot.press("down", "down", key)
        await settled(pilot)
        assert isinstance(app.screen, InterviewScreen)
        (sitting,) = made.journal.unfinished()
        assert [choice.question_id for choice in sitting.plan] == ["DL0003"]


async def test_the_shipped_corpus_is_searched_by_meaning(wiring: Wiring) -> None:
    """Words that no title has find the question that is about them."""
    made = MadePractice(
        questions=[entry.question for entry in wiring.corpus.questions], find=wiring._find
    )
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, BrowserScreen())
        screen.query_one("#words", Input).value = "randomly silencing neurons while training"
        await until(pilot, lambda: "nearest" in text_of(screen, "#state"), tries=1000)
        assert listed(screen)[0] == "DL0003"
