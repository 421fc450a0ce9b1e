"""What is wrong with a rubric by its own texts: nothing that is graded goes into it.

The judge knows the rubric by heart, so it takes whatever an author wrote for right. Owns a
second reading of each wording, misconception, pair of points and prompt, by the encoder's
likeness and by words, and what an author is told about it. In doubt it finds nothing. Refuses
to measure (``rubric_places``, ``rubric_restating``, ``rubric_twins``, ``rubric_prompts`` do).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.giving_away import MOST_GIVEN_AWAY
from interviewbot.domain.question import Point, Question
from interviewbot.domain.text import one_line
from interviewbot.services.evaluation.rubric_blame import Blame, rubrics
from interviewbot.services.evaluation.rubric_measures import Measurement
from interviewbot.services.evaluation.rubric_places import Misplaced, Places
from interviewbot.services.evaluation.rubric_plan import Case, RubricCheck
from interviewbot.services.evaluation.rubric_prompts import given_away
from interviewbot.services.evaluation.rubric_restating import restates, vocabulary
from interviewbot.services.evaluation.rubric_twins import twins


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A fault that the texts show: what was measured, and whose it is."""

    measurement: Measurement
    blame: Blame


def read(case: Case, places: Places) -> Reading | None:
    """Return what is wrong with the texts that ``case`` is about, None where nothing is."""
    reader = _READERS.get(case.check)
    return None if reader is None else reader(case, places)


def _wording(case: Case, places: Places) -> Reading | None:
    (point,), entry = case.points, case.entry
    wrong = _restated(case.text, entry.question, lambda other: other.misconceptions)
    if wrong is not None:
        change = f"Decide whether it is right: as a misconception there is {_at(entry, wrong)}."
        return _no_difference(change, case.text)
    found = None if case.text == point.text else places.misplaced(entry, point, case.text)
    if found is None:
        return None
    return Reading(
        measurement=_measured("likeness to its point", found.own, "above", found.rival),
        blame=rubrics(_to_move(entry, point, found), near=found.own, text=case.text),
    )


def _misconception(case: Case, _: Places) -> Reading | None:
    said = _restated(case.text, case.entry.question, lambda point: point.claims)
    if said is None:
        return None
    change = f"Take it out, or say what is wrong: it says the same as {_at(case.entry, said)}."
    return _no_difference(change, case.text)


def _pair(case: Case, places: Places) -> Reading | None:
    point, sister = case.points
    table = places.tables[case.entry.question.id]
    found = twins(point, sister, table, places.usual)
    if found is None:
        return None
    change = (
        f"Make one point of {point.id} and {sister.id}, or let each say what the other does not:"
        f" {point.id} has {_at(case.entry, found.said)}."
    )
    return Reading(
        measurement=_measured("likeness across points", found.across, "below", found.within),
        blame=rubrics(change, near=found.across, text=found.again),
    )


def _prompt(case: Case, _: Places) -> Reading | None:
    (point,), question = case.points, case.entry.question
    found = given_away(question, point)
    if found is None:
        return None
    change = (
        f"Ask without giving {point.id} away, or leave that point out: it says"
        f" {_at(case.entry, found.claim)}."
    )
    return Reading(
        measurement=_measured("share of its words", found.share, "at most", MOST_GIVEN_AWAY),
        blame=rubrics(change, text=question.prompt),
    )


def _restated(text: str, question: Question, sides: Callable[[Point], Iterable[str]]) -> str | None:
    """Return the first of what ``sides`` gives of the points that ``text`` says again."""
    known = _known(question)
    every = (other for point in question.points for other in sides(point))
    return next((other for other in every if restates(text, other, known)), None)


@lru_cache(maxsize=8)  # its texts come one after another
def _known(question: Question) -> frozenset[str]:
    claims = [claim for point in question.points for claim in point.claims]
    return vocabulary([question.prompt, question.model_answer, *claims])


def _to_move(entry: CorpusEntry, point: Point, found: Misplaced) -> str:
    if found.entry is None or found.point is None:
        return f"Reword it, or take it out: it is far from all else that {point.id} says."
    where = found.point.id
    if found.entry is not entry:
        where = f"{where} of {found.entry.question.id}"
    return (
        f"Move it, or let it say what {point.id} says: it is nearer to {where},"
        f" {_at(found.entry, found.point.text)}."
    )


def _at(entry: CorpusEntry, text: str) -> str:
    """Return ``text`` in quotation marks, with its line where that is known."""
    line = entry.line_of(text, 0)
    return f"“{one_line(text)}”" + (f" (line {line})" if line else "")


def _no_difference(change: str, text: str) -> Reading:
    measurement = _measured("words that make a difference", 0.0, "at least", 1.0)
    return Reading(measurement=measurement, blame=rubrics(change, text=text))


def _measured(what: str, measured: float, wanted: str, bound: float) -> Measurement:
    return Measurement(
        what=what, measured=round(measured, 4), wanted=wanted, bound=round(bound, 4), holds=False
    )


_READERS: Mapping[RubricCheck, Callable[[Case, Places], Reading | None]] = {
    RubricCheck.ACCEPT: _wording,
    RubricCheck.MISCONCEPTION: _misconception,
    RubricCheck.TOLD_APART: _pair,
    RubricCheck.GIVEN_AWAY: _prompt,
}
