"""A question, the editor, the clock: where the candidate answers.

Owns typing and handing in, one exchange at a time: the question, then its follow-ups.
Refuses to grade and to decide what comes next: every key ends in a call of
``Interviewing``, in a thread, and the screen closes once it is not the candidate's turn.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Static

from interviewbot.domain.errors import InterviewbotError, OutOfStep
from interviewbot.domain.interview import Event
from interviewbot.domain.sitting import Stage
from interviewbot.domain.text import counted, one_line
from interviewbot.tui.external_editor import edit_outside
from interviewbot.tui.host import host
from interviewbot.tui.outcome import Outcome
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.sitting_screen import SittingScreen
from interviewbot.tui.widgets.editor import AnswerEditor
from interviewbot.tui.widgets.foreign import Foreign, foreign_line
from interviewbot.tui.widgets.places import place_of
from interviewbot.tui.widgets.prose import Prose
from interviewbot.tui.widgets.spoken import Spoken
from interviewbot.tui.widgets.stopwatch import clock_line

if TYPE_CHECKING:
    from interviewbot.services.interviewing import Interviewing

TIME_KEPT_EVERY = 5.0  # seconds, of a bounded sitting
SAVE_EVERY = 0.5  # seconds; a draft is on disk well within two seconds of its last key


class InterviewScreen(SittingScreen):
    """Puts the open turn of ``interviewing`` to the candidate."""

    CSS_PATH = "interview.tcss"
    AUTO_FOCUS = "AnswerEditor"
    BINDINGS: ClassVar[list[BindingType]] = [
        # None of these has priority: a key waits its turn behind the letters before it.
        Binding("ctrl+s,ctrl+enter", "submit", "Hand in", key_display="^s"),
        Binding("f2", "edit_outside", "$EDITOR"),
        Binding("f4", "skip", "Skip"),
        Binding("f8", "finish", "End"),
        Binding("escape", "leave", "Later"),
    ]

    def __init__(
        self,
        interviewing: Interviewing,
        *,
        readable: Callable[[str], str] = str,
        clock: Callable[[], float] = time.monotonic,
        judged_by: str = "",
    ) -> None:
        """Run ``interviewing``, which must be held; ``clock`` gives seconds.

        ``judged_by`` names a language model that grades, which the candidate is told.
        """
        super().__init__()
        self._interviewing = interviewing
        self._readable = readable
        self._clock = clock
        self._judged_by = judged_by
        self._begun = clock()
        self._before = 0.0  # seconds spent on this turn in earlier windows
        self._kept = ""  # what of this turn is on disk
        self._kept_at = 0.0  # how long it had taken by then
        self._busy = False
        self._wording = False  # a model words the follow-up: nobody has to wait for that

    def compose(self) -> ComposeResult:
        """Lay out place and clock, question, editor, state."""
        with Horizontal(id="top"):
            yield Foreign(id="place")
            yield Static(id="clock")
        yield Foreign(id="why")
        with VerticalScroll(id="question", can_focus=False):
            yield Prose(id="prompt")
            yield Spoken(id="follow-up")
        yield AnswerEditor(id="editor")
        yield Static(id="state")
        yield Footer()

    async def on_mount(self) -> None:
        """Show the open turn, and take up a grade or a follow-up that is still owed."""
        self.set_interval(SAVE_EVERY, self._keep_draft)
        self.set_interval(0.5, self._tick)
        self._prepare()
        await self._show()
        if self._interviewing.sitting.stage in {Stage.GRADING, None}:
            self._grade()

    @property
    def seconds(self) -> float:
        """How long the candidate has been at this turn."""
        return self._before + (self._clock() - self._begun)

    @property
    def editor(self) -> AnswerEditor:
        """The editor."""
        return self.query_one(AnswerEditor)

    async def settle(self) -> None:
        """Wait until the editor has taken every key that came before; not from its own."""
        taken = asyncio.Event()
        self.editor.call_later(taken.set)
        await taken.wait()

    async def save(self, *, leaving: bool = False) -> bool:
        """Put what is typed, and the time spent, on disk; return whether it is there.

        While nothing is typed, time is kept now and then where it is bounded, and in any
        case on ``leaving``: else a way out and in again would give it back. A failure is told.
        """
        text, seconds = self.editor.text, self.seconds
        bounded = self._interviewing.sitting.minutes is not None
        late = leaving or (bounded and seconds - self._kept_at >= TIME_KEPT_EVERY)
        if self._busy or (text == self._kept and not late):
            return True
        before, self._kept, self._kept_at = self._kept, text, seconds
        try:
            await asyncio.to_thread(self._interviewing.save_draft, text, seconds)
        except InterviewbotError as error:
            self._kept = before  # tried again at the next tick
            host(self).complain(error)
            return False
        return True

    def action_submit(self) -> None:
        """Hand the answer in; a blank one is not an answer."""
        if self._busy:
            return
        if not self.editor.text.strip():
            self.notify("Nothing is written yet. F4 skips the question.", severity="warning")
            return
        text, seconds = self.editor.text, self.seconds
        self._act(lambda: self._interviewing.answer(text, seconds))

    @work(exclusive=True, group="ask")
    async def action_skip(self) -> None:
        """Pass on this turn; asked for once more where something is written."""
        if self._busy:
            return
        text, seconds = self.editor.text, self.seconds
        if text.strip() and not await self.app.push_screen_wait(
            Confirm("Skip this, although something is written? It is kept, but not graded.")
        ):
            return
        self._act(lambda: self._interviewing.skip(text, seconds))

    @work(exclusive=True, group="ask")
    async def action_finish(self) -> None:
        """End the sitting here, once confirmed; a follow-up need not be waited for."""
        if self._busy and not self._wording:
            return
        if await self.app.push_screen_wait(
            Confirm("End this interview here? The question counts as skipped, the rest as unasked.")
        ):
            text, seconds = self.editor.text, self.seconds
            self._busy = self._busy and not self._wording
            self._act(lambda: self._interviewing.finish(text, seconds))

    async def action_leave(self) -> None:
        """Go home; everything is kept and the interview can be taken up again."""
        if await self.save(leaving=True):
            await self.close_with(Outcome.LEAVE)

    def action_edit_outside(self) -> None:
        """Write the answer in $EDITOR."""
        if self._busy:
            return
        text = edit_outside(self.app, self.editor.text)
        if text is not None and text != self.editor.text:
            self.editor.replace_all(text)

    @work(group="draft")
    async def _keep_draft(self) -> None:
        if not self.closing:
            await self.save()

    def _tick(self) -> None:
        """Say how much is written and how much time there is; stop where it is up."""
        if self.closing or self._wording:  # the next turn's time has not begun
            return
        if not self._busy:
            kept = bool(self._kept) and self.editor.text == self._kept
            self._describe("saved" if kept else "")
        left = self._interviewing.sitting.seconds_left
        spent = self.seconds
        self.query_one("#clock", Static).update(clock_line(spent, left))
        open_turn = self._interviewing.sitting.stage is Stage.ANSWERING and not self._busy
        if left is not None and spent >= left and open_turn:
            text = self.editor.text
            self.notify("The time is up.", severity="warning")
            self._act(lambda: self._interviewing.time_out(text, spent))

    def _act(self, deed: Callable[[], list[Event]]) -> None:
        """Do ``deed`` in a thread, then grade what it handed in; one at a time."""
        if self._busy or self.closing:
            return
        self._busy = True
        self.editor.read_only = True
        self._describe("reading your answer …")
        self._run(deed)

    def _grade(self) -> None:
        self._act(list)

    @work(exclusive=True, group="deed")
    async def _run(self, deed: Callable[[], list[Event]]) -> None:
        interviewing = self._interviewing
        exchange = len(interviewing.sitting.exchanges)
        try:
            await asyncio.to_thread(deed)
            await asyncio.to_thread(interviewing.grade)
            if interviewing.sitting.stage is None:
                await self._hear_follow_up()
        except OutOfStep:  # a grade that was owed came in after all, from a screen left before
            await asyncio.to_thread(interviewing.catch_up)
            await self.close_with(Outcome.GO_ON)
            return
        except InterviewbotError as error:
            self._busy, self.editor.read_only = False, False
            host(self).complain(error)
            if interviewing.sitting.stage is not Stage.ANSWERING:
                await self.close_with(Outcome.LEAVE)
            return
        self._busy = False
        same = len(interviewing.sitting.exchanges) == exchange
        if interviewing.sitting.stage is Stage.ANSWERING and same:
            self._prepare()
            await self._show()
        else:
            await self.close_with(Outcome.GO_ON)

    async def _hear_follow_up(self) -> None:
        """Show the follow-up while a model words it; it is on disk before it can be answered."""
        self._describe("thinking of a follow-up …")
        follow_up = self.query_one("#follow-up", Spoken)
        follow_up.display, self.query_one("#why").display = True, False
        tell = follow_up.listen("Follow-up: ")
        self._wording = True
        try:
            await asyncio.to_thread(self._interviewing.follow_up, tell)
        finally:
            self._wording = False
        while self._interviewing.remarks:
            self.notify(one_line(self._interviewing.remarks.pop(0)), timeout=8, markup=False)

    def _prepare(self) -> None:
        """Take up the open turn with its draft."""
        draft = self._interviewing.draft
        turn = self._interviewing.sitting.turn
        self._begun = self._clock()
        self._before = draft.seconds if draft else 0.0
        handed_in = turn.answer if turn else ""
        self.editor.load(draft.text if draft else handed_in)
        self.editor.read_only = False
        self._kept, self._kept_at = self.editor.text, self._before

    async def _show(self) -> None:
        question = self._interviewing.asked
        sitting = self._interviewing.sitting
        exchange, turn = sitting.current, sitting.turn
        if question is None or exchange is None or turn is None:
            return
        self.query_one("#place", Foreign).update(foreign_line(place_of(sitting, question)))
        judge = f"graded by {self._judged_by}" if self._judged_by else ""
        why = " · ".join(filter(None, (sitting.choice(exchange).why, judge)))
        self.query_one("#why", Foreign).update(foreign_line(why))
        title, prompt = one_line(question.title), self._readable(question.prompt)
        await self.query_one("#prompt", Prose).update(f"## {title}\n\n{prompt}")
        follow_up = self.query_one("#follow-up", Spoken)
        follow_up.display = turn.probe is not None
        if turn.probe is not None:
            follow_up.settle(f"Follow-up: {self._readable(turn.probe.prompt)}")
            follow_up.scroll_visible(animate=False)
        self.query_one("#why").display = turn.probe is None
        self.editor.focus()
        self._tick()

    def _describe(self, state: str) -> None:
        count = self.editor.word_count
        told = counted(count, "word")
        self.query_one("#state", Static).update(f"{told} · {state}" if state else told)
