"""Findings and figures of the rubric checks, with grades that are settled beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace

import pytest
from tests.services.evaluation.made_rubrics import (
    AGAINST,
    DROPOUT,
    KERNELS,
    PAIRS,
    SCALE,
    SILENCE,
    Twists,
    figures,
    findings,
    graded,
    planned,
    vectors,
    with_point,
)

from interviewbot.services.evaluation.rubric_blame import Fault
from interviewbot.services.evaluation.rubric_figures import rubric_figures
from interviewbot.services.evaluation.rubric_plan import RubricCheck as Check

A = "rubrics/AA0001"
Credits = Mapping[str, float]


def test_rubrics_that_work_have_no_findings() -> None:
    """A faultless judge finds nothing in the questions that the other tests damage."""
    found = figures()
    assert found.findings == ()
    assert found.shared == ()
    assert found.total.n == len(planned().cases)
    assert (found.total.failed, found.total.ungraded) == (0, 0)
    assert all(check.cases.n for check in found.checks)


@pytest.mark.parametrize(
    ("check", "key", "credits_", "measured", "wanted"),
    [
        (Check.MODEL_ANSWER, "model-answer", {"full": 0.5}, 83.3, "at least 85"),
        (Check.WORDINGS, "wordings", {"full": AGAINST}, 66.7, "at least 85"),
        (Check.WITHOUT_ONE, "without/scale", {"scale": 0.7}, 1, "at most 0"),
        (Check.WITHOUT_ONE, "without/scale", {"full": 0.6}, 1, "at most 0"),
        (Check.WITHOUT_ONE, "without/scale", {"scale": 1, "silence": 0, "full": 0}, 3, "at most 0"),
        (Check.ACCEPT, "accept/silence-2", {"silence": 0.6}, 0.6, "at least 0.6667"),
        (Check.ACCEPT, "accept/scale-1", {"scale": AGAINST}, 0, "at least 0.6667"),
        (Check.MISCONCEPTION, "misconception/scale-1", {"scale": 0.9}, 0.9, "below 0.6667"),
        (Check.CONTRADICTION, "misconception/scale-1", {"scale": 0.5}, 0, "at least 1"),
        (Check.OTHER_ANSWER, "other-answer/AA0002", {"full": 0.4}, 1, "at most 0"),
        (Check.ECHO, "echo", {"full": 0.4}, 13.3, "at most 10"),
        (Check.EMPTY_HANDED, "empty-handed/1", {"full": 0.4}, 13.3, "at most 10"),
        (Check.GIVEN_AWAY, "given-away", {"full": 0.4}, 0.4, "below 0.3333"),
        (Check.POINT_ORDER, "point-order/reversed", {"full": 0.5}, 1, "at most 0"),
        (Check.POINT_ORDER, "point-order/shuffled", {"silence": 0.2, "scale": 0.2}, 0, ""),
        (Check.SENTENCE_ORDER, "sentence-order/2", {"full": 0.9}, 3.3, "at most 3"),
    ],
)
def test_what_fails_each_check(
    check: Check, key: str, credits_: Credits, measured: float, wanted: str
) -> None:
    """A grade that is not as wanted becomes a finding with both numbers."""
    if not wanted:  # a change of the order that moves no verdict, but the score
        twists: Twists = {f"{A}/{key}": _nudged(key)}
        (found,) = findings(check, twists=twists)
        assert found.what == "change of score"
        assert found.measured > 0.1
        return
    (found,) = findings(check, twists={f"{A}/{key}": credits_})
    assert (found.measured, f"{found.wanted} {found.bound:g}") == (measured, wanted)
    assert (found.question_id, found.path) == ("AA0001", "AA0001.md")
    assert found.change.endswith(".")
    assert found.text


def _nudged(key: str) -> dict[str, float]:
    """Return the credits of that trial, those of 1 a little lower."""
    plan = planned()
    result = graded(plan)[f"{A}/{key}"]
    assert hasattr(result, "points")
    return {point.id: 0.98 * point.credit for point in result.points}


@pytest.mark.parametrize(
    ("check", "key", "credits_"),
    [
        (Check.MODEL_ANSWER, "model-answer", {"full": 0.67}),
        (Check.WITHOUT_ONE, "without/scale", {"scale": 0.6}),
        (Check.WITHOUT_ONE, "without/scale", {"scale": AGAINST, "full": 0.7}),
        (Check.ACCEPT, "accept/scale-1", {"scale": 0.67}),
        (Check.MISCONCEPTION, "misconception/scale-1", {"scale": 0.6}),
        (Check.OTHER_ANSWER, "other-answer/AA0002", {"full": 0.3, "scale": AGAINST}),
        (Check.ECHO, "echo", {"full": 0.3}),
        (Check.EMPTY_HANDED, "empty-handed/2", {"full": 0.3}),
        (Check.GIVEN_AWAY, "given-away", {"full": 0.3}),
        (Check.TOLD_APART, "accept/silence-1", {"scale": 1, "full": 1}),
        (Check.SENTENCE_ORDER, "sentence-order/1", {"full": 0.92}),
    ],
)
def test_what_a_check_lets_pass(check: Check, key: str, credits_: Credits) -> None:
    """What stays within the bound, or goes wrong one way only, is no finding."""
    assert findings(check, twists={f"{A}/{key}": credits_}) == []


def test_points_that_cannot_be_told_apart() -> None:
    """A wording of each that covers the other, both ways, is a finding about the two."""
    twists = {f"{A}/accept/silence-2": {"scale": 1.0}, f"{A}/accept/scale-1": {"silence": 0.8}}
    (found,) = findings(Check.TOLD_APART, twists=twists)
    assert found.points == ("silence", "scale")
    assert found.line == 20
    assert (found.measured, found.wanted, found.bound) == (1, "at most", 0)


def test_a_point_lost_already_cannot_be_lost() -> None:
    """Points that the full answer does not cover are that check's finding alone."""
    twists = {f"{A}/wordings": {"full": 0.0}, f"{A}/without/scale": {"full": 0.0}}
    assert findings(Check.WITHOUT_ONE, twists=twists) == []
    assert len(findings(Check.WORDINGS, twists=twists)) == 1


def test_what_is_ungraded_neither_holds_nor_fails() -> None:
    """It is counted apart, also where it is only compared with."""
    found = figures(refused=[f"{A}/model-answer", f"{A}/accept/scale-1"])
    ungraded = {check.check: check.cases.ungraded for check in found.checks}
    assert ungraded == {
        **dict.fromkeys(Check, 0),
        Check.MODEL_ANSWER: 1,
        Check.ACCEPT: 1,
        Check.POINT_ORDER: 1,
        Check.SENTENCE_ORDER: 2,
        Check.TOLD_APART: 2,
    }
    assert found.total.ungraded == 7
    assert found.total.failed == 0


def test_one_trial_of_several_is_enough_to_fail() -> None:
    """Other answers that earn a point do so even if one more answer has no grade."""
    third = replace(KERNELS, id="AA0003", model_answer="Something else again. And more.")
    found = figures(
        DROPOUT,
        KERNELS,
        third,
        twists={f"{A}/other-answer/AA0002": {"full": 1.0}},
        refused=[f"{A}/other-answer/AA0003"],
    )
    tally = next(c.cases for c in found.checks if c.check is Check.OTHER_ANSWER)
    of_dropout = [f for f in found.findings if f.question_id == "AA0001"]
    assert [finding.points for finding in of_dropout] == [("full",)]
    assert tally.ungraded == 2


def test_points_that_say_the_same_may_be_earned() -> None:
    """Such a pair is listed once, from whichever side it was met, and is no finding."""
    same = replace(SCALE, id="twin")
    other = replace(KERNELS, points=(PAIRS, same), model_answer=f"{PAIRS.text} {same.text}")
    found = figures(DROPOUT, other)
    assert found.findings == ()
    (pair,) = found.shared
    assert (pair.question_id, pair.point, pair.other_id, pair.other_point) == (
        "AA0001",
        "scale",
        "AA0002",
        "twin",
    )
    assert pair.likeness == pytest.approx(1, abs=1e-3)


def test_worst_question_first() -> None:
    """Faults of the rubric weigh more than any number of the judge's."""
    bad = with_point(replace(SCALE, accept=("Are the others boosted?",)))
    twists = {
        "rubrics/AA0002/empty-handed/1": {"pairs": 1.0},
        "rubrics/AA0002/empty-handed/2": {"pairs": 1.0},
        "rubrics/AA0003/accept/scale-1": {"scale": 0.0},
    }
    found = figures(KERNELS, replace(bad, id="AA0003"), twists=twists)
    assert [(q.question_id, q.cases.rubric, q.cases.judge) for q in found.questions] == [
        ("AA0003", 1, 0),
        ("AA0002", 0, 2),
    ]
    assert [finding.question_id for finding in found.findings] == ["AA0003", "AA0002", "AA0002"]
    assert (found.total.rubric, found.total.judge, found.total.failed) == (1, 2, 3)


def test_totals_add_up() -> None:
    """Questions and checks are two ways to count the same cases."""
    found = figures(
        twists={f"{A}/echo": {"full": 1.0}, f"{A}/accept/silence-1": {"silence": 0.0}},
        refused=[f"{A}/without/scale"],
    )
    for parts in ([q.cases for q in found.questions], [c.cases for c in found.checks]):
        assert sum(part.n for part in parts) == found.total.n
        assert sum(part.failed for part in parts) == found.total.failed == 2
        assert sum(part.ungraded for part in parts) == found.total.ungraded
    assert len(found.findings) == found.total.failed


def test_figures_are_the_same_from_run_to_run_and_fit_json() -> None:
    """Equal plans and results give equal bytes."""
    twists = {f"{A}/echo": {"full": 1.0}, f"{A}/other-answer/AA0002": {"silence": 1.0}}
    first, second = figures(twists=twists), figures(twists=twists)
    assert json.dumps(asdict(first)) == json.dumps(asdict(second))
    assert json.loads(json.dumps(asdict(first)))["findings"][0]["fault"] == Fault.JUDGE


def test_a_trial_without_result_is_an_error() -> None:
    """Figures of half a run would be wrong without a word."""
    plan = planned()
    results = graded(plan)
    del results[f"{A}/accept/silence-1"]
    assert SILENCE in plan.questions[0].question.points
    with pytest.raises(KeyError):
        rubric_figures(plan, results, vectors)
