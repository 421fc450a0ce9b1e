"""Every question in a line: what the last answer got, how well it is known, when it is due.

Owns the columns and their order. Refuses to read anything: it is given lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from interviewbot.domain.progress import PointStanding
from interviewbot.domain.question import Question
from interviewbot.domain.text import one_line
from interviewbot.tui.widgets.bars import bar, percent
from interviewbot.tui.widgets.days import short

_NONE = "–"
_WIDTHS = {"id": 7, "topic": 22, "last": 4, "mastery": 11, "due": 9}
_NARROW = 100  # cells; below, topics are cut
_LEAST_TITLE, _MOST_TITLE = 16, 80


class Order(StrEnum):
    """What the lines are ordered by."""

    ID = "id"
    WEAKEST = "weakest first"
    DUE = "due first"

    @property
    def following(self) -> Order:
        """The one after this one."""
        every = list(Order)
        return every[(every.index(self) + 1) % len(every)]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One question; ``mastery`` (0..1) and ``due`` are None where it was never asked."""

    id: str
    title: str
    topic: str
    mastery: float | None
    due: datetime | None


def lines_of(
    questions: Sequence[Question], standings: Sequence[PointStanding]
) -> list[QuestionLine]:
    """Return a line for every one of ``questions``; mastery is weighted over its points."""
    by_key = {(standing.question_id, standing.point_id): standing for standing in standings}
    found: list[QuestionLine] = []
    for question in questions:
        its = [(by_key[(question.id, point.id)], point.weight) for point in question.points]
        seen = [standing.due for standing, _ in its if standing.due is not None]
        total = sum(weight for _, weight in its)
        known = sum(standing.mastery * weight for standing, weight in its)
        found.append(
            QuestionLine(
                id=question.id,
                title=question.title or question.id,
                topic=question.topic,
                mastery=known / total if seen and total else None,
                due=min(seen, default=None),
            )
        )
    return found


class QuestionTable(DataTable[Text]):
    """The lines as a table; Enter selects one, by its row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Past answers", key_display="⏎")
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin empty."""
        super().__init__(id=id, cursor_type="row", zebra_stripes=True)
        self.order = Order.ID
        self._lines: Sequence[QuestionLine] = ()
        self._scores: Mapping[str, float | None] = {}
        self._days: dict[str, date] = {}
        self._today = date.min

    @property
    def chosen(self) -> str | None:
        """The id of the question that is marked."""
        rows = self._ordered()
        return rows[self.cursor_row].id if 0 <= self.cursor_row < len(rows) else None

    def show(self, lines: Sequence[QuestionLine], days: dict[str, date], today: date) -> None:
        """Show ``lines``; ``days`` are the due days by question id."""
        self._lines, self._days, self._today = lines, days, today
        self._draw()

    def score(self, scores: Mapping[str, float | None]) -> None:
        """Fill in the last scores (0..100) by question id; None is an answer without one."""
        self._scores = scores
        self._draw()

    def reorder(self) -> Order:
        """Go on to the next order and return it."""
        self.order = self.order.following
        self._draw()
        return self.order

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's name
        """Give the titles what room there is."""
        self._draw()

    def _draw(self) -> None:
        if not self.size.width:
            return
        place = self.cursor_row
        widths = dict(_WIDTHS) | ({"topic": 14} if self.size.width < _NARROW else {})
        taken = sum(widths.values()) + 2 * (len(widths) + 1) + 2
        title = min(_MOST_TITLE, max(_LEAST_TITLE, self.size.width - taken))
        self.clear(columns=True)
        for label, width in (
            ("id", widths["id"]),
            ("title", title),
            ("topic", widths["topic"]),
            ("last", widths["last"]),
            ("mastery", widths["mastery"]),
            ("due", widths["due"]),
        ):
            self.add_column(Text(label), width=width, key=label)
        for line in self._ordered():
            self.add_row(*self._cells(line, title, widths["topic"]), key=line.id)
        self.move_cursor(row=place)

    def _cells(self, line: QuestionLine, title: int, topic: int) -> list[Text]:
        score = self._scores.get(line.id)
        known = line.mastery
        day = self._days.get(line.id)
        return [
            _cut(line.id, _WIDTHS["id"]),
            _cut(line.title, title),
            _cut(line.topic, topic),
            Text(_NONE if score is None else f"{score:.0f}", justify="right"),
            Text(_NONE if known is None else f"{bar(known, 5)} {percent(known)}"),
            Text(_NONE if day is None else short(day, self._today)),
        ]

    def _ordered(self) -> list[QuestionLine]:
        if self.order is Order.WEAKEST:
            return sorted(self._lines, key=lambda line: (line.mastery is None, line.mastery or 0))
        if self.order is Order.DUE:
            late = date.max
            return sorted(self._lines, key=lambda line: self._days.get(line.id, late))
        return list(self._lines)


def _cut(text: str, width: int) -> Text:
    found = Text(one_line(text), no_wrap=True)
    found.truncate(width, overflow="ellipsis")
    return found
