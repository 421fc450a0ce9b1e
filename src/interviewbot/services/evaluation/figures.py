"""Agreement on whole answers: one number of a grader against one of people.

Owns the figures that a judge, a baseline and a person in the place of a judge have in common,
with their intervals. Refuses to know where the numbers come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewbot.ports import Statistics
from interviewbot.services.evaluation import counted
from interviewbot.services.evaluation.bands import BANDS, band_number
from interviewbot.services.evaluation.resampling import Draws, Floats, Interval, interval


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFigures:
    """Agreement on ``compared`` answers, scores on 0..1; None for a figure that does not exist.

    ``within_question_pearson`` is the mean over questions, ``beyond_length`` the partial
    correlation given the log of the answer's words, ``qwk`` over five equal bands. ``ci95``
    maps a figure's name to its bootstrap interval, resampled by question.
    """

    compared: int
    pearson: float | None
    spearman: float | None
    within_question_pearson: float | None
    beyond_length: float | None
    rmse: float | None
    mae: float | None
    qwk: float | None
    ci95: dict[str, Interval]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One human and one machine number an answer, its length and its question.

    ``on_scale`` are the machine's numbers on the scale of ``human``, for errors and kappa;
    None where there is no such scale.
    """

    human: Sequence[float]
    machine: Sequence[float]
    on_scale: Sequence[float] | None
    length: Sequence[float]
    groups: Sequence[str]


def answer_figures(scores: Scores, statistics: Statistics, draws: Draws) -> AnswerFigures:
    """Return the figures of ``scores``."""
    human, machine, scaled = scores.human, scores.machine, scores.on_scale
    if not human:
        scaled = None
    return AnswerFigures(
        compared=len(human),
        pearson=statistics.pearson(human, machine),
        spearman=statistics.spearman(human, machine),
        within_question_pearson=statistics.within_groups(human, machine, scores.groups),
        beyond_length=statistics.partial_correlation(human, machine, scores.length),
        rmse=None if scaled is None else statistics.rmse(human, scaled),
        mae=None if scaled is None else statistics.mae(human, scaled),
        qwk=None
        if scaled is None
        else statistics.quadratic_weighted_kappa(
            [band_number(score) for score in human], [band_number(score) for score in scaled], BANDS
        ),
        ci95=intervals_of(resampled(scores, draws)),
    )


def resampled(scores: Scores, draws: Draws) -> dict[str, Floats]:
    """Return every figure of ``scores`` by name in every round of ``draws``, ``[rounds]``."""
    sample = draws.of(scores.groups)
    human, machine, scaled = scores.human, scores.machine, scores.on_scale
    found = {
        "pearson": counted.pearson(sample, human, machine),
        "spearman": counted.spearman(sample, human, machine),
        "within_question_pearson": counted.within_groups(sample, human, machine),
        "beyond_length": counted.partial_correlation(sample, human, machine, scores.length),
    }
    if scaled is not None:
        bands = [band_number(score) for score in human], [band_number(score) for score in scaled]
        found["rmse"] = counted.rmse(sample, human, scaled)
        found["mae"] = counted.mae(sample, human, scaled)
        found["qwk"] = counted.quadratic_weighted_kappa(sample, *bands, BANDS)
    return found


def intervals_of(found: Mapping[str, Floats]) -> dict[str, Interval]:
    """Return the interval of every figure, by name; None for what does not exist."""
    names = ("pearson", "spearman", "within_question_pearson", "beyond_length")
    return {
        name: interval(found[name]) if name in found else None
        for name in (*names, "rmse", "mae", "qwk")
    }
