"""Advice by a language model, shown while it is being written.

Owns the thread that asks for it, and stopping that one when the screen is left. Refuses to keep
the advice: ``Given`` tells it to the screen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, TypeAlias

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.text import one_line
from interviewbot.tui.widgets.spoken import Spoken

if TYPE_CHECKING:
    from interviewbot.services.conversing import Tell, Wanted, Worded

Advise: TypeAlias = "Callable[[Tell, Wanted], Worded | None]"
_BY_WHOM = "A language model's words, which nobody has checked."


class Advice(Vertical):
    """Asks ``advise`` once, in a thread; it is gone where there is nothing to advise on."""

    DEFAULT_CSS = """
    Advice {
        height: auto;

        Static {
            height: auto;
        }
        .advice--note {
            display: none;
            color: $text-muted;
        }
    }
    """

    @dataclass
    class Given(Message):
        """The advice is complete: ``text``."""

        text: str

    def __init__(
        self,
        advise: Advise,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Ask ``advise``, which may be slow, once this is on the screen."""
        super().__init__(id=id, classes=classes)
        self._advise = advise

    def compose(self) -> ComposeResult:
        """Lay out the words, and whose they are."""
        yield Spoken(id="advice-words")
        yield Static(classes="advice--note", markup=False)

    def on_mount(self) -> None:
        """Ask."""
        self._ask()

    @work(group="advice")
    async def _ask(self) -> None:
        words, told = self.query_one(Spoken), self.query_one(".advice--note", Static)
        left = Event()
        tell = words.listen()
        text, note = "", ""
        try:
            worded = await asyncio.to_thread(self._advise, tell, lambda: not left.is_set())
        except InterviewbotError as error:
            note = f"There is no advice: {one_line(error.message)}."
        else:
            if worded is None:
                self.display = False
                return
            text, note = worded.text, worded.note
        finally:
            left.set()  # also where the screen is left: the thread listens no longer
        words.settle(text)
        words.display = bool(text)
        told.update("\n".join(filter(None, [note, _BY_WHOM if text else ""])))
        told.display = True
        if text:
            self.post_message(self.Given(text))
