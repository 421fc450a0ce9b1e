"""Job matching: which words of a text count, and what is made of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fakes.hashed_encoder import HashedEncoder
from tests.fakes.memory_index import MemoryIndex
from tests.services.made_questions import BOTH, DROPOUT, KERNELS

from interviewbot.domain.errors import NothingToAsk
from interviewbot.services.embedding import Embeddings
from interviewbot.services.indexing import Indexing
from interviewbot.services.job_matching import Fit, JobMatching, fits, passages

DROPS = "Dropout silences random units during training."
PRODUCTS = "Inner products become kernel evaluations."


def matching() -> JobMatching:
    """Return a matching over two questions, where only equal words are alike."""
    embeddings = Embeddings(HashedEncoder())
    indexing = Indexing(
        index=MemoryIndex(), embeddings=embeddings, digest="d", load=lambda: BOTH, notice=print
    )
    return JobMatching(indexing=indexing, vectors=embeddings)


def test_each_question_is_chosen_for_the_words_it_fits() -> None:
    """In words of the text, white space and escapes aside."""
    job = (
        f"We bake bread.\n- {PRODUCTS}\n- Dropout \x1b[31msilences random\n  units during training."
    )
    choices = {choice.question_id: choice.why for choice in matching().choose(job, BOTH, 5)}
    assert choices["AA0002"] == f"fits “{PRODUCTS}”"
    assert set(choices) == {"AA0001", "AA0002"}
    assert "\x1b" not in choices["AA0001"]


def test_as_many_as_wished_the_nearest_first() -> None:
    """One is one."""
    job = f"{DROPS}\n\nInner products become something."
    assert [choice.question_id for choice in matching().choose(job, BOTH, 1)] == ["AA0001"]


def test_a_text_about_something_else_is_refused() -> None:
    """So is one without words."""
    for job in ("We bake bread every morning.", "***", ""):
        with pytest.raises(NothingToAsk, match="too little of this job text"):
            matching().choose(job, BOTH, 5)


def test_a_filter_that_leaves_nothing_is_told_apart() -> None:
    """The text fits, the questions that are left do not."""
    with pytest.raises(NothingToAsk, match="under these filters"):
        matching().choose(DROPS, [KERNELS], 5)


def test_other_wordings_and_misconceptions_do_not_count() -> None:
    """Only what is asked and what the points say."""
    for words in (DROPOUT.points[0].accept[0], DROPOUT.points[0].misconceptions[0]):
        best = matching().rank(words)[0]
        assert best.cosine < 0.6


def test_long_words_are_shortened() -> None:
    """The reason fits on two lines."""
    job = "Dropout silences random units during training " + "and again during training " * 4
    (choice,) = matching().choose(f"{job}\n\n{DROPS}".replace(" and", ""), [DROPOUT], 1)
    assert len(choice.why) <= 100


def test_one_line_does_not_take_all_places() -> None:
    """The best of every passage comes before the second of any."""
    questions = [replace(DROPOUT, id="AA0001"), KERNELS]
    job = f"{DROPS}\n\n{PRODUCTS}"
    found = {choice.question_id for choice in matching().choose(job, questions, 2)}
    assert found == {"AA0001", "AA0002"}


@pytest.mark.parametrize(
    ("cosines", "expected"),
    [([], False), ([0.63], True), ([0.61], False), ([0.54, 0.53], True), ([0.61, 0.51], False)],
)
def test_one_near_question_or_two_likely_ones(cosines: list[float], expected: bool) -> None:
    """Less is by chance."""
    ranked = [Fit(question_id=str(n), passage="", cosine=c) for n, c in enumerate(cosines)]
    assert fits(ranked) is expected


def test_passages_are_lines_sentences_and_the_demands_in_them() -> None:
    """Single words are none, and wrapped prose stays whole."""
    job = (
        "Data Scientist\nWhat you bring\n"
        "- Python, gradient boosting and a sense of humour\n"
        "You will work on models that people all over the world rely on\nevery day."
    )
    assert passages(job) == [
        "Data Scientist",
        "What you bring",
        "Python, gradient boosting and a sense of humour",
        "gradient boosting",
        "a sense of humour",
        "You will work on models that people all over the world rely on every day.",
    ]


def test_an_endless_text_is_bounded() -> None:
    """A book pasted by mistake does not take minutes."""
    assert len(passages("\n".join(f"line number {n} of the book" for n in range(5000)))) == 400
