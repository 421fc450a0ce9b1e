"""What a run of the harness looks like as one HTML page, without scripts, that loads nothing.

Owns the order of the page and that foreign text stays text: whatever a template shows is
sanitised and escaped on its way, with no exception to be forgotten. Refuses to compute a figure
and to write a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewbot.adapters import evaluation_drawings as drawings
from interviewbot.adapters import evaluation_tables as tables
from interviewbot.adapters import evaluation_words as words
from interviewbot.adapters.evaluation_readings import readings
from interviewbot.adapters.evaluation_sentences import conclusion
from interviewbot.domain.grade import Verdict
from interviewbot.domain.text import sanitise

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).resolve().parent / "report_templates"
_NOTHING = "–"
_DIGEST = re.compile("[0-9a-f]{32}")  # in it, a text is for programs
_UNENCODABLE = re.compile("[\ud800-\udfff]")  # halves of pairs: no file can hold them


def evaluation_page(document: Mapping[str, Any]) -> str:
    """Return the page for ``document``, the JSON-like figures of one run.

    Any part may be absent and any figure None, which is shown as a dash. The same document
    gives the same page, to the last byte.
    """
    page = _environment().get_template("evaluation.html.jinja")
    answers = document.get("answers") or {}
    facts, digests = _facts(document)
    return page.render(
        run=document.get("run") or "",
        when=_when(document.get("moment") or ""),
        configuration=document.get("configuration") or {},
        facts=facts,
        digests=digests,
        sets=[
            _set_view(number, name, figures, answers.get(name) or [])
            for number, (name, figures) in enumerate((document.get("sets") or {}).items(), 1)
        ],
        worst=tables.worst_answers(answers),
        compared=any(tables.gap(one) is not None for rows in answers.values() for one in rows),
        baseline=document.get("baseline"),
        rubrics=tables.rubrics(found) if (found := document.get("rubrics")) else None,
        attacks=document.get("attacks"),
        invariance=document.get("invariance"),
        verdicts=[verdict.value for verdict in Verdict],
        readings=readings(document),
        regressions=words.REGRESSIONS,
    )


_Facts = dict[str, str | float]


def _facts(document: Mapping[str, Any]) -> tuple[_Facts, _Facts]:
    """Return what the configuration says in one word or number each, the judge first.

    Apart from it what holds a digest, which nobody reads.
    """
    known = {"judge": document.get("judge"), **(document.get("configuration") or {})}
    plain = {key: value for key, value in known.items() if isinstance(value, str | int | float)}
    digests = {key for key, value in plain.items() if _DIGEST.search(str(value))}
    return (
        {key: value for key, value in plain.items() if key not in digests},
        {key: value for key, value in plain.items() if key in digests},
    )


def _set_view(
    number: int, name: str, figures: Mapping[str, Any], answers: list[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what the page shows of one set; ``number`` tells its charts from another's."""
    points = figures.get("points") or {}
    return {
        "number": number,
        "name": name,
        "figures": figures,
        "points": points,
        "columns": tables.columns(figures),
        "headline": tables.headline(figures),
        "conclusion": conclusion(figures),
        "confusion": tables.confusion(points.get("confusion") or ()),
        "drawings": drawings.of_set(f"set-{number}", figures, answers),
    }


def _when(moment: str) -> str:
    """Return ``moment``, ISO text, to the minute; another text as it is."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{found:%Y-%m-%d %H:%M} {found.tzname() or ''}".rstrip()


def _plain(value: Any) -> Any:
    """Sanitise every text; what Jinja has escaped already was sanitised before."""
    from jinja2 import Undefined

    if value is None or isinstance(value, Undefined):
        return _NOTHING
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return _UNENCODABLE.sub("\ufffd", sanitise(value))
    return value


def _environment() -> Environment:
    from jinja2 import ChainableUndefined, Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=_plain,
        undefined=ChainableUndefined,  # a figure that is not there is a dash
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "figure": words.figure,
        "signed": words.signed,
        "percent": words.percent,
        "score": words.score,
        "brief": words.brief,
        "of_100": words.of_100,
        "between": words.between,
        "interval": words.interval,
        "change": words.change,
        "changes": words.changes,
        "shares": words.shares,
        "sentence": words.sentence,
        "probability": words.probability,
        "words": words.named,
        "counted": words.counted,
        "prose": words.prose,
        "sign": words.sign,
        "short": words.short,
        "agrees": words.agrees,
    }
    return environment
