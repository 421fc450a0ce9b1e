"""The app takes up a sitting whose questions have left the corpus."""

from __future__ import annotations

from dataclasses import replace

from tests.tui.sitting_app import Desk, shown

from interviewbot.domain.errors import UnknownQuestion
from interviewbot.domain.question import Question
from interviewbot.tui.screens.feedback import FeedbackScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.tui.screens.summary import SummaryScreen


def lose(desk: Desk, *names: str) -> None:
    """Take questions out of the corpus."""

    def one(name: str) -> Question:
        if name in names:
            raise UnknownQuestion(f"there is no question {name}", "look again")
        return next(question for question in desk.questions if question.id == name)

    desk.practice = replace(desk.practice, one=one)


async def test_what_is_gone_is_passed_over_and_told() -> None:
    """Each in its turn: the first before the second is shown, the last before the summary."""
    desk = Desk()
    desk.practice.begin(desk.wish("AA0001", "AA0002", "AA0003")).go_on()
    lose(desk, "AA0001", "AA0003")
    app = desk.app(resume=True)
    async with app.run_test() as pilot:
        screen = await shown(pilot, InterviewScreen)
        assert "question 2 of 3" in str(screen.query_one("#place").render())
        told = [notification.message for notification in app._notifications]
        assert told == ["AA0001 is no longer in the corpus; it is passed over"]
        await pilot.press("f4")
        await shown(pilot, FeedbackScreen)
        await pilot.press("n")
        await shown(pilot, SummaryScreen)
        told = [notification.message for notification in app._notifications]
        assert told[1:] == ["AA0003 is no longer in the corpus; it is passed over"]
