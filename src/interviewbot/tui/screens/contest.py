"""The candidate's own verdict on a point, with a reason."""

from __future__ import annotations

from typing import ClassVar, Protocol, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList
from textual.widgets.option_list import Option

from interviewbot.domain.grade import Verdict
from interviewbot.domain.text import one_line
from interviewbot.tui.widgets.foreign import Foreign
from interviewbot.tui.widgets.verdicts import LOOKS

Contested: TypeAlias = tuple[Verdict, str]
_VERDICTS = (Verdict.COVERED, Verdict.PARTIAL, Verdict.MISSING, Verdict.CONTRADICTED)
LONGEST_REASON = 500


class Contestable(Protocol):
    """A point with a verdict, of a grade or of a report."""

    @property
    def id(self) -> str:
        """The point's id within its question."""

    @property
    def text(self) -> str:
        """What the point says."""

    @property
    def verdict(self) -> Verdict:
        """What the judge says of it."""

    @property
    def unsure(self) -> bool:
        """Whether the judge wants a second opinion."""


class Contest(ModalScreen[Contested | None]):
    """Closes with the verdict and the reason, or with None."""

    CSS_PATH = "contest.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Never mind"),
        Binding("ctrl+s", "keep", "Keep"),
    ]

    def __init__(self, point: Contestable, before: Contested | None) -> None:
        """Ask about ``point``; ``before`` is what was said about it before."""
        super().__init__()
        self._point = point
        self._before = before

    def compose(self) -> ComposeResult:
        """Lay out the point, the verdicts to choose from and the reason."""
        with Vertical(id="dialog"):
            yield Foreign(one_line(self._point.text), id="text")
            judged = LOOKS[self._point.verdict].word
            yield Label(f"The judge says: {judged}. What do you say?", markup=False)
            yield OptionList(*(Option(f"{LOOKS[v].mark} {LOOKS[v].word}") for v in _VERDICTS))
            yield Input(
                value=self._before[1] if self._before else "",
                placeholder="why (optional)",
                max_length=LONGEST_REASON,
            )
            with Horizontal():
                yield Button("Never mind", id="no")
                yield Button("Keep it (^s)", id="yes", variant="primary")

    def on_mount(self) -> None:
        """Begin at the verdict given before, or at the judge's."""
        chosen = self._before[0] if self._before else self._point.verdict
        self.query_one(OptionList).highlighted = _VERDICTS.index(chosen)

    def action_keep(self) -> None:
        """Close with what is chosen."""
        place = self.query_one(OptionList).highlighted or 0
        self.dismiss((_VERDICTS[place], one_line(self.query_one(Input).value)))

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_keep()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.action_keep()
        else:
            self.dismiss(None)
