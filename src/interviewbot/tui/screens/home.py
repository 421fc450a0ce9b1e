"""Where the day begins: what is due, how topics stand, what was left unfinished.

Owns the list to start from. Refuses to choose questions: a line of the list is a wish.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import ClassVar, TypeAlias

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.progress import Overview, TopicStanding
from interviewbot.domain.sitting import Mode, Sitting
from interviewbot.domain.text import one_line
from interviewbot.tui.host import host
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.widgets.bars import bar, percent
from interviewbot.tui.widgets.foreign import MUTED

Entry: TypeAlias = Sitting | TopicStanding | None  # None: everything
_HOW = "Enter starts the line that is marked, m makes it a mock interview."


class _Start(OptionList):
    """The list to start from; its own key for it shows in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Start")]


class HomeScreen(Screen[None]):
    """The first screen; it paints before anything is loaded."""

    AUTO_FOCUS = "#start"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "mock", "Mock"),
        Binding("f", "finish", "Finish"),
        Binding("b", "browse", "Questions"),
        Binding("p", "progress", "Progress"),
        Binding("s", "settings", "Settings"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin without anything to show."""
        super().__init__(id=id)
        self._entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        """Lay out the title, what is due, and the list to start from."""
        yield Static("interviewbot", id="name", markup=False)
        yield Static("reading your progress …", id="due", markup=False)
        yield _Start(id="start")
        yield Footer()

    @on(events.ScreenResume)
    def look_again(self) -> None:
        """Read the standings whenever the candidate comes back here."""
        self.call_after_refresh(self._load)

    @work(exclusive=True, group="overview")
    async def _load(self) -> None:
        app = host(self)
        try:
            practice = await app.services()
            overview = await asyncio.to_thread(practice.overview)
        except InterviewbotError as error:
            told = "\n".join(one_line(line) for line in (error.message, *error.details, error.hint))
            self.query_one("#due", Static).update(Content(told.strip()))
            return
        self._show(overview)

    def _show(self, overview: Overview) -> None:
        self.query_one("#due", Static).update(Content(_due(overview)))
        options = self.query_one("#start", OptionList)
        place = options.highlighted
        grew = len(self._entries) != len(overview.unfinished) + 1 + len(overview.topics)
        self._entries = [*overview.unfinished, None, *overview.topics]
        options.clear_options()
        options.add_options(_lines(overview))
        options.highlighted = 0 if place is None or grew else place

    @property
    def _entry(self) -> Entry:
        place = self.query_one("#start", OptionList).highlighted
        return self._entries[place] if place is not None and self._entries else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to finish only what is unfinished, and a mock interview on anything else."""
        if action not in {"finish", "mock"} or not self.is_mounted:
            return True
        return isinstance(self._entry, Sitting) is (action == "finish")

    @on(OptionList.OptionHighlighted, "#start")
    def _offer(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#start")
    def action_choose(self) -> None:
        """Start what is highlighted, or go on with it."""
        entry = self._entry
        if isinstance(entry, Sitting):
            host(self).take_up(entry.id)
        else:
            host(self).start(self._wish(Mode.PRACTICE))

    @property
    def on_unfinished(self) -> bool:
        """Whether an unfinished interview is highlighted."""
        return isinstance(self._entry, Sitting)

    def practise(self) -> None:
        """Start practice on what is highlighted, on everything where that is a sitting."""
        host(self).start(self._wish(Mode.PRACTICE))

    def action_mock(self) -> None:
        """Start a mock interview on what is highlighted."""
        host(self).start(self._wish(Mode.MOCK))

    @work(exclusive=True, group="ask")
    async def action_finish(self) -> None:
        """End the unfinished interview that is highlighted, once confirmed."""
        entry = self._entry
        if isinstance(entry, Sitting) and await self.app.push_screen_wait(
            Confirm("End this interview as it stands? What was not answered counts as skipped.")
        ):
            host(self).finish(entry.id)

    def _wish(self, mode: Mode) -> Wish:
        """Return the wish for what is highlighted, as long as the candidate prefers."""
        entry, preferences = self._entry, host(self).preferences
        topics = [each for each in self._entries if isinstance(each, TopicStanding)]
        among = [entry] if isinstance(entry, TopicStanding) else topics
        there = sum(topic.questions for topic in among) or preferences.questions
        count = min(preferences.questions, there)
        minutes = count * preferences.mock_minutes if mode is Mode.MOCK else None
        return Wish(mode=mode, topics=_topics(entry), count=count, minutes=minutes)

    def action_browse(self) -> None:
        """Look through the questions."""
        from interviewbot.tui.screens.browser import BrowserScreen

        self.app.push_screen(BrowserScreen())

    def action_progress(self) -> None:
        """Look at what is known by now."""
        from interviewbot.tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen())

    @work(exclusive=True, group="settings")
    async def action_settings(self) -> None:
        """Change settings, once they are read."""
        try:
            await host(self).services()
        except InterviewbotError:
            return  # the app ends with it
        from interviewbot.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen())


def _topics(entry: Entry) -> tuple[str, ...]:
    return (entry.topic,) if isinstance(entry, TopicStanding) else ()


def _due(overview: Overview) -> str:
    if overview.due_points:
        points = "point is" if overview.due_points == 1 else "points are"
        questions = "question" if overview.due_questions == 1 else "questions"
        return f"{overview.due_points} {points} due in {overview.due_questions} {questions}. {_HOW}"
    if any(topic.seen for topic in overview.topics):
        return f"Nothing is due; what is weak or new comes next. {_HOW}"
    return f"Welcome. {_HOW} F1 shows every key."


def _lines(overview: Overview) -> Iterator[Option | None]:
    """Yield an option for every entry, with rules between the kinds."""
    for sitting in overview.unfinished:
        yield Option(Content.styled(_unfinished(sitting), "bold"))
    if overview.unfinished:
        yield None
    yield Option(Content("Everything: what is due first, then weak topics, then what is new"))
    yield None
    width = max((len(one_line(topic.topic)) for topic in overview.topics), default=0)
    for topic in overview.topics:
        due = f", {topic.due} due" if topic.due else ""
        yield Option(
            Content.assemble(
                Content(f"{one_line(topic.topic):<{width}}  "),
                (bar(topic.mastery, 16), "$text-accent"),
                f" {percent(topic.mastery)}",
                (f"   {topic.seen} of {topic.points} points seen{due}", MUTED),
            )
        )


def _unfinished(sitting: Sitting) -> str:
    kind = "mock interview" if sitting.mode is Mode.MOCK else "practice"
    began = sitting.began.astimezone().strftime("%d %b, %H:%M")
    place = sitting.exchanges[-1].place + 1 if sitting.exchanges else 1
    return f"Go on: {kind} of {began}, question {place} of {len(sitting.plan)}"
