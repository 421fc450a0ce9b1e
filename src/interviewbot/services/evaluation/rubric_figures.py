"""The figures of `eval rubrics`: findings, and what they add up to.

Owns the order, worst first, and the totals. Refuses to print, and to decide what fails
(``rubric_measures``) and whose fault it is (``rubric_faults``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.question import Point
from interviewbot.domain.trial import Results
from interviewbot.services.evaluation.rubric_blame import Fault
from interviewbot.services.evaluation.rubric_faults import blame
from interviewbot.services.evaluation.rubric_likeness import TextVectors, say_the_same
from interviewbot.services.evaluation.rubric_measures import (
    Graded,
    Measurement,
    earning,
    graded_of,
    measure,
)
from interviewbot.services.evaluation.rubric_plan import Case, RubricCheck, RubricPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A check that failed: what was ``measured`` is not ``wanted`` (a relation) ``bound``.

    ``points`` are ids, none where it is the whole question. ``text`` is what it is about, ``quote``
    what the judge took it for, ``likeness`` the cosine that decided ``fault``, where one did.
    """

    question_id: str
    check: RubricCheck
    fault: Fault
    points: tuple[str, ...]
    what: str
    measured: float
    wanted: str
    bound: float
    likeness: float | None
    text: str
    quote: str
    change: str
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPair:
    """Two points of different questions that say the same, so that one answer may earn both."""

    question_id: str
    point: str
    other_id: str
    other_point: str
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many cases there were; ``failed`` is ``rubric`` and ``judge`` together."""

    n: int
    failed: int
    rubric: int
    judge: int
    ungraded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """One question, with the line where its id stands."""

    question_id: str
    path: str
    line: int
    cases: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFigures:
    """One check over all questions."""

    check: RubricCheck
    cases: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricFigures:
    """Everything, ``questions`` and ``findings`` worst first.

    Worst has most faults of its own rubric, then most failures. ``others`` says which model
    answers of other questions were tried.
    """

    total: Tally
    questions: tuple[QuestionFigures, ...]
    checks: tuple[CheckFigures, ...]
    findings: tuple[Finding, ...]
    shared: tuple[SharedPair, ...]
    others: str
    trials: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    case: Case
    finding: Finding | None = None
    graded: bool = True


def rubric_figures(plan: RubricPlan, results: Results, vectors: TextVectors) -> RubricFigures:
    """Return what ``results`` say of the rubrics in ``plan``; ``vectors`` encodes texts.

    Raises:
        KeyError: if ``results`` lack a trial of the plan.
    """
    shared: dict[tuple[str, ...], SharedPair] = {}
    outcomes = []
    for case in plan.cases:
        graded = graded_of(case, results)
        if case.check is RubricCheck.OTHER_ANSWER:
            graded = _without_shared(graded, results, vectors, shared)
        found = measure(graded)
        if found is None:
            outcomes.append(_Outcome(case, graded=False))
        elif found.holds:
            outcomes.append(_Outcome(case))
        else:
            outcomes.append(_Outcome(case, _finding(graded, found, vectors)))
    questions = sorted(_by_question(plan, outcomes), key=_badness)
    order = {question.question_id: place for place, question in enumerate(questions)}
    findings = [outcome.finding for outcome in outcomes if outcome.finding is not None]
    return RubricFigures(
        total=_tally(outcomes),
        questions=tuple(questions),
        checks=tuple(
            CheckFigures(check=check, cases=_tally([o for o in outcomes if o.case.check is check]))
            for check in RubricCheck
        ),
        findings=tuple(
            sorted(findings, key=lambda f: (order[f.question_id], f.fault is Fault.JUDGE))
        ),
        shared=tuple(shared[key] for key in sorted(shared)),
        others=plan.others,
        trials=len(plan.trials),
        seed=plan.seed,
    )


def _without_shared(
    graded: Graded,
    results: Results,
    vectors: TextVectors,
    shared: dict[tuple[str, ...], SharedPair],
) -> Graded:
    """Return ``graded`` with what is earned undeserved; what is shared is noted down."""
    case = graded.case
    (point,) = case.points
    undeserved = []
    for other, judged in earning(case, results):
        pair = _shared(case.entry, point, other, vectors)
        if pair is None:
            undeserved.append((other, judged))
        else:
            key = (pair.question_id, pair.point, pair.other_id, pair.other_point)
            shared[key] = pair
    return replace(graded, undeserved=tuple(undeserved))


def _shared(
    entry: CorpusEntry, point: Point, other: CorpusEntry, vectors: TextVectors
) -> SharedPair | None:
    """Return the point of ``other`` that says the same as ``point``; the same from either side."""
    same = {p.id: say_the_same(point.claims, p.claims, vectors) for p in other.question.points}
    near = {name: found for name, found in same.items() if found is not None}
    if not near:
        return None
    nearest = max(near, key=lambda name: near[name])
    ends = sorted([(entry.question.id, point.id), (other.question.id, nearest)])
    return SharedPair(
        question_id=ends[0][0],
        point=ends[0][1],
        other_id=ends[1][0],
        other_point=ends[1][1],
        likeness=round(near[nearest], 4),
    )


def _finding(graded: Graded, found: Measurement, vectors: TextVectors) -> Finding:
    case, whose = graded.case, blame(graded, vectors)
    return Finding(
        question_id=case.entry.question.id,
        check=case.check,
        fault=whose.fault,
        points=tuple(point.id for point in case.points),
        what=found.what,
        measured=found.measured,
        wanted=found.wanted,
        bound=found.bound,
        likeness=None if whose.likeness is None else round(whose.likeness, 4),
        text=whose.text or case.text or " ".join(point.text for point in case.points),
        quote=whose.quote,
        change=whose.change,
        path=case.entry.path,
        line=case.line,
    )


def _by_question(plan: RubricPlan, outcomes: Sequence[_Outcome]) -> list[QuestionFigures]:
    of_one: dict[str, list[_Outcome]] = {}
    for outcome in outcomes:
        of_one.setdefault(outcome.case.entry.question.id, []).append(outcome)
    return [
        QuestionFigures(
            question_id=entry.question.id,
            path=entry.path,
            line=entry.line,
            cases=_tally(of_one[entry.question.id]),
        )
        for entry in plan.questions
    ]


def _badness(question: QuestionFigures) -> tuple[int, int, str]:
    return -question.cases.rubric, -question.cases.failed, question.question_id


def _tally(outcomes: Sequence[_Outcome]) -> Tally:
    faults = [outcome.finding.fault for outcome in outcomes if outcome.finding is not None]
    return Tally(
        n=len(outcomes),
        failed=len(faults),
        rubric=faults.count(Fault.RUBRIC),
        judge=faults.count(Fault.JUDGE),
        ungraded=sum(not outcome.graded for outcome in outcomes),
    )
