"""What a grader must beat: figures of rules that read nothing, in the judge's place.

Owns three rules (the answer's length, its share of the points' content words, the likeness of
the whole texts) and their figures. Refuses to grade with them. Their numbers are on no scale
of score, so errors and kappa are taken after a line to the human score, fitted on other
questions: that is a favour to them which the judge does not get.
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
from interviewbot.services.evaluation.out_of_fold import fitted_line
from interviewbot.services.evaluation.point_figures import SAID
from interviewbot.services.evaluation.resampling import Draws, interval
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


def baselines(
    answers: Sequence[Answer], texts: TextVectors | None, statistics: Statistics, draws: Draws
) -> dict[str, Baseline]:
    """Return the figures of ``length``, ``keywords`` and, where ``texts`` is given, ``cosine``."""
    points = labelled_points(answers)
    rules = {"length": _by_length(answers), "keywords": _by_keywords()}
    if texts is not None:
        rules["cosine"] = _by_cosine(answers, points, texts)
    return {
        name: _figures(rule, answers, points, statistics, draws) for name, rule in rules.items()
    }


def _figures(
    rule: _Rule,
    answers: Sequence[Answer],
    points: Sequence[LabelledPoint],
    statistics: Statistics,
    draws: Draws,
) -> Baseline:
    pairs = [(answer, answer.human) for answer in answers]
    scored = [(answer, human) for answer, human in pairs if human is not None]
    human = [score for _, score in scored]
    machine = [rule.of_answer(answer) for answer, _ in scored]
    groups = [answer.group for answer, _ in scored]
    found = answer_figures(
        Scores(
            human=human,
            machine=machine,
            on_scale=fitted_line(machine, human, groups),
            length=[answer.length for answer, _ in scored],
            groups=groups,
        ),
        statistics,
        draws,
    )
    said = [one.label in SAID for one in points]
    number = [rule.of_point(one) for one in points]
    sample = draws.of([one.answer.group for one in points])
    return Baseline(
        compared=found.compared,
        pearson=found.pearson,
        spearman=found.spearman,
        within_question_pearson=found.within_question_pearson,
        beyond_length=found.beyond_length,
        rmse=found.rmse,
        mae=found.mae,
        qwk=found.qwk,
        ci95={**found.ci95, "covered_auc": interval(counted.auc(sample, said, number))},
        points=BaselinePoints(n=len(points), covered_auc=statistics.auc(said, number)),
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
