"""What a report looks like, as Markdown and as one HTML page without scripts.

Owns the words, the layout and that foreign text stays text: whatever a template shows is
sanitised and escaped on its way, with no exception to be forgotten. Refuses to write files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewbot.domain.grade import Verdict
from interviewbot.domain.report import PointReport, Report
from interviewbot.domain.sitting import Ending
from interviewbot.domain.text import one_line, sanitise

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).resolve().parent / "report_templates"
SIGNS = {
    Verdict.COVERED: "✓",
    Verdict.PARTIAL: "◐",
    Verdict.MISSING: "○",
    Verdict.CONTRADICTED: "✗",
}
_FIRST = [Verdict.CONTRADICTED, Verdict.MISSING, Verdict.PARTIAL, Verdict.COVERED]
_ENDINGS = {
    None: "not answered",
    Ending.ANSWERED: "answered",
    Ending.SKIPPED: "skipped",
    Ending.TIMED_OUT: "timed out",
}
# Markdown's inline specials anywhere; block specials where a line begins; what would become a
# link by itself.
_INLINE = re.compile(r"[\\`*_\[\]<>|~$&@^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_BLOCK = re.compile(r"^(?:[#+=:-]|\d{1,9}(?=[.)]))")
_LEADING = re.compile(r"^\s+")


class _Ready(str):
    """Markdown that is escaped already."""

    __slots__ = ()


def html_page(report: Report, zone: tzinfo | None = None) -> str:
    """Return ``report`` as an HTML document that loads nothing; times in ``zone`` or local."""
    return _render("report.html.jinja", report, zone, plain, escaped=True)


def markdown_page(report: Report, zone: tzinfo | None = None) -> str:
    """Return ``report`` as Markdown; times in ``zone`` or local."""
    page = _render("report.md.jinja", report, zone, _as_markdown, escaped=False)
    return re.sub(r"\n{3,}", "\n\n", page)


def markdown_text(text: str) -> str:
    """Return one line of ``text`` such that Markdown shows it as it is."""
    line = _INLINE.sub(lambda found: f"\\{found.group()}", one_line(text))
    return _BLOCK.sub(_escaped_start, line)


def _escaped_start(found: re.Match[str]) -> str:
    start = found.group()
    return f"{start}\\" if start[0].isdecimal() else f"\\{start}"


def _as_markdown(value: Any) -> Any:
    if isinstance(value, _Ready) or not isinstance(value, str):
        return value
    return markdown_text(value)


def plain(value: Any) -> Any:
    """Sanitise every text; what Jinja has escaped already was sanitised before."""
    foreign = isinstance(value, str) and not hasattr(value, "__html__")
    return sanitise(value) if foreign else value


def _quoted(text: str) -> _Ready:
    """Return ``text`` as a block quote, line by line."""
    lines = []
    for line in sanitise(text).strip("\n").split("\n"):
        indent = _LEADING.match(line.expandtabs(4))
        lines.append("\u00a0" * (indent.end() if indent else 0) + markdown_text(line))
    return _Ready("\n".join(f"> {line}  ".rstrip(" ") + "  " for line in lines))


def _render(
    template: str,
    report: Report,
    zone: tzinfo | None,
    finalize: Callable[[Any], Any],
    *,
    escaped: bool,
) -> str:
    page = environment(finalize, escaped=escaped)

    def day(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    def when(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    page.filters |= {
        "when": when,
        "number": lambda value: f"{value:.0f}",
        "lasting": _lasting,
        "quoted": _quoted,
        "sign": lambda verdict: SIGNS[verdict],
        "ending": lambda exchange: _ENDINGS[exchange.ending],
        "worst_first": lambda points: sorted(points, key=lambda one: _FIRST.index(one.verdict)),
    }
    returns = [(str(at), list(its)) for at, its in groupby(report.returns, lambda p: _due(p, day))]
    return page.get_template(template).render(
        report=report, returns=returns, counts=_counts(report)
    )


def environment(finalize: Callable[[Any], Any], *, escaped: bool) -> Environment:
    """Return what renders the templates; ``finalize`` is applied to all that they show."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=escaped,  # noqa: S701 - Markdown has an escape of its own, in `finalize`
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _due(point: PointReport, day: Callable[[datetime], date]) -> date | None:
    return None if point.due is None else day(point.due)


def _counts(report: Report) -> list[str]:
    """Return what became of the questions, what did not happen left out."""
    named = (
        (report.graded, "graded"),
        (report.skipped, "skipped"),
        (report.timed_out, "timed out"),
        (report.ungraded, "ungraded"),
        (report.unasked, "not asked"),
    )
    return [f"{count} {name}" for count, name in named if count]


def _lasting(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
