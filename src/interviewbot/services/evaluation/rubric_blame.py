"""A fault, whose it is, and what to do about it.

Owns the words for it, and the case of a wording that the judge sets aside. Refuses to know
the checks (``rubric_faults`` does).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interviewbot.domain.grade import Aside, Grade
from interviewbot.domain.terms import FUNCTION_WORDS
from interviewbot.domain.text import words

_GARBLED = frozenset({Aside.LIST, Aside.SCRAMBLED})
_JOINS = frozenset({"and", "or"})


class Fault(StrEnum):
    """Who has to change."""

    RUBRIC = "rubric"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """A fault with its reason: ``change`` is for the author, in one sentence.

    ``likeness`` is the cosine that decided, where one did; ``text`` the wording concerned
    where the case names none, ``quote`` what the judge took for the point.
    """

    fault: Fault
    change: str
    likeness: float | None = None
    text: str = ""
    quote: str = ""


def judges(why: str, *, near: float | None = None, text: str = "", quote: str = "") -> Blame:
    """Blame the judge, who is not sure to be wrong; ``why`` is a clause without a full stop."""
    change = f"Perhaps the judge, look at it: {why}."
    return Blame(fault=Fault.JUDGE, change=change, likeness=near, text=text, quote=quote)


def rubrics(change: str, *, near: float | None = None, text: str = "", quote: str = "") -> Blame:
    """Blame the rubric; ``change`` is a sentence that tells its author what to do."""
    return Blame(fault=Fault.RUBRIC, change=change, likeness=near, text=text, quote=quote)


def set_aside(grade: Grade, text: str) -> Blame:
    """Blame whoever is why nothing of ``text``, a wording, was counted."""
    kinds = ", ".join(dict.fromkeys(aside.value for aside in grade.aside))
    if _GARBLED.issuperset(grade.aside) and FUNCTION_WORDS.difference(_JOINS).intersection(
        words(text)
    ):
        return judges(f"the judge takes a sentence for {kinds}", text=text)
    return rubrics(
        f"Write it as a plain statement of its own: the judge sets it aside as {kinds}.", text=text
    )
