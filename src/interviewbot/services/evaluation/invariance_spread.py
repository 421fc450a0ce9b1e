"""How far the score of one answer moves from the worst way of telling it to the best.

Owns the spread of an answer and the figures of a kind of answers. Refuses to look at points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewbot.domain.grade import Grade
from interviewbot.domain.trial import Results
from interviewbot.services.evaluation.invariance_plan import InvariancePlan, Kind, ToldAnswer
from interviewbot.services.evaluation.rewording import Way

STEADY_UP_TO = 5.0  # points of score between the best and the worst way


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadAnswer:
    """One answer with its score in each way, None where it is ungraded.

    ``answer_id`` is that of a labelled answer, empty for one in the rubric's wordings.
    """

    question_id: str
    spread: float
    scores: dict[str, float | None]
    lowest: str
    highest: str
    kind: str = Kind.WORDINGS.value
    answer_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFigures:
    """The answers of one kind: how many there are of how many, and how far their scores move.

    ``of`` is the number of questions that a full run answers in this kind.
    """

    answers: int
    of: int
    mean_spread: float | None
    greatest_spread: float | None
    steady: float | None
    mean_prose_score: float | None


def kinds(plan: InvariancePlan) -> Iterator[tuple[Kind, list[ToldAnswer], int]]:
    """Yield the answers of each kind, and how many questions there are of it."""
    all_of = {Kind.WORDINGS: plan.of_questions, Kind.LABELLED: plan.of_labelled}
    for kind, of in all_of.items():
        yield kind, [answer for answer in plan.answers if answer.kind is kind], of


def moved(answers: Sequence[ToldAnswer], results: Results, of: int = 0) -> KindFigures:
    """Return how far the scores of ``answers`` move, which are a sample ``of`` so many."""
    spreads = [found.spread for found in spreads_of(answers, results)]
    prose = [
        result.score
        for answer in answers
        if isinstance(result := results[answer.keys[Way.PROSE]], Grade)
    ]
    return KindFigures(
        answers=len(answers),
        of=of,
        mean_spread=mean(spreads),
        greatest_spread=max(spreads, default=None),
        steady=mean([float(spread <= STEADY_UP_TO) for spread in spreads]),
        mean_prose_score=mean(prose),
    )


def spreads_of(answers: Sequence[ToldAnswer], results: Results) -> list[SpreadAnswer]:
    """Return the spread of every answer that was graded in two ways at least."""
    return [found for answer in answers if (found := _spread(answer, results)) is not None]


def _spread(answer: ToldAnswer, results: Results) -> SpreadAnswer | None:
    """Return the spread of ``answer``; None where fewer than two ways were graded."""
    scores = {
        way.value: result.score if isinstance(result := results[key], Grade) else None
        for way, key in answer.keys.items()
    }
    there = {name: score for name, score in scores.items() if score is not None}
    if len(there) < 2:
        return None
    lowest, highest = min(there, key=there.__getitem__), max(there, key=there.__getitem__)
    return SpreadAnswer(
        question_id=answer.question_id,
        spread=round(there[highest] - there[lowest], 1),
        scores=scores,
        lowest=lowest,
        highest=highest,
        kind=answer.kind.value,
        answer_id=answer.answer_id,
    )


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; None of nothing."""
    return math.fsum(values) / len(values) if values else None
