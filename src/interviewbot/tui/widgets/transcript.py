"""What the candidate said in one exchange, with the words that earned a verdict marked.

Owns where the text of every turn begins in what is shown. Refuses to choose what to mark.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from interviewbot.domain.grade import Evidence
from interviewbot.domain.sitting import Ending, Exchange
from interviewbot.domain.text import one_line, sanitise
from interviewbot.tui.widgets.foreign import TAB

MARK = "reverse"
_LABEL = "bold"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The text of one turn as shown, after a label of ours."""

    label: str
    before: str
    quoted: str
    after: str


class Transcript(Static):
    """The answer and the replies to the follow-ups of ``exchange``, one under the other."""

    def __init__(self, exchange: Exchange, *, id: str | None = None) -> None:  # noqa: A002
        """Show ``exchange`` with nothing marked."""
        super().__init__(id=id, markup=False)
        self._exchange = exchange

    def on_mount(self) -> None:
        """Draw the text."""
        self.mark(None, 0)

    def mark(self, evidence: Evidence | None, turn: int) -> int | None:
        """Mark ``evidence`` in that turn; return the line it begins in, from 0, if there is."""
        shown = Content()
        line: int | None = None
        for number in range(len(self._exchange.turns)):
            part = self._part(number, evidence if number == turn else None)
            if shown.plain:
                shown = shown.append("\n\n")
            if part.label:
                shown = shown.append(Content.styled(part.label + "\n", _LABEL))
            shown = shown.append(Content(part.before))
            if part.quoted:
                line = max(0, self._height(shown) - 1)
                shown = shown.append(Content.styled(part.quoted, MARK))
            shown = shown.append(Content(part.after))
        self.update(shown)
        return line

    def _height(self, content: Content) -> int:
        """Return how many lines ``content`` takes at the width there is."""
        width = self.content_size.width or self.app.size.width
        return content.get_height({}, width)

    def _part(self, number: int, evidence: Evidence | None) -> _Part:
        turn = self._exchange.turns[number]
        label = "" if turn.probe is None else f"Follow-up: {one_line(turn.probe.prompt)}"
        text = turn.answer
        if turn.ending is not Ending.ANSWERED:
            what = "(skipped)" if turn.ending is Ending.SKIPPED else "(the time was up)"
            text = f"{what}\n{text}".rstrip()
            evidence = None
        start, end = (evidence.start, evidence.end) if evidence else (len(text), len(text))
        return _Part(
            label=label,
            before=_shown(text[:start]),
            quoted=_shown(text[start:end]),
            after=_shown(text[end:]),
        )


def _shown(text: str) -> str:
    return sanitise(text).expandtabs(TAB)
