"""The plan of the rubric checks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from tests.services.evaluation.made_rubrics import (
    DROPOUT,
    FULL,
    KERNELS,
    SCALE,
    SILENCE,
    entry,
    planned,
    vectors,
    with_point,
)

from interviewbot.domain.question import Point, Question
from interviewbot.services.evaluation.rubric_plan import RubricCheck, RubricPlan, TrialList


def _answer(plan: RubricPlan, key: str) -> str:
    (row,) = [trial.row for trial in plan.trials if trial.key == key]
    return row.answer


def _cases(plan: RubricPlan, check: RubricCheck, question: str = "AA0001") -> int:
    return sum(c.check is check and c.entry.question.id == question for c in plan.cases)


def test_every_check_is_planned() -> None:
    """The first question has so many cases of each check."""
    plan = planned()
    assert {check: _cases(plan, check) for check in RubricCheck} == {
        RubricCheck.MODEL_ANSWER: 1,
        RubricCheck.WORDINGS: 1,
        RubricCheck.WITHOUT_ONE: 3,
        RubricCheck.ACCEPT: 4,
        RubricCheck.MISCONCEPTION: 2,
        RubricCheck.CONTRADICTION: 2,
        RubricCheck.OTHER_ANSWER: 3,
        RubricCheck.ECHO: 1,
        RubricCheck.EMPTY_HANDED: 4,
        RubricCheck.GIVEN_AWAY: 3,
        RubricCheck.TOLD_APART: 3,
        RubricCheck.POINT_ORDER: 2,
        RubricCheck.SENTENCE_ORDER: 2,
    }


def test_trials_are_unique_and_all_needed() -> None:
    """No key and no equal answer twice; every trial is looked at, every key looked at is there."""
    plan = planned()
    keys = [trial.key for trial in plan.trials]
    rows = Counter(
        (t.row.question_id, t.row.question, t.row.points, t.row.answer) for t in plan.trials
    )
    assert len(set(keys)) == len(keys)
    assert max(rows.values()) == 1
    assert {key for case in plan.cases for key in (*case.measured, *case.against)} == set(keys)
    assert all(trial.row.id == trial.key for trial in plan.trials)


def test_the_plan_hangs_on_the_seed_alone() -> None:
    """The same seed gives the same plan; some other seed draws other wordings."""
    assert planned(seed=3) == planned(seed=3)
    key = "rubrics/AA0001/wordings"
    assert len({_answer(planned(seed=seed), key) for seed in range(8)}) == 2


def test_a_new_question_leaves_the_others_alone() -> None:
    """Only the answers to it are added to a question's trials."""
    before = {trial.key: trial for trial in planned(DROPOUT).trials}
    after = {trial.key: trial for trial in planned(DROPOUT, KERNELS).trials}
    added = [key for key in after if key.startswith("rubrics/AA0001/") and key not in before]
    assert added == ["rubrics/AA0001/other-answer/AA0002"]
    assert all(after[key] == trial for key, trial in before.items())


def test_an_answer_of_wordings_and_its_gaps() -> None:
    """One wording stands for each point, and each is left out once."""
    plan = planned()
    answer = _answer(plan, "rubrics/AA0001/wordings")
    assert sum(text in answer for text in SILENCE.accept) == 1
    assert SCALE.accept[0] in answer
    assert FULL.text in answer
    without = _answer(plan, "rubrics/AA0001/without/scale")
    assert without == answer.replace(f"{SCALE.accept[0]} ", "")


def test_points_are_permuted_with_the_question_they_belong_to() -> None:
    """The row brings the prompt and all points, their wordings included, in another order."""
    rows = {trial.key: trial.row for trial in planned().trials}
    turned = rows["rubrics/AA0001/point-order/reversed"]
    assert turned.points == (FULL, SCALE, SILENCE)
    assert turned.question == DROPOUT.prompt
    assert turned.answer == DROPOUT.model_answer
    drawn = rows["rubrics/AA0001/point-order/shuffled"]
    assert drawn.points != DROPOUT.points
    assert sorted(point.id for point in drawn.points) == ["full", "scale", "silence"]


def test_a_question_of_one_point() -> None:
    """What needs two points or two sentences is not planned, and nothing is planned twice."""
    point = Point(id="only", text="It drops units.")
    only = Question(id="AA0009", prompt="Why?", points=(point,), model_answer=point.text)
    plan = planned(only)
    checks = {case.check for case in plan.cases}
    assert checks == {
        RubricCheck.MODEL_ANSWER,
        RubricCheck.ECHO,
        RubricCheck.EMPTY_HANDED,
        RubricCheck.ACCEPT,
        RubricCheck.WORDINGS,
    }
    assert [trial.row.answer for trial in plan.trials][:2] == ["It drops units.", "Why?"]
    assert len(plan.trials) == 6


def test_a_question_without_points_is_passed_over() -> None:
    """There is nothing to try, neither with it nor with its answer."""
    assert planned(replace(DROPOUT, points=()), KERNELS) == planned(KERNELS)
    assert planned(replace(DROPOUT, points=())).trials == ()


def test_cases_point_at_lines() -> None:
    """A point's cases stand at its line, the answer's at its, others where the id stands."""
    lines = {
        (case.check, tuple(point.id for point in case.points)): case.line
        for case in planned().cases
        if case.entry.question.id == "AA0001"
    }
    assert lines[RubricCheck.ACCEPT, ("scale",)] == 20
    assert lines[RubricCheck.TOLD_APART, ("silence", "full")] == 30
    assert lines[RubricCheck.MODEL_ANSWER, ()] == 99
    assert lines[RubricCheck.ECHO, ()] == 2


def _many(count: int) -> list[Question]:
    """Return questions of which those with the same last digit speak of the same thing."""
    return [
        Question(
            id=f"AA{number:04}",
            prompt=f"What about {number}?",
            points=(
                Point(
                    id="p", text=f"Topic{number % 10} says nothing else than topic{number % 10}."
                ),
            ),
            model_answer=f"Answer {number}.",
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(("count", "tried"), [(60, 59), (61, 16)])
def test_other_answers_of_a_large_corpus_are_drawn(count: int, tried: int) -> None:
    """Up to sixty questions all pairs are tried, beyond that sixteen for each."""
    plan = planned(*_many(count))
    cases = [case for case in plan.cases if case.check is RubricCheck.OTHER_ANSWER]
    assert {len(case.others) for case in cases} == {tried}
    assert all(case.entry not in case.others for case in cases)
    assert str(tried) in plan.others


def test_the_most_similar_questions_are_among_the_drawn() -> None:
    """Of eleven questions about a thing, each is tried with eight or more of the other ten."""
    plan = planned(*_many(110), seed=5)
    assert plan.others.endswith("the 8 most similar and 8 drawn with seed 5")
    for case in plan.cases:
        if case.check is RubricCheck.OTHER_ANSWER:
            topic = case.entry.question.id[-1]
            same = [other for other in case.others if other.question.id[-1] == topic]
            assert len(same) >= 8
            assert len({other.question.id for other in case.others}) == 16


def test_two_trials_of_one_name_are_refused() -> None:
    """A name stands for one answer."""
    trials = TrialList()
    assert trials.add(entry(DROPOUT), "x", "one") == trials.add(entry(DROPOUT), "y", "one")
    with pytest.raises(ValueError, match="AA0001/x"):
        trials.add(entry(DROPOUT), "x", "two")


def test_equal_wordings_are_tried_once() -> None:
    """Two points may share a wording, which is one answer."""
    shared = replace(SCALE, accept=SILENCE.accept)
    plan = planned(with_point(shared))
    answers = [trial.row.answer for trial in plan.trials if "/accept/" in trial.key]
    assert answers == [*SILENCE.accept, FULL.text]
    assert _cases(plan, RubricCheck.ACCEPT) == 5


def test_vectors_are_asked_for_large_corpora_only() -> None:
    """A small corpus is planned without an encoder."""
    assert vectors([]) == {}
    assert planned(DROPOUT, KERNELS).others == "the model answer of the one other question"
    assert "there is none" in planned(DROPOUT).others
