"""Topics with their curve, the weeks ahead, the questions, and past answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.tui.made_practice import NOW, MadePractice, opened, picture, settled, text_of
from textual.widgets import TabbedContent

from interviewbot.tui.screens.history import HistoryScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.tui.screens.progress import ProgressScreen
from interviewbot.tui.screens.summary import SummaryScreen
from interviewbot.tui.widgets import calendar_grid, mastery_plot
from interviewbot.tui.widgets.days import at, coming, short
from interviewbot.tui.widgets.mastery_plot import MasteryPlot
from interviewbot.tui.widgets.question_table import Order, QuestionTable
from interviewbot.tui.widgets.sitting_list import SittingList

TODAY = date(2026, 11, 22)


async def test_without_a_past_every_page_has_words() -> None:
    """Nothing practised yet is told, and no empty curve is drawn."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, ProgressScreen())
        assert "Nothing practised yet" in text_of(screen, "#told")
        assert not screen.query_one(MasteryPlot).display
        await pilot.press("2")
        assert "Nothing comes back" in text_of(screen, "#ahead-told")


async def test_a_topic_tells_its_curve_in_words() -> None:
    """Moving to a topic shows its curve, and a line says the same."""
    made = MadePractice()
    made.play_weeks()
    app = made.app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, ProgressScreen())
        assert "All topics" in text_of(screen, "#told")
        await pilot.press("down", "down")
        await settled(pilot)
        told = text_of(screen, "#told")
        assert "evaluation" in told
        assert "2 of 2 points seen, 2 due" in told
        assert "33 % today, 67 % on 2 Nov" in told
        assert screen.query_one(MasteryPlot).display


async def test_one_day_of_practice_is_a_dot() -> None:
    """A curve of a single day is drawn as a dot and told as such."""
    made = MadePractice()
    made.play({"DL0003": "p1"})
    app = made.app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, ProgressScreen())
        assert "the curve begins with a second day" in text_of(screen, "#told")
        assert "●" in picture(app)


async def test_what_was_answered_without_a_point_is_not_called_unpractised() -> None:
    """Points that were seen and missed are told apart from points that were never asked."""
    made = MadePractice()
    made.play({"DL0003": "nothing of it"})
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, ProgressScreen())
        assert "Nothing known yet" in text_of(screen, "#told")


async def test_the_pages_turn_with_the_number_keys() -> None:
    """1, 2 and 3 show a page and put the focus into it; only the questions can be ordered."""
    made = MadePractice()
    made.play_weeks()
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, ProgressScreen())
        for key, page, focus in (("2", "ahead", "weeks"), ("3", "questions", "table")):
            await pilot.press(key)
            await settled(pilot)
            assert screen.query_one(TabbedContent).active == page
            assert screen.focused is not None
            assert screen.focused.id == focus
        assert "o" in screen.active_bindings
        await pilot.press("1")
        await settled(pilot)
        assert "o" not in screen.active_bindings


async def test_the_questions_can_be_ordered() -> None:
    """By id, the weakest first, what is due first; what was never asked comes last."""
    made = MadePractice()
    made.play_weeks()
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, ProgressScreen())
        await pilot.press("3")
        table = screen.query_one(QuestionTable)
        orders = {}
        for _ in range(3):
            orders[table.order] = [str(key.value) for key in table.rows]
            await pilot.press("o")
        assert orders[Order.ID] == ["DL0001", "DL0003", "EV0001", "ML0001", "NL0001"]
        assert orders[Order.WEAKEST] == ["EV0001", "ML0001", "DL0003", "DL0001", "NL0001"]
        assert orders[Order.DUE] == ["EV0001", "DL0003", "ML0001", "DL0001", "NL0001"]


async def test_enter_on_a_question_opens_its_past() -> None:
    """The two latest answers stand side by side with what changed between them."""
    made = MadePractice()
    made.play_weeks()
    app = made.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, ProgressScreen())
        await pilot.press("3", "down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, HistoryScreen)
        changed = text_of(app.screen, "#changed")
        assert changed.startswith("Score 50 → 75 (+25)")
        assert "▲ better    ○ missed → ● covered  At test time nothing is dropped" in changed
        assert "= same      ● covered → ● covered" in changed
        assert "Some are zeroed" in picture(app)
        assert "Random activations are set to zero" in picture(app)


async def test_left_and_right_choose_what_is_compared() -> None:
    """An older answer is put beside the latest, and each side says when it was given."""
    made = MadePractice()
    made.play_weeks()
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, HistoryScreen("DL0003"))
        await pilot.press("end", "left")
        assert text_of(screen, "#changed").startswith("Score 25 → 75 (+50)")
        assert screen.query_one("#left").border_title == "Tue 20 Oct, 12:00"
        await pilot.press("up", "right")
        assert text_of(screen, "#changed").startswith("Score 25 → 50 (+25)")


async def test_a_single_answer_stands_alone() -> None:
    """With nothing to compare, the answer takes the whole width."""
    made = MadePractice()
    made.play({"EV0001": "p1"})
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, HistoryScreen("EV0001"))
        assert "One answer so far" in text_of(screen, "#changed")
        assert not screen.query_one("#left").display


async def test_a_question_without_answers_can_be_practised_from_there() -> None:
    """The empty history says what to do, and p does it."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, HistoryScreen("EV0001"))
        assert "Not answered yet" in text_of(screen, "#changed")
        await pilot.press("left", "right", "p")
        await settled(pilot)
        assert isinstance(app.screen, InterviewScreen)


async def test_answers_to_a_question_that_is_gone_can_still_be_read() -> None:
    """The journal outlives the corpus."""
    made = MadePractice()
    made.play({"EV0001": "p1"})
    made.questions = [one for one in made.questions if one.id != "EV0001"]
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, HistoryScreen("EV0001"))
        assert "no longer in the corpus" in text_of(screen, "#title")
        assert "One answer so far" in text_of(screen, "#changed")


@pytest.mark.parametrize(
    ("away", "words", "brief"),
    [
        (-3, "today", "today"),
        (0, "today", "today"),
        (1, "tomorrow", "tomorrow"),
        (3, "in 3 days, Wed 25 Nov", "25 Nov"),
        (400, "in 400 days, Mon 27 Dec 2027", "27 Dec 2027"),
    ],
)
def test_days_are_told_as_people_say_them(away: int, words: str, brief: str) -> None:
    """Near days have names, far ones a year."""
    day = TODAY + timedelta(days=away)
    assert coming(day, TODAY) == words
    assert short(day, TODAY) == brief


def test_moments_are_told_in_local_time() -> None:
    """A moment has its weekday and its minute."""
    assert at(NOW, TODAY) == "Sun 22 Nov, 12:00"


def test_every_day_of_the_calendar_has_its_number() -> None:
    """The grid holds a cell for each day, and the bar only repeats the number."""
    days = [(TODAY + timedelta(days=n), 12 if n == 3 else 0) for n in range(28)]
    lines = calendar_grid.grid(days, 9).plain.split("\n")
    assert lines[0].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert {len(line) for line in lines if line} == {63}
    assert "12" in lines[5][18:27]
    assert calendar_grid.told(days) == (
        "Points that come back: nothing due today, the next in 3 days, Wed 25 Nov,"
        " 12 within a week, 12 in all."
    )


def test_a_curve_tells_its_best_and_its_lowest_day() -> None:
    """Only days that are neither the first nor today are worth a word of their own."""
    shares = [0.0, 0.2, 0.9, 0.1, 0.5]
    curve = [(TODAY - timedelta(days=4 - n), share) for n, share in enumerate(shares)]
    begun = mastery_plot.begun(curve)
    assert mastery_plot.told(begun) == (
        "50 % today, 20 % on 19 Nov, best 90 % on 20 Nov, lowest 10 % on 21 Nov."
    )
    assert mastery_plot.begun([(TODAY, 0.0)]) == []


async def test_reports_of_past_interviews_open_again() -> None:
    """The fourth page lists what is over, and Enter shows its summary once more."""
    made = MadePractice()
    made.play_weeks()
    made.play({"EV0001": ""})
    app = made.app()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, ProgressScreen())
        await pilot.press("4")
        await settled(pilot)
        lines = [
            str(option.prompt).split()
            for option in screen.query_one("#sittings", SittingList).options
        ]
        assert [line[4:7] for line in lines] == [
            ["practice", "1", "question"],
            ["mock", "4", "questions"],
            ["practice", "2", "questions"],
            ["practice", "1", "question"],
            ["practice", "2", "questions"],
        ]
        assert lines[0][-2:] == ["no", "score"]
        assert lines[1][-2:] == ["69", "solid"]
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, SummaryScreen)
        assert "69 of 100, solid" in text_of(app.screen, "#total")
        await pilot.press("escape")
        assert isinstance(app.screen, ProgressScreen)


async def test_without_interviews_their_page_has_words() -> None:
    """And Enter does nothing."""
    app = MadePractice().app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, ProgressScreen())
        await pilot.press("4", "enter")
        await settled(pilot)
        assert app.screen is screen
        assert "No interview is over yet" in picture(app)
