"""Rules that read nothing, in the judge's place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.fakes.hashed_encoder import HashedEncoder
from tests.services.made_results import grade, row

from interviewbot.adapters import statistics
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Verdict
from interviewbot.services.embedding import Embeddings
from interviewbot.services.evaluation.answers import Answer
from interviewbot.services.evaluation.baselines import Baseline, baselines
from interviewbot.services.evaluation.resampling import Draws
from interviewbot.vectors import EncodedText

POINTS = ("Queues serve whoever came earliest.", "Stacks return the latest item.")


def graded(*texts: str) -> Grade:
    """Return a grade whose points have these texts."""
    found = grade(*[0.5] * len(texts))
    pairs = zip(found.points, texts, strict=True)
    return replace(found, points=tuple(replace(point, text=text) for point, text in pairs))


def measure(answers: Sequence[Answer], *, cosine: bool = True) -> dict[str, Baseline]:
    """Return the baselines, cosine by hashed words."""
    draws = Draws.by_group([answer.group for answer in answers])
    texts = Embeddings(HashedEncoder()) if cosine else None
    found = baselines(answers, texts, statistics, draws)
    return {name: rule for name, rule in found.items() if rule is not None}


def said(text: str, score: float | None, question: str = "a") -> Answer:
    """Return a graded answer against two points."""
    return Answer(GoldRow(id="r", answer=text, question_id=question, score=score), graded(*POINTS))


def test_length_is_the_log_of_the_words() -> None:
    """Its correlation with the score; beyond itself nothing is left."""
    counts = [1, 4, 9, 30, 7, 12]
    scores = [0.0, 0.3, 0.5, 0.9, 0.6, 0.4]
    answers = [
        Answer(row(name, score, words=words), grade(0.5))
        for name, score, words in zip("aaabbb", scores, counts, strict=True)
    ]
    found = measure(answers)["length"]
    logs = [math.log(1 + words) for words in counts]
    assert found.pearson == pytest.approx(float(np.corrcoef(logs, scores)[0, 1]))
    assert found.spearman == pytest.approx(statistics.spearman(scores, logs))
    assert found.beyond_length is None


def test_keywords_are_the_share_of_content_words() -> None:
    """Of all points together: none, some, all; function words count for nothing."""
    texts = ["The one that is of this.", "Queues serve.", " ".join(POINTS), "stacks, queues, item"]
    shares = [0.0, 2 / 9, 1.0, 3 / 9]
    answers = [said(text, share) for text, share in zip(texts, shares, strict=True)]
    found = measure(answers)["keywords"]
    assert found.pearson == pytest.approx(1)


def test_cosine_is_that_of_the_whole_texts() -> None:
    """By the pooled vectors of the answer and of the points together."""
    texts = ["Something else.", POINTS[0], " ".join(POINTS), ""]
    rubric = "\n".join(POINTS)
    vectors = Embeddings(HashedEncoder())([*texts[:3], rubric])
    expected = [float(vectors[text].pooled @ vectors[rubric].pooled) for text in texts[:3]]
    answers = [said(text, score) for text, score in zip(texts, [*expected, 0.0], strict=True)]
    found = measure(answers)["cosine"]
    assert expected[1] < expected[2]
    assert found.pearson == pytest.approx(1)


def test_without_an_encoder_there_is_no_cosine() -> None:
    """And no figure that stands for it."""
    answers = [said("Stacks.", 0.5)]
    assert set(measure(answers, cosine=False)) == {"length", "keywords"}


def test_all_texts_are_asked_for_at_once() -> None:
    """Each once, and never a blank one."""
    asked: list[Sequence[str]] = []
    encode = Embeddings(HashedEncoder())

    def texts(wanted: Sequence[str]) -> dict[str, EncodedText]:
        asked.append(wanted)
        return encode(wanted)

    answers = [said("Stacks.", 0.5), said("Stacks.", 0.5), said("  ", 0.0)]
    baselines(answers, texts, statistics, Draws.by_group(["a"]))
    assert asked == [["Stacks.", "\n".join(POINTS)]]


def test_points_are_held_against_the_best_sentence() -> None:
    """Words that are spread over sentences are not said together."""
    labels = {"p0": Verdict.COVERED, "p1": Verdict.MISSING}
    text = f"{POINTS[0]} Stacks matter. They return. The latest counts. An item too."
    answer = Answer(
        GoldRow(id="r", answer=text, question_id="a", point_labels=labels), graded(*POINTS)
    )
    found = measure([answer])
    assert found["keywords"].points.covered_auc == 1
    assert found["cosine"].points.covered_auc == 1
    assert found["length"].points.covered_auc == 0.5  # an answer has one length
    assert found["keywords"].points.n == 2


def test_errors_are_of_a_line_fitted_on_other_questions() -> None:
    """Where the score is a line of the length everywhere, nothing is left of them."""
    answers = [
        Answer(row(f"q{number % 7}", 0.1 + 0.2 * math.log(1 + words), words=words), grade(0.5))
        for number, words in enumerate(range(1, 60))
    ]
    found = measure(answers)["length"]
    assert found.mae == pytest.approx(0, abs=1e-9)
    assert found.qwk == pytest.approx(1)
    assert found.ci95["mae"] == pytest.approx((0, 0), abs=1e-9)


def test_one_question_has_no_errors() -> None:
    """There is no other to fit on; correlations there are."""
    answers = [said("Stacks.", 0.1), said("Stacks return.", 0.4), said("Queues.", 0.2)]
    found = measure(answers)["keywords"]
    assert (found.rmse, found.mae, found.qwk) == (None, None, None)
    assert found.pearson is not None


@pytest.mark.parametrize("count", [0, 1])
def test_next_to_no_answers(count: int) -> None:
    """Every rule is there, without a figure."""
    for found in measure([said("", None)] * count).values():
        assert (found.compared, found.pearson, found.mae) == (0, None, None)
        assert found.points.covered_auc is None


def in_the_middle(questions: int) -> list[Answer]:
    """Return answers of which those of middling length are the best, 12 a question."""
    return [
        Answer(row(f"q{question}", float(20 < words < 60), words=words), grade(0.5))
        for question in range(questions)
        for words in (5 + question % 4, 8, 12, 16, 25, 30, 40 + question, 45, 70, 80, 90, 95)
    ]


def test_surface_features_see_what_no_line_does() -> None:
    """A score that depends on length in both directions; the length alone says nothing of it."""
    found = measure(in_the_middle(12))
    assert abs(found["length"].pearson or 1) < 0.4
    surface = found["surface"]
    assert surface.pearson == pytest.approx(1, abs=0.05)
    assert surface.qwk == pytest.approx(1, abs=0.05)
    assert surface.ci95["pearson"] is not None
    assert surface == measure(in_the_middle(12))["surface"]
    assert surface.points.covered_auc is None  # no point has a label


def test_surface_features_are_fitted_on_other_questions() -> None:
    """What holds in one question only is not learnt from itself: random scores stay so."""
    scores = np.random.default_rng(5).random(120)
    answers = [
        Answer(row(f"q{number // 8}", float(score), words=3 + number), grade(0.5))
        for number, score in enumerate(scores)
    ]
    assert abs(measure(answers)["surface"].pearson or 1) < 0.3


def test_surface_features_of_points_hold_the_point() -> None:
    """The share of its own words is among them."""
    said_first = {"p0": Verdict.COVERED, "p1": Verdict.MISSING}
    said_second = {"p0": Verdict.MISSING, "p1": Verdict.COVERED}
    answers = [
        Answer(
            GoldRow(
                id=f"r{number}",
                answer=POINTS[number % 2],
                question_id=f"q{number % 12}",
                point_labels=said_second if number % 2 else said_first,
            ),
            graded(*POINTS),
        )
        for number in range(48)
    ]
    assert measure(answers)["surface"].points.covered_auc == 1


@pytest.mark.parametrize(("questions", "there"), [(9, False), (10, True)])
def test_with_few_questions_no_surface_is_fitted(questions: int, there: bool) -> None:
    """Its figures are none then, rather than those of chance."""
    answers = in_the_middle(questions)
    draws = Draws.by_group([answer.group for answer in answers])
    found = baselines(answers, None, statistics, draws)
    assert (found["surface"] is not None) is there
