"""The screen where the day begins."""

from __future__ import annotations

from tests.tui.sitting_app import Desk, shown, until
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from interviewbot.domain.memory import Rating
from interviewbot.domain.sitting import Ending, Mode
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.tui.screens.summary import SummaryScreen


async def home(pilot: Pilot[None]) -> HomeScreen:
    """Wait until the home screen shows what there is."""
    screen = await shown(pilot, HomeScreen)
    await until(pilot, lambda: screen.query_one("#start", OptionList).option_count)
    return screen


def lines(screen: HomeScreen) -> list[str]:
    options = screen.query_one("#start", OptionList)
    return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]


async def test_enter_starts_with_one_key() -> None:
    """On a fresh home, Enter alone begins a practice."""
    desk = Desk()
    async with desk.app().run_test() as pilot:
        await home(pilot)
        await pilot.press("enter")
        await shown(pilot, InterviewScreen)
        assert desk.journal.unfinished()[0].mode is Mode.PRACTICE


async def test_pressing_twice_starts_once() -> None:
    """A key that bounces begins one sitting, not two."""
    desk = Desk()
    async with desk.app().run_test() as pilot:
        await home(pilot)
        await pilot.press("enter", "enter", "enter")
        await shown(pilot, InterviewScreen)
        assert len(desk.journal.unfinished()) == 1


async def test_m_starts_a_mock_interview_on_the_marked_topic() -> None:
    """The line that is marked says what about, m says how; time is bounded."""
    desk = Desk()
    async with desk.app().run_test() as pilot:
        await home(pilot)
        await pilot.press("down", "m")
        await shown(pilot, InterviewScreen)
        (sitting,) = desk.journal.unfinished()
        assert (sitting.mode, sitting.minutes) == (Mode.MOCK, 18)


async def test_what_is_due_is_counted_and_comes_first() -> None:
    """Missed points of one question are due: home says so and Enter asks that question."""
    desk = Desk()
    with desk.practice.begin(Desk.wish("AA0002")) as interviewing:
        interviewing.go_on()
        interviewing.answer("p1", 1.0)
        interviewing.grade()
        interviewing.finish()
    assert {review.rating for review in desk.journal.reviews()} == {Rating.GOOD, Rating.AGAIN}
    desk.later(days=1)
    async with desk.app().run_test() as pilot:
        screen = await home(pilot)
        due = str(screen.query_one("#due", Static).content)
        assert "2 points are due in 1 question." in due
        await pilot.press("enter")
        await shown(pilot, InterviewScreen)
        assert desk.journal.unfinished()[0].plan[0].question_id == "AA0002"


async def test_what_is_unfinished_can_be_ended() -> None:
    """F ends the marked interview once confirmed, shows what it came to, and it is gone."""
    desk = Desk()
    desk.practice.begin(Desk.wish("AA0001", "AA0002")).go_on()
    async with desk.app().run_test() as pilot:
        screen = await home(pilot)
        assert lines(screen)[0].startswith("Go on: practice")
        await pilot.press("f")
        await shown(pilot, Confirm)
        await pilot.press("n")
        await home(pilot)
        assert desk.journal.finished() == []
        await pilot.press("f")
        await shown(pilot, Confirm)
        await pilot.press("y")
        await shown(pilot, SummaryScreen)
        (sitting,) = desk.journal.finished()
        assert [exchange.ending for exchange in sitting.exchanges] == [Ending.SKIPPED]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await until(pilot, lambda: not lines(screen)[0].startswith("Go on"))


async def test_a_sitting_held_elsewhere_is_told() -> None:
    """A second window says that the first one runs this interview, and loses nothing."""
    desk = Desk()
    with desk.practice.begin(Desk.wish("AA0001")) as interviewing:
        interviewing.go_on()
        interviewing.save_draft("half", 1.0)
        async with desk.app().run_test() as pilot:
            await home(pilot)
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app._notifications)
            (notice,) = pilot.app._notifications
            assert "open in another window" in notice.message
            assert isinstance(pilot.app.screen, HomeScreen)
        assert interviewing.draft is not None
