"""How much the way of telling changes the grade."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from tests.services.made_questions import BOTH, DROPOUT
from tests.services.made_results import grade

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.services.evaluation.invariance_figures import (
    Flip,
    InvarianceFigures,
    invariance_figures,
    repetition,
)
from interviewbot.services.evaluation.invariance_plan import plan_invariance
from interviewbot.services.evaluation.invariance_spread import KindFigures
from interviewbot.services.evaluation.rewording import Way

PLAN = plan_invariance(BOTH, full=True)
NO = Ungraded(reason="no")


def figures(**changed: Grade | Ungraded) -> InvarianceFigures:
    """Return the figures where all is graded alike but what is named ``AA0001_way``."""
    results: dict[str, Grade | Ungraded] = {trial.key: grade(0.8, 0.8) for trial in PLAN.trials}
    for name, result in changed.items():
        question, way = name.split("_", 1)
        results[f"invariance/{question}/{way}"] = result
    return invariance_figures(PLAN, results)


def test_nothing_changes_where_all_ways_are_graded_alike() -> None:
    """Every change, spread and flip is zero, and every answer is steady."""
    found = figures()
    assert (found.mean_spread, found.greatest_spread, found.steady) == (0, 0, 1)
    assert found.flip_rate == 0
    assert found.mean_prose_score == 80
    assert set(found.ways) == {way.value for way in Way} - {"prose"}
    assert (found.n, found.ungraded, found.questions) == (16, 0, 2)
    assert found.ways["spoken"].flips == ()


def test_changes_are_against_prose() -> None:
    """They are counted without their sign, the shift with it, and flips by their verdicts."""
    found = figures(
        AA0001_spoken=grade(0.8, 0.4),
        AA0002_spoken=grade(0.9, 0.9),
        AA0002_polite=grade(0.8, 0.8, contradicted=frozenset({"p0"})),
    )
    spoken = found.ways["spoken"]
    assert spoken.mean_change == pytest.approx((20 + 10) / 2)
    assert spoken.greatest_change == 20
    assert spoken.mean_shift == pytest.approx((-20 + 10) / 2)
    assert (spoken.n_points, spoken.flipped, spoken.flip_rate) == (4, 1, 0.25)
    assert spoken.flips == (Flip(from_verdict="covered", to_verdict="partial", n=1),)
    assert found.ways["polite"].flips == (
        Flip(from_verdict="covered", to_verdict="contradicted", n=1),
    )
    assert found.flip_rate == pytest.approx(2 / 28)
    assert [(w.question_id, w.spread, w.lowest, w.highest) for w in found.worst] == [
        ("AA0002", 50.0, "polite", "spoken"),
        ("AA0001", 20.0, "spoken", "prose"),
    ]
    assert found.mean_spread == 35
    assert found.steady == 0


def test_an_ungraded_way_is_counted_as_that() -> None:
    """It is no change; where the prose is ungraded, there is nothing to compare with."""
    found = figures(AA0001_spoken=NO, AA0002_prose=NO)
    assert found.ungraded == 2
    assert (found.ways["spoken"].n, found.ways["spoken"].ungraded) == (2, 2)
    assert found.ways["spoken"].mean_change is None
    assert found.ways["spoken"].flip_rate is None
    assert found.ways["polite"].ungraded == 1
    assert found.worst[0].scores["spoken"] is None


def test_nothing_is_claimed_where_nothing_is_graded() -> None:
    """Every figure is none, and the document is still JSON."""
    results: dict[str, Grade | Ungraded] = {trial.key: NO for trial in PLAN.trials}
    found = invariance_figures(PLAN, results)
    assert found.worst == ()
    assert (found.mean_spread, found.steady, found.flip_rate) == (None, None, None)
    assert json.loads(json.dumps(asdict(found), allow_nan=False))["ungraded"] == 16


def test_at_most_twenty_are_listed() -> None:
    """The report shows the worst."""
    many = plan_invariance([replace(DROPOUT, id=f"AB{n:04}") for n in range(30)], full=True)
    found = invariance_figures(many, {trial.key: grade(0.5) for trial in many.trials})
    assert len(found.worst) == 20


def test_the_sample_is_stated() -> None:
    """A reader sees how much was drawn from what."""
    wordings = "questions in the rubric's wordings"
    assert figures().sample == f"all 2 {wordings}, each told in 8 ways"
    drawn = replace(PLAN, full=False, of_questions=9)
    results: dict[str, Grade | Ungraded] = {trial.key: NO for trial in PLAN.trials}
    assert invariance_figures(drawn, results).sample == (
        f"2 of 9 {wordings}, drawn with seed 0, each told in 8 ways"
    )


def test_two_gradings_are_compared_to_the_last_digit() -> None:
    """A score, an ungraded answer or its reason makes a difference; nothing else does."""
    first: list[Grade | Ungraded] = [grade(0.5), grade(0.7), NO]
    same = repetition(["a", "b", "c"], first, [grade(0.5), grade(0.7), NO])
    assert (same.n, same.identical, same.differing) == (3, True, ())
    other = repetition(["a", "b", "c"], first, [grade(0.5), grade(0.7000001), grade(0.0)])
    assert (other.identical, other.differing) == (False, ("b", "c"))
    with pytest.raises(ValueError, match="argument 2 is longer"):
        repetition(["a", "b"], first, first)


def test_each_kind_of_answer_has_its_own_spread() -> None:
    """A judge that knows the wordings by heart is not thought steady with other words."""
    gold = [GoldRow(id="g", answer="A. B.", question_id="X", point_labels={"p": Verdict.COVERED})]
    plan = plan_invariance(BOTH, gold, full=True)
    results: dict[str, Grade | Ungraded] = {trial.key: grade(0.8, 0.8) for trial in plan.trials}
    results["invariance/labelled/g/spoken"] = grade(0.4, 0.4)
    results["invariance/AA0001/polite"] = grade(0.8, 0.7)
    found = invariance_figures(plan, results)
    assert found.kinds == {
        "wordings": KindFigures(
            answers=2,
            of=2,
            mean_spread=2.5,
            greatest_spread=5.0,
            steady=1.0,
            mean_prose_score=80.0,
        ),
        "labelled": KindFigures(
            answers=1,
            of=1,
            mean_spread=40.0,
            greatest_spread=40.0,
            steady=0.0,
            mean_prose_score=80.0,
        ),
    }
    assert (found.answers, found.questions, found.mean_spread) == (3, 3, 15.0)
    assert (found.worst[0].answer_id, found.worst[0].kind) == ("g", "labelled")
    assert "and all 1 questions by a labelled answer" in found.sample
