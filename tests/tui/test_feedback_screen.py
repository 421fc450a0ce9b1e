"""The screen where a grade is read."""

from __future__ import annotations

import time
from typing import Any

import pytest
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.scripted_grader import OfflineGrader, UnsureGrader
from tests.tui.sitting_app import Desk, shown, until
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from interviewbot.domain.grade import Verdict
from interviewbot.domain.memory import Rating
from interviewbot.domain.sitting import Stage
from interviewbot.tui.screens.contest import Contest
from interviewbot.tui.screens.feedback import FeedbackScreen
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.tui.screens.reading import Reading
from interviewbot.tui.screens.summary import SummaryScreen
from interviewbot.tui.widgets.transcript import MARK, Transcript


async def feedback_on(pilot: Pilot[None], answer: str) -> FeedbackScreen:
    """Answer the open question, pass on every follow-up, and return the feedback."""
    screen = await shown(pilot, InterviewScreen)
    screen.editor.load(answer)
    await pilot.press("ctrl+s")
    for _ in range(4):
        await until(pilot, lambda: not screen.is_current or not screen.editor.read_only)
        if not screen.is_current:
            break
        screen.editor.load("")
        await pilot.press("f4")
    return await shown(pilot, FeedbackScreen)


def lines(screen: FeedbackScreen) -> list[str]:
    options = screen.query_one("#points", OptionList)
    return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]


def marked(screen: FeedbackScreen) -> list[str]:
    content = screen.query_one(Transcript).content
    return [content.plain[span.start : span.end] for span in content.spans if span.style == MARK]  # type: ignore[union-attr]


async def test_why_it_was_graded_offline_can_be_read() -> None:
    """To its end, which is the fix, on a screen of the usual size."""
    grader = OfflineGrader()
    grader.why = (
        "there is no key for https://api.openai.com/v1; set OPENAI_API_KEY, or api_key_file to a"
        " file (mode 600) that only you can read and that holds the key"
    )
    app = Desk(grader=grader).asking("AA0001")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await feedback_on(pilot, "p1")
        assert screen.query_one("#body").size.height >= 6
        painted = app.export_screenshot().replace("&#160;", " ")
        for word in ("Graded offline", "(mode 600)", "holds the key"):
            assert word in painted


async def test_what_was_wrong_or_left_out_comes_first() -> None:
    """Contradicted, missed, half said, covered: in that order, each with its word."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        screen = await feedback_on(pilot, "p1 !p2 p3")
        assert [line.split("\n")[0] for line in lines(screen)] == [
            "✗ contradicted",
            "● covered",
            "● covered",
        ]


async def test_moving_through_the_points_marks_their_words() -> None:
    """The quote of the point that is looked at is marked in the answer, and only that."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        screen = await feedback_on(pilot, "first p1 then p2 and p3")
        assert marked(screen) == ["p3"]
        await pilot.press("down")
        await until(pilot, lambda: marked(screen) == ["p2"])
        await pilot.press("down")
        await until(pilot, lambda: marked(screen) == ["p1"])


async def test_the_next_sentence_and_what_it_would_add() -> None:
    """A missed point says what saying it would add to the score."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        screen = await feedback_on(pilot, "p1 p2")
        words = str(screen.query_one("#words", Static).content)
        assert "Claim number 3." in words
        assert "would add 50 points" in words


async def test_model_answer_behind_a_key() -> None:
    """M shows the model answer, Escape brings the feedback back."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        screen = await feedback_on(pilot, "p1 p2 p3")
        await pilot.press("m")
        await shown(pilot, Reading)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_next_goes_on_and_retry_asks_again() -> None:
    """R asks the same question again at once, n goes on to the plan's next."""
    desk = Desk()
    async with desk.asking("AA0001", "AA0002").run_test() as pilot:
        await feedback_on(pilot, "p1 p2 p3")
        await pilot.press("r")
        await shown(pilot, InterviewScreen)
        sitting = desk.journal.unfinished()[0]
        assert (sitting.exchanges[-1].place, sitting.exchanges[-1].retry) == (0, True)
        reviews = len(desk.journal.reviews())
        await feedback_on(pilot, "p1")
        assert len(desk.journal.reviews()) == reviews
        await pilot.press("n")
        await until(pilot, lambda: desk.journal.unfinished()[0].exchanges[-1].place == 1)


async def test_a_grade_can_be_contested_with_a_reason() -> None:
    """D keeps the candidate's verdict and reason beside the judge's, and memory follows."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        screen = await feedback_on(pilot, "p1 p2")
        await pilot.press("d")
        dialog = await shown(pilot, Contest)
        dialog.query_one(OptionList).highlighted = 0
        dialog.query_one(Input).value = "it is there in other words"
        await pilot.press("ctrl+s")
        await until(pilot, desk.journal.own_verdicts)
        (own,) = desk.journal.own_verdicts()
        assert (own.point_id, own.judged, own.own) == ("p3", Verdict.MISSING, Verdict.COVERED)
        assert own.reason == "it is there in other words"
        await until(pilot, lambda: "you: covered" in lines(screen)[0])


async def test_contesting_can_be_left() -> None:
    """Escape keeps nothing."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        screen = await feedback_on(pilot, "p1 p2")
        await pilot.press("d")
        await shown(pilot, Contest)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert desk.journal.own_verdicts() == []


async def test_a_sure_point_is_not_settled_by_one_key() -> None:
    """Y and x only settle what the judge is unsure of."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        await feedback_on(pilot, "p1 p2")
        await pilot.press("y")
        await pilot.pause(0.1)
        assert desk.journal.own_verdicts() == []


@pytest.mark.parametrize(("key", "own"), [("y", Verdict.COVERED), ("x", Verdict.MISSING)])
async def test_an_unsure_point_is_settled_by_one_key(key: str, own: Verdict) -> None:
    """Where the judge is unsure, the candidate's own look decides, and memory follows it."""
    desk = Desk(grader=UnsureGrader())
    async with desk.asking("AA0001").run_test() as pilot:
        screen = await feedback_on(pilot, "p1 ~p2 p3")
        assert "unsure" in lines(screen)[0]
        await pilot.press(key)
        await until(pilot, desk.journal.own_verdicts)
        (kept,) = desk.journal.own_verdicts()
        assert (kept.point_id, kept.judged, kept.own) == ("p2", Verdict.PARTIAL, own)
        (review,) = desk.journal.reviews(("AA0001", "p2"))
        assert review.rating is (Rating.GOOD if own is Verdict.COVERED else Rating.AGAIN)


async def test_an_ungraded_answer_says_why_and_changes_nothing() -> None:
    """No number is shown, the reason is, and memory stays as it was."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        screen = await feedback_on(pilot, "p1 ?")
        total = str(screen.query_one("#total", Static).content)
        assert "Not graded: nobody knows" in total
        assert desk.journal.memories() == []


async def test_home_keeps_the_feedback_for_later() -> None:
    """Escape leaves the feedback unread; taken up again, it is shown again."""
    desk = Desk()
    async with desk.asking("AA0001", "AA0002").run_test() as pilot:
        await feedback_on(pilot, "p1 p2 p3")
        await pilot.press("escape")
        await shown(pilot, HomeScreen)
        assert desk.journal.unfinished()[0].stage is Stage.REVIEWING
        await until(pilot, lambda: "Go on" in str(_first(pilot)))
        await pilot.press("enter")
        await shown(pilot, FeedbackScreen)


def _first(pilot: Pilot[None]) -> object:
    options = pilot.app.screen.query_one("#start", OptionList)
    return options.get_option_at_index(0).prompt if options.option_count else ""


class SlowJournal(MemoryJournal):
    """A journal on a slow disk."""

    def tell(self, *arguments: Any, **more: Any) -> None:
        """Keep an event after a while."""
        time.sleep(0.1)
        super().tell(*arguments, **more)


async def test_next_pressed_twice_goes_on_once() -> None:
    """A second n while the first is under way does not throw the candidate out."""
    desk = Desk(journal=SlowJournal())
    async with desk.asking("AA0001", "AA0002").run_test() as pilot:
        await feedback_on(pilot, "p1 p2 p3")
        await pilot.press("n", "n", "n")
        await until(pilot, lambda: desk.journal.unfinished()[0].exchanges[-1].place == 1)
        await shown(pilot, InterviewScreen)
        assert not pilot.app._notifications


async def test_a_page_opened_while_going_on_is_closed_with_the_feedback() -> None:
    """M right behind n leaves neither the model answer nor an old feedback behind."""
    desk = Desk(journal=SlowJournal())
    async with desk.asking("AA0001", "AA0002").run_test() as pilot:
        await feedback_on(pilot, "p1 p2 p3")
        await pilot.press("n", "m")
        await shown(pilot, InterviewScreen)
        assert [type(screen) for screen in pilot.app.screen_stack] == [HomeScreen, InterviewScreen]


async def test_the_interview_can_be_ended_from_its_feedback() -> None:
    """F8 ends here: the rest of the plan was never asked, and nothing counts as skipped."""
    desk = Desk()
    async with desk.asking("AA0001", "AA0002").run_test() as pilot:
        await feedback_on(pilot, "p1 p2 p3")
        await pilot.press("f8")
        await shown(pilot, SummaryScreen)
        (sitting,) = desk.journal.finished()
        assert len(sitting.exchanges) == 1
