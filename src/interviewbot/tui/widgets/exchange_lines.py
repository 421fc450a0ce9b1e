"""A question that was asked, as lines of text: its score, what was said, point by point.

Owns the words. Refuses to lay them out. Everything foreign goes through ``foreign``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from interviewbot.domain.grade import Verdict
from interviewbot.domain.report import ExchangeReport, PointReport
from interviewbot.domain.sitting import Ending
from interviewbot.tui.widgets.bars import bar
from interviewbot.tui.widgets.foreign import MUTED, foreign, foreign_line
from interviewbot.tui.widgets.verdicts import LOOKS

_ORDER = list(LOOKS)


def outcome(exchange: ExchangeReport, width: int = 10) -> Content:
    """Return the score with its bar, or in words why there is none."""
    if exchange.score is not None:
        return Content.assemble(
            (bar(exchange.score / 100, width), "$text-accent"),
            f" {exchange.score:3.0f}  {exchange.band or ''}",
        )
    if exchange.ungraded:
        return Content.assemble("not graded: ", foreign_line(exchange.ungraded))
    return Content(_WORDS.get(exchange.ending, "not answered"))


_WORDS: dict[Ending | None, str] = {Ending.SKIPPED: "skipped", Ending.TIMED_OUT: "the time was up"}


def said(exchange: ExchangeReport) -> Content:
    """Return the answer and the replies to the follow-ups, one under the other."""
    parts = [_reply(exchange.answer, exchange.ending)]
    for probe in exchange.follow_ups:
        asked = foreign_line(f"Follow-up: {probe.prompt}", "bold")
        parts.append(Content("\n").join([asked, _reply(probe.answer, probe.ending)]))
    return Content("\n\n").join(parts)


def _reply(text: str, ending: Ending | None) -> Content:
    note = _WORDS.get(ending, "" if ending else "left open")
    lines = [Content.styled(f"({note})", MUTED)] if note else []
    if text.strip():
        lines.append(foreign(text))
    return Content("\n").join(lines)


def in_reading_order(points: Sequence[PointReport]) -> list[PointReport]:
    """Return ``points``: contradicted, missed, half said, covered; heavy ones first in each."""
    return sorted(points, key=lambda point: (_ORDER.index(counted(point)), -point.weight))


def counted(point: PointReport) -> Verdict:
    """Return the verdict that counts: the candidate's own where there is one."""
    return point.own or point.verdict


def verdict(point: PointReport) -> Content:
    """Return the mark and the words of a point's verdict."""
    look = LOOKS[point.verdict]
    notes = [f"{look.mark} {look.word}"]
    if point.after_follow_up:
        notes.append("after a follow-up")
    if point.own is not None:
        notes.append(f"you: {LOOKS[point.own].word}")
    return Content.styled(" · ".join(notes), f"{look.style} bold")


def proof(point: PointReport, back: str = "") -> list[Content]:
    """Return a point's text, the words that prove it, and ``back``, when it comes back."""
    lines = [foreign_line(point.text)]
    if point.quote:
        lines.append(foreign_line(f"“{point.quote}”", "italic"))
    if point.unsure and point.own is None:
        lines.append(Content("The judge is unsure: look for yourself, then y or x."))
    if point.own_reason:
        lines.append(foreign_line(f"your reason: {point.own_reason}", MUTED))
    if back:
        lines.append(Content.styled(f"comes back {back}", MUTED))
    return lines


def by_day(points: Sequence[tuple[date, PointReport]]) -> list[tuple[date, list[PointReport]]]:
    """Return ``points`` grouped by their day, the nearest first."""
    groups: dict[date, list[PointReport]] = {}
    for day, point in sorted(points, key=lambda pair: pair[0]):
        groups.setdefault(day, []).append(point)
    return list(groups.items())
