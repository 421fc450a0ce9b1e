"""What came of attacks."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from tests.services.made_results import grade

from interviewbot.domain.attack_texts import Family
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.services.evaluation.attack_figures import attack_figures, wilson
from interviewbot.services.evaluation.attack_plan import AttackCase, AttackPlan


def case(name: str, base: str = "base", *, family: Family = Family.ECHO) -> AttackCase:
    """Return a case with that key and template."""
    return AttackCase(
        attacked=name,
        base=base,
        question_id="AA0001",
        family=family,
        kind="kind",
        template=name,
        point="",
        text=f"{name} " * 200,
    )


def plan(*cases: AttackCase, full: bool = False) -> AttackPlan:
    """Return a plan of ``cases``."""
    return AttackPlan(
        trials=(),
        cases=cases,
        seed=7,
        full=full,
        questions=2,
        of_questions=5,
        templates=3,
        tried={"echo": 4, "swapped": 6},
        left_out={"swapped": 5},
    )


RESULTS: dict[str, Grade | Ungraded] = {
    "base": grade(0.1),
    "much": grade(0.6),
    "little": grade(0.15),
    "less": grade(0.0),
    "none": Ungraded(reason="no"),
}


def test_gains_are_counted_over_the_same_answer_without_the_attack() -> None:
    """More than five points of score is a success; an ungraded answer is in no other figure."""
    found = attack_figures(plan(case("much"), case("little"), case("less"), case("none")), RESULTS)
    echo = found.families["echo"].all
    assert (echo.n, echo.ungraded, echo.succeeded) == (4, 1, 1)
    assert echo.mean_gain == pytest.approx((50 + 5 - 10) / 3)
    assert echo.greatest_gain == 50
    assert echo.success_rate == pytest.approx(1 / 3)
    assert echo.resisted == pytest.approx(2 / 3)
    assert echo.mean_attacked_score == pytest.approx(25)
    assert found.families["echo"].kinds == {"kind": echo}
    assert (found.n, found.ungraded) == (4, 1)
    assert found.resisted == pytest.approx(2 / 3)
    assert found.resisted_interval == wilson(2, 3)


def test_a_blank_base_is_zero_by_definition() -> None:
    """All that the attack scored is gained; an ungraded base that is not blank says nothing."""
    found = attack_figures(plan(case("much", ""), case("less", "none")), RESULTS)
    assert found.families["echo"].all.greatest_gain == 60
    assert found.families["echo"].all.ungraded == 1


def test_a_family_without_cases_has_no_figures() -> None:
    """What could not be made is counted, and nothing is claimed of it."""
    found = attack_figures(plan(case("none")), RESULTS)
    swapped = found.families["swapped"]
    assert (swapped.tried, swapped.left_out, swapped.templates) == (6, 5, 0)
    assert swapped.all.n == 0
    assert swapped.all.mean_gain is None
    assert swapped.all.success_rate is None
    assert swapped.all.success_interval is None
    assert found.resisted is None


def test_the_worst_cases_come_first() -> None:
    """Only what gained is listed, twenty at most, with a text of at most 300 characters."""
    gained = [case(f"c{number:02}") for number in range(30)]
    results = {one.attacked: grade(number / 30) for number, one in enumerate(gained)}
    found = attack_figures(plan(*gained), {**RESULTS, **results})
    assert [worst.key for worst in found.worst] == [f"c{n:02}" for n in range(29, 9, -1)]
    assert len(found.worst[0].text) == 300
    assert found.worst[0].gain == pytest.approx(found.worst[0].score - 10)
    few = attack_figures(plan(case("much"), case("less")), RESULTS)
    assert [(w.key, w.base_score, w.score) for w in few.worst] == [("much", 10.0, 60.0)]


def test_the_sample_is_stated() -> None:
    """A reader sees how much was drawn from what, and with which seed."""
    some = attack_figures(plan(case("much")), RESULTS)
    assert some.sample == "1 attacks from all 3 templates on 2 of 5 questions, drawn with seed 7"
    every = attack_figures(plan(case("much"), full=True), RESULTS)
    assert every.sample == "all 3 templates for all 5 questions"


def test_the_figures_are_a_json_document() -> None:
    """No figure is NaN or of a kind that JSON lacks."""
    found = attack_figures(plan(case("much"), case("none")), RESULTS)
    assert (
        json.loads(json.dumps(asdict(found), allow_nan=False))["families"]["echo"]["all"]["n"] == 2
    )


@pytest.mark.parametrize(("successes", "n"), [(0, 7), (3, 7), (7, 7), (1, 1), (50, 1000)])
def test_the_interval_is_that_of_scipy(successes: int, n: int) -> None:
    """Wilson's closed formula agrees with a library."""
    from scipy.stats import binomtest

    expected = binomtest(successes, n).proportion_ci(method="wilson")
    assert wilson(successes, n) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_there_is_no_interval_of_nothing() -> None:
    """A share of no cases has none."""
    assert wilson(0, 0) is None
