"""The corpus's own words in a report, made to be read without Markdown and TeX.

Owns which texts of a report come from the corpus, and that code among them stays as it is.
Refuses to touch what the candidate said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from interviewbot.adapters.formulas import readable
from interviewbot.domain.report import ExchangeReport, PointReport, Report
from interviewbot.domain.text import unmarked

_FENCED = re.compile(
    r"^[ \t]*(?:```|~~~)[^\n]*\n(.*?)^[ \t]*(?:```|~~~)[ \t]*$", re.MULTILINE | re.DOTALL
)


def in_plain_words(report: Report) -> Report:
    """Return ``report`` with formulas in Unicode and without marks for bold and for code."""
    return replace(
        report,
        exchanges=tuple(_exchange(exchange) for exchange in report.exchanges),
        strongest=_points(report.strongest),
        weakest=_points(report.weakest),
        returns=_points(report.returns),
    )


def _exchange(exchange: ExchangeReport) -> ExchangeReport:
    return replace(
        exchange,
        title=_plain(exchange.title),
        prompt=_plain(exchange.prompt),
        model_answer=_plain(exchange.model_answer),
        follow_ups=tuple(
            replace(follow_up, prompt=_plain(follow_up.prompt)) for follow_up in exchange.follow_ups
        ),
        points=_points(exchange.points),
    )


def _points(points: Iterable[PointReport]) -> tuple[PointReport, ...]:
    return tuple(
        replace(point, text=_plain(point.text), question=_plain(point.question)) for point in points
    )


def _plain(text: str) -> str:
    pieces = _FENCED.split(text)  # prose and code by turns
    pieces[::2] = [unmarked(readable(prose)) for prose in pieces[::2]]
    return "".join(pieces)
