"""Numbers and names of the evaluation report, as people read them.

Owns how many digits a figure has. Refuses to escape: the page does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from numbers import Real
from typing import Any

from interviewbot.adapters.formulas import readable
from interviewbot.adapters.report_pages import SIGNS
from interviewbot.domain.grade import Verdict
from interviewbot.domain.text import one_line, unmarked

REGRESSIONS = {
    "mae": "the mean error is greater",
    "qwk": "the agreement on bands (QWK) is smaller",
    "verdicts": "more verdicts are newly wrong than newly right",
    "ungraded": "more answers stay ungraded",
}


def _number(value: Any) -> float | None:
    """Return ``value`` where it is a number; None for what is not there."""
    if not isinstance(value, Real) or value != value:  # noqa: PLR0124 - NaN alone differs
        return None
    return float(value)


def _formed(value: Any, form: str, factor: float = 1) -> str | None:
    number = _number(value)
    if number is None:
        return None
    formed = format(number * factor + 0.0, form)
    # What rounds to nothing has no sign.
    bare = formed.lstrip("+-")
    return bare if not bare.strip("0.") else formed.replace("-", "−")


def figure(value: Any) -> str | None:
    """Return a coefficient or an error, three digits behind the point."""
    return _formed(value, ".3f")


def signed(value: Any) -> str | None:
    """Return a difference of such figures, with its sign."""
    return _formed(value, "+.3f")


def percent(value: Any) -> str | None:
    """Return a share, 0 to 1, as a percentage; one digit behind the point near either end."""
    number = _number(value)
    if number is None:
        return None
    small = 0 < abs(number) < 0.1 or 0.99 < number < 1
    return f"{_formed(number, '.1f' if small else '.0f', 100)} %"


def score(value: Any) -> str | None:
    """Return points of score, 0 to 100."""
    return _formed(value, ".1f")


def brief(value: Any) -> str | None:
    """Return a number of any size with the digits that matter, at most three."""
    return _formed(value, ".3g")


def change(value: Any) -> str | None:
    """Return a difference of scores, 0 to 100, with its sign."""
    return _formed(value, "+.1f")


def probability(value: Any) -> str | None:
    """Return a p-value."""
    number = _number(value)
    if number is not None and number < 0.001:
        return "under 0.001"
    return figure(number)


def interval(value: Any) -> str | None:
    """Return the ends of an interval; None where there is none."""
    return _ends(value, lambda end: _formed(end, ".2f"))


def of_100(value: Any) -> str | None:
    """Return a score, 0 to 1, as points of 100."""
    return _formed(value, ".1f", 100)


def between(band: Mapping[str, Any]) -> str | None:
    """Return where a band of scores or a bin of confidence begins and ends."""
    return _ends((band.get("low"), band.get("high")), lambda end: _formed(end, ".1f"))


def changes(value: Any) -> str | None:
    """Return the ends of an interval of differences, with their signs."""
    return _ends(value, signed)


def shares(value: Any) -> str | None:
    """Return the ends of an interval of shares."""
    return _ends(value, percent)


def _ends(value: Any, form: Callable[[Any], str | None]) -> str | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    low, high = map(form, value)
    return None if low is None or high is None else f"{low} to {high}"


def named(value: Any) -> str:
    """Return an identifier as words."""
    return str(value).replace("_", " ").replace("-", " ")


def counted(n: Any, one: str, many: str = "") -> str:
    """Return ``n`` with its noun; ``many`` is ``one`` with an s where it is not given."""
    found = _number(n)
    return (
        f"{'–' if found is None else format(found, '.0f')} {one if n == 1 else many or one + 's'}"
    )


def sentence(text: Any) -> str:
    """Return ``text`` with a capital first letter, the others as they are."""
    found = str(text or "")
    return found[:1].upper() + found[1:]


def prose(text: Any) -> str:
    """Return the corpus's own words without Markdown and TeX; a text with code as it is."""
    found = str(text)
    return found if "```" in found or "~~~" in found else unmarked(readable(found))


def sign(verdict: Any) -> str:
    """Return a verdict with its sign, or that there is none."""
    known = next((one for one in Verdict if one.value == verdict), None)
    return str(verdict or "no verdict") if known is None else f"{SIGNS[known]} {known.value}"


def agrees(point: Mapping[str, Any]) -> str:
    """Return in words whether the bot's verdict of a point is the people's."""
    label, verdict = point.get("label"), point.get("verdict")
    if not label:
        return "no label"
    return "agree" if str(label) == str(verdict) else "differ"


def short(text: Any, most: int = 160) -> str:
    """Return the beginning of ``text`` on one line, cut between words."""
    line = one_line(str(text))
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]} …"
