"""People in the judge's place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from tests.services.made_results import grade

from interviewbot.adapters import statistics
from interviewbot.domain.gold import GoldRow
from interviewbot.services.evaluation.answers import Answer
from interviewbot.services.evaluation.ceiling import Ceiling, ceiling
from interviewbot.services.evaluation.resampling import Draws


def marked(
    marks: Sequence[float], score: float | None = None, question: str = "a", words: int = 3
) -> Answer:
    """Return an answer with marks of several graders."""
    answer = " ".join(["word"] * words)
    row = GoldRow(id="r", answer=answer, question_id=question, score=score, graders=tuple(marks))
    return Answer(row, grade(0.5))


def measure(answers: Sequence[Answer]) -> Ceiling | None:
    """Return the ceiling by the real statistics."""
    return ceiling(answers, statistics, Draws.by_group([answer.group for answer in answers]))


def test_three_graders_by_hand() -> None:
    """Each against the mean of the other two, and the mean of the three."""
    dice = np.random.default_rng(0)
    marks = np.clip(dice.integers(0, 6, (40, 1)) + dice.integers(-1, 2, (40, 3)), 0, 5)
    answers = [
        marked(line.tolist(), float(line.mean()) / 5, f"q{number % 8}", 3 + number % 9)
        for number, line in enumerate(marks)
    ]
    found = measure(answers)
    assert found is not None
    assert len(found.graders) == 3
    for place, one in enumerate(found.graders):
        others = np.delete(marks, place, axis=1).mean(axis=1) / 5
        own = marks[:, place] / 5
        assert one.compared == 40
        assert one.pearson == pytest.approx(float(np.corrcoef(own, others)[0, 1]))
        assert one.mae == pytest.approx(float(np.abs(own - others).mean()))
        assert one.rmse == pytest.approx(float(np.sqrt(((own - others) ** 2).mean())))
        assert one.within_question_pearson == pytest.approx(
            statistics.within_groups(
                others.tolist(), own.tolist(), [answer.group for answer in answers]
            )
        )
    each = [one.qwk for one in found.graders if one.qwk is not None]
    assert found.mean.qwk == pytest.approx(sum(each) / 3)
    low, high = found.mean.ci95["pearson"] or (9, 9)
    assert found.mean.pearson is not None
    assert low < found.mean.pearson < high


def test_marks_are_put_on_the_scale_of_the_score() -> None:
    """Marks from 1 to 5 that mean 0 to 1, of which 5 was never given."""
    answers = [
        marked((mark, mark + step), (mark + step / 2 - 1) / 4)
        for mark, step in ((1, 1), (2, 0), (3, 1), (1, 0))
    ]
    found = measure(answers)
    assert found is not None
    assert found.mean.mae == pytest.approx((1 + 0 + 1 + 0) / 4 / 4)


@pytest.mark.parametrize("score", [None, 0.9])
def test_without_such_a_scale_the_greatest_mark_is_one(score: float | None) -> None:
    """No score, or scores that the marks do not give."""
    answers = [marked((0, 4), score), marked((8, 8), 0.1 if score else None), marked((2, 2))]
    found = measure(answers)
    assert found is not None
    assert found.mean.mae == pytest.approx((4 / 8) / 3)


def test_some_answers_have_more_graders_than_others() -> None:
    """A grader is compared where they graded, and answers with one grader nowhere."""
    answers = [marked((1, 0, 1)), marked((1, 1)), marked((0, 0)), marked((1,)), marked(())]
    found = measure(answers)
    assert found is not None
    assert [one.compared for one in found.graders] == [3, 3, 1]
    assert found.mean.compared == 3
    assert found.graders[2].mae == pytest.approx(0.5)
    assert found.graders[2].pearson is None


@pytest.mark.parametrize("marks", [[], [()], [(3,), (4,)], [(0, 0), (0, 0)]])
def test_no_ceiling(marks: list[tuple[float, ...]]) -> None:
    """No answers, one grader, or nothing but zeros, which have no scale."""
    assert measure([marked(one) for one in marks]) is None


def test_graders_who_never_differ() -> None:
    """They agree without an error; a constant has no correlation."""
    found = measure([marked((5, 5), 1.0, question) for question in "abc"])
    assert found is not None
    assert (found.mean.mae, found.mean.pearson, found.mean.qwk) == (0, None, None)
