"""One honest answer a question, told in every way."""

from __future__ import annotations

from dataclasses import replace

from tests.services.made_questions import BOTH, DROPOUT

from interviewbot.domain.question import Point
from interviewbot.services.evaluation.invariance_plan import SAMPLED_QUESTIONS, plan_invariance
from interviewbot.services.evaluation.rewording import Way


def test_every_question_is_answered_in_every_way() -> None:
    """Keys say which; each answer is a row of its question."""
    found = plan_invariance(BOTH, full=True)
    assert [trial.key for trial in found.trials] == [
        f"invariance/{question.id}/{way.value}" for question in BOTH for way in Way
    ]
    assert {trial.row.question_id for trial in found.trials} == {"AA0001", "AA0002"}
    assert found.answers[1].keys[Way.SPOKEN] == "invariance/AA0002/spoken"


def test_an_answer_makes_about_two_thirds_of_the_points() -> None:
    """In their order, each in a wording of the rubric."""
    points = tuple(Point(id=f"p{n}", text=f"Claim {n}.", accept=(f"so {n}",)) for n in range(6))
    found = plan_invariance([replace(DROPOUT, points=points)], seed=5)
    made = found.answers[0].points
    assert len(made) == 4
    assert list(made) == sorted(made)
    prose = found.trials[0].row.answer
    for number in range(6):
        said = f"Claim {number}." in prose or f"So {number}." in prose
        assert said == (f"p{number}" in made)
    single = plan_invariance([replace(DROPOUT, points=points[:1])])
    assert single.answers[0].points == ("p0",)


def test_a_sample_is_drawn_with_the_seed() -> None:
    """It is the same every time, and its answers are those of the full run."""
    many = [replace(DROPOUT, id=f"AB{number:04}") for number in range(90)]
    found = plan_invariance(many, seed=2)
    assert len(found.answers) == SAMPLED_QUESTIONS
    assert found.of_questions == 90
    assert found == plan_invariance(many[::-1], seed=2)
    assert found.answers != plan_invariance(many, seed=3).answers
    full = plan_invariance(many, seed=2, full=True)
    assert len(full.answers) == 90
    assert {answer.question_id for answer in found.answers} < {q.id for q in many}
    by_key = {trial.key: trial for trial in full.trials}
    assert all(by_key[trial.key] == trial for trial in found.trials)


def test_a_question_without_points_is_left_alone() -> None:
    """There is nothing to say."""
    assert plan_invariance([replace(DROPOUT, points=())]).trials == ()
