"""How near an answer is to what the index holds, as whole texts."""

from __future__ import annotations

import pytest
from tests.fakes.hashed_encoder import HashedEncoder
from tests.fakes.memory_index import MemoryIndex
from tests.services.made_questions import BOTH, DROPOUT

from interviewbot.domain.text import sentences
from interviewbot.services.alignment import Passages
from interviewbot.services.embedding import Embeddings
from interviewbot.services.explaining import pooled_cosines
from interviewbot.services.indexing import Indexing


def cosines(answer: str) -> dict[str, float]:
    """Return the cosines of the points of a question with ``answer``."""
    embeddings = Embeddings(HashedEncoder())
    indexing = Indexing(
        index=MemoryIndex(),
        embeddings=embeddings,
        digest="one",
        load=lambda: BOTH,
        notice=print,
    )
    spans = sentences(answer)
    texts = [span.of(answer) for span in spans]
    encoded = embeddings(texts)
    passages = Passages.of(texts, spans, [encoded[text] for text in texts])
    return pooled_cosines(indexing, DROPOUT, passages)


def test_the_nearest_wording_of_each_point_counts() -> None:
    """Against whichever sentence it is nearest to; misconceptions do not count."""
    found = cosines("I think so. Neurons get switched off by chance. Dropout deletes rows.")
    assert list(found) == ["silence", "scale"]
    assert found["silence"] == pytest.approx(1, abs=1e-5)
    assert found["scale"] < 0.5


def test_an_answer_without_a_sentence_is_near_to_nothing() -> None:
    """There is no cosine then."""
    assert cosines("...") == {}
