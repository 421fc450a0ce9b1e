"""The questions that are shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewbot.adapters.corpus_files import (
    corpus_digest,
    find_question,
    question_ids,
    read_corpus,
)
from interviewbot.domain.corpus import Corpus
from interviewbot.services.linting import lint

ROOT = Path(__file__).parents[1] / "corpus"
SOURCE_IDS = {
    *("ML0041", "ML0040", "ML0039", "ML0038", "ML0037", "ML0036", "ML0035"),
    *("DL0014", "DL0013", "DL0012"),
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The shipped corpus, which the strict loader takes without a fault."""
    return read_corpus([ROOT])


def test_so_many_questions_are_shipped(corpus: Corpus) -> None:
    """All of them load, and the ten of the practice page are among them."""
    ids = [entry.question.id for entry in corpus.questions]
    assert len(ids) == 191
    assert set(ids) >= SOURCE_IDS
    assert ids == question_ids([ROOT])


def test_every_question_is_found_by_its_id(corpus: Corpus) -> None:
    """Loading one question gives what loading all of them gives."""
    assert all(find_question([ROOT], entry.question.id) == entry for entry in corpus.questions)


def test_the_digest_is_that_of_the_files(corpus: Corpus) -> None:
    """An index built from the corpus is fresh by the quick digest."""
    assert corpus.digest == corpus_digest([ROOT])


def test_every_question_can_be_graded_well(corpus: Corpus) -> None:
    """The lint has nothing to say: counts, lengths and wordings are as they should be."""
    assert [str(advice) for advice in lint(corpus)] == []
