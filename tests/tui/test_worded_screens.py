"""The screens while a model words a follow-up, or advice."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.fakes.speaking_chat import Part
from tests.services.made_conversation import DOWN, ESCAPE, chat_of, conversation
from tests.tui.sitting_app import Desk, made_questions, shown, until
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input, Static

from interviewbot.adapters.report_files import write_report
from interviewbot.domain.sitting import Stage
from interviewbot.services.conversing import Conversation
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.exchange import ExchangeReading
from interviewbot.tui.screens.export import ExportDialog
from interviewbot.tui.screens.feedback import FeedbackScreen
from interviewbot.tui.screens.help import HelpScreen
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.tui.screens.summary import SummaryScreen
from interviewbot.tui.widgets.spoken import Spoken


def desk(*replies: Sequence[Part], **more: Any) -> tuple[Desk, Conversation]:
    """Return a desk with a model that says ``replies``, and that model."""
    made = conversation(*replies)
    found = Desk(made_questions(1), **more)
    found.practice = replace(found.practice, conversation=lambda: made, render=write_report)
    return found, made


async def hand_in(pilot: Pilot[None], text: str = "p1 p2") -> InterviewScreen:
    """Hand in ``text``."""
    screen = await shown(pilot, InterviewScreen)
    screen.editor.load(text)
    await pilot.press("ctrl+s")
    return screen


def said(pilot: Pilot[None], selector: str = "#follow-up") -> str:
    """Return what is shown of the follow-up, or of something else."""
    return str(pilot.app.screen.query_one(selector, Static).content)


def notices(pilot: Pilot[None]) -> list[str]:
    """Return what was notified."""
    return [notice.message for notice in pilot.app._notifications]


async def test_a_follow_up_grows_on_the_screen_and_can_then_be_answered() -> None:
    """While it comes nothing can be handed in; what was read is what is on disk."""
    first, second = threading.Event(), threading.Event()
    at, _ = desk([first, "How do ", "you ", second, f"know {ESCAPE}that?"])
    async with at.asking().run_test() as pilot:
        screen = await hand_in(pilot)
        await until(pilot, lambda: said(pilot) == "Follow-up: …")
        assert "thinking of a follow-up" in said(pilot, "#state")
        assert not screen.query_one("#why").display
        first.set()
        await until(pilot, lambda: said(pilot) == "Follow-up: How do you …")
        assert screen.editor.read_only
        await pilot.press("ctrl+s", "f4", "x")
        assert at.journal.unfinished()[0].stage is None
        second.set()
        await until(pilot, lambda: said(pilot) == "Follow-up: How do you know that?")
        turn = at.journal.unfinished()[0].turn
        assert turn is not None
        assert turn.probe is not None
        assert turn.probe.prompt == "How do you know that?"
        await until(pilot, lambda: not screen.editor.read_only)
        assert screen.editor.text == ""
        await pilot.press(*"p3", "ctrl+s")
        await shown(pilot, FeedbackScreen)
    assert notices(pilot) == []


@pytest.mark.parametrize("reply", [[DOWN], ["How ", DOWN], ["Claim number 3. Is it?"]])
async def test_what_cannot_be_used_gives_way_to_the_corpus(reply: Sequence[Part]) -> None:
    """With one line that says so."""
    at, _ = desk(reply)
    async with at.asking().run_test() as pilot:
        await hand_in(pilot)
        await until(pilot, lambda: said(pilot) == "Follow-up: And what of 3?")
        await until(pilot, lambda: notices(pilot))
        assert len(notices(pilot)) == 1
        assert notices(pilot)[0].startswith("This follow-up is the question file's: the model ")


async def test_leaving_while_it_is_worded_loses_nothing() -> None:
    """Escape goes home at once; resumed, the model is asked again."""
    never = threading.Event()
    at, made = desk(["How ", "do ", never], ["What then?"])
    async with at.asking().run_test() as pilot:
        await hand_in(pilot)
        await until(pilot, lambda: said(pilot) == "Follow-up: How do …")
        await pilot.press("escape")
        await shown(pilot, HomeScreen)
        assert at.journal.unfinished()[0].stage is None
        pilot.app.take_up()  # type: ignore[attr-defined]
        await shown(pilot, InterviewScreen)
        await until(pilot, lambda: said(pilot) == "Follow-up: What then?")
        assert len(chat_of(made).requests) == 2
    never.set()


async def test_quitting_while_it_is_worded_does_not_wait() -> None:
    """Ctrl+Q ends the program although the model is silent."""
    never = threading.Event()
    at, _ = desk([never])
    async with at.asking().run_test() as pilot:
        await hand_in(pilot)
        await until(pilot, lambda: said(pilot) == "Follow-up: …")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not pilot.app.is_running)
    never.set()
    assert at.journal.unfinished()[0].stage is None


async def test_the_end_of_the_interview_does_not_wait() -> None:
    """F8 closes the exchange as it stands."""
    never = threading.Event()
    at, _ = desk([never], ["Derive claim 3."])
    async with at.asking().run_test() as pilot:
        await hand_in(pilot)
        await until(pilot, lambda: said(pilot) == "Follow-up: …")
        await pilot.press("f8")
        await shown(pilot, Confirm)
        await pilot.press("y")
        await shown(pilot, SummaryScreen)
        assert len(at.journal.finished()[0].exchanges[0].turns) == 1
    never.set()


async def test_a_follow_up_that_is_owed_is_worded_on_resuming() -> None:
    """The screen of the question is there at once; home is not waited on."""
    go = threading.Event()
    at, _ = desk([go, "What then?"])
    interviewing = at.practice.begin(Desk.wish("AA0001"))
    interviewing.go_on()
    interviewing.answer("p1 p2", 10.0)
    interviewing.grade()
    async with at.app(resume=True).run_test() as pilot:
        screen = await shown(pilot, InterviewScreen)
        await until(pilot, lambda: said(pilot) == "Follow-up: …")
        assert screen.editor.text == "p1 p2"
        go.set()
        await until(pilot, lambda: said(pilot) == "Follow-up: What then?")


async def test_help_can_be_read_while_it_is_worded() -> None:
    """A dialog on top neither stops nor loses it."""
    go = threading.Event()
    at, _ = desk([go, "What then?"])
    async with at.asking().run_test() as pilot:
        screen = await hand_in(pilot)
        await until(pilot, lambda: said(pilot) == "Follow-up: …")
        await pilot.press("f1")
        await shown(pilot, HelpScreen)
        go.set()
        await until(pilot, lambda: at.journal.unfinished()[0].stage is Stage.ANSWERING)
        await pilot.press("escape")
        await shown(pilot, InterviewScreen)
        await until(pilot, lambda: said(pilot) == "Follow-up: What then?")
        await pilot.press("p")
        assert screen.editor.text == "p"


async def to_summary(pilot: Pilot[None]) -> SummaryScreen:
    """Answer by half, and end the interview."""
    await hand_in(pilot)
    screen = await shown(pilot, InterviewScreen)
    await until(pilot, lambda: not screen.editor.read_only)
    await pilot.press("f4")
    await shown(pilot, FeedbackScreen)
    await pilot.press("n")
    return await shown(pilot, SummaryScreen)


async def test_advice_grows_on_the_summary_and_is_exported(tmp_path: Path) -> None:
    """It stays over a look at an answer and a verdict of one's own, and is in the file."""
    go = threading.Event()
    at, _ = desk(["How?"], ["- Derive ", "claim ", go, "number 3", f"{ESCAPE} by hand."])
    async with at.asking().run_test(size=(120, 40)) as pilot:
        await to_summary(pilot)
        await until(pilot, lambda: said(pilot, "#advice-words") == "- Derive claim …")
        go.set()
        await until(pilot, lambda: "…" not in said(pilot, "#advice-words"))
        advice = said(pilot, "#advice-words")
        assert advice == "- Derive claim number 3 by hand."
        await pilot.press("enter")
        await shown(pilot, ExchangeReading)
        await pilot.press("tab", "y", "escape")
        await shown(pilot, SummaryScreen)
        await pilot.press("e")
        dialog = await shown(pilot, ExportDialog)
        path = tmp_path / "report.md"
        dialog.query_one(Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, path.exists)
    assert advice.removeprefix("- ") in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        ([DOWN], "There is no advice: the model cannot be reached; start it."),
        (["Hire them."], "There is no advice: the model said nothing that can be used."),
    ],
)
async def test_where_there_is_no_advice_a_line_says_why(reply: Sequence[Part], line: str) -> None:
    """And nothing of what came is left on the screen."""
    at, _ = desk(["How?"], reply)
    async with at.asking().run_test(size=(120, 40)) as pilot:
        screen = await to_summary(pilot)
        await until(pilot, lambda: line in said(pilot, ".advice--note"))
        assert not screen.query_one("#advice-words").display


async def test_where_nothing_was_missed_there_is_no_section() -> None:
    """Nor without a model."""
    at, made = desk(["How?"])
    async with at.asking().run_test(size=(120, 40)) as pilot:
        await hand_in(pilot, "p1 p2 p3")
        await shown(pilot, FeedbackScreen)
        await pilot.press("n")
        screen = await shown(pilot, SummaryScreen)
        await until(pilot, lambda: not screen.query_one("#advice").display)
        assert chat_of(made).requests == []
    plain = Desk(made_questions(1))
    async with plain.asking().run_test(size=(120, 40)) as pilot:
        screen = await to_summary(pilot)
        assert not screen.query("#advice")


async def test_the_summary_is_left_while_advice_comes() -> None:
    """Escape goes home, and the model is no longer listened to."""
    go = threading.Event()
    at, made = desk(["How?"], ["- Derive ", "claim ", go, "number 3"])
    async with at.asking().run_test(size=(120, 40)) as pilot:
        await to_summary(pilot)
        await until(pilot, lambda: said(pilot, "#advice-words") == "- Derive claim …")
        await pilot.press("escape")
        await shown(pilot, HomeScreen)
        go.set()
        await until(pilot, lambda: chat_of(made).ended == 2)


def height_of(words: Spoken) -> int:
    """Return how many lines ``words`` need at their width."""
    assert isinstance(words.content, Content)
    return words.content.get_height({}, words.size.width)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["small", "large"])
@pytest.mark.parametrize("what", ["follow-up", "advice"])
def test_screens(snap_compare: Any, what: str, size: tuple[int, int]) -> None:
    """Each looks as it did when somebody last looked at it, half-way through the words."""
    never = threading.Event()
    question = ["You divide at test time. What would ", "the ", "next ", never]
    advice = [
        "- Derive claim number 3 for a layer of two units, and check the sum by hand.\n",
        "- Explain in two sentences, without notes, what changes at ",
        "test ",
        never,
    ]
    at, _ = desk(*([question] if what == "follow-up" else [["How?"], advice]))
    app = at.asking()
    app._clock = lambda: 0.0

    async def go(pilot: Pilot[None]) -> None:
        (await shown(pilot, InterviewScreen)).editor.cursor_blink = False
        if what == "follow-up":
            await hand_in(pilot)
            await until(pilot, lambda: said(pilot).endswith("the next …"))
        else:
            await to_summary(pilot)
            await until(pilot, lambda: said(pilot, "#advice-words").endswith("at test …"))
        words = pilot.app.screen.query_one(Spoken)
        await until(pilot, lambda: words.size.height == height_of(words))
        await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=size, run_before=go)
    never.set()


async def test_who_grades_is_shown_beside_the_question() -> None:
    """Where a model does; and once it is told that another one did before."""
    at, _ = desk()
    at.practice = replace(at.practice, judged_by="openai:one")
    async with at.asking().run_test(size=(80, 24)) as pilot:
        await shown(pilot, InterviewScreen)
        assert said(pilot, "#why") == "you asked for it · graded by openai:one"
