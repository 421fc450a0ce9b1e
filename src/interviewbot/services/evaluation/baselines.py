"""What a grader must beat: figures of rules that read nothing, in the judge's place.

Owns four rules (the answer's length, its share of the points' content words, the likeness of
the whole texts, trees on what can be seen without reading) and their figures. Refuses to grade
with them. The numbers of the first three are on no scale of score, so errors and kappa are taken
after a line to the human score, fitted on other questions; the trees are fitted on other questions
altogether: a favour which the judge does not get. Trees, since length may help and hurt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from interviewbot.domain.folding import folded
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import sentences
from interviewbot.ports import Statistics
from interviewbot.services.evaluation import counted
from interviewbot.services.evaluation.answers import Answer, LabelledPoint, labelled_points
from interviewbot.services.evaluation.figures import AnswerFigures, Scores, answer_figures
from interviewbot.services.evaluation.out_of_fold import fitted, fitted_line
from interviewbot.services.evaluation.point_figures import SAID
from interviewbot.services.evaluation.resampling import Draws, interval
from interviewbot.services.evaluation.surface import FEWEST_QUESTIONS, surface
from interviewbot.vectors import EncodedText, Vector

TextVectors = Callable[[Sequence[str]], Mapping[str, EncodedText]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselinePoints:
    """AUC of covered or partial points; by the rule for the best sentence of the answer."""

    n: int
    covered_auc: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline(AnswerFigures):
    """The figures of one rule. ``rmse``, ``mae`` and ``qwk`` are of a line fitted out of fold.

    They are None where there is one question only.
    """

    points: BaselinePoints


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A number on 0..1 for an answer, and one for an answer and a point."""

    of_answer: Callable[[Answer], float]
    of_point: Callable[[LabelledPoint], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """A number for every scored answer and every labelled point; ``on_scale`` as in Scores.

    ``of_points`` is None where the points are too few to fit to.
    """

    of_answers: Sequence[float]
    of_points: Sequence[float] | None
    on_scale: Sequence[float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """The answers that have a human score, ``human``, and the points that have a label."""

    scored: Sequence[Answer]
    human: Sequence[float]
    points: Sequence[LabelledPoint]

    @property
    def groups(self) -> list[str]:
        return [answer.group for answer in self.scored]

    @property
    def said(self) -> list[bool]:
        return [one.label in SAID for one in self.points]


def baselines(
    answers: Sequence[Answer], texts: TextVectors | None, statistics: Statistics, draws: Draws
) -> dict[str, Baseline | None]:
    """Return the figures of ``length``, ``keywords``, ``surface`` and, with ``texts``, ``cosine``.

    Those of ``surface`` are None where there are fewer than 10 questions to fit on.
    """
    pairs = [(answer, score) for answer in answers if (score := answer.human) is not None]
    measured = _Measured(
        scored=[answer for answer, _ in pairs],
        human=[score for _, score in pairs],
        points=labelled_points(answers),
    )
    rules = {"length": _by_length(answers), "keywords": _by_keywords()}
    if texts is not None:
        rules["cosine"] = _by_cosine(answers, measured.points, texts)
    numbers = {name: _numbers(rule, measured) for name, rule in rules.items()}
    found = {name: _figures(one, measured, statistics, draws) for name, one in numbers.items()}
    surface_ = _by_surface(measured, statistics)
    return {
        **found,
        "surface": None if surface_ is None else _figures(surface_, measured, statistics, draws),
    }


def _numbers(rule: _Rule, measured: _Measured) -> _Numbers:
    of_answers = [rule.of_answer(answer) for answer in measured.scored]
    return _Numbers(
        of_answers=of_answers,
        of_points=[rule.of_point(one) for one in measured.points],
        on_scale=fitted_line(of_answers, measured.human, measured.groups),
    )


def _by_surface(measured: _Measured, statistics: Statistics) -> _Numbers | None:
    """Fit trees to the scores and to the labels, on the surface; None with few questions."""
    if len(set(measured.groups)) < FEWEST_QUESTIONS:
        return None
    seen = [surface(answer.row.answer, _rubric(answer)) for answer in measured.scored]
    of_answers = fitted(statistics.boosted, seen, measured.human, measured.groups)
    of_points: Sequence[float] | None = None
    groups = [one.answer.group for one in measured.points]
    if len(set(groups)) >= FEWEST_QUESTIONS:
        of_points = fitted(
            statistics.boosted,
            [surface(one.answer.row.answer, one.point.text) for one in measured.points],
            [float(said) for said in measured.said],
            groups,
        )
    on_scale = [min(1.0, max(0.0, number)) for number in of_answers]
    return _Numbers(of_answers=of_answers, of_points=of_points, on_scale=on_scale)


def _figures(
    numbers: _Numbers, measured: _Measured, statistics: Statistics, draws: Draws
) -> Baseline:
    found = answer_figures(
        Scores(
            human=measured.human,
            machine=numbers.of_answers,
            on_scale=numbers.on_scale,
            length=[answer.length for answer in measured.scored],
            groups=measured.groups,
        ),
        statistics,
        draws,
    )
    points, said = measured.points, measured.said
    area, ends = None, None
    if numbers.of_points is not None:
        sample = draws.of([one.answer.group for one in points])
        area = statistics.auc(said, numbers.of_points)
        ends = interval(counted.auc(sample, said, numbers.of_points))
    return Baseline(
        compared=found.compared,
        pearson=found.pearson,
        spearman=found.spearman,
        within_question_pearson=found.within_question_pearson,
        beyond_length=found.beyond_length,
        rmse=found.rmse,
        mae=found.mae,
        qwk=found.qwk,
        ci95={**found.ci95, "covered_auc": ends},
        points=BaselinePoints(n=len(points), covered_auc=area),
    )


def _by_length(answers: Sequence[Answer]) -> _Rule:
    """Log of the words, as a share of the longest answer's."""
    longest = max((answer.length for answer in answers), default=0.0) or 1.0
    return _Rule(
        of_answer=lambda answer: answer.length / longest,
        of_point=lambda one: one.answer.length / longest,
    )


def _by_keywords() -> _Rule:
    """The share of the content words of the points that the answer holds; 0 without any."""
    words_of = cache(content_words)  # every point is asked for once an answer

    def best(one: LabelledPoint) -> float:
        wanted = words_of(one.point.text)
        parts = _sentences(one.answer.row.answer)
        return max((_share(wanted, words_of(part)) for part in parts), default=0.0)

    return _Rule(
        of_answer=lambda answer: _share(
            words_of(_rubric(answer)), content_words(folded(answer.row.answer).text)
        ),
        of_point=best,
    )


def _by_cosine(
    answers: Sequence[Answer], points: Sequence[LabelledPoint], texts: TextVectors
) -> _Rule:
    """The cosine of the pooled vectors; 0 where it is below, and for a blank answer."""
    wanted = dict.fromkeys(
        text for answer in answers for text in (answer.row.answer, _rubric(answer))
    )
    for one in points:
        wanted.update(dict.fromkeys((*_sentences(one.answer.row.answer), one.point.text)))
    encoded = texts([text for text in wanted if text.strip()])
    pooled = {text: found.pooled for text, found in encoded.items()}

    def best(one: LabelledPoint) -> float:
        parts = _sentences(one.answer.row.answer)
        return max((_cosine(pooled, part, one.point.text) for part in parts), default=0.0)

    return _Rule(
        of_answer=lambda answer: _cosine(pooled, answer.row.answer, _rubric(answer)),
        of_point=best,
    )


def _rubric(answer: Answer) -> str:
    """Return the points' texts as one; of a reference they are its sentences."""
    return "\n".join(point.text for point in answer.grade.points)


@lru_cache(maxsize=64)  # the points of an answer come one after another
def _sentences(text: str) -> tuple[str, ...]:
    plain = folded(text).text  # as the judge reads it, so that vectors are made once
    return tuple(span.of(plain) for span in sentences(plain))


def _share(wanted: set[str], said: set[str]) -> float:
    return len(wanted & said) / len(wanted) if wanted else 0.0


def _cosine(pooled: Mapping[str, Vector], first: str, second: str) -> float:
    if first not in pooled or second not in pooled:
        return 0.0
    return float(np.clip(pooled[first] @ pooled[second], 0.0, 1.0))
