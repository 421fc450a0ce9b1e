"""What advice at the end of a sitting is about: the points that were missed.

Owns which of them, in which order, and whether a text speaks of any. Refuses to advise.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewbot.domain.grade import Verdict
from interviewbot.domain.report import PointReport, Report
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import one_line

MOST_POINTS = 10
_LONGEST_QUOTE = 300  # characters


def missed(report: Report) -> list[PointReport]:
    """Return the points that were not covered, what was wrong first, then by what they cost."""
    points = [
        point
        for exchange in report.exchanges
        if not exchange.retry
        for point in exchange.points
        if _counted(point) is not Verdict.COVERED
    ]
    points.sort(
        key=lambda point: (
            _counted(point) is not Verdict.CONTRADICTED,
            -point.weight * (1 - point.credit),
        )
    )
    return points[:MOST_POINTS]


def told_of(points: Sequence[PointReport]) -> list[dict[str, str]]:
    """Return what a prompt says of ``points``; ``said`` is what the candidate wrote."""
    return [
        {
            "question": one_line(point.question),
            "text": one_line(point.text),
            "verdict": _counted(point).value,
            "said": one_line(point.quote)[:_LONGEST_QUOTE],
        }
        for point in points
    ]


def is_about(text: str, points: Sequence[PointReport]) -> bool:
    """Return whether ``text`` has words of at least one of ``points``."""
    return any(content_words(text) & content_words(point.text) for point in points)


def _counted(point: PointReport) -> Verdict:
    """Return the verdict that counts: the candidate's own where there is one."""
    return point.own or point.verdict
