"""The interviews that are over, a line each.

Owns how a line reads. Refuses to open one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from interviewbot.domain.grade import band_of
from interviewbot.domain.sitting import Mode, Sitting
from interviewbot.domain.text import counted
from interviewbot.services.reporting import score_of
from interviewbot.tui.widgets.bars import bar
from interviewbot.tui.widgets.days import at
from interviewbot.tui.widgets.foreign import MUTED

_NONE = "No interview is over yet: its report stays here."


class SittingList(OptionList):
    """The sittings, the latest first; Enter selects one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open its report", key_display="⏎")
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin empty."""
        super().__init__(id=id)
        self._sittings: Sequence[Sitting] = ()

    @property
    def chosen(self) -> Sitting | None:
        """The sitting that is marked."""
        place = self.highlighted
        return self._sittings[place] if place is not None and self._sittings else None

    def show(self, sittings: Sequence[Sitting], today: date) -> None:
        """Show ``sittings``, keeping the place."""
        place = self.highlighted or 0
        self._sittings = sittings
        self.clear_options()
        if not sittings:
            self.add_option(Option(Content(_NONE), disabled=True))
            return
        self.add_options(Option(_line(sitting, today)) for sitting in sittings)
        self.highlighted = min(place, len(sittings) - 1)


def _line(sitting: Sitting, today: date) -> Content:
    kind = "mock" if sitting.mode is Mode.MOCK else "practice"
    asked = sum(not exchange.retry for exchange in sitting.exchanges)
    count = counted(asked, "question")
    score = score_of(sitting)
    if score is None:
        told = Content("no score")
    else:
        told = Content.assemble(
            (bar(score / 100, 10), "$text-accent"), f" {score:3.0f}  {band_of(score)}"
        )
    return Content.assemble(
        f"{at(sitting.began, today):<20}  {kind:<8}  ", (f"{count:<12}  ", MUTED), told
    )
