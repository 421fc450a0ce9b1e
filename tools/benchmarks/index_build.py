"""Build an index over a synthetic corpus and ask it.

    python -m tools.benchmarks.index_build POINTS

Prints seconds of the build and of its parts, of a query, and what a second and a third
update did. Importing Chroma and loading the encoder do not count: they would flatter a
small corpus's rival, the big one.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TypeVar

from tools.benchmarks.texts import (
    SEED,
    change_one_point,
    synthetic_sentences,
    word_list,
    write_corpus,
)

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.paths import shipped_folder
from interviewbot.ports import EmbeddingCache, Encoder
from interviewbot.vectors import EncodedText
from interviewbot.wiring import Wiring

T = TypeVar("T")
_QUERIES = 200
_NEIGHBOURS = 24  # as the search for an answer's question asks for


@dataclass
class Clock:
    """Seconds by what they were spent on."""

    spent: dict[str, float] = field(default_factory=dict)

    def time(self, name: str, act: Callable[[], T]) -> T:
        """Return what ``act`` returns, its seconds added to ``name``."""
        begun = time.perf_counter()
        try:
            return act()
        finally:
            self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - begun


@dataclass
class TimedEncoder:
    """An encoder under the clock."""

    inner: Encoder
    clock: Clock

    @property
    def id(self) -> str:
        """The inner one's."""
        return self.inner.id

    @property
    def dimension(self) -> int:
        """The inner one's."""
        return self.inner.dimension

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """Encode ``texts``, timed."""
        return self.clock.time("encoding", lambda: self.inner.encode(texts))


@dataclass
class TimedCache:
    """An embedding cache under the clock."""

    inner: EmbeddingCache
    clock: Clock

    def get(self, texts: Sequence[str]) -> dict[str, EncodedText]:
        """Return what is kept of ``texts``, timed."""
        return self.clock.time("cache", lambda: self.inner.get(texts))

    def put(self, encoded: Mapping[str, EncodedText]) -> None:
        """Keep ``encoded``, timed."""
        self.clock.time("cache", lambda: self.inner.put(encoded))


class TimedWiring(Wiring):
    """The usual wiring with the encoder and the cache under a clock."""

    @cached_property
    def clock(self) -> Clock:
        """What the build's parts add up in."""
        return Clock()

    @cached_property
    def encoder(self) -> Encoder:
        """The bundled encoder, timed."""
        return TimedEncoder(super().encoder, self.clock)

    @cached_property
    def cache(self) -> EmbeddingCache:
        """The cache on disk, timed."""
        return TimedCache(super().cache, self.clock)


def build(wiring: TimedWiring) -> dict[str, float]:
    """Build the index of ``wiring`` and return seconds by part; ``total`` is all of them."""
    import chromadb  # noqa: F401 - its import is not what grows

    wiring.encoder.encode(["The first call takes longer than the others.", "This is another."])
    clock = wiring.clock
    clock.spent.clear()

    def everything() -> None:
        _ = clock.time("reading", lambda: (wiring.corpus, wiring.corpus_digest))
        report = wiring.indexing.refresh()
        if report is None or report.added != report.rows:
            sys.exit("the index was there already")

    clock.time("total", everything)
    spent = dict(clock.spent)
    spent["chroma"] = 2 * spent["total"] - sum(spent.values())
    return spent


def query_seconds(wiring: Wiring, words: Sequence[str]) -> dict[str, float]:
    """Return the seconds of a first query, which opens the index, and of the later ones."""
    texts = list(islice(synthetic_sentences(words, random.Random(SEED + 1)), _QUERIES))
    vectors = [encoded.pooled[None] for encoded in wiring.encoder.encode(texts)]
    times: list[float] = []
    for vector in vectors:
        begun = time.perf_counter()
        found = wiring.index.nearest(vector, kind="claim", count=_NEIGHBOURS)
        times.append(time.perf_counter() - begun)
        if len(found[0]) != _NEIGHBOURS:
            sys.exit("a query found too little")
    return {"opening": times[0], "query": median(times[1:])}


def main() -> None:
    """Build, ask, update twice; print one JSON line."""
    points = int(sys.argv[1])
    words = word_list(
        [entry.question for entry in read_corpus([shipped_folder("corpus")]).questions]
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = Path(scratch) / "corpus", Path(scratch) / "home"
        write_corpus(folder, points, words)
        found = build(wiring := TimedWiring(roots=[folder], home=home))
        found |= query_seconds(wiring, words)
        again = TimedWiring(roots=[folder], home=home).indexing.refresh()
        found["again"] = 0 if again is None else 1 + again.embedded
        change_one_point(folder)
        begun = time.perf_counter()
        changed = TimedWiring(roots=[folder], home=home).indexing.refresh()
        found["changing"] = time.perf_counter() - begun
        if changed is None:
            sys.exit("the change was not seen")
        found |= {"embedded": changed.embedded, "added": changed.added, "removed": changed.removed}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
