"""Search by meaning: one hit a question, by its nearest row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.fakes.hashed_encoder import HashedEncoder
from tests.fakes.memory_index import MemoryIndex
from tests.services.made_questions import BOTH, DROPOUT

from interviewbot.domain.question import Question
from interviewbot.services.embedding import Embeddings
from interviewbot.services.indexing import Indexing
from interviewbot.services.searching import Hit, search


def find(
    query: str,
    count: int = 5,
    questions: Sequence[Question] = BOTH,
    index: MemoryIndex | None = None,
) -> list[Hit]:
    """Return the hits for ``query``."""
    embeddings = Embeddings(HashedEncoder())
    indexing = Indexing(
        index=index or MemoryIndex(),
        embeddings=embeddings,
        digest="one",
        load=lambda: questions,
        notice=print,
    )
    return search(indexing, embeddings([query]), query, count)


def test_the_nearest_row_stands_for_its_question() -> None:
    """With its point and its text; other questions follow."""
    text = "Surviving activations grow by the inverse keep probability."
    first, second = find(text)
    assert (first.question_id, first.title) == ("AA0001", "Dropout")
    assert (first.point_id, first.text) == ("scale", text)
    assert first.cosine == pytest.approx(1, abs=1e-5)
    assert second.question_id == "AA0002"
    assert second.cosine < 0.5


def test_a_prompt_is_found_too() -> None:
    """It has no point."""
    first = find("Kernels. How is a support vector machine kernelised?")[0]
    assert (first.question_id, first.point_id) == ("AA0002", "")


def test_misconceptions_are_not_searched() -> None:
    """What is wrong does not stand for a question."""
    hits = find("Dropout deletes rows from the dataset.")
    assert "Dropout deletes rows from the dataset." not in [hit.text for hit in hits]


def test_as_many_as_were_asked_for() -> None:
    """Each question once, the best first, equal ones by id."""
    twins = [replace(DROPOUT, id=f"BB000{number}") for number in (3, 1, 2)]
    hits = find("Dropout. What does dropout do?", 2, [*twins, *BOTH])
    assert [hit.question_id for hit in hits] == ["AA0001", "BB0001"]
    cosines = [hit.cosine for hit in find("units activations products", 9, [*twins, *BOTH])]
    assert len(cosines) == 5
    assert cosines == sorted(cosines, reverse=True)


def test_an_empty_corpus_has_no_hit() -> None:
    """That is no error."""
    assert find("anything", questions=[]) == []


def test_a_damaged_index_is_made_again_on_the_way() -> None:
    """The search succeeds, with a notice."""
    index = MemoryIndex()
    before = find("units", index=index)
    index.damaged = True
    assert find("units", index=index) == before
    assert len(index.notices) == 1
