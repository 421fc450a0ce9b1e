"""How far does the grader agree with people?

Owns the figures of one set of human-graded answers: the judge's, beside those of baselines
that it must beat and of people who stand in its place. Refuses to grade differently from how
candidates are graded, and to compute statistics itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewbot.domain.gold import GoldRow, Label
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.ports import Statistics
from interviewbot.services.evaluation import counted
from interviewbot.services.evaluation.answers import Answer, answers_of, labelled_points
from interviewbot.services.evaluation.bands import ScoreBand, by_band
from interviewbot.services.evaluation.baselines import Baseline, TextVectors, baselines
from interviewbot.services.evaluation.ceiling import Ceiling, ceiling
from interviewbot.services.evaluation.figures import AnswerFigures, Scores, answer_figures
from interviewbot.services.evaluation.point_figures import (
    PointFigures,
    point_figures,
    point_intervals,
)
from interviewbot.services.evaluation.resampling import FEWEST_GROUPS, Draws, Interval, interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(AnswerFigures):
    """Agreement on one set of ``n`` answers; a figure is None where no label allows it.

    ``compared`` answers have a grade and a human score. ``auc`` is that of the score against
    the label ``correct``. ``bands`` are the errors by human score.
    ``absolute_error_with_length`` and ``signed_error_with_length`` are partial correlations
    of the error (machine minus human) with the log of the answer's words, given the human
    score: a positive signed one says that long answers get too much. ``ci95`` holds besides
    the figures of answers ``auc``, and of the points ``covered_auc`` and ``macro_f1``.
    ``baselines`` are by name, None where one cannot be fitted; ``ceiling`` is None where no
    answer has several graders.
    """

    n: int
    ungraded: int
    auc: float | None
    absolute_error_with_length: float | None
    signed_error_with_length: float | None
    bands: tuple[ScoreBand, ...]
    points: PointFigures
    baselines: dict[str, Baseline | None]
    ceiling: Ceiling | None


def agreement(
    rows: Sequence[GoldRow],
    results: Sequence[Grade | Ungraded],
    statistics: Statistics,
    texts: TextVectors | None = None,
) -> Agreement:
    """Return how far ``results`` agree with the labels of ``rows``, one to one.

    ``texts`` encodes, for the baseline of whole-text cosine, which is left out without it.

    Raises:
        ValueError: if there is not one result a row.
    """
    answers = answers_of(rows, results)
    draws = Draws.by_group([answer.group for answer in answers], fewest=FEWEST_GROUPS)
    scores = _scores(answers)
    found = answer_figures(scores, statistics, draws)
    points = labelled_points(answers)
    labelled = [answer for answer in answers if answer.row.label is not None]
    correct = [answer.row.label is Label.CORRECT for answer in labelled]
    gaps = [machine - human for human, machine in zip(scores.human, scores.machine, strict=True)]
    return Agreement(
        n=len(rows),
        ungraded=len(rows) - len(answers),
        compared=found.compared,
        pearson=found.pearson,
        spearman=found.spearman,
        within_question_pearson=found.within_question_pearson,
        beyond_length=found.beyond_length,
        rmse=found.rmse,
        mae=found.mae,
        qwk=found.qwk,
        auc=statistics.auc(correct, [answer.machine for answer in labelled]),
        absolute_error_with_length=statistics.partial_correlation(
            [abs(gap) for gap in gaps], scores.length, scores.human
        ),
        signed_error_with_length=statistics.partial_correlation(gaps, scores.length, scores.human),
        bands=by_band(scores.human, scores.machine),
        ci95={
            **found.ci95,
            "auc": _auc_interval(labelled, correct, draws),
            **point_intervals(points, draws),
        },
        points=point_figures(points, statistics),
        baselines=baselines(answers, texts, statistics, draws),
        ceiling=ceiling(answers, statistics, draws),
    )


def _scores(answers: Sequence[Answer]) -> Scores:
    """Return the scores of those of ``answers`` that have a human one."""
    pairs = [(answer, answer.human) for answer in answers]
    scored = [(answer, human) for answer, human in pairs if human is not None]
    machine = [answer.machine for answer, _ in scored]
    return Scores(
        human=[human for _, human in scored],
        machine=machine,
        on_scale=machine,
        length=[answer.length for answer, _ in scored],
        groups=[answer.group for answer, _ in scored],
    )


def _auc_interval(labelled: Sequence[Answer], correct: Sequence[bool], draws: Draws) -> Interval:
    sample = draws.of([answer.group for answer in labelled])
    return interval(counted.auc(sample, correct, [answer.machine for answer in labelled]))
