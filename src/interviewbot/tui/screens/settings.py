"""The candidate's choices, to change and to keep.

Owns the form. Refuses to know where the choices are kept and which of them make sense
beyond being numbers: the callable that keeps them says so.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.constants import DEFAULT_THEME
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Input, Label, Select, Static, TextArea

from interviewbot.domain.errors import BadInput, InterviewbotError
from interviewbot.domain.text import one_line, sanitise
from interviewbot.tui.host import host
from interviewbot.tui.preferences import Preferences
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.widgets.foreign import Foreign

_NOTES = {
    "theme": "applied at once",
    "questions": "asked in an interview, from the next one on",
    "mock_minutes": "minutes for each question of a mock interview",
    "judge": "a language model is sent your answers; from the next start on",
    "model": "as in openai:gpt-5-mini; README says where address and key go",
    "corpus": "folders with questions of your own, one a line; from the next start on",
    "encoder": "'bundled', or 'st:NAME_OR_PATH'; from the next start on",
    "chroma_url": "a Chroma server for the index, or empty; from the next start on",
}
_NAMES = {
    "theme": "Theme",
    "questions": "Questions each",
    "mock_minutes": "Mock minutes",
    "judge": "Judge",
    "model": "Language model",
    "corpus": "Corpus folders",
    "encoder": "Encoder",
    "chroma_url": "Chroma server",
}
_JUDGES = [("offline", "local"), ("language model", "llm")]


class SettingsScreen(Screen[None]):
    """A form; Ctrl+S keeps it."""

    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#theme"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", priority=True, key_display="^s"),
        Binding("escape", "back", "Back"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def __init__(self) -> None:
        """Make the form; what is kept fills it."""
        super().__init__(classes="settings")

    def compose(self) -> ComposeResult:
        """Lay out a row for every choice."""
        yield Static("Settings", id="title", markup=False)
        with VerticalScroll(id="form", can_focus=False):
            for name in _NAMES:
                yield from self._row(name)
            yield Foreign(_where(self._kept), id="where")
        yield Footer()

    def _row(self, name: str) -> ComposeResult:
        by = self._kept.fixed.get(name, "")
        with Horizontal(classes="row"):
            yield Label(_NAMES[name], markup=False)
            yield self._field(name, fixed=bool(by))
        note = f"set by {one_line(by)}: change it there" if by else _NOTES[name]
        yield Foreign(note, classes="note fixed" if by else "note")

    def _field(self, name: str, *, fixed: bool) -> Select[str] | Input | TextArea:
        kept = self._kept
        if name == "theme":
            themes = sorted(self.app.available_themes.values(), key=lambda t: (not t.dark, t.name))
            options = [
                (Text(f"{t.name} ({'dark' if t.dark else 'light'})"), t.name) for t in themes
            ]
            return Select[str](
                options,
                value=self.app.theme,
                allow_blank=False,
                id=name,
                compact=True,
                disabled=fixed,
            )
        if name == "judge":
            return Select[str](
                _JUDGES, value=kept.judge, allow_blank=False, id=name, compact=True, disabled=fixed
            )
        if name == "corpus":
            area = TextArea("\n".join(map(sanitise, kept.corpus)), id=name, compact=True)
            area.tab_behavior = "focus"
            area.disabled = fixed
            area.highlight_cursor_line = False
            return area
        value = getattr(kept, name)
        shown = f"{value:g}" if isinstance(value, float) else sanitise(str(value))
        kind = {"questions": "integer", "mock_minutes": "number"}.get(name, "text")
        return Input(shown, type=kind, id=name, compact=True, disabled=fixed)  # type: ignore[arg-type]

    def on_mount(self) -> None:
        """Remember how the app looked."""
        self._theme = self.app.theme

    @property
    def _kept(self) -> Preferences:
        return host(self).preferences

    @on(Select.Changed, "#theme")
    def _themed(self, event: Select.Changed) -> None:
        if isinstance(event.value, str):
            self.app.theme = event.value

    def _typed(self) -> Preferences:
        """Return what the form says.

        Raises:
            BadInput: if a number is none, or out of bounds.
        """
        theme = self.query_one("#theme", Select).value
        chosen = theme != DEFAULT_THEME or bool(self._kept.theme)
        folders = self.query_one("#corpus", TextArea).text.splitlines()
        return replace(
            self._kept,
            theme=str(theme) if chosen else "",
            questions=int(self._number("questions", 1, 50)),
            mock_minutes=self._number("mock_minutes", 0.5, 120),
            judge=str(self.query_one("#judge", Select).value),
            model=one_line(self.query_one("#model", Input).value),
            corpus=tuple(filter(None, map(one_line, folders))),
            encoder=one_line(self.query_one("#encoder", Input).value),
            chroma_url=one_line(self.query_one("#chroma_url", Input).value),
        )

    def _number(self, name: str, least: float, most: float) -> float:
        try:
            value = float(self.query_one(f"#{name}", Input).value)
        except ValueError:
            value = -1
        if not least <= value <= most:
            raise BadInput(f"{_NAMES[name]}: a number is needed", f"from {least:g} to {most:g}")
        return value

    @work(exclusive=True, group="keep")
    async def action_keep(self) -> None:
        """Keep the form and go back."""
        app = host(self)
        try:
            typed = self._typed()
            await asyncio.to_thread(app.keep, typed)
        except InterviewbotError as error:
            app.complain(error)
            return
        app.preferences = typed
        self.notify("Kept.", timeout=2)
        self.app.pop_screen()

    @work(exclusive=True, group="keep")
    async def action_back(self) -> None:
        """Go back; what is not kept is asked about first."""
        if self._changed and not await self.app.push_screen_wait(
            Confirm("Go back without keeping what you changed?")
        ):
            return
        self.app.theme = self._theme
        self.app.pop_screen()

    @property
    def _changed(self) -> bool:
        try:
            typed = self._typed()
        except BadInput:
            return True
        themed = self.query_one("#theme", Select).value != self._theme
        return themed or replace(typed, theme=self._kept.theme) != self._kept


def _where(kept: Preferences) -> str:
    return f"Kept in {one_line(kept.file)}" if kept.file else "Kept until you quit."
