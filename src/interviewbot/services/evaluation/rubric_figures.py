"""The figures of `eval rubrics`: findings, and what they add up to.

Owns the order, worst first, and the totals; what the texts show goes before what a grade
shows. Refuses to print, and to decide what fails (``rubric_measures``, ``rubric_readings``)
and whose fault it is (``rubric_faults``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewbot.domain.trial import Results
from interviewbot.services.evaluation.rubric_blame import Blame, Fault
from interviewbot.services.evaluation.rubric_faults import blame
from interviewbot.services.evaluation.rubric_likeness import TextVectors
from interviewbot.services.evaluation.rubric_measures import Measurement, graded_of, measure
from interviewbot.services.evaluation.rubric_places import Places
from interviewbot.services.evaluation.rubric_plan import TRIED, Case, RubricCheck, RubricPlan
from interviewbot.services.evaluation.rubric_readings import read
from interviewbot.services.evaluation.rubric_shared import SharedPair, without_shared


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
    """One check over all questions; ``tried`` says what it tries and what is wanted."""

    check: RubricCheck
    tried: str
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
    places = Places(entries=plan.questions, vectors=vectors)
    for case in plan.cases:
        graded = graded_of(case, results)
        if (reading := read(case, places)) is not None:
            outcomes.append(_Outcome(case, _finding(case, reading.measurement, reading.blame)))
            continue
        if case.check is RubricCheck.OTHER_ANSWER:
            graded = without_shared(graded, results, vectors, shared)
        found = measure(graded)
        if found is None:
            outcomes.append(_Outcome(case, graded=False))
        elif found.holds:
            outcomes.append(_Outcome(case))
        else:
            outcomes.append(_Outcome(case, _finding(case, found, blame(graded, vectors))))
    questions = sorted(_by_question(plan, outcomes), key=_badness)
    order = {question.question_id: place for place, question in enumerate(questions)}
    findings = [outcome.finding for outcome in outcomes if outcome.finding is not None]
    return RubricFigures(
        total=_tally(outcomes),
        questions=tuple(questions),
        checks=tuple(
            CheckFigures(
                check=check,
                tried=TRIED[check],
                cases=_tally([outcome for outcome in outcomes if outcome.case.check is check]),
            )
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


def _finding(case: Case, found: Measurement, whose: Blame) -> Finding:
    text = whose.text or case.text or " ".join(point.text for point in case.points)
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
        text=text,
        quote=whose.quote,
        change=whose.change,
        path=case.entry.path,
        line=case.entry.line_of(text, case.line),
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
