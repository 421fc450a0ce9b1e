"""The question of an answer is found, or asked for; never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.hashed_encoder import HashedEncoder
from tests.fakes.memory_index import MemoryIndex
from tests.services.made_questions import BOTH, DROPOUT, KERNELS

from interviewbot.domain.errors import UnsureMatch
from interviewbot.domain.question import Question
from interviewbot.services.alignment import TokenWeights
from interviewbot.services.embedding import Embeddings
from interviewbot.services.indexing import Indexing
from interviewbot.services.matching import Matching, confidence_of

ANSWER = "Dropout silences random units. Surviving activations grow by the inverse probability."


def matching(questions: Sequence[Question] = BOTH, index: MemoryIndex | None = None) -> Matching:
    """Return what finds an answer's question among ``questions``."""
    embeddings = Embeddings(HashedEncoder())
    known = {question.id: question for question in questions}
    return Matching(
        indexing=Indexing(
            index=index or MemoryIndex(),
            embeddings=embeddings,
            digest="one",
            load=known.values,
            notice=print,
        ),
        vectors=embeddings,
        weights=TokenWeights(idf={}, unknown=1.0),
        question=known.__getitem__,
    )


def test_an_answer_in_the_words_of_one_question_finds_it() -> None:
    """Surely, and with the runners-up."""
    question, match = matching().find(ANSWER)
    assert question is DROPOUT
    assert match.confidence > 0.99
    assert match.runners_up == ("AA0002",)


def test_candidates_are_ranked_by_what_they_explain() -> None:
    """The share of the answer's own words, from 0 to 1."""
    (first, most), (second, least) = matching().rank(ANSWER)
    assert (first, second) == (DROPOUT, KERNELS)
    assert 0.9 < most <= 1.001
    assert 0 <= least < 0.2


def test_function_words_explain_nothing() -> None:
    """An answer about something else fits no question, however it is phrased."""
    with pytest.raises(UnsureMatch, match="no question of the corpus fits") as caught:
        matching().find("What it does is that the zebra was how it is by then.")
    assert "--question" in caught.value.hint


def test_two_questions_that_fit_alike_are_not_guessed_between() -> None:
    """Both are named with their titles, and one of them in the hint."""
    twin = replace(DROPOUT, id="BB0001", title="Twin")
    with pytest.raises(UnsureMatch, match="not sure which question") as caught:
        matching([*BOTH, twin]).find(ANSWER)
    assert caught.value.candidates[:2] == (("AA0001", "Dropout"), ("BB0001", "Twin"))
    assert "AA0001" in caught.value.hint


def test_at_most_three_candidates_are_shown() -> None:
    """However many fit."""
    twins = [replace(DROPOUT, id=f"BB000{number}") for number in range(9)]
    with pytest.raises(UnsureMatch) as caught:
        matching(twins).find(ANSWER)
    assert len(caught.value.candidates) == 3


@pytest.mark.parametrize("answer", ["", "...", " \n"])
def test_an_answer_without_a_sentence_fits_nothing(answer: str) -> None:
    """There is not even a candidate."""
    assert matching().rank(answer) == []
    with pytest.raises(UnsureMatch, match="no question of the corpus fits") as caught:
        matching().find(answer)
    assert caught.value.candidates == ()


def test_an_empty_corpus_fits_nothing() -> None:
    """That is said, not crashed on."""
    with pytest.raises(UnsureMatch, match="no question of the corpus fits"):
        matching([]).find(ANSWER)


def test_a_lone_question_may_match() -> None:
    """There is nobody to compete with it."""
    question, match = matching([DROPOUT]).find(ANSWER)
    assert (question, match.runners_up) == (DROPOUT, ())


def test_a_misconception_leads_to_its_question() -> None:
    """Somebody who holds it has answered that question, if wrongly."""
    question, _ = matching().find("Dropout deletes rows from the dataset.")
    assert question is DROPOUT


def test_a_damaged_index_is_made_again_on_the_way() -> None:
    """The question is found, with one notice of the index."""
    index = MemoryIndex()
    matching(index=index).find(ANSWER)
    index.damaged = True
    question, _ = matching(index=index).find(ANSWER)
    assert question is DROPOUT
    assert len(index.notices) == 1


SHARES = st.lists(st.floats(0, 1), min_size=2, max_size=6).map(lambda it: sorted(it, reverse=True))


@given(shares=SHARES, more=st.floats(0, 1), words=st.integers(0, 5_000))
@settings(deadline=None)
def test_confidence_rises_with_the_lead_and_the_words(
    shares: list[float], more: float, words: int
) -> None:
    """It is a probability; a greater lead or a longer answer never lowers it."""
    sure = confidence_of(shares, words)
    assert 0 <= sure <= 1
    assert confidence_of([shares[0] + more, *shares[1:]], words) >= sure
    assert confidence_of(shares, words + 1) >= sure


@given(share=st.floats(0, 1), words=st.integers(0, 5_000))
@settings(deadline=None)
def test_equals_are_never_sure(share: float, words: int) -> None:
    """Without a lead there is nothing to choose by, however long the answer is."""
    assert confidence_of([share, share], words) < 0.9


def test_a_lone_candidate_has_the_whole_lead() -> None:
    """Nobody competes with it."""
    assert confidence_of([0.5], 30) > confidence_of([0.5, 0.3], 30)
    assert confidence_of([0.5], 30) > 0.9
