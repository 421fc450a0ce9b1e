"""The weeks ahead as a grid: how many points come back on which day.

Owns the drawing. Every day has its number; the bars only repeat it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeAlias

from textual import events
from textual.content import Content
from textual.widgets import Static

from interviewbot.tui.widgets.days import coming
from interviewbot.tui.widgets.foreign import MUTED

Coming: TypeAlias = Sequence[tuple[date, int]]  # the days from today on, points due on each
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LEAST, _MOST = 9, 18  # cells a day is wide


class CalendarGrid(Static):
    """Weeks from Monday to Sunday, today's first."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin without days."""
        super().__init__(id=id, markup=False)
        self._days: Coming = ()

    def show(self, days: Coming) -> None:
        """Draw ``days``."""
        self._days = days
        self._draw()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's name
        """Draw as wide as there is room for."""
        self._draw()

    def _draw(self) -> None:
        if self._days and self.size.width:
            width = min(_MOST, max(_LEAST, self.size.width // 7))
            self.update(grid(self._days, width))


def grid(days: Coming, width: int) -> Content:
    """Return ``days`` as lines, every day ``width`` cells wide."""
    today = days[0][0]
    counts = dict(days)
    most = max(counts.values())
    lines = [Content.styled("".join(f"{name:<{width}}" for name in _NAMES), "bold")]
    monday = today - timedelta(days=today.weekday())
    while monday <= days[-1][0]:
        week = [monday + timedelta(days=number) for number in range(7)]
        lines.append(Content("").join(_date(day, counts, today, width) for day in week))
        lines.append(Content("").join(_count(day, counts, most, width) for day in week))
        lines.append(Content(""))
        monday += timedelta(days=7)
    return Content("\n").join(lines[:-1])


def _date(day: date, counts: dict[date, int], today: date, width: int) -> Content:
    if day not in counts:
        return Content(" " * width)
    if day == today:
        return Content.styled(f"{'today':<{width}}", "bold $text-accent")
    return Content.styled(f"{f'{day.day} {day:%b}':<{width}}", MUTED)


def _count(day: date, counts: dict[date, int], most: int, width: int) -> Content:
    if day not in counts:
        return Content(" " * width)
    count = counts[day]
    if not count:
        return Content.styled(f"{'·':<{width}}", MUTED)
    room = width - 5
    blocks = max(1, round(room * count / most))
    return Content.assemble(
        (f"{count:<3} ", "bold"), ("█" * blocks, "$text-accent"), " " * (room - blocks + 1)
    )


def told(days: Coming) -> str:
    """Return ``days`` as a sentence."""
    total = sum(count for _, count in days)
    if not total:
        return "Nothing comes back in these weeks: what you practise now will."
    week = sum(count for _, count in days[:7])
    parts = [f"{days[0][1]} due today", f"{week} within a week", f"{total} in all"]
    if not days[0][1]:
        first = next(day for day, count in days if count)
        parts[0] = f"nothing due today, the next {coming(first, days[0][0])}"
    return f"Points that come back: {', '.join(parts)}."
