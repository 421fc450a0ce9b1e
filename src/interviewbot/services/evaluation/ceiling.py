"""How far people agree with each other: what no grader can be asked to beat by much.

Owns putting several graders on the scale of the score, and each of them in the judge's place.
Refuses to compare a judge with single graders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from interviewbot.ports import Statistics
from interviewbot.services.evaluation.answers import DIGITS, Answer
from interviewbot.services.evaluation.figures import (
    AnswerFigures,
    Scores,
    answer_figures,
    intervals_of,
    resampled,
)
from interviewbot.services.evaluation.out_of_fold import line_of
from interviewbot.services.evaluation.resampling import Draws

_EXACT = 0.02  # scores in a file are rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """Each grader against the mean of the others, and the mean of those figures.

    A grader is a place in ``GoldRow.graders``. ``mean`` counts the answers that have several
    graders; its intervals are of the mean. With two graders one is compared with one, where a
    judge is compared with the mean of both: that makes this ceiling a low one.
    """

    graders: tuple[AnswerFigures, ...]
    mean: AnswerFigures


def ceiling(answers: Sequence[Answer], statistics: Statistics, draws: Draws) -> Ceiling | None:
    """Return the figures of the graders of ``answers``; None where none has several."""
    several = [answer for answer in answers if len(answer.row.graders) > 1]
    scale = _scale(several)
    if scale is None:
        return None
    places = range(max(len(answer.row.graders) for answer in several))
    each = [_of_grader(place, several, scale) for place in places]
    figures = tuple(answer_figures(scores, statistics, draws) for scores in each)
    rounds = [resampled(scores, draws) for scores in each]
    together = {name: np.mean([one[name] for one in rounds], axis=0) for name in rounds[0]}

    def mean(figure: Callable[[AnswerFigures], float | None]) -> float | None:
        there = [value for value in map(figure, figures) if value is not None]
        return sum(there) / len(there) if there else None

    return Ceiling(
        graders=figures,
        mean=AnswerFigures(
            compared=len(several),
            pearson=mean(lambda one: one.pearson),
            spearman=mean(lambda one: one.spearman),
            within_question_pearson=mean(lambda one: one.within_question_pearson),
            beyond_length=mean(lambda one: one.beyond_length),
            rmse=mean(lambda one: one.rmse),
            mae=mean(lambda one: one.mae),
            qwk=mean(lambda one: one.qwk),
            ci95=intervals_of(together),
        ),
    )


def _of_grader(place: int, several: Sequence[Answer], scale: Callable[[float], float]) -> Scores:
    """Return the scores of the grader at ``place`` beside the means of the others."""
    rated = [answer for answer in several if len(answer.row.graders) > place]
    own = [scale(answer.row.graders[place]) for answer in rated]
    others = [
        [scale(mark) for other, mark in enumerate(answer.row.graders) if other != place]
        for answer in rated
    ]
    return Scores(
        human=[round(sum(marks) / len(marks), DIGITS) for marks in others],
        machine=own,
        on_scale=own,
        length=[answer.length for answer in rated],
        groups=[answer.group for answer in rated],
    )


def _scale(several: Sequence[Answer]) -> Callable[[float], float] | None:
    """Return what takes a grader's mark to 0..1; None where no mark is above 0.

    The rising line that makes the graders' mean the row's ``score``, where there is one to
    within rounding; else the division by the greatest mark.
    """
    slope, level = 0.0, 0.0
    scored = [answer.row for answer in several if answer.row.score is not None]
    if scored:
        means = np.array([sum(row.graders) / len(row.graders) for row in scored])
        given = np.array([row.score for row in scored], dtype=np.float64)
        slope, level = line_of(means, given)
        if float(np.abs(level + slope * means - given).max()) > _EXACT:
            slope = 0.0
    if slope <= 0:
        greatest = max((max(answer.row.graders) for answer in several), default=0.0)
        if greatest <= 0:
            return None
        slope, level = 1 / greatest, 0.0
    return lambda mark: round(min(1.0, max(0.0, level + slope * mark)), DIGITS)
