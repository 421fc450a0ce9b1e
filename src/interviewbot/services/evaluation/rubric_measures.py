"""What a check measured, and whether that is what was wanted.

Owns the bounds of the checks. Refuses to say whose fault a failure is. "Earns" is a verdict
`covered` or `partial`. In an answer without one point's wording a point is lost that was
covered with it and is not covered now: a `partial` for what its sisters half say is a loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.grade import COVERED_FROM, PARTIAL_FROM, Grade, PointGrade, Verdict
from interviewbot.domain.trial import Results
from interviewbot.services.evaluation.rubric_plan import Case, RubricCheck

FULL_FROM = 85.0  # score
NOTHING_UP_TO = 10.0  # score
ORDER_UP_TO = 3.0  # change of score
_ROUNDING = 0.1  # a score has one decimal; a sum in another order may round otherwise
_EARNS = frozenset({Verdict.COVERED, Verdict.PARTIAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One figure and its bound: ``measured`` should be ``wanted`` (a relation) ``bound``."""

    what: str
    measured: float
    wanted: str
    bound: float
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A case with those of its grades that are there.

    ``undeserved`` are, of the other questions whose model answer earns the point, those that
    do not make the same point.
    """

    case: Case
    measured: tuple[Grade, ...]
    against: tuple[Grade, ...]
    undeserved: tuple[tuple[CorpusEntry, PointGrade], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every trial of the case was graded."""
        graded = len(self.measured), len(self.against)
        return graded == (len(self.case.measured), len(self.case.against))


def graded_of(case: Case, results: Results) -> Graded:
    """Return ``case`` with its grades out of ``results``."""
    return Graded(
        case=case, measured=_grades(case.measured, results), against=_grades(case.against, results)
    )


def _grades(keys: tuple[str, ...], results: Results) -> tuple[Grade, ...]:
    found = (results[key] for key in keys)
    return tuple(result for result in found if isinstance(result, Grade))


def earning(case: Case, results: Results) -> tuple[tuple[CorpusEntry, PointGrade], ...]:
    """Return the other questions whose model answer earns the point of ``case``, and how."""
    found = []
    for other, key in zip(case.others, case.measured, strict=True):
        grade = results[key]
        if isinstance(grade, Grade) and earns(point := point_of(grade, case)):
            found.append((other, point))
    return tuple(found)


def earns(point: PointGrade) -> bool:
    """Return whether ``point`` got anything."""
    return point.verdict in _EARNS


def point_of(grade: Grade, case: Case) -> PointGrade:
    """Return the judgement of the one point that ``case`` is about."""
    (point,) = case.points
    return by_id(grade)[point.id]


def by_id(grade: Grade) -> dict[str, PointGrade]:
    """Return the points of ``grade`` by their ids."""
    return {point.id: point for point in grade.points}


def measure(graded: Graded) -> Measurement | None:
    """Return what the case came to; None where a trial that it needs is ungraded.

    Of several trials one is enough to fail, all are needed to hold.
    """
    several = graded.case.check in {RubricCheck.OTHER_ANSWER, RubricCheck.TOLD_APART}
    if not several and not graded.complete:
        return None
    found = _MEASURES[graded.case.check](graded)
    return found if graded.complete or not found.holds else None


def _at_least(what: str, measured: float, bound: float) -> Measurement:
    holds = measured >= bound
    return Measurement(what=what, measured=measured, wanted="at least", bound=bound, holds=holds)


def _at_most(what: str, measured: float, bound: float) -> Measurement:
    holds = measured <= bound
    return Measurement(what=what, measured=measured, wanted="at most", bound=bound, holds=holds)


def _full_score(graded: Graded) -> Measurement:
    return _at_least("score", graded.measured[0].score, FULL_FROM)


def _no_score(graded: Graded) -> Measurement:
    return _at_most("score", graded.measured[0].score, NOTHING_UP_TO)


def _credit(graded: Graded, *, wanted: str, bound: float, holds: bool) -> Measurement:
    """Return the credit of the point; ``holds`` is by verdict, since credits are rounded."""
    credit = point_of(graded.measured[0], graded.case).credit
    bound = round(bound, 4)
    return Measurement(what="credit", measured=credit, wanted=wanted, bound=bound, holds=holds)


def _covers(graded: Graded) -> Measurement:
    covered = point_of(graded.measured[0], graded.case).verdict is Verdict.COVERED
    return _credit(graded, wanted="at least", bound=COVERED_FROM, holds=covered)


def _does_not_cover(graded: Graded) -> Measurement:
    covered = point_of(graded.measured[0], graded.case).verdict is Verdict.COVERED
    return _credit(graded, wanted="below", bound=COVERED_FROM, holds=not covered)


def _earns_nothing(graded: Graded) -> Measurement:
    earned = earns(point_of(graded.measured[0], graded.case))
    return _credit(graded, wanted="below", bound=PARTIAL_FROM, holds=not earned)


def _contradicts(graded: Graded) -> Measurement:
    seen = point_of(graded.measured[0], graded.case).verdict is Verdict.CONTRADICTED
    return _at_least("contradictions seen", float(seen), 1.0)


def _others_earn_nothing(graded: Graded) -> Measurement:
    return _at_most("answers to other questions that earn it", float(len(graded.undeserved)), 0.0)


def lost_others(graded: Graded) -> list[str]:
    """Return the ids of points that went although their wording stayed."""
    now, before = by_id(graded.measured[0]), by_id(graded.against[0])
    (gone,) = graded.case.points
    return [
        name
        for name, point in before.items()
        if name != gone.id
        and point.verdict is Verdict.COVERED
        and now[name].verdict is not Verdict.COVERED
    ]


def _loses_one(graded: Graded) -> Measurement:
    kept = point_of(graded.measured[0], graded.case).verdict is Verdict.COVERED
    wrong = kept + len(lost_others(graded))
    return _at_most("points that stay or go wrongly", float(wrong), 0.0)


def _told_apart(graded: Graded) -> Measurement:
    """Count the wordings of either point that cover the other: the fewer of the two."""
    point, sister = graded.case.points
    sides = (
        sum(by_id(grade)[other.id].verdict is Verdict.COVERED for grade in grades)
        for grades, other in ((graded.measured, sister), (graded.against, point))
    )
    return _at_most("wordings of either point that cover both", float(min(sides)), 0.0)


def _same_in_any_order(graded: Graded) -> Measurement:
    now, before = graded.measured[0], graded.against[0]
    changed = sum(by_id(now)[p.id].verdict is not p.verdict for p in before.points)
    if changed:
        return _at_most("verdicts changed", float(changed), 0.0)
    return _at_most("change of score", _change(now, before), _ROUNDING)


def _much_the_same(graded: Graded) -> Measurement:
    change = _change(graded.measured[0], graded.against[0])
    return _at_most("change of score", change, ORDER_UP_TO)


def _change(now: Grade, before: Grade) -> float:
    return round(abs(now.score - before.score), 1)


_MEASURES: Mapping[RubricCheck, Callable[[Graded], Measurement]] = {
    RubricCheck.MODEL_ANSWER: _full_score,
    RubricCheck.WORDINGS: _full_score,
    RubricCheck.WITHOUT_ONE: _loses_one,
    RubricCheck.ACCEPT: _covers,
    RubricCheck.MISCONCEPTION: _does_not_cover,
    RubricCheck.CONTRADICTION: _contradicts,
    RubricCheck.OTHER_ANSWER: _others_earn_nothing,
    RubricCheck.ECHO: _no_score,
    RubricCheck.EMPTY_HANDED: _no_score,
    RubricCheck.GIVEN_AWAY: _earns_nothing,
    RubricCheck.TOLD_APART: _told_apart,
    RubricCheck.POINT_ORDER: _same_in_any_order,
    RubricCheck.SENTENCE_ORDER: _much_the_same,
}
