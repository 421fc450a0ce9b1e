"""Advice beyond the format: what is said, where, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewbot.domain.corpus import Corpus, CorpusEntry
from interviewbot.domain.question import Point, Question
from interviewbot.services.linting import DRAFT, lint

POINT = Point(
    id="p1",
    text="Dropout silences random units during training.",
    accept=(
        "Each neuron may be switched off by chance.",
        "Activations get zeroed stochastically.",
        "Half of them just go quiet in every step.",
    ),
    misconceptions=("It deletes rows of the data.", "It removes layers for good."),
    follow_up="What happens to a hidden layer in one step?",
)
OTHERS = (
    replace(POINT, id="p2", text="The scale of survivors is corrected."),
    replace(POINT, id="p3", text="Inference uses every neuron."),
    replace(POINT, id="p4", text="Co-adaptation becomes harder."),
)
QUESTION = Question(
    id="AA0001",
    title="Dropout",
    prompt="What is it?",
    points=(POINT, *OTHERS),
    model_answer="word " * 150,
)


def _entry(question: Question) -> CorpusEntry:
    lines = {point.id: 10 * number for number, point in enumerate(question.points, start=1)}
    path = f"{question.id}.md"
    return CorpusEntry(question=question, path=path, point_lines=lines, line=2, answer_line=99)


def _lint(*questions: Question) -> list[tuple[int, str]]:
    corpus = Corpus(questions=tuple(map(_entry, questions)), digest="")
    return [(advice.line, advice.message) for advice in lint(corpus)]


def _lint_point(point: Point) -> list[tuple[int, str]]:
    return _lint(replace(QUESTION, points=(point, *OTHERS)))


def test_a_good_question_gets_no_advice() -> None:
    """The question that the other tests damage is itself left alone."""
    assert _lint(QUESTION) == []


@pytest.mark.parametrize(("count", "advised"), [(3, True), (4, False), (7, False), (8, True)])
def test_four_to_seven_points_are_best(count: int, advised: bool) -> None:
    """Fewer and more are pointed out where the question begins."""
    points = tuple(replace(POINT, id=f"p{n}", text=f"Claim {n}{n}{n}.") for n in range(count))
    found = _lint(replace(QUESTION, points=points))
    assert found == ([(2, f"{count} point(s); 4 to 7 grade best")] if advised else [])


@pytest.mark.parametrize(
    ("count", "advised"), [(119, True), (120, False), (250, False), (251, True)]
)
def test_model_answers_have_a_length(count: int, advised: bool) -> None:
    """Too short and too long ones are pointed out where the answer begins."""
    found = _lint(replace(QUESTION, model_answer="word " * count))
    message = f"the model answer has {count} words; aim at 120 to 250"
    assert found == ([(99, message)] if advised else [])


@pytest.mark.parametrize(
    ("point", "message"),
    [
        (replace(POINT, text="dropout " * 26), "its text has 26 words"),
        (replace(POINT, accept=POINT.accept[:2]), "2 accept wording(s); give at least 3"),
        (
            replace(POINT, accept=(*POINT.accept, "quiet " * 31)),
            "accept wording 4 has 31 words; 30 at most",
        ),
        (replace(POINT, misconceptions=POINT.misconceptions[:1]), "1 misconception(s)"),
        (replace(POINT, follow_up=""), "no follow_up"),
        (
            replace(POINT, follow_up="Which random units are silenced?"),
            "the follow_up gives it away: random, silenced, units",
        ),
        (
            replace(POINT, accept=(*POINT.accept, "In training it silences units at random.")),
            "accept wording 4 is too near to the text: random, silences, training, units",
        ),
    ],
)
def test_points_are_advised_on_in_their_own_lines(point: Point, message: str) -> None:
    """Each weakness of a point gives one piece of advice that names the point."""
    ((line, found),) = _lint_point(point)
    assert line == 10
    assert found.startswith(f"point p1: {message}")


def test_words_of_the_subject_give_nothing_away() -> None:
    """A follow-up may name what the question is about, here a comparison of two passes."""
    cost = replace(
        POINT,
        text="A backward pass takes roughly twice the arithmetic of the forward pass.",
        follow_up="How does the arithmetic of a backward pass compare with that of a forward pass?",
    )
    texts = ("The forward pass stores values.", "The backward pass uses the forward pass's values.")
    others = [
        replace(POINT, id=f"q{n}", text=f"{text} Fact {n}{n}.")
        for n, text in enumerate((*texts, "Every backward pass follows a forward pass."))
    ]
    assert _lint(replace(QUESTION, points=(cost, *others))) == []
    leading = replace(cost, follow_up="Is a backward pass roughly twice the forward arithmetic?")
    ((_, found),) = _lint(replace(QUESTION, points=(leading, *others)))
    assert found == "point p1: the follow_up gives it away: arithmetic, roughly, twice"


def test_a_formula_that_names_some_of_the_same_things_is_not_too_near() -> None:
    """Sharing must go both ways: most of the wording's words and most of the point's."""
    point = replace(
        POINT,
        text="Each unit multiplies inputs by weights, sums products plus a bias, and sends the "
        "total through an activation.",
        accept=(*POINT.accept, "output equals activation of weights dot inputs plus bias"),
    )
    assert _lint_point(point) == []


def test_a_misconception_that_is_true_elsewhere_is_found() -> None:
    """Even in another question of the corpus, and in another spelling."""
    wrong = replace(POINT, misconceptions=("inference  uses every NEURON", "It is a loss."))
    other = replace(QUESTION, id="AA0002", points=(wrong, *OTHERS[:1], *OTHERS[2:], POINT))
    other = replace(other, points=tuple(replace(p, id=f"x{n}") for n, p in enumerate(other.points)))
    found = _lint(QUESTION, other)
    assert found == [(10, "point x0: misconception 1 is a claim of AA0001, point p3")]


def test_advice_comes_in_the_order_of_files_and_lines() -> None:
    """And prints as path, line and message."""
    poor = replace(QUESTION, points=(replace(POINT, follow_up=""), *OTHERS), model_answer="Short.")
    corpus = Corpus(
        questions=(_entry(replace(poor, id="BB0001")), _entry(poor)),
        digest="",
    )
    assert [str(advice).split(";")[0] for advice in lint(corpus)] == [
        "AA0001.md:10: point p1: no follow_up",
        "AA0001.md:99: the model answer has 1 words",
        "BB0001.md:10: point p1: no follow_up",
        "BB0001.md:99: the model answer has 1 words",
    ]


def test_a_draft_is_pointed_out() -> None:
    """It says what is left to do, at the question's line."""
    assert _lint(replace(QUESTION, draft=True)) == [(2, DRAFT)]
