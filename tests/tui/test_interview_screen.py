"""The screen where the candidate answers."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.fakes.memory_journal import MemoryJournal
from tests.tui.sitting_app import Desk, SlowGrader, made_questions, shown, until
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from interviewbot.domain.errors import StorageFailed
from interviewbot.domain.grade import Grade
from interviewbot.domain.sitting import Draft, Ending, Mode, Stage
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.feedback import FeedbackScreen
from interviewbot.tui.screens.help import HelpScreen
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.tui.screens.summary import SummaryScreen
from interviewbot.tui.widgets.foreign import Foreign

HOSTILE = "a\x1b]52;c;aGk=\x07b [/ [@click=app.quit]press[/] \x1b[2Jc"


async def write(pilot: Pilot[None], text: str) -> InterviewScreen:
    """Put ``text`` into the editor of the interview screen."""
    screen = await shown(pilot, InterviewScreen)
    screen.editor.load("")
    await pilot.press(*(" " if c == " " else "full_stop" if c == "." else c for c in text))
    return screen


def words_of(screen: InterviewScreen, selector: str) -> str:
    return str(screen.query_one(selector, Static).content)


async def test_the_question_its_place_and_why_are_shown() -> None:
    """The candidate sees what is asked, where in the plan it stands and why it was chosen."""
    desk = Desk()
    async with desk.asking().run_test(size=(100, 30)) as pilot:
        screen = await shown(pilot, InterviewScreen)
        assert "question 1 of 3" in words_of(screen, "#place")
        assert words_of(screen, "#why") == "you asked for it"
        assert screen.focused is screen.editor


async def test_letters_never_act_while_the_editor_has_the_focus() -> None:
    """Every key that acts elsewhere in the app is just a letter here."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        screen = await write(pilot, "nrmdyxqbps")
        assert screen.editor.text == "nrmdyxqbps"
        assert pilot.app.screen is screen


async def test_ctrl_s_hands_in_and_the_answer_is_on_disk() -> None:
    """An answer that says everything leads to its feedback; the journal has it."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        await write(pilot, "p1 p2 p3")
        await pilot.press("ctrl+s")
        await shown(pilot, FeedbackScreen)
        (sitting,) = desk.journal.unfinished()
        turn = sitting.exchanges[0].turns[0]
        assert (turn.answer, turn.ending) == ("p1 p2 p3", Ending.ANSWERED)
        assert isinstance(turn.result, Grade)
        assert turn.result.score == 100


async def test_ctrl_enter_hands_in_too() -> None:
    """Where the terminal can send it, Ctrl+Enter is Ctrl+S."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        await write(pilot, "p1 p2 p3")
        await pilot.press("ctrl+enter")
        await shown(pilot, FeedbackScreen)


async def test_a_blank_answer_is_not_handed_in() -> None:
    """White space is no answer; the screen stays and says how to skip."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        screen = await write(pilot, "  ")
        await pilot.press("ctrl+s")
        await pilot.pause(0.1)
        assert pilot.app.screen is screen
        assert desk.journal.unfinished()[0].stage is Stage.ANSWERING


async def test_follow_ups_come_in_the_same_screen() -> None:
    """A missing point is asked about; a good reply counts for it, after a follow-up."""
    desk = Desk()
    async with desk.asking("AA0001").run_test() as pilot:
        await write(pilot, "p1 p2")
        await pilot.press("ctrl+s")
        screen = await shown(pilot, InterviewScreen)
        follow_up = screen.query_one("#follow-up", Foreign)
        await until(pilot, lambda: follow_up.display)
        assert "And what of 3?" in str(follow_up.content)
        assert screen.editor.text == ""
        await write(pilot, "p3")
        await pilot.press("ctrl+s")
        await shown(pilot, FeedbackScreen)
        result = desk.journal.unfinished()[0].exchanges[0].result
        assert isinstance(result, Grade)
        assert [(point.credit, point.turn) for point in result.points] == [(1, 0), (1, 0), (1, 1)]


async def test_a_draft_is_kept_while_typing_and_comes_back() -> None:
    """What was typed is in the journal within two seconds and in the next window's editor."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        await write(pilot, "half a thought")
        sitting = desk.journal.unfinished()[0]
        await until(
            pilot,
            lambda: (d := desk.journal.draft(sitting)) is not None and d.text == "half a thought",
            tries=100,  # two seconds
        )
    async with desk.app(resume=True).run_test() as pilot:
        screen = await shown(pilot, InterviewScreen)
        await until(pilot, lambda: screen.editor.text == "half a thought")


async def test_leaving_keeps_the_last_key() -> None:
    """Escape right after a key loses nothing, and home offers to go on."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        await write(pilot, "last words")
        await pilot.press("escape")
        await shown(pilot, HomeScreen)
        draft = desk.journal.draft(desk.journal.unfinished()[0])
        assert draft is not None
        assert draft.text == "last words"


async def test_quitting_keeps_the_last_key() -> None:
    """Ctrl+Q right after a key loses nothing."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        await write(pilot, "last words")
        await pilot.press("ctrl+q")
    draft = desk.journal.draft(desk.journal.unfinished()[0])
    assert draft is not None
    assert draft.text == "last words"


async def test_keys_work_while_an_answer_is_graded() -> None:
    """Grading blocks nothing: the way home is open, and the grade is owed until resumed."""
    grader = SlowGrader()
    desk = Desk(grader=grader)
    async with desk.asking().run_test() as pilot:
        screen = await write(pilot, "p1 p2 p3")
        await pilot.press("ctrl+s")
        await until(pilot, grader.asked.is_set)
        assert screen.editor.read_only
        assert "reading your answer" in words_of(screen, "#state")
        await pilot.press("escape")
        await shown(pilot, HomeScreen)
        assert desk.journal.unfinished()[0].stage is Stage.GRADING
        grader.go.set()
    async with desk.app(resume=True).run_test() as pilot:
        await shown(pilot, FeedbackScreen)
        assert len(desk.journal.unfinished()[0].exchanges) == 1


async def test_skipping_is_recorded_as_such() -> None:
    """F4 passes on the question; nothing is graded and nothing is learnt about memory."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        await shown(pilot, InterviewScreen)
        await pilot.press("f4")
        await shown(pilot, FeedbackScreen)
        exchange = desk.journal.unfinished()[0].exchanges[0]
        assert (exchange.ending, exchange.result) == (Ending.SKIPPED, None)
        assert desk.journal.memories() == []


async def test_skipping_something_written_asks_first() -> None:
    """What is typed is not thrown away by one key."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        await write(pilot, "p1")
        await pilot.press("f4")
        await shown(pilot, Confirm)
        await pilot.press("n")
        screen = await shown(pilot, InterviewScreen)
        assert screen.editor.text == "p1"
        await pilot.press("f4")
        await shown(pilot, Confirm)
        await pilot.press("y")
        await shown(pilot, FeedbackScreen)
        assert desk.journal.unfinished()[0].exchanges[0].turns[0].answer == "p1"


async def test_time_that_is_up_ends_the_sitting() -> None:
    """Where time is bounded, its end is recorded as such and the rest is never asked."""
    desk = Desk()
    now = [0.0]
    app = desk.asking(mode=Mode.MOCK, minutes=1)
    app._clock = lambda: now[0]
    async with app.run_test() as pilot:
        await write(pilot, "p1")
        now[0] = 61.0
        await until(pilot, desk.journal.finished)
    (sitting,) = desk.journal.finished()
    turn = sitting.exchanges[0].turns[0]
    assert (turn.ending, turn.answer, turn.result) == (Ending.TIMED_OUT, "p1", None)
    assert len(sitting.exchanges) == 1


async def test_mock_mode_goes_straight_to_the_next_question() -> None:
    """A mock interview shows no feedback between questions."""
    desk = Desk()
    async with desk.asking("AA0001", "AA0002", mode=Mode.MOCK).run_test() as pilot:
        await write(pilot, "p1 p2 p3")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(desk.journal.unfinished()[0].exchanges) == 2)
        screen = await shown(pilot, InterviewScreen)
        await until(pilot, lambda: "question 2 of 2" in words_of(screen, "#place"))


async def test_a_paste_cannot_reach_the_terminal() -> None:
    """Escape sequences in a clipboard are gone before they are drawn; the rest is text."""
    desk = Desk()
    async with desk.asking().run_test() as pilot:
        screen = await shown(pilot, InterviewScreen)
        screen.editor.post_message(events.Paste(HOSTILE))
        await until(pilot, lambda: screen.editor.text)
        assert screen.editor.text == "ab [/ [@click=app.quit]press[/] c"
        assert "\x1b]52" not in pilot.app.export_screenshot()


async def test_a_paste_of_a_hundred_kilobytes_is_taken_whole() -> None:
    """Every word of a long paste arrives once, and typing goes on behind it."""
    desk = Desk()
    words = " ".join(f"w{number}" for number in range(16_000))
    async with desk.asking().run_test() as pilot:
        screen = await shown(pilot, InterviewScreen)
        screen.editor.post_message(events.Paste(words))
        await until(pilot, lambda: screen.editor.text)
        await pilot.press("z")
        assert screen.editor.text.split() == [*words.split()[:-1], "w15999z"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('printf "p1 p2 \\033[2Jp3" > "$1"', "p1 p2 p3"),
        ("exit 3", "before"),
        ('printf "\\377" > "$1"', "before"),
    ],
)
async def test_an_editor_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, expected: str
) -> None:
    """F2 takes what $EDITOR leaves, sanitised; where it fails the text stays."""
    program = tmp_path / "my editor"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{program}'")
    desk = Desk()
    app = desk.asking()
    from contextlib import nullcontext

    monkeypatch.setattr(app, "suspend", nullcontext)
    async with app.run_test() as pilot:
        screen = await write(pilot, "before")
        await pilot.press("f2")
        await pilot.pause()
        assert screen.editor.text == expected
        assert os.environ["EDITOR"]


async def test_hostile_questions_are_only_text() -> None:
    """Markup and escapes in a question, its title and its follow-up do nothing."""
    from dataclasses import replace

    (question,) = made_questions(1)
    points = tuple(replace(point, follow_up=HOSTILE) for point in question.points)
    hostile = replace(question, title=HOSTILE, prompt=HOSTILE, topic=HOSTILE, points=points)
    desk = Desk([hostile])
    async with desk.asking().run_test() as pilot:
        await write(pilot, "p1")
        await pilot.press("ctrl+s")
        screen = await shown(pilot, InterviewScreen)
        await until(pilot, lambda: screen.query_one("#follow-up").display)
        shot = pilot.app.export_screenshot()
        assert "\x1b" not in shot
        assert "[@click=app.quit]" in str(screen.query_one("#follow-up", Foreign).content)
        await pilot.click("#follow-up")
        assert pilot.app.is_running


@pytest.mark.parametrize("key", ["\x13", "\x11"], ids=["hand in", "quit"])
async def test_no_letter_before_a_key_is_lost(key: str) -> None:
    """A burst of letters with Ctrl+S or Ctrl+Q right behind it is taken to the last one."""
    desk = Desk(made_questions(1))
    app = desk.asking()
    text = "p1 p2 p3 " + "word " * 60
    async with app.run_test() as pilot:
        await shown(pilot, InterviewScreen)
        for letter in text + key:
            app.post_message(_key(letter))
        await until(pilot, lambda: not app.is_running or isinstance(app.screen, FeedbackScreen))
    sitting = desk.journal.unfinished()[0]
    draft = desk.journal.draft(sitting)
    assert text in {sitting.exchanges[0].turns[0].answer, draft.text if draft else ""}


def _key(letter: str) -> events.Key:
    names = {"\x13": "ctrl+s", "\x11": "ctrl+q", " ": "space"}
    return events.Key(names.get(letter, letter), letter)


class FullDisk(MemoryJournal):
    """A journal that cannot keep drafts until there is ``room``."""

    room = False

    def save_draft(self, draft: Draft) -> None:
        """Refuse, or keep ``draft``."""
        if not self.room:
            raise StorageFailed("no space left on the disk", "free some")
        super().save_draft(draft)


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_a_draft_that_cannot_be_kept_holds_the_candidate_back(key: str) -> None:
    """With a full disk one key does not throw the text away; the reason is told."""
    journal = FullDisk()
    desk = Desk(journal=journal)
    async with desk.asking().run_test() as pilot:
        screen = await write(pilot, "thought")
        await pilot.press(key)
        await until(pilot, lambda: pilot.app._notifications)
        assert pilot.app.screen is screen
        assert pilot.app.is_running
        journal.room = True
        await until(pilot, lambda: journal.draft(journal.unfinished()[0]))


async def test_time_that_is_up_behind_a_dialog_leaves_no_screen_behind() -> None:
    """With help on top when the time is up, the summary comes, then home, and nothing stale."""
    desk = Desk()
    now = [0.0]
    app = desk.asking(mode=Mode.MOCK, minutes=1)
    app._clock = lambda: now[0]
    async with app.run_test() as pilot:
        await shown(pilot, InterviewScreen)
        await pilot.press("f1")
        await shown(pilot, HelpScreen)
        now[0] = 61.0
        await shown(pilot, SummaryScreen)
        assert not [screen for screen in app.screen_stack if isinstance(screen, InterviewScreen)]
        await pilot.press("escape")
        await shown(pilot, HomeScreen)


async def test_time_is_not_given_back_by_leaving() -> None:
    """In a bounded sitting the time spent without a key counts, also over a way out and in."""
    desk = Desk()
    ticks = iter(range(0, 100_000, 10))
    app = desk.asking(mode=Mode.MOCK, minutes=600)
    app._clock = lambda: float(next(ticks))
    async with app.run_test() as pilot:
        await shown(pilot, InterviewScreen)
        await pilot.press("escape")
        await shown(pilot, HomeScreen)
        draft = desk.journal.draft(desk.journal.unfinished()[0])
        assert draft is not None
        assert draft.seconds >= 10


@pytest.mark.parametrize("named", ["no-such-editor-here", "no[/such'", "", "[@click=app.quit]x"])
async def test_an_editor_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """A wrong $EDITOR, markup and all, is a line on the screen; the terminal is never let go."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", named)
    monkeypatch.setenv("PATH", "")
    desk = Desk()
    app = desk.asking()
    async with app.run_test() as pilot:
        screen = await write(pilot, "before")
        await pilot.press("f2")
        await until(pilot, lambda: app._notifications)
        assert pilot.app.screen is screen
        assert screen.editor.text == "before"
