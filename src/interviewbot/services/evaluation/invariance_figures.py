"""How much the way of telling changes the grade, though nothing else is said.

Owns the figures of one run. Refuses to plan and to grade. A way in which an answer is
ungraded is counted as that, and in no other figure; so are all ways where its prose is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.trial import Results
from interviewbot.services.evaluation.invariance_plan import InvariancePlan, Kind
from interviewbot.services.evaluation.invariance_spread import (
    KindFigures,
    SpreadAnswer,
    kinds,
    mean,
    moved,
    spreads_of,
)
from interviewbot.services.evaluation.rewording import Way

_WORST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """How many points went from one verdict in prose to another in this way."""

    from_verdict: str
    to_verdict: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFigures:
    """One way against prose: changes in points of score (0..100), flips of single points.

    ``mean_shift`` has its sign: below 0 the way costs points.
    """

    n: int
    ungraded: int
    mean_change: float | None
    greatest_change: float | None
    mean_shift: float | None
    n_points: int
    flipped: int
    flip_rate: float | None
    flips: tuple[Flip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvarianceFigures:
    """All figures of one run; ``ways`` go by their names and are all but prose.

    The spread of an answer is its greatest score minus its least, over the ways in which it
    was graded. ``steady`` is the share of the answers whose spread is at most 5 points.
    ``kinds`` has the same for answers in the rubric's wordings, which a judge knows by heart,
    and for labelled ones, in words of their own. ``questions`` are those that are answered,
    ``of_questions`` those of the corpus.
    """

    sample: str
    seed: int
    full: bool
    questions: int
    of_questions: int
    answers: int
    n: int
    ungraded: int
    mean_spread: float | None
    greatest_spread: float | None
    steady: float | None
    flip_rate: float | None
    mean_prose_score: float | None
    kinds: dict[str, KindFigures]
    ways: dict[str, WayFigures]
    worst: tuple[SpreadAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """Whether two gradings of the same trials gave the same documents; ``differing`` are keys."""

    n: int
    identical: bool
    differing: tuple[str, ...]


def invariance_figures(plan: InvariancePlan, results: Results) -> InvarianceFigures:
    """Return the figures of ``plan`` from the ``results`` of all its trials."""
    every = moved(plan.answers, results)
    spreads = spreads_of(plan.answers, results)
    ways = {way.value: _way(plan, way, results) for way in Way if way is not Way.PROSE}
    graded = [result for trial in plan.trials if isinstance(result := results[trial.key], Grade)]
    points = sum(way.n_points for way in ways.values())
    return InvarianceFigures(
        sample=_sample(plan),
        seed=plan.seed,
        full=plan.full,
        questions=len({answer.question_id for answer in plan.answers}),
        of_questions=plan.of_questions,
        answers=len(plan.answers),
        n=len(plan.trials),
        ungraded=len(plan.trials) - len(graded),
        mean_spread=every.mean_spread,
        greatest_spread=every.greatest_spread,
        steady=every.steady,
        flip_rate=sum(way.flipped for way in ways.values()) / points if points else None,
        mean_prose_score=every.mean_prose_score,
        kinds={
            kind.value: moved(answers, results, of)
            for kind, answers, of in kinds(plan)
            if answers or of
        },
        ways=ways,
        worst=tuple(
            sorted(spreads, key=lambda s: (-s.spread, s.question_id, s.answer_id))[:_WORST]
        ),
    )


def repetition(
    keys: Sequence[str],
    first: Sequence[Grade | Ungraded],
    second: Sequence[Grade | Ungraded],
) -> Repetition:
    """Compare two gradings of the trials ``keys``, in their order, as JSON to the last digit.

    Raises:
        ValueError: if the three are not of one length.
    """
    differing = tuple(
        key
        for key, one, other in zip(keys, first, second, strict=True)
        if _document(one) != _document(other)
    )
    return Repetition(n=len(keys), identical=not differing, differing=differing)


def _document(result: Grade | Ungraded) -> str:
    return json.dumps([type(result).__name__, asdict(result)], sort_keys=True)


def _sample(plan: InvariancePlan) -> str:
    """Say how many answers of each kind there are, of how many, and how they were drawn."""
    said = {
        Kind.WORDINGS: "questions in the rubric's wordings",
        Kind.LABELLED: "questions by a labelled answer with the most covered points",
    }
    parts = []
    for kind, answers, of in kinds(plan):
        if answers or of or kind is Kind.WORDINGS:
            n = f"all {of}" if len(answers) == of else f"{len(answers)} of {of}"
            parts.append(f"{n} {said[kind]}")
    drawn = "" if plan.full else f", drawn with seed {plan.seed}"
    return f"{' and '.join(parts)}{drawn}, each told in {len(Way)} ways"


def _way(plan: InvariancePlan, way: Way, results: Results) -> WayFigures:
    pairs: list[tuple[Grade, Grade]] = []
    for answer in plan.answers:
        prose, other = results[answer.keys[Way.PROSE]], results[answer.keys[way]]
        if isinstance(prose, Grade) and isinstance(other, Grade):
            pairs.append((prose, other))
    shifts = [round(other.score - prose.score, 1) for prose, other in pairs]
    verdicts = [
        (before.verdict.value, after.verdict.value)
        for prose, other in pairs
        for before, after in zip(prose.points, other.points, strict=True)
    ]
    flips = Counter((before, after) for before, after in verdicts if before != after)
    return WayFigures(
        n=len(plan.answers),
        ungraded=len(plan.answers) - len(pairs),
        mean_change=mean([abs(shift) for shift in shifts]),
        greatest_change=max(map(abs, shifts), default=None),
        mean_shift=mean(shifts),
        n_points=len(verdicts),
        flipped=flips.total(),
        flip_rate=flips.total() / len(verdicts) if verdicts else None,
        flips=tuple(
            Flip(from_verdict=before, to_verdict=after, n=n)
            for (before, after), n in sorted(flips.items(), key=lambda flip: (-flip[1], flip[0]))
        ),
    )
