"""How a verdict looks: a mark, a word and a colour that says the same.

Owns the order in which points are read: what was wrong or left out comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from interviewbot.domain.grade import PointGrade, Verdict, gain_of
from interviewbot.domain.memory import OwnVerdict
from interviewbot.domain.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The mark, the word and the theme's style of a verdict."""

    mark: str
    word: str
    style: str


LOOKS: Mapping[Verdict, Look] = {
    Verdict.CONTRADICTED: Look(mark="✗", word="contradicted", style="$text-error"),
    Verdict.MISSING: Look(mark="○", word="missed", style="$text-warning"),
    Verdict.PARTIAL: Look(mark="◐", word="half said", style="$text-accent"),
    Verdict.COVERED: Look(mark="●", word="covered", style="$text-success"),
}
_ORDER = list(LOOKS)
_LONGEST = 62  # characters of a point in a list: two lines of a narrow one


def in_reading_order(points: Sequence[PointGrade]) -> list[PointGrade]:
    """Return ``points``: contradicted, missed, half said, covered; the dearest first in each."""
    return sorted(
        points,
        key=lambda point: (_ORDER.index(point.verdict), -gain_of(point, points), -point.weight),
    )


def headline(point: PointGrade, own: OwnVerdict | None) -> Content:
    """Return a point's verdict and text for a list."""
    look = LOOKS[point.verdict]
    notes = [look.word]
    if point.turn:
        notes.append("after a follow-up")
    if point.disputed:
        notes.append("disputed")
    if own is not None:
        notes.append(f"you: {LOOKS[own.own].word}")
    elif point.unsure:
        notes.append("unsure")
    return Content.assemble(
        (look.mark, f"{look.style} bold"),
        (f" {' · '.join(notes)}\n", "bold"),
        Content(_shortened(one_line(point.text))),
    )


def _shortened(text: str) -> str:
    """Return enough of ``text`` to know it by; the whole of it stands elsewhere."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
