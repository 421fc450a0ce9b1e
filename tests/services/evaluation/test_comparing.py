"""Two runs of a grader, answer by answer."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.services.made_results import grade, row

from interviewbot.adapters import statistics
from interviewbot.domain.grade import Band, Ungraded, Verdict
from interviewbot.services.evaluation.comparing import Comparison, comparison
from interviewbot.services.evaluation.graded import Graded, graded_of

WORTH = {Verdict.COVERED: 1.0, Verdict.PARTIAL: 0.5}


def compare(before: Sequence[Graded], after: Sequence[Graded]) -> Comparison:
    """Compare by the real statistics."""
    return comparison(before, after, statistics)


def with_verdicts(one: Graded, verdicts: dict[str, Verdict]) -> Graded:
    """Return ``one`` with other verdicts and the score that follows."""
    worth = [WORTH.get(verdict, 0.0) for verdict in verdicts.values()]
    return replace(one, verdicts=verdicts, score=sum(worth) / len(worth))


def run(count: int = 350, points: int = 6, right: float = 0.75, seed: int = 0) -> list[Graded]:
    """Return a run on labelled answers to 60 questions, with this share of right verdicts."""
    dice = random.Random(seed)
    found = []
    for number in range(count):
        labels = {f"p{place}": dice.choice(list(Verdict)) for place in range(points)}
        one = Graded(
            set_name="s",
            id=str(number),
            group=f"q{number % 60}",
            human=sum(WORTH.get(label, 0.0) for label in labels.values()) / points,
            score=None,
            verdicts={},
            labels=labels,
        )
        verdicts = {
            point: label if dice.random() < right else dice.choice(list(Verdict))
            for point, label in labels.items()
        }
        found.append(with_verdicts(one, verdicts))
    return found


def flipped(before: Sequence[Graded], share: float, seed: int = 1) -> list[Graded]:
    """Return the run of a judge that flips this share of its verdicts."""
    dice = random.Random(seed)

    def other(verdict: Verdict) -> Verdict:
        rest = [one for one in Verdict if one is not verdict]
        return dice.choice(rest) if dice.random() < share else verdict

    return [
        with_verdicts(one, {point: other(verdict) for point, verdict in one.verdicts.items()})
        for one in before
    ]


@pytest.mark.parametrize("seed", range(5))
def test_a_judge_that_flips_five_in_a_hundred_is_caught(seed: int) -> None:
    """On 2100 labelled points; and the other way round it is no regression."""
    before = run(seed=seed)
    after = flipped(before, 0.05, seed)
    found = compare(before, after)
    assert found.verdicts.n == 2100
    assert "verdicts" in found.regressed
    assert found.verdicts.p is not None
    assert found.verdicts.p < 0.001
    assert 70 < len(found.flipped) < 120
    assert compare(after, before).regressed == ()


def test_the_same_run_is_no_regression() -> None:
    """No change, no flip, and the interval of no difference is a point."""
    before = run()
    found = compare(before, before)
    assert found.regressed == ()
    assert found.flipped == ()
    assert (found.n, found.compared) == (350, 350)
    for figure in (found.qwk, found.mae):
        assert (figure.change, figure.ci95) == (0, (0, 0))
        assert figure.before == figure.after
    assert (found.verdicts.newly_wrong, found.verdicts.newly_right, found.verdicts.p) == (0, 0, 1)


def test_scores_further_off_are_a_regression_without_any_label() -> None:
    """MAE by its interval, QWK by its own."""
    bare = [replace(one, labels={}) for one in run()]
    dice = np.random.default_rng(0)
    after = [
        replace(one, score=float(np.clip((one.score or 0) + dice.normal(scale=0.3), 0, 1)))
        for one in bare
    ]
    found = compare(bare, after)
    assert found.regressed == ("mae", "qwk")
    assert found.verdicts.p is None
    assert found.mae.change is not None
    low, high = found.mae.ci95 or (9, 9)
    assert 0 < low < found.mae.change < high
    assert compare(after, bare).regressed == ()


def test_chance_is_no_regression() -> None:
    """Two judges that are right equally often, on the same answers."""
    alarms = 0
    for seed in range(20):
        before = run(150, right=0.75, seed=seed)
        dice = random.Random(100 + seed)
        after = [
            with_verdicts(
                one,
                {
                    point: label if dice.random() < 0.75 else dice.choice(list(Verdict))
                    for point, label in one.labels.items()
                },
            )
            for one in before
        ]
        alarms += bool(compare(before, after).regressed)
    assert alarms <= 5  # three tests at 2.5 % each, one-sided


def test_it_is_quick() -> None:
    """2000 rounds on 500 answers: under 2 s."""
    before = run(500)
    after = flipped(before, 0.1)
    begun = time.perf_counter()
    compare(before, after)
    assert time.perf_counter() - begun < 2


def test_the_paired_bootstrap_is_that_of_rows() -> None:
    """The difference of a mean, near its standard error over questions."""
    dice = np.random.default_rng(0)
    before = [
        Graded(set_name="s", id=str(n), group=str(n), human=0.0, score=0.5, verdicts={}, labels={})
        for n in range(200)
    ]
    gaps = dice.normal(0.01, 0.1, 200)
    after = [replace(one, score=0.5 + float(gap)) for one, gap in zip(before, gaps, strict=True)]
    found = compare(before, after).mae
    error = float(gaps.std(ddof=1)) / np.sqrt(200)
    assert found.change == pytest.approx(float(gaps.mean()))
    low, high = found.ci95 or (9, 9)
    assert low == pytest.approx(float(gaps.mean()) - 1.96 * error, abs=0.3 * error)
    assert high == pytest.approx(float(gaps.mean()) + 1.96 * error, abs=0.3 * error)


def test_what_flipped_by_hand() -> None:
    """A verdict or a band, with old and new; a score that moves within its band is none."""
    labels = {"p0": Verdict.COVERED, "p1": Verdict.MISSING}
    old = Graded(
        set_name="s", id="1", group="q", human=0.5, score=0.86, verdicts=dict(labels), labels=labels
    )
    verdict = replace(old, id="2")
    rows = [old, verdict, replace(old, id="3")]
    after = [
        replace(old, score=0.84),
        replace(verdict, verdicts={**labels, "p0": Verdict.PARTIAL}),
        replace(old, id="3", score=0.9),
    ]
    band, word = compare(rows, after).flipped
    assert (band.id, band.band_before, band.band_after) == ("1", Band.STRONG, Band.SOLID)
    assert band.verdicts == ()
    assert (word.id, word.band_before, word.band_after) == ("2", Band.STRONG, Band.STRONG)
    (change,) = word.verdicts
    assert (change.point, change.before, change.after, change.label) == (
        "p0",
        Verdict.COVERED,
        Verdict.PARTIAL,
        Verdict.COVERED,
    )


def test_a_point_that_one_run_lacks_is_a_change_and_no_test() -> None:
    """A rubric that was edited says nothing about the judge."""
    before, after = run(1, 2), run(1, 2)
    after = [replace(one, verdicts={"p0": one.verdicts["p0"]}) for one in after]
    found = compare(before, after)
    assert found.verdicts.n == 1
    assert [(one.point, one.after) for one in found.flipped[0].verdicts] == [("p1", None)]


def test_answers_that_lost_their_grade() -> None:
    """More ungraded than before is a regression, though all the others are better."""
    before = run(40)
    after = [replace(one, score=one.human, verdicts=one.labels) for one in before]
    after[3] = replace(after[3], score=None, verdicts={})
    found = compare(before, after)
    assert found.regressed == ("ungraded",)
    assert (found.ungraded_before, found.ungraded_after) == (0, 1)
    assert found.newly_ungraded == (("s", "3"),)
    assert found.compared == 39
    assert all(flip.id != "3" for flip in found.flipped)
    back = compare(after, before)
    assert back.newly_graded == (("s", "3"),)
    assert "ungraded" not in back.regressed


def test_pairs_are_of_one_set_and_id() -> None:
    """Answers in one run are named and compared with nothing, ids of other sets neither."""
    before = run(6)
    after = [*before[2:], replace(before[0], set_name="t")]
    found = compare(before, after)
    assert found.n == 4
    assert found.only_before == (("s", "0"), ("s", "1"))
    assert found.only_after == (("t", "0"),)
    with pytest.raises(ValueError, match="twice"):
        compare(before, [*before, before[0]])


@pytest.mark.parametrize("count", [0, 1])
def test_next_to_nothing_to_compare(count: int) -> None:
    """No interval, no regression."""
    before = run(count)
    found = compare(before, flipped(before, 1.0))
    assert found.regressed == ()
    assert (found.qwk.ci95, found.mae.ci95) == (None, None)
    assert (found.mae.change is None) is (count == 0)


def test_without_human_scores_there_are_only_verdicts() -> None:
    """And all ungraded is no figure at all."""
    before = [replace(one, human=None) for one in run(20)]
    found = compare(before, before)
    assert (found.compared, found.mae.before, found.qwk.before) == (0, None, None)
    assert found.verdicts.n == 120
    lost = [replace(one, score=None, verdicts={}) for one in before]
    assert compare(lost, lost).regressed == ()
    assert compare(lost, lost).verdicts.p is None


def test_a_row_and_its_grade_as_graded() -> None:
    """Score on 0..1, the human one from the labels where people gave none."""
    labels = {"p0": Verdict.COVERED, "p1": Verdict.MISSING}
    gold = row("a", None, point_labels=labels)
    found = graded_of("s", gold, grade(0.8, 0.0))
    assert (found.set_name, found.id, found.group) == ("s", "row", "a")
    assert (found.human, found.score) == pytest.approx((0.5, 0.4))
    assert found.verdicts == labels
    lost = graded_of("s", row("a", 0.3), Ungraded(reason="no"))
    assert (lost.human, lost.score, lost.verdicts) == (0.3, None, {})
