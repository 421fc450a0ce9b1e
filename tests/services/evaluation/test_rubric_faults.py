"""Whose fault a failed check is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.services.evaluation.made_rubrics import (
    DROPOUT,
    FULL,
    KERNELS,
    PAIRS,
    SCALE,
    SILENCE,
    findings,
    with_point,
)

from interviewbot.domain.question import Question
from interviewbot.services.evaluation.rubric_blame import Fault
from interviewbot.services.evaluation.rubric_plan import RubricCheck as Check

A = "rubrics/AA0001"
LOST = {"silence": 0.0, "scale": 0.0, "full": 0.0}


def test_a_model_answer_that_says_the_point() -> None:
    """The judge misses a sentence that is there."""
    twists = {f"{A}/model-answer": {"full": 0.0}}
    (found,) = findings(Check.MODEL_ANSWER, twists=twists)
    assert found.fault is Fault.JUDGE
    assert found.line == 99


def test_a_model_answer_that_leaves_a_point_unsaid() -> None:
    """The author can say it; the finding names the point and how near the answer comes."""
    question = replace(DROPOUT, model_answer=f"{SILENCE.text} {SCALE.text}")
    (found,) = findings(Check.MODEL_ANSWER, question, twists={})
    assert found.fault is Fault.RUBRIC
    assert "full" in found.change
    assert found.text == FULL.text
    assert found.likeness is not None


def test_a_model_answer_that_repeats_the_question() -> None:
    """What is set aside as an echo has to be said in other words."""
    prompt = "Given that dropout silences random units during training, why does it help?"
    question = replace(DROPOUT, prompt=prompt)
    (found,) = findings(
        Check.MODEL_ANSWER, question, twists={f"{A}/model-answer": {"silence": 0.0}}
    )
    assert found.fault is Fault.RUBRIC
    assert "echo" in found.change


@pytest.mark.parametrize(
    ("wording", "fault", "word"),
    [
        ("Do random units fall silent during training?", Fault.RUBRIC, "question"),
        ("units, masks, neurons, chance, training, silence", Fault.RUBRIC, "list"),
        ("Stable sorting keeps equal keys.", Fault.RUBRIC, "Reword"),
        ("Dropout silences units.", Fault.JUDGE, "settled beforehand"),
        (
            "Good random dropout training certainly silences plenty random units on purpose.",
            Fault.JUDGE,
            "list",
        ),
    ],
)
def test_a_wording_that_does_not_cover_its_point(wording: str, fault: Fault, word: str) -> None:
    """One that is no statement or is about something else is the rubric's, a good one is not."""
    question = with_point(replace(SILENCE, accept=(wording,)))
    (found,) = findings(Check.ACCEPT, question, twists={f"{A}/accept/silence-1": {"silence": 0.0}})
    assert found.fault is fault
    assert word in found.change
    assert found.text == wording


def test_an_answer_of_wordings_names_the_wording() -> None:
    """Among the wordings of lost points the one farthest from its point is shown."""
    question = with_point(replace(SCALE, accept=("Stable sorting keeps equal keys.",)))
    (found,) = findings(Check.WORDINGS, question, twists={f"{A}/wordings": {"scale": 0.0}})
    assert found.fault is Fault.RUBRIC
    assert found.text == "Stable sorting keeps equal keys."


@pytest.mark.parametrize(
    ("misconception", "fault"),
    [
        ("Rows vanish from the data.", Fault.JUDGE),
        ("Do rows vanish from the data?", Fault.RUBRIC),
        ("dropout silences random units during training", Fault.RUBRIC),
    ],
)
def test_a_misconception_that_is_not_heard(misconception: str, fault: Fault) -> None:
    """Only one that claims nothing, or claims what is right, can be mended by writing."""
    question = with_point(replace(SILENCE, misconceptions=(misconception,)))
    twists = {f"{A}/misconception/silence-1": {"silence": 0.0}}
    (found,) = findings(Check.CONTRADICTION, question, twists=twists)
    assert found.fault is fault
    assert found.text == misconception


def test_a_misconception_that_earns_is_the_judges_although_half_is_set_aside() -> None:
    """Something of it was counted, and counted wrongly."""
    wrong = "Rows vanish from the data. Or do they?"
    question = with_point(replace(SILENCE, misconceptions=(wrong,)))
    twists = {f"{A}/misconception/silence-1": {"silence": 1.0}}
    (found,) = findings(Check.MISCONCEPTION, question, twists=twists)
    assert found.fault is Fault.JUDGE


def test_another_answer_that_is_far_from_the_point() -> None:
    """Credit for it is the judge's doing, and the question is named."""
    twists = {f"{A}/other-answer/AA0002": {"full": 1.0}}
    (found,) = findings(Check.OTHER_ANSWER, twists=twists)
    assert found.fault is Fault.JUDGE
    assert "AA0002" in found.change


@pytest.mark.parametrize(
    ("prompt", "fault"),
    [
        ("Dropout silences random units during training. Why?", Fault.RUBRIC),
        ("What is dropout?", Fault.JUDGE),
    ],
)
@pytest.mark.parametrize(("check", "key"), [(Check.GIVEN_AWAY, "given-away"), (Check.ECHO, "echo")])
def test_a_point_that_the_question_gives_away(
    prompt: str, fault: Fault, check: Check, key: str
) -> None:
    """A prompt that says the point is the author's, one that only names it is not."""
    question = replace(DROPOUT, prompt=prompt)
    (found,) = findings(check, question, twists={f"{A}/{key}": {**LOST, "silence": 1.0}})
    assert found.fault is fault
    assert "silence" in found.change
    assert found.text == prompt


def test_points_with_a_wording_in_common() -> None:
    """Two points that one wording makes are for the author to part, in both checks."""
    question = with_point(replace(SCALE, accept=(*SCALE.accept, SILENCE.accept[0])))
    twists = {
        f"{A}/accept/scale-1": {"silence": 1.0},
        f"{A}/without/silence": {"silence": 1.0},
    }
    (apart,) = findings(Check.TOLD_APART, question, twists=twists)
    without = findings(Check.WITHOUT_ONE, question, twists=twists)
    assert {apart.fault, *(found.fault for found in without)} == {Fault.RUBRIC}
    assert apart.change.startswith("Make one point of silence and scale")
    assert ("silence",) in [found.points for found in without]


def test_points_that_only_the_judge_mixes_up() -> None:
    """Points without a wording in common are not for the author to part."""
    twists = {
        f"{A}/accept/silence-1": {"scale": 1.0},
        f"{A}/accept/scale-1": {"silence": 1.0},
        f"{A}/without/full": {"full": 1.0},
        f"{A}/without/scale": {"silence": 0.0},
    }
    (apart,) = findings(Check.TOLD_APART, twists=twists)
    assert apart.fault is Fault.JUDGE
    lost = findings(Check.WITHOUT_ONE, twists=twists)
    assert [found.fault for found in lost] == [Fault.JUDGE, Fault.JUDGE]
    assert "silence" in lost[0].change


@pytest.mark.parametrize(
    ("check", "key"),
    [
        (Check.EMPTY_HANDED, "empty-handed/3"),
        (Check.POINT_ORDER, "point-order/reversed"),
        (Check.SENTENCE_ORDER, "sentence-order/1"),
    ],
)
def test_what_no_wording_mends(check: Check, key: str) -> None:
    """An answer that says nothing and an order are never the rubric's fault."""
    credits_ = {"full": 1.0} if check is Check.EMPTY_HANDED else LOST
    (found,) = findings(check, twists={f"{A}/{key}": credits_})
    assert found.fault is Fault.JUDGE
    assert found.change.startswith("Perhaps the judge, look at it")


def test_another_answer_that_says_the_point_in_so_many_words() -> None:
    """Where points differ as a whole and a sentence says one of them, the author parts them."""
    other: Question = replace(KERNELS, model_answer=f"{SCALE.text} {PAIRS.text}")
    (found,) = findings(Check.OTHER_ANSWER, DROPOUT, other, twists={})
    assert (found.question_id, found.points) == ("AA0001", ("scale",))
    assert found.fault is Fault.RUBRIC
    assert found.quote == SCALE.text
    assert found.likeness == pytest.approx(1, abs=1e-3)
