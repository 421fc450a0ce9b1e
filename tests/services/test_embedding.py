"""Each text is encoded once: memory first, then the cache, then the encoder."""

from __future__ import annotations

import numpy as np
import pytest
from tests.fakes.hashed_encoder import HashedEncoder
from tests.fakes.memory_cache import MemoryCache

from interviewbot.services import embedding
from interviewbot.services.embedding import Embeddings


def test_texts_are_encoded_once() -> None:
    """Repeats in one call and in later calls cost nothing."""
    encoder = HashedEncoder()
    embeddings = Embeddings(encoder)
    found = embeddings(["b", "a", "b"])
    assert list(found) == ["b", "a"]
    again = embeddings(["a", "c"])
    assert again["a"] is found["a"]
    assert encoder.seen == ["b", "a", "c"]
    assert embeddings.made == 3


def test_each_text_gets_its_own_vectors() -> None:
    """Whatever the order and whether it was remembered."""
    embeddings = Embeddings(HashedEncoder())
    embeddings(["two"])
    for text, encoded in embeddings(["one", "two", "three"]).items():
        (expected,) = HashedEncoder().encode([text])
        np.testing.assert_array_equal(encoded.pooled, expected.pooled)


def test_the_cache_is_asked_before_the_encoder() -> None:
    """What it keeps is not encoded, and is remembered."""
    cache, encoder = MemoryCache(), HashedEncoder()
    cache.kept = dict(zip(["a"], HashedEncoder().encode(["a"]), strict=True))
    embeddings = Embeddings(encoder, cache)
    assert embeddings(["a", "b"])["a"] is cache.kept["a"]
    kept = cache.kept.pop("a")
    assert embeddings(["a"])["a"] is kept
    assert encoder.seen == ["b"]
    assert embeddings.made == 1


@pytest.mark.parametrize("keep", [True, False])
def test_only_a_corpus_is_kept(keep: bool) -> None:
    """By ``kept`` the cache is given what was made, and only that; without it, nothing."""
    cache = MemoryCache()
    embeddings = Embeddings(HashedEncoder(), cache)
    encode = embeddings.kept if keep else embeddings
    encode(["a", "b"])
    encode(["b", "c"])
    assert set(cache.kept) == ({"a", "b", "c"} if keep else set())
    assert cache.puts == ([2, 1] if keep else [])


def test_what_candidates_write_does_not_touch_the_cache() -> None:
    """``fresh`` neither asks it nor puts anything in; what is remembered serves all the same."""
    cache, encoder = MemoryCache(), HashedEncoder()
    cache.kept = dict(zip(["a"], HashedEncoder().encode(["a"]), strict=True))
    embeddings = Embeddings(encoder, cache)
    found = embeddings.fresh(["a", "b"])
    assert encoder.seen == ["a", "b"]
    assert (cache.puts, list(cache.kept)) == ([], ["a"])
    assert embeddings(["a"])["a"] is found["a"]


def test_many_texts_are_encoded_and_kept_in_parts() -> None:
    """Each part is kept when it is done, and progress is told of it."""
    cache = MemoryCache()
    told: list[tuple[int, int]] = []
    embeddings = Embeddings(
        HashedEncoder(),
        cache,
        progress=lambda done, total: told.append((done, total)),
    )
    texts = [str(number) for number in range(600)]
    assert list(embeddings.kept(texts)) == texts
    assert cache.puts == [256, 256, 88]
    assert told == [(256, 600), (512, 600), (600, 600)]
    embeddings(texts)
    assert len(told) == 3


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is full it begins anew; every text of a call is returned all the same."""
    monkeypatch.setattr(embedding, "_REMEMBERED", 5)
    embeddings = Embeddings(HashedEncoder())
    embeddings(["a", "b", "c"])
    assert list(embeddings(["a", "d", "e"])) == ["a", "d", "e"]
    embeddings(["a", "d", "e"])
    assert embeddings.made == 5
    assert len(embeddings([str(number) for number in range(9)])) == 9
    embeddings(["b"])
    assert embeddings.made == 15


def test_nothing_asked_encodes_nothing() -> None:
    """No text in, no text out."""
    encoder = HashedEncoder()
    assert Embeddings(encoder, MemoryCache()).kept([]) == {}
    assert encoder.seen == []
