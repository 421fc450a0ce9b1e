"""Agreement with people, by the real statistics; a figure that does not exist is None."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import pytest
from tests.fakes.hashed_encoder import HashedEncoder
from tests.services.made_results import grade, row

from interviewbot.adapters import statistics
from interviewbot.domain.gold import GoldRow, Label
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.services.embedding import Embeddings
from interviewbot.services.evaluation.agreement import Agreement, agreement


def measure(rows: Sequence[GoldRow], results: Sequence[Grade | Ungraded]) -> Agreement:
    """Return the agreement by the real statistics."""
    return agreement(rows, results, statistics)


def figures(found: Agreement) -> dict[str, object]:
    """Return every figure but the counts."""
    flat = asdict(found)
    points, intervals, rules = (flat.pop(name) for name in ("points", "ci95", "baselines"))
    flat |= {f"points.{name}": value for name, value in points.items()}
    flat |= {f"ci95.{name}": value for name, value in intervals.items()}
    for rule, its in rules.items():
        flat |= {f"{rule}.{name}": value for name, value in (its or {}).items()}
    counts = ("n", "ungraded", "compared", "points", "ci95")
    lists = ("bands", "verdicts", "confusion", "reliability", "risk_coverage")
    return {k: v for k, v in flat.items() if k.rpartition(".")[2] not in (*counts, *lists)}


def test_perfect_agreement() -> None:
    """Correlations and kappa are 1, errors 0."""
    human = [0.0, 0.3, 0.6, 0.9, 0.1, 1.0] * 5
    rows = [
        row(name, score, words=3 + number % 7)
        for number, (name, score) in enumerate(zip("abcdefghij" * 3, human, strict=True))
    ]
    found = measure(rows, [grade(score) for score in human])
    assert (found.n, found.ungraded) == (30, 0)
    ones = [found.pearson, found.spearman, found.within_question_pearson, found.beyond_length]
    assert ones == pytest.approx([1, 1, 1, 1])
    assert found.qwk == pytest.approx(1)
    assert (found.rmse, found.mae) == pytest.approx((0, 0))
    assert found.ci95["pearson"] == pytest.approx((1, 1))
    few = measure(rows[:9], [grade(score) for score in human[:9]])
    assert few.pearson == pytest.approx(1)
    assert set(few.ci95.values()) == {None}  # nine questions say little about others
    assert {ends for rule in few.baselines.values() if rule for ends in rule.ci95.values()} == {
        None
    }


def test_figures_by_hand() -> None:
    """Scores are compared on 0..1, whatever the scale of a grade."""
    human, machine = [0.0, 0.5, 1.0, 0.5], [0.2, 0.4, 0.6, 0.8]
    found = measure([row("a", score) for score in human], [grade(score) for score in machine])
    assert found.pearson == pytest.approx(float(np.corrcoef(human, machine)[0, 1]))
    assert found.mae == pytest.approx((0.2 + 0.1 + 0.4 + 0.3) / 4)
    assert found.rmse == pytest.approx(math.sqrt((0.04 + 0.01 + 0.16 + 0.09) / 4))
    assert found.within_question_pearson == pytest.approx(found.pearson)


def test_questions_are_told_apart_by_id_or_text() -> None:
    """A grader that only tells hard questions from easy ones agrees within none of them."""
    rows, results = [], []
    for level in (0.0, 0.7):
        for step in range(3):
            text = f"question {level}"
            rows.append(GoldRow(id="r", answer="x", question=text, score=level + step / 10))
            results.append(grade(level + (2 - step) / 10))
    found = measure(rows, results)
    assert found.pearson is not None
    assert found.pearson > 0.85
    assert found.within_question_pearson == pytest.approx(-1)


def test_length_alone_is_no_agreement_beyond_length() -> None:
    """Where scores follow the length and nothing else, nothing is left."""
    dice = np.random.default_rng(3)
    rows, results = [], []
    for number in range(200):
        words = int(dice.integers(1, 60))
        length = math.log(1 + words) / math.log(61)
        noise = dice.normal(scale=0.05, size=2)
        rows.append(row(f"q{number % 12}", float(np.clip(length + noise[0], 0, 1)), words=words))
        results.append(grade(float(np.clip(length + noise[1], 0, 1))))
    found = measure(rows, results)
    assert found.pearson is not None
    assert found.beyond_length is not None
    assert found.pearson > 0.9
    assert abs(found.beyond_length) < 0.3
    low, high = found.ci95["beyond_length"] or (9, 9)
    assert low < found.beyond_length < high


def test_ungraded_rows_count_but_are_not_compared() -> None:
    """They are no zeros."""
    rows = [row("a", score) for score in (0.0, 0.5, 1.0)] + [row("a", 1.0)] * 2
    ungraded = Ungraded(reason="the judge gave up")
    found = measure(rows, [grade(0.0), grade(0.5), grade(1.0), ungraded, ungraded])
    assert (found.n, found.ungraded) == (5, 2)
    assert found.pearson == pytest.approx(1)
    assert found.mae == pytest.approx(0)


@pytest.mark.parametrize("rows", [[], [row("a", 1.0), row("b", 0.5)]])
def test_without_a_grade_there_is_no_figure(rows: list[GoldRow]) -> None:
    """All ungraded, or no row at all."""
    found = measure(rows, [Ungraded(reason="no")] * len(rows))
    assert (found.n, found.ungraded, found.points.n) == (len(rows), len(rows), 0)
    assert set(figures(found).values()) == {None}


def test_without_labels_there_is_no_figure() -> None:
    """Graded rows that nobody labelled."""
    rows = [row("a", None), row("a", None), row("b", None)]
    found = measure(rows, [grade(0.1), grade(0.5), grade(0.9)])
    assert (found.n, found.ungraded) == (3, 0)
    assert set(figures(found).values()) == {None}


def test_rows_without_a_score_are_left_out_of_scores() -> None:
    """A zero given by people is a score, no score is not a zero."""
    scores = (0.0, None, 0.5, 1.0, None)
    rows = [row("a", score) for score in scores]
    found = measure(rows, [grade(0.0), grade(1.0), grade(0.5), grade(1.0), grade(0.0)])
    assert found.mae == pytest.approx(0)
    assert found.pearson == pytest.approx(1)


@pytest.mark.parametrize("side", ["human", "machine", "both"])
def test_constant_scores_have_errors_but_no_correlation(side: str) -> None:
    """Correlation with a constant does not exist, and nothing warns."""
    varied, constant = [0.1, 0.4, 0.9, 0.6], [0.7] * 4
    human = varied if side == "machine" else constant
    machine = varied if side == "human" else constant
    rows = [row(name, score) for name, score in zip("aabb", human, strict=True)]
    found = measure(rows, [grade(score) for score in machine])
    missing = (
        found.pearson,
        found.spearman,
        found.within_question_pearson,
        found.beyond_length,
        found.ci95["pearson"],
        found.ci95["beyond_length"],
    )
    assert missing == (None,) * 6
    assert (found.rmse == pytest.approx(0)) is (side == "both")


def test_one_question_has_no_interval() -> None:
    """Questions are resampled, and there is only one."""
    rows = [row("a", score) for score in (0.1, 0.4, 0.9, 0.6)]
    found = measure(rows, [grade(score) for score in (0.2, 0.3, 0.8, 0.7)])
    assert found.pearson is not None
    assert set(found.ci95.values()) == {None}
    assert {"pearson", "beyond_length", "qwk", "mae", "covered_auc", "macro_f1"} <= set(found.ci95)
    length = found.baselines["length"]
    assert length is not None
    assert length.mae is None  # no other question to fit its line on
    assert length.ci95["mae"] is None


def test_an_interval_holds_its_figure() -> None:
    """Resampled by question, from the same dice every time."""
    dice = np.random.default_rng(5)
    rows, results = [], []
    for number in range(120):
        score = float(dice.random())
        rows.append(row(f"q{number % 12}", score, words=int(dice.integers(2, 40))))
        results.append(grade(float(np.clip(score + dice.normal(scale=0.2), 0, 1))))
    found = measure(rows, results)
    assert found.pearson is not None
    low, high = found.ci95["pearson"] or (9, 9)
    assert low < found.pearson < high
    assert high - low < 0.3
    assert measure(rows, results) == found


def test_labels_of_whole_answers() -> None:
    """The score must tell ``correct`` from every other label, whatever people scored."""
    labels = [Label.CORRECT, Label.PARTIAL, Label.CONTRADICTORY, Label.CORRECT, None]
    rows = [row("a", None, label=label) for label in labels]
    found = measure(rows, [grade(0.9), grade(0.5), grade(0.6), grade(0.55), grade(1.0)])
    assert found.auc == pytest.approx(3 / 4)  # three of four pairs are in order


def test_the_keys_that_others_read() -> None:
    """They stay, whatever else comes beside them, and all of it is JSON."""
    found = measure([row("a", 0.5)], [grade(0.5)])
    document = json.loads(json.dumps(asdict(found)))
    assert set(document) >= set(
        "n ungraded pearson spearman within_question_pearson beyond_length rmse mae qwk auc ci95"
        " points".split()
    )
    assert set(document["points"]) >= set(
        "n covered_auc covered_f1 macro_f1 contradicted_recall ece".split()
    )


def test_one_row() -> None:
    """It has an error, and nothing that needs a second."""
    found = measure([row("a", 0.5)], [grade(0.75)])
    assert (found.n, found.compared) == (1, 1)
    assert (found.rmse, found.mae) == pytest.approx((0.25, 0.25))
    missing = (found.pearson, found.within_question_pearson, found.beyond_length, found.auc)
    assert missing == (None,) * 4
    assert found.bands[2].bias == pytest.approx(0.25)
    assert found.ceiling is None


def test_labelled_points_stand_for_a_score() -> None:
    """Where people gave none: half of two points is a half."""
    labels = {"p0": Verdict.COVERED, "p1": Verdict.MISSING}
    found = measure([row("a", None, point_labels=labels)], [grade(1.0, 0.6)])
    assert found.compared == 1
    assert found.mae == pytest.approx(0.3)
    assert found.points.n == 2


def test_errors_that_follow_the_length() -> None:
    """Too much for long answers, too little for short ones: the signed error tells."""
    dice = np.random.default_rng(1)
    rows, results = [], []
    for number in range(90):
        words, score = int(dice.integers(1, 60)), float(dice.uniform(0.3, 0.7))
        rows.append(row(f"q{number % 6}", score, words=words))
        results.append(grade(score + 0.07 * (math.log(1 + words) - 3)))
    found = measure(rows, results)
    assert found.signed_error_with_length == pytest.approx(1, abs=0.01)
    assert found.absolute_error_with_length is not None
    assert found.absolute_error_with_length < 0.9


def test_every_figure_lies_in_its_interval() -> None:
    """Those of the judge, of the rules and of the graders."""
    rows, results = made_set(90, questions=15)
    found = agreement(rows, results, statistics, Embeddings(HashedEncoder()))
    assert found.ceiling is not None
    rules = [rule for rule in found.baselines.values() if rule is not None]
    assert len(rules) == 4
    every = [found, found.ceiling.mean, *found.ceiling.graders, *rules]
    compared = 0
    for figures_ in every:
        document = asdict(figures_)
        for name, limits in figures_.ci95.items():
            value = document.get(name, document.get("points", {}).get(name))
            assert (value is None) is (limits is None), name
            if limits is not None:
                assert limits[0] <= value <= limits[1], name
                compared += 1
    assert compared > 40


def test_it_is_quick() -> None:
    """450 answers with six points each, every baseline and two graders: seconds, not minutes."""
    rows, results = made_set(450, questions=75)
    encode = Embeddings(HashedEncoder())
    begun = time.perf_counter()
    found = agreement(rows, results, statistics, encode)
    assert time.perf_counter() - begun < 60
    assert found.points.n == 2700


def made_set(count: int, questions: int) -> tuple[list[GoldRow], list[Grade]]:
    """Return answers with labels for six points and two graders, and grades near them."""
    dice = np.random.default_rng(count)
    rows, results = [], []
    for number in range(count):
        credit = dice.random(6).tolist()
        labels = [Verdict(str(dice.choice(list(Verdict)))) for _ in credit]
        worth = [1.0 if label in {Verdict.COVERED, Verdict.PARTIAL} else 0.0 for label in labels]
        words = dice.choice(["claim", "other", "words", "A", "said", "never."], 40)
        marks = 5 * np.clip(np.mean(worth) + dice.normal(scale=0.2, size=2), 0, 1)
        rows.append(
            GoldRow(
                id=str(number),
                answer=" ".join(map(str, words[: dice.integers(1, 40)])),
                question_id=f"q{number % questions}",
                point_labels={f"p{place}": label for place, label in enumerate(labels)},
                graders=tuple(marks.tolist()),
            )
        )
        pairs = zip(worth, credit, strict=True)
        results.append(grade(*[0.6 * one + 0.4 * other for one, other in pairs]))
    return rows, results


def test_rows_and_results_must_be_as_many() -> None:
    """One result a row."""
    with pytest.raises(ValueError, match="argument 2 is longer"):
        measure([], [grade(1.0)])
