"""Mastery over time: a curve, and a line that says the same in words.

Owns how the curve is drawn and what it is called. Refuses to know where its days come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar, TypeAlias

from textual_plot import AxisFormatter, HiResMode, PlotWidget

from interviewbot.tui.widgets.days import dated

Curve: TypeAlias = Sequence[tuple[date, float]]  # a day, and mastery (0..1) then
LEAST_DAYS = 14  # shown, so that the first days do not look like a lifetime
_TICK = 8  # cells that a date takes


class _Days(AxisFormatter):
    """Labels whole days, counted from the proleptic first, with as many as there is room for."""

    most = 5
    last = date.min.toordinal()

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:  # noqa: ARG002
        """Return evenly spaced days, the last day among them."""
        first = round(min_)
        step = max(1, -(-(self.last - first) // self.most))
        return [float(day) for day in range(self.last, first - 1, -step)][::-1]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """Return day and month."""
        days = [date.fromordinal(round(tick)) for tick in ticks]
        return [dated(day, days[-1]) for day in days]


class MasteryPlot(PlotWidget):
    """Draws one curve on 0..100 %; it is looked at, not worked in."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"mastery-plot--curve"}
    DEFAULT_CSS = """
    MasteryPlot {
        & > .mastery-plot--curve {
            color: $accent;
        }
        & > .plot--axis {
            color: $foreground-muted;
        }
        & > .plot--tick {
            color: $foreground;
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin without a curve."""
        super().__init__(id=id, allow_pan_and_zoom=False)
        self.can_focus = False
        self._days = _Days()
        self._curve: Curve = ()

    def on_mount(self) -> None:
        """Draw again where the theme changes."""
        self.margin_left, self.margin_top, self.margin_bottom = 7, 0, 1
        self.app.theme_changed_signal.subscribe(self, lambda _: self.show(self._curve))

    def on_resize(self) -> None:
        """Draw with as many dates as fit."""
        self.show(self._curve)

    def show(self, curve: Curve) -> None:
        """Draw ``curve``; one day alone is a dot."""
        self._curve = curve
        self._days.most = max(1, (self.size.width - self.margin_left) // (2 * _TICK))
        self.clear()
        if not curve:
            return
        last = curve[-1][0]
        first = min(curve[0][0], last - timedelta(days=LEAST_DAYS - 1))
        self.set_x_formatter(self._days)
        self.set_ylimits(-3, 103)  # likewise above and below
        self.set_yticks([0, 25, 50, 75, 100])
        self._days.last = last.toordinal()
        # Room to the right, or the frame lies over the last day and cuts its date.
        room = (last - first).days * _TICK / 2 / max(_TICK, self.size.width - self.margin_left)
        self.set_xlimits(first.toordinal(), last.toordinal() + room)
        days = [float(day.toordinal()) for day, _ in curve]
        shares = [100 * share for _, share in curve]
        style = str(self.get_component_rich_style("mastery-plot--curve", partial=True))
        if len(curve) == 1:
            self.scatter(days, shares, marker="●", marker_style=style)
        else:
            self.plot(days, shares, line_style=style, hires_mode=HiResMode.BRAILLE)


def begun(curve: Curve) -> Curve:
    """Return ``curve`` from the first day on which something was known."""
    first = next((place for place, (_, share) in enumerate(curve) if share > 0), len(curve))
    return curve[first:]


def told(curve: Curve) -> str:
    """Return ``curve`` as a sentence; it is one that has begun."""
    if not curve:
        return "Nothing known yet: the curve begins with the first answer that covers a point."
    now = f"{100 * curve[-1][1]:.0f} % today"
    if len(curve) == 1:
        return f"{now}; the curve begins with a second day."
    today = curve[-1][0]
    lowest, best = (pick(curve, key=lambda pair: pair[1]) for pick in (min, max))
    since = f"{100 * curve[0][1]:.0f} % on {dated(curve[0][0], today)}"
    named = [
        f"{word} {100 * share:.0f} % on {dated(day, today)}"
        for word, (day, share) in (("best", best), ("lowest", lowest))
        if round(100 * share) not in {round(100 * curve[0][1]), round(100 * curve[-1][1])}
    ]
    return f"{', '.join([now, since, *named])}."
