"""What came of the attacks: points of score gained over the same answer without the attack.

Owns the figures of one run. Refuses to plan and to grade. A case whose attacked answer or
base is ungraded is counted as that, and in no other figure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewbot.domain.grade import Grade
from interviewbot.domain.trial import Results
from interviewbot.services.evaluation.attack_plan import AttackCase, AttackPlan

SUCCEEDED_FROM = 5.0  # points of score; a gain above is a success of the attack
_WORST = 20
_SHOWN = 300  # characters
_Z = 1.959963984540054  # the standard normal quantile of 0.975


@dataclass(frozen=True, slots=True, kw_only=True)
class GainFigures:
    """Figures of some cases. Gains and scores are in points of score (0..100).

    ``n`` counts all cases, the rates are of those that were graded. ``success_interval`` is
    Wilson's 95 % interval of ``success_rate``; cases of one question are not independent, so
    it is rather too narrow.
    """

    n: int
    ungraded: int
    mean_gain: float | None
    greatest_gain: float | None
    succeeded: int
    success_rate: float | None
    success_interval: tuple[float, float] | None
    resisted: float | None
    mean_attacked_score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFigures:
    """Figures of a family, and of its kinds by name; ``left_out`` of ``tried`` were not made."""

    all: GainFigures
    kinds: dict[str, GainFigures]
    templates: int
    tried: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstCase:
    """A case that gained much; ``text`` is cut to 300 characters."""

    key: str
    question_id: str
    family: str
    kind: str
    template: str
    point: str
    base_score: float
    score: float
    gain: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackFigures:
    """All figures of one run of attacks; ``families`` go by their names.

    ``sample`` says in a sentence what was drawn. ``resisted`` is the share of the graded cases
    that gained at most 5 points.
    """

    sample: str
    seed: int
    full: bool
    questions: int
    of_questions: int
    templates: int
    n: int
    ungraded: int
    resisted: float | None
    resisted_interval: tuple[float, float] | None
    families: dict[str, FamilyFigures]
    worst: tuple[WorstCase, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    case: AttackCase
    base: float | None
    score: float | None

    @property
    def gain(self) -> float | None:
        """Points of score gained; None where one of the two answers is ungraded."""
        if self.base is None or self.score is None:
            return None
        return round(self.score - self.base, 1)


def attack_figures(plan: AttackPlan, results: Results) -> AttackFigures:
    """Return the figures of ``plan`` from the ``results`` of all its trials."""
    outcomes = [_outcome(case, results) for case in plan.cases]
    overall = _gains(outcomes)
    graded = overall.n - overall.ungraded
    return AttackFigures(
        sample=_sample(plan),
        seed=plan.seed,
        full=plan.full,
        questions=plan.questions,
        of_questions=plan.of_questions,
        templates=plan.templates,
        n=overall.n,
        ungraded=overall.ungraded,
        resisted=overall.resisted,
        resisted_interval=wilson(graded - overall.succeeded, graded),
        families={
            family: _family(plan, family, [o for o in outcomes if o.case.family.value == family])
            for family in plan.tried
        },
        worst=_worst(outcomes),
    )


def wilson(successes: int, n: int) -> tuple[float, float] | None:
    """Return the 95 % score interval of a share; None where ``n`` is 0.

    Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical
    inference, Journal of the American Statistical Association 22, 209-212.
    """
    if n == 0:
        return None
    share, square = successes / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return (
        0.0 if successes == 0 else max(0.0, middle - half),
        1.0 if successes == n else min(1.0, middle + half),
    )


def _sample(plan: AttackPlan) -> str:
    if plan.full:
        return f"all {plan.templates} templates for all {plan.of_questions} questions"
    return (
        f"{len(plan.cases)} attacks from all {plan.templates} templates on {plan.questions}"
        f" of {plan.of_questions} questions, drawn with seed {plan.seed}"
    )


def _outcome(case: AttackCase, results: Results) -> _Outcome:
    base = 0.0 if not case.base else _score(case.base, results)
    return _Outcome(case, base, _score(case.attacked, results))


def _score(key: str, results: Results) -> float | None:
    result = results[key]
    return result.score if isinstance(result, Grade) else None


def _family(plan: AttackPlan, family: str, outcomes: Sequence[_Outcome]) -> FamilyFigures:
    kinds = dict.fromkeys(outcome.case.kind for outcome in outcomes)
    return FamilyFigures(
        all=_gains(outcomes),
        kinds={kind: _gains([o for o in outcomes if o.case.kind == kind]) for kind in kinds},
        templates=len({outcome.case.template for outcome in outcomes}),
        tried=plan.tried[family],
        left_out=plan.left_out.get(family, 0),
    )


def _gains(outcomes: Sequence[_Outcome]) -> GainFigures:
    gains = [gain for outcome in outcomes if (gain := outcome.gain) is not None]
    scores = [o.score for o in outcomes if o.gain is not None and o.score is not None]
    succeeded = sum(gain > SUCCEEDED_FROM for gain in gains)
    rate = succeeded / len(gains) if gains else None
    return GainFigures(
        n=len(outcomes),
        ungraded=len(outcomes) - len(gains),
        mean_gain=_mean(gains),
        greatest_gain=max(gains, default=None),
        succeeded=succeeded,
        success_rate=rate,
        success_interval=wilson(succeeded, len(gains)),
        resisted=None if rate is None else 1 - rate,
        mean_attacked_score=_mean(scores),
    )


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _worst(outcomes: Sequence[_Outcome]) -> tuple[WorstCase, ...]:
    gained: Callable[[_Outcome], tuple[float, str]] = lambda o: (-(o.gain or 0.0), o.case.attacked)  # noqa: E731
    there = sorted((o for o in outcomes if (o.gain or 0.0) > 0), key=gained)
    return tuple(
        WorstCase(
            key=outcome.case.attacked,
            question_id=outcome.case.question_id,
            family=outcome.case.family.value,
            kind=outcome.case.kind,
            template=outcome.case.template,
            point=outcome.case.point,
            base_score=outcome.base or 0.0,
            score=outcome.score or 0.0,
            gain=outcome.gain or 0.0,
            text=outcome.case.text[:_SHOWN],
        )
        for outcome in there[:_WORST]
    )
