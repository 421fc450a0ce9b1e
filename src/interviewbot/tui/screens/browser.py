"""Every question, found by meaning, by id or by topic and level.

Owns the search field, the filters and the list. Refuses to rank: ``Practice.search`` does.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.progress import PointStanding
from interviewbot.domain.question import Level, Question
from interviewbot.domain.text import counted, one_line
from interviewbot.tui.host import host
from interviewbot.tui.widgets.found import named, options_of
from interviewbot.tui.widgets.question_card import QuestionCard

PAUSE = 0.15  # seconds without a key before a search begins
_HITS = 40


class _Found(OptionList):
    """The list of questions; its key is told at the foot of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Practise it", key_display="⏎")
    ]


class BrowserScreen(Screen[None]):
    """A search field and two filters above the list; the question beside it."""

    CSS_PATH = "browser.tcss"
    AUTO_FOCUS = "#words"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "practise", "Practise it", show=False),
        Binding("space", "reveal", "Reveal"),
        Binding("slash", "search", "Search"),
        Binding("t", "filter('topic')", "Topic"),
        Binding("l", "filter('level')", "Level"),
        Binding("down", "list", "To the list", show=False),
        Binding("escape", "back", "Back"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._questions: dict[str, Question] = {}
        self._known: tuple[PointStanding, ...] = ()
        self._standings: dict[str, list[PointStanding]] = {}
        self._ranked: list[str] | None = None  # ids that the search found, best first
        self._shown: list[Question] = []  # by line of the list that can be chosen
        self._generation = 0
        self._on_card = ""

    def compose(self) -> ComposeResult:
        """Lay out search and filters, list and question, and how many there are."""
        levels = [(level.value, level.value) for level in Level]
        with Horizontal(id="find"):
            yield Input(placeholder="search by meaning, or an id", id="words", compact=True)
            yield Select[str]([], prompt="every topic", id="topic", compact=True)
            yield Select[str](levels, prompt="every level", id="level", compact=True)
        with Horizontal(id="body"):
            yield _Found(id="found")
            yield QuestionCard(id="card")
        yield Static("reading the questions …", id="state", markup=False)
        yield Footer()

    @on(events.ScreenResume)
    def look_again(self) -> None:
        """Read the standings whenever the candidate comes back here."""
        self._load()

    @work(exclusive=True, group="questions")
    async def _load(self) -> None:
        app = host(self)
        try:
            practice = await app.services()
            questions = await asyncio.to_thread(practice.questions)
            standings = await asyncio.to_thread(practice.standings)
        except InterviewbotError as error:
            self._tell("Nothing could be read.")
            app.complain(error)
            return
        if standings == self._known and self._questions:
            return  # what is revealed stays so
        self._known = standings
        self._standings = {}
        for standing in standings:
            self._standings.setdefault(standing.question_id, []).append(standing)
        if not self._questions:
            topics = sorted({question.topic for question in questions})
            options = [(Text(one_line(topic)), topic) for topic in topics]
            self.query_one("#topic", Select).set_options(options)
        self._questions = {question.id: question for question in questions}
        self._on_card = ""
        self._list()

    @on(Input.Changed, "#words")
    def _typed(self, event: Input.Changed) -> None:
        self._generation += 1
        words = event.value.strip()
        if words:
            self._search(words, self._generation)
        else:
            self._ranked = None
            self.workers.cancel_group(self, "search")
            self._list()

    @work(exclusive=True, group="search")
    async def _search(self, words: str, generation: int) -> None:
        """Search in a thread; what is found too late, after another key, is dropped."""
        await asyncio.sleep(PAUSE)
        app = host(self)
        self._tell("searching …")
        try:
            practice = await app.services()
            hits = await asyncio.to_thread(practice.search, words, _HITS)
        except InterviewbotError as error:
            if generation == self._generation:
                self._tell("The search failed.")
                app.complain(error)
            return
        if generation == self._generation:
            by_name = named(words, self._questions.values())
            self._ranked = list(dict.fromkeys([*by_name, *(hit.question_id for hit in hits)]))
            self._list(first=True)

    @on(Select.Changed)
    def _filtered(self) -> None:
        self._list(first=True)

    def _list(self, *, first: bool = False) -> None:
        """Fill the list; the question that was marked stays marked unless ``first``."""
        marked = None if first else self._marked
        options = self.query_one("#found", OptionList)
        options.clear_options()
        self._shown = self._fitting()
        options.add_options(options_of(self._shown, by_topic=self._ranked is None))
        self._tell(self._count())
        if not self._shown:
            options.add_option(Option(Content("nothing fits"), disabled=True))
            return
        ids = [question.id for question in self._shown]
        chosen = marked.id if marked is not None and marked.id in ids else ids[0]
        options.highlighted = options.get_option_index(chosen)

    def _fitting(self) -> list[Question]:
        topic, level = (self.query_one(name, Select).value for name in ("#topic", "#level"))
        if self._ranked is None:
            every = sorted(self._questions.values(), key=lambda one: (one.topic, one.id))
        else:
            every = [self._questions[name] for name in self._ranked if name in self._questions]
        return [
            question
            for question in every
            if (topic is Select.NULL or question.topic == topic)
            and (level is Select.NULL or question.level == level)
        ]

    def _count(self) -> str:
        count = len(self._shown)
        told = counted(count, "question")
        return told if self._ranked is None else f"{told}, the nearest in meaning first"

    def _tell(self, state: str) -> None:
        self.query_one("#state", Static).update(state)

    @property
    def _marked(self) -> Question | None:
        option = self.query_one("#found", OptionList).highlighted_option
        return self._questions.get(option.id or "") if option is not None else None

    @on(OptionList.OptionHighlighted, "#found")
    def _look(self) -> None:
        marked = self._marked
        if marked is not None and marked.id != self._on_card:
            self._show(marked)

    @work(exclusive=True, group="card")
    async def _show(self, question: Question) -> None:
        app = host(self)
        practice = await app.services()
        standings = self._standings.get(question.id, [])
        days = [None if one.due is None else practice.day(one.due) for one in standings]
        today = practice.day(practice.clock())
        await self.query_one(QuestionCard).show(question, standings, days, today, app.readable)
        self._on_card = question.id

    @on(Input.Submitted, "#words")
    def action_list(self) -> None:
        """Go to the list."""
        self.query_one("#found").focus()

    @on(OptionList.OptionSelected, "#found")
    def action_practise(self) -> None:
        """Practise the question that is marked, at once."""
        marked = self._marked
        if marked is not None:
            host(self).start(Wish(question_ids=(marked.id,)))

    async def action_reveal(self) -> None:
        """Show the points and the model answer, or hide them again."""
        await self.query_one(QuestionCard).reveal()

    def action_search(self) -> None:
        """Go to the search field."""
        self.query_one("#words").focus()

    def action_filter(self, name: str) -> None:
        """Open a filter."""
        select = self.query_one(f"#{name}", Select)
        select.focus()
        select.action_show_overlay()

    def action_back(self) -> None:
        """Empty the search field if something is in it, else go back."""
        words = self.query_one("#words", Input)
        if words.value:
            words.value = ""
            words.focus()
        else:
            self.app.pop_screen()
