"""Pages of questions, cut into them."""

from __future__ import annotations

import pytest

from interviewbot.domain.pages.found import Found
from interviewbot.domain.pages.questions import BEFORE, NO_ANSWER, read_page

BY_ID = """\
Author: admin

  • ML0041 Networks

    What is a network?

    Answer

    A network is a model.

    (1) Layers: it has layers.
    (2)Neurons: each sums.

    Login to view more content
  • DL0014 Bias and variance

    Can you explain both?

    Answer

    Bias:
    Error of a simple model.
    It underfits.

    Variance:
    Error of a wild model.
"""


def claims(found: Found, number: int = 0) -> list[str]:
    """Return the claims of a question."""
    return [claim.text for claim in found.questions[number].claims]


def test_a_page_with_ids() -> None:
    """Ids, titles, prompts, numbered points and headed sections come out, with their lines."""
    found = read_page(BY_ID)
    assert [(q.id, q.title, q.prompt, q.line) for q in found.questions] == [
        ("ML0041", "Networks", "What is a network?", 3),
        ("DL0014", "Bias and variance", "Can you explain both?", 15),
    ]
    assert claims(found) == ["Layers: it has layers.", "Neurons: each sums."]
    assert claims(found, 1) == [
        "Bias: Error of a simple model.",
        "Bias: It underfits.",
        "Variance: Error of a wild model.",
    ]
    assert found.questions[0].claims[1].line == 12
    assert found.questions[0].model_answer == (
        "A network is a model.\n\n1. Layers: it has layers.\n2. Neurons: each sums."
    )
    assert [(piece.line, piece.text) for piece in found.furniture] == [
        (1, "Author: admin"),
        (14, "Login to view more content"),
    ]
    assert found.left_out == ()


@pytest.mark.parametrize(
    "page",
    [
        "Q: What is it?\nA: It is small.\nIt is red.",
        "Question 1: What is it?\nAnswer: It is small. It is red.",
        "Q1. What is it?\n\nIt is small. It is red.",
        "1. What is it?\nAnswer:\nIt is small.\nIt is red.",
        "What is it?\n\nIt is small. It is red.",
        "What is it?\nSolution\n- It is small.\n- It is red.",
    ],
)
def test_pages_of_other_styles(page: str) -> None:
    """However a page marks question and answer, both come out."""
    found = read_page(page)
    assert [question.prompt for question in found.questions] == ["What is it?"]
    assert claims(found) == ["It is small.", "It is red."]
    assert found.questions[0].title == "What is it"
    assert found.left_out == ()


def test_named_paragraphs_are_cut_into_sentences() -> None:
    """Each sentence keeps the name of its paragraph."""
    page = (
        "Which two are there?\nAnswer\nThere are two.\n\n"
        "Data parallelism: Copies the model. Splits the data.\n\nModel parallelism: Splits it."
    )
    assert claims(read_page(page)) == [
        "Data parallelism: Copies the model.",
        "Data parallelism: Splits the data.",
        "Model parallelism: Splits it.",
    ]


def test_formulas_are_points_and_their_legend_is_not() -> None:
    """What the signs of a formula mean stays in the answer."""
    page = (
        "What is the mean?\nAnswer\nIt is a sum over a count.\n\n"
        "\\mu = \\frac{1}{n} \\sum x\nWhere:\nn is the count."
    )
    found = read_page(page)
    assert claims(found) == ["It is a sum over a count.", r"$\mu = \frac{1}{n} \sum x$"]
    assert "n is the count." in found.questions[0].model_answer


def test_what_is_not_understood_is_listed() -> None:
    """Text before the first question, captions and questions without answers have a line."""
    page = (
        "Some words.\n\nQ: What is it?\nA: It is red.\nThe figure below shows it.\nQ: And this?\n"
    )
    found = read_page(page)
    assert [(piece.line, piece.text, piece.why) for piece in found.left_out] == [
        (1, "Some words.", BEFORE),
        (5, "The figure below shows it.", "about a picture, which a text does not have"),
        (6, "And this?", NO_ANSWER),
    ]


def test_a_page_without_a_question_is_left_out_whole() -> None:
    """Nothing is made up, nothing is dropped."""
    found = read_page("No question here.\n\nReally none.")
    assert found.questions == ()
    assert [piece.line for piece in found.left_out] == [1, 3]
