"""What changed from one answer to another: the score, and the verdict of every point.

Owns the words and the order. A sign says what the colour says.
"""

from __future__ import annotations

from textual.content import Content

from interviewbot.domain.grade import Verdict
from interviewbot.domain.report import ExchangeReport, PointReport
from interviewbot.tui.widgets.exchange_lines import counted
from interviewbot.tui.widgets.foreign import MUTED, foreign_line
from interviewbot.tui.widgets.verdicts import LOOKS

_WORTH = {
    Verdict.CONTRADICTED: 0,
    Verdict.MISSING: 1,
    Verdict.PARTIAL: 2,
    Verdict.COVERED: 3,
}
_SIGNS = {
    1: ("▲ better  ", "$text-success"),
    -1: ("▼ worse   ", "$text-error"),
    0: ("= same    ", ""),
}


def score_change(before: ExchangeReport, after: ExchangeReport) -> Content:
    """Return what happened to the score."""
    if before.score is None or after.score is None:
        return Content.styled("No change of score: one of the two has none.", "bold")
    change = round(after.score) - round(before.score)
    words = (
        f"Score {before.score:.0f} → {after.score:.0f} ({change:+d})"
        if change
        else (f"Score {after.score:.0f} in both")
    )
    return Content.styled(words, "bold")


def changes(before: ExchangeReport, after: ExchangeReport) -> Content:
    """Return a line for every point of either answer; what changed comes first."""
    old = {point.id: point for point in before.points}
    new = {point.id: point for point in after.points}
    pairs = [(old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old))]
    if not pairs:
        return Content("Neither has verdicts.")
    pairs.sort(key=lambda pair: (-abs(_change(*pair)), _change(*pair)))
    if before is after:
        return Content("\n").join(_alone(point) for _, point in pairs if point is not None)
    return Content("\n").join(_line(*pair) for pair in pairs)


def _change(before: PointReport | None, after: PointReport | None) -> int:
    if before is None or after is None:
        return 0
    return _WORTH[counted(after)] - _WORTH[counted(before)]


def _line(before: PointReport | None, after: PointReport | None) -> Content:
    change = _change(before, after)
    sign, style = _SIGNS[(change > 0) - (change < 0)]
    told = after or before
    if before is None or after is None:
        sign, style = ("· one only", MUTED)
    return Content.assemble(
        (f"{sign}  ", f"{style} bold".strip()),
        _word(before),
        " → ",
        _word(after),
        "  ",
        foreign_line(told.text if told else ""),
    )


def _alone(point: PointReport) -> Content:
    return Content.assemble(_word(point), "  ", foreign_line(point.text))


def _word(point: PointReport | None) -> Content:
    if point is None:
        return Content("–")
    look = LOOKS[counted(point)]
    return Content.styled(f"{look.mark} {look.word}", look.style)
