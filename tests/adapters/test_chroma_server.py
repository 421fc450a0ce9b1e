"""The index on a real Chroma server behaves as the local one, and says when nobody answers."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.made_rows import (
    DIMENSION,
    assert_holds,
    fill,
    made,
    nearest_by_hand,
    unit,
)
from tests.adapters.server_process import Server

from interviewbot.adapters.chroma_index import ChromaIndex
from interviewbot.adapters.chroma_rows import RowWriter
from interviewbot.adapters.chroma_server import ChromaServerIndex
from interviewbot.domain.errors import IndexUnavailable
from interviewbot.domain.index import IndexRow, RowKind
from interviewbot.ports import QuestionIndex
from interviewbot.vectors import Vector


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that leave it as it was."""
    one = Server(tmp_path_factory.mktemp("server") / "data")
    yield one
    one.stop()


@pytest.fixture
def index(server: Server, request: pytest.FixtureRequest) -> Iterator[ChromaServerIndex]:
    """An empty index of an encoder named after the test."""
    server.notices.clear()
    one = server.index(request.node.name)
    yield one
    one.close()


def test_nothing_yet(index: ChromaServerIndex) -> None:
    """Before the first update there is no digest and nothing to read."""
    assert index.digest() is None
    with pytest.raises(IndexUnavailable, match=r"no vector index at http://127\.0\.0\.1:\d+ yet"):
        index.nearest(unit(1, 1), kind="claim", count=3)


def test_same_as_local(index: ChromaServerIndex, tmp_path: Path) -> None:
    """Updates, vectors and neighbours are those of a local index."""
    local = ChromaIndex(
        tmp_path / "index", encoder_id="e", dimension=DIMENSION, notice=lambda _: None
    )
    both: tuple[QuestionIndex, ...] = (index, local)
    rows = made(400)
    changed = [*rows[:300], *made(400, edition="second")[300:350], *made(420)[400:]]
    for digest, wanted, difference in (("d1", rows, (400, 0)), ("d2", changed, (70, 100))):
        for one in both:
            assert fill(one, digest, wanted) == difference
            assert one.digest() == digest
            assert_holds(one, wanted)
        names = [row.id for row, _ in wanted] + ["nobody"]
        left, right = (one.vectors(names) for one in both)
        for name, vector in left.items():
            assert vector.dtype == np.float32
            np.testing.assert_array_equal(vector, right[name])
        queries = unit(6, 3)
        for kind in RowKind:
            near, far = (one.nearest(queries, kind=kind, count=8) for one in both)
            for query, here, there in zip(queries, near, far, strict=True):
                assert [found.row_id for found in here] == nearest_by_hand(wanted, query, kind, 8)
                # the cosines travel as decimal text, rounded to float32
                assert [replace(one, cosine=0.0) for one in here] == [
                    replace(one, cosine=0.0) for one in there
                ]
                np.testing.assert_allclose(
                    [one.cosine for one in here], [one.cosine for one in there], atol=1e-6
                )
    local.close()


def test_nearest_at_the_edges(index: ChromaServerIndex) -> None:
    """Kinds without rows, no queries and too large a count are no errors."""
    rows = [pair for pair in made(50) if pair[0].kind != RowKind.MISCONCEPTION]
    fill(index, "d1", rows)
    assert len(index.nearest(unit(1, 1), kind="claim", count=10_000)[0]) == 35
    assert index.nearest(unit(2, 1), kind="misconception", count=3) == [[], []]
    assert index.nearest(unit(0, 1), kind="claim", count=3) == []
    assert index.vectors([]) == {}
    assert index.vectors(["nobody"]) == {}


def test_encoders_do_not_mix(server: Server, index: ChromaServerIndex) -> None:
    """Another encoder id or dimension has collections of its own."""
    fill(index, "d1", made(20))
    for other in (server.index("quite another"), server.index("test_encoders_do_not_mix", 8)):
        assert other.digest() is None
        other.close()


def test_no_digest_while_an_update_is_under_way(server: Server, index: ChromaServerIndex) -> None:
    """The digest is gone from the start of an update, and stays gone if that fails."""
    fill(index, "d1", made(20))
    other = server.index("test_no_digest_while_an_update_is_under_way")

    def breaking() -> Iterator[tuple[IndexRow, Vector]]:
        yield from made(30)[20:]
        raise LookupError("the encoder's own")

    def update() -> None:
        with index.update("d2") as writer:
            assert other.digest() is None
            writer.apply(add=breaking(), remove=[])

    with pytest.raises(LookupError):
        update()
    assert other.digest() is None
    fill(index, "d2", made(30))
    assert other.digest() == "d2"
    assert_holds(other, made(30))
    other.close()


def test_two_updates_at_once(server: Server, index: ChromaServerIndex) -> None:
    """Of two updates at once, the one overtaken says so and leaves no digest of its own."""
    other = server.index("test_two_updates_at_once")

    def overtaken() -> None:
        with index.update("d1") as writer:
            writer.apply(add=made(30), remove=[])
            with other.update("d2") as quicker:
                quicker.apply(add=[], remove=[])

    with pytest.raises(IndexUnavailable, match="somebody else"):
        overtaken()
    assert other.digest() == "d2"
    other.close()


def test_worn_graphs_are_made_anew(index: ChromaServerIndex) -> None:
    """After most rows were replaced, every row is still found by its own vector."""
    for number in range(3):
        rows = made(1_000, edition="x" * number)
        fill(index, f"d{number}", rows)
        assert_holds(index, rows)


def test_a_fresh_graph_with_lost_rows_is_made_anew(
    index: ChromaServerIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A graph can lose rows when it is first built, too, and again when it is made anew."""
    local = ChromaIndex(
        tmp_path / "index", encoder_id="e", dimension=DIMENSION, notice=lambda _: None
    )
    rows = made(50)
    for one in (index, local):
        lost = [False, True, True]
        monkeypatch.setattr(RowWriter, "has_lost_rows", lambda _, lost=lost: lost.pop())
        fill(one, "d1", rows)
        assert lost == []
        assert one.digest() == "d1"
        assert_holds(one, rows)
        one.close()


def test_restart_and_damage(tmp_path: Path) -> None:
    """An index outlives a restart; one that the server cannot read is dropped and rebuilt."""
    server = Server(tmp_path / "data")
    rows = made(2_000)
    index = server.index("e")
    fill(index, "d1", rows)
    server.stop()
    with pytest.raises(IndexUnavailable, match="failed"):
        index.digest()
    server.start()
    assert index.digest() == "d1"
    assert_holds(index, rows)
    server.stop()
    assert server.notices == []
    for pickle in server.folder.glob("*/index_metadata.pickle"):
        pickle.write_bytes(b"rubbish")
    server.start()
    with pytest.raises(IndexUnavailable):
        index.nearest(unit(1, 1), kind="claim", count=3)
    assert index.digest() is None
    assert len(server.notices) == 1
    assert fill(index, "d1", rows) == (2_000, 0)
    assert_holds(index, rows)
    index.close()
    server.stop()


def test_no_connection_is_left_open(server: Server) -> None:
    """Closing closes the sockets, so that nothing is left for the garbage collector to warn of."""
    index = server.index("sockets")
    assert index.digest() is None
    index.close()
    del index
    gc.collect()  # a warning about an unclosed socket would fail this test
