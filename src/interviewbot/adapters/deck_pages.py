"""Questions as one HTML page to print, and back.

Owns the page: it loads nothing, and carries the questions whole in a block of data that no
browser runs, so that an import of it brings back what was exported. Refuses pages of others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import groupby

from interviewbot.adapters.import_json import read_json
from interviewbot.adapters.question_documents import documents
from interviewbot.domain.errors import BadInput
from interviewbot.domain.pages.found import Found
from interviewbot.domain.question import Question
from interviewbot.domain.text import one_line

_DATA = re.compile(
    r'<script type="application/json" id="interviewbot-questions">(.*?)</script>', re.DOTALL
)


def deck_page(questions: Sequence[Question], title: str) -> str:
    """Return ``questions`` as an HTML document called ``title``, by topic and id."""
    from markupsafe import Markup

    from interviewbot.adapters.formulas import readable
    from interviewbot.adapters.report_pages import environment, plain

    ordered = sorted(questions, key=lambda one: (one.topic, one.id))
    # Nothing in a text can end the block of data, or begin a comment in it.
    data = json.dumps(documents(questions), ensure_ascii=True).replace("<", "\\u003c")
    page = environment(plain, escaped=True)
    page.filters["readable"] = readable
    return page.get_template("deck.html.jinja").render(
        title=one_line(title),
        questions=ordered,
        topics=[(topic, list(its)) for topic, its in groupby(ordered, lambda one: one.topic)],
        data=Markup(data),  # noqa: S704 - JSON in which "<" is written as an escape
    )


def read_deck_page(text: str, shown: str) -> Found:
    """Return the questions of a page that ``deck_page`` wrote.

    Raises:
        BadInput: if it is another page.
    """
    match = _DATA.search(text)
    if match is None:
        raise BadInput(
            f"{shown} is not a page that this program wrote",
            "save its text as a .txt file, or export the questions as JSON or CSV",
        )
    return read_json(match.group(1), shown)
