"""The app: which screens there are and how the candidate gets from one to the next.

Owns navigation and the background loading of the services. Refuses to know what a screen
shows. Nothing heavy is imported before the first paint: ``practice`` makes the services and
is called in a thread.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.sitting import Sitting, Stage
from interviewbot.domain.text import one_line
from interviewbot.tui.commands import commands
from interviewbot.tui.outcome import Outcome
from interviewbot.tui.preferences import Preferences
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.themes import keep_theme, picked

if TYPE_CHECKING:
    from interviewbot.services.interviewing import Interviewing
    from interviewbot.services.practising import Practice
    from interviewbot.tui.screens.interview import InterviewScreen

_SAID_AGAIN_AFTER = 12.0  # seconds, as long as it stands there


class InterviewApp(App[None]):
    """Practise interviews. ``wish`` begins at once, ``resume`` takes up the latest sitting.

    ``open_up`` gives the services and the preferences and may take a moment; where it fails
    the app ends and the error is in ``failure``. ``theme`` is painted with before that.
    ``readable`` turns formulas into Unicode, ``keep`` keeps preferences that were changed,
    ``clock`` gives seconds, for timing answers. ``notices`` may grow while the app runs, by
    lines about repairs, and is shown as it does.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/home.tcss"]
    TITLE = "interviewbot"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", priority=True),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(
        self,
        *,
        open_up: Callable[[], tuple[Practice, Preferences]],
        wish: Wish | None = None,
        resume: bool = False,
        theme: str = "",
        readable: Callable[[str], str] = str,
        keep: Callable[[Preferences], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
        notices: Sequence[str] = (),
    ) -> None:
        """Make the app; nothing is loaded yet."""
        super().__init__()
        self.readable = readable
        self.preferences = Preferences(theme=theme)
        self.keep = keep
        self.failure: InterviewbotError | None = None
        self._open_up = open_up
        self._clock = clock
        self._wish = wish
        self._resume = resume
        self._complained = ("", 0.0)
        self._sitting: Worker[None] | None = None
        self._leaving_anyway = False
        self._notices = notices
        self._shown = 0  # how many of them
        self._loading: asyncio.Task[Practice] | None = None
        self._writing: InterviewScreen | None = None  # where something may be typed

    def get_default_screen(self) -> Screen[None]:
        """Begin at home, so that the first paint shows something."""
        return HomeScreen(id="_default")

    def on_mount(self) -> None:
        """Begin a sitting where one was asked for, once the first paint is done."""
        self._dress()
        self.set_interval(1.0, self._show_notices)
        self.call_after_refresh(self._begin)

    def _show_notices(self) -> None:
        for notice in self._notices[self._shown :]:
            self.notify(one_line(notice), severity="warning", timeout=30, markup=False)
        self._shown = len(self._notices)

    def _dress(self) -> None:
        if self.preferences.theme in self.available_themes:
            self.theme = self.preferences.theme
        elif self.preferences.theme:
            named = one_line(self.preferences.theme)
            self.notify(f"There is no theme “{named}”.", severity="warning", markup=False)

    def _begin(self) -> None:
        if self._resume:
            self.take_up()
        elif self._wish is not None:
            self.start(self._wish)

    async def services(self) -> Practice:
        """Return the services, loading them once, in a thread."""
        if self._loading is None:
            self._loading = asyncio.create_task(self._load())
        return await asyncio.shield(self._loading)

    async def _load(self) -> Practice:
        painted = self.preferences.theme
        try:
            practice, self.preferences = await asyncio.to_thread(self._open_up)
        except InterviewbotError as error:
            self.failure = error
            self.exit()
            raise
        if self.preferences.theme != painted:
            self._dress()
        return practice

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer in the palette what makes sense on ``screen``."""
        return commands(screen, super().get_system_commands(screen))

    def watch_theme(self, theme: str) -> None:
        """Keep a theme that was picked in the palette; the settings keep theirs themselves."""
        if picked(self, theme):
            self.run_worker(self._told(keep_theme(self, theme)), exclusive=True, group="theme")

    def complain(self, error: InterviewbotError) -> None:
        """Tell the candidate what is wrong and what to do."""
        lines = [error.message, *error.details[:5], error.hint]
        text = "\n".join(one_line(line) for line in lines if line)
        now = time.monotonic()
        said, when = self._complained
        if said == text and now - when < _SAID_AGAIN_AFTER:  # what is tried again and again
            return
        self._complained = (text, now)
        self.notify(text, severity="error", timeout=_SAID_AGAIN_AFTER, markup=False)

    def start(self, wish: Wish) -> None:
        """Choose questions and begin a sitting."""
        self._once(self._sit(lambda practice: practice.begin(wish)))

    def take_up(self, sitting_id: str | None = None) -> None:
        """Go on with a sitting, the latest unfinished one if none is named."""
        self._once(self._sit(lambda practice: practice.resume(sitting_id)))

    def finish(self, sitting_id: str) -> None:
        """End an unfinished sitting as it stands, and show what it came to."""
        self._once(self._finish(sitting_id))

    def _once(self, deed: Coroutine[None, None, None]) -> None:
        """Do ``deed``, unless one like it is under way: a key was pressed twice."""
        if self._sitting is not None and not self._sitting.is_finished:
            deed.close()
            return
        self._sitting = self.run_worker(self._told(deed), group="sitting")

    async def _told(self, deed: Coroutine[None, None, None]) -> None:
        try:
            await deed
        except InterviewbotError as error:
            self.complain(error)

    async def _sit(self, begin: Callable[[Practice], Interviewing]) -> None:
        """Lead through one sitting, screen by screen, until it ends or is left."""
        practice = await self.services()
        interviewing = await asyncio.to_thread(begin, practice)
        await asyncio.to_thread(interviewing.__enter__)
        try:
            await asyncio.to_thread(interviewing.go_on)
            self._warm_up(interviewing)
            if await self._ask(interviewing, practice.judged_by) is not Outcome.LEAVE:
                await self._sum_up(practice, interviewing.sitting)
        finally:
            interviewing.__exit__(None, None, None)

    async def _finish(self, sitting_id: str) -> None:
        practice = await self.services()
        await self._sum_up(practice, await asyncio.to_thread(practice.finish, sitting_id))

    async def _sum_up(self, practice: Practice, sitting: Sitting) -> None:
        from interviewbot.tui.screens.summary import SummaryScreen

        report = await asyncio.to_thread(practice.report, sitting)
        today = practice.day(practice.clock())
        advise = None if practice.conversation is None else practice.advice
        summary = SummaryScreen(report, day=practice.day, today=today, advise=advise)
        await self.push_screen_wait(summary)

    async def _ask(self, interviewing: Interviewing, judged_by: str) -> Outcome:
        """Show the screen of every stage; return how the candidate came out of it."""
        from interviewbot.tui.screens.feedback import FeedbackScreen
        from interviewbot.tui.screens.interview import InterviewScreen

        while (stage := self._stage_of(interviewing)) is not Stage.FINISHED:
            if stage is Stage.REVIEWING:
                feedback = FeedbackScreen(interviewing, readable=self.readable)
                outcome = await self.push_screen_wait(feedback)
            else:
                self._writing = InterviewScreen(
                    interviewing, readable=self.readable, clock=self._clock, judged_by=judged_by
                )
                outcome = await self.push_screen_wait(self._writing)
                self._writing = None
            if outcome is Outcome.LEAVE:
                return Outcome.LEAVE
        return Outcome.GO_ON

    def _stage_of(self, interviewing: Interviewing) -> Stage | None:
        """Return the stage; what happened on the way to it is told."""
        from interviewbot.services.resuming import passed_over

        while interviewing.passed_over:
            told = one_line(passed_over(interviewing.passed_over.pop(0)))
            self.notify(told, severity="warning", markup=False)
        while interviewing.remarks:
            told = one_line(interviewing.remarks.pop(0))
            self.notify(told, severity="warning", timeout=_SAID_AGAIN_AFTER, markup=False)
        return interviewing.sitting.stage

    @work(exclusive=True, group="models")
    async def _warm_up(self, interviewing: Interviewing) -> None:
        """Load the models while the candidate reads the question."""
        try:
            await asyncio.to_thread(interviewing.grader)
        except InterviewbotError as error:
            self.complain(error)

    async def action_quit(self) -> None:
        """Leave; what is typed is put on disk first. Where that fails, a second time leaves."""
        if self._writing is not None and not self._leaving_anyway:
            await self._writing.settle()
            if not await self._writing.save(leaving=True):
                self._leaving_anyway = True
                self.notify("Ctrl+Q again leaves without it.", severity="error", timeout=12)
                return
        self.exit()

    async def action_help(self) -> None:
        """Show the keys of this screen; what was typed before is taken first."""
        if self._writing is not None and self.screen is self._writing:
            await self._writing.settle()
        from interviewbot.tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss(None)
        else:
            self.push_screen(HelpScreen(self.screen))
