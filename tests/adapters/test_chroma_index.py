"""The local index answers exactly and updates beside what others read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.made_rows import DIMENSION, assert_holds, fill, made, nearest_by_hand, unit
from tests.adapters.opened_index import OPEN, Opened, ask

from interviewbot.adapters import chroma_index
from interviewbot.domain.errors import IndexUnavailable
from interviewbot.domain.index import IndexRow, RowKind
from interviewbot.vectors import Vector


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """An index folder that does not exist yet."""
    one = Opened(tmp_path / "deep" / "index")
    yield one
    one.index.close()


def test_nothing_yet(opened: Opened) -> None:
    """Before the first update there is no digest, and reading says what to do."""
    assert opened.index.digest() is None
    with pytest.raises(IndexUnavailable, match="no vector index yet") as caught:
        ask(opened.index)
    assert "corpus index" in caught.value.hint
    assert not opened.folder.exists()


def test_update_then_read(opened: Opened) -> None:
    """After an update the index has its digest, every row, vector and metadata."""
    rows = made(200)
    assert fill(opened.index, "d1", rows) == (200, 0)
    for index in (opened.index, opened.another()):
        assert index.digest() == "d1"
        assert_holds(index, rows)
    row, vector = rows[15]
    (found,) = opened.index.nearest(vector[None], kind=row.kind, count=1)
    assert (found[0].question_id, found[0].point_id) == (row.question_id, row.point_id)
    assert (found[0].title, found[0].text) == (row.title, row.text)
    assert found[0].cosine == pytest.approx(1.0, abs=1e-6)
    assert -1.0 <= found[0].cosine <= 1.0
    assert opened.notices == []


def test_nearest_is_exact(opened: Opened) -> None:
    """The neighbours and their cosines are those that comparing with every row gives."""
    rows = made(600)
    fill(opened.index, "d1", rows)
    queries = unit(20, 7)
    by_id = {row.id: vector for row, vector in rows}
    for kind in RowKind:
        found = opened.index.nearest(queries, kind=kind, count=10)
        for query, neighbours in zip(queries, found, strict=True):
            assert [one.row_id for one in neighbours] == nearest_by_hand(rows, query, kind, 10)
            for one in neighbours:
                assert one.cosine == pytest.approx(float(by_id[one.row_id] @ query), abs=1e-5)


def test_more_asked_than_there_is(opened: Opened) -> None:
    """A count beyond the collection gives all rows; kinds without rows give none."""
    rows = [pair for pair in made(50) if pair[0].kind != RowKind.MISCONCEPTION]
    fill(opened.index, "d1", rows)
    (claims,) = opened.index.nearest(unit(1, 1), kind="claim", count=10_000)
    assert len(claims) == 35
    assert opened.index.nearest(unit(2, 1), kind="misconception", count=3) == [[], []]
    assert opened.index.nearest(unit(2, 1), kind="claim", count=0) == [[], []]
    assert opened.index.nearest(unit(0, 1), kind="claim", count=3) == []
    assert opened.index.vectors([]) == {}
    assert opened.index.vectors(["nobody"]) == {}


def test_foreign_characters(opened: Opened) -> None:
    """Texts come back as they were, NUL, quotes, emoji and lone combining marks included."""
    (row, vector) = made(1)[0]
    text = "\0 ' \" \\ \u202e \U0001f642 \u0301 \n\t -- ; DROP"
    odd = IndexRow(
        id="Q 'é/\u2713",
        kind=row.kind,
        question_id="",
        point_id="",
        title=text,
        topic="",
        level="",
        text=text,
    )
    fill(opened.index, "d1", [(odd, vector)])
    (found,) = opened.another().nearest(vector[None], kind=odd.kind, count=1)
    assert (found[0].row_id, found[0].title, found[0].text) == (odd.id, text, text)
    with opened.index.update("d2") as writer:
        assert writer.present() == {odd.id: odd.digest}


def test_incremental_update(opened: Opened) -> None:
    """An update adds, replaces and removes the difference and keeps all else."""
    rows = made(100)
    fill(opened.index, "d1", rows)
    changed = [*rows[:60], *made(100, edition="second")[60:80], *made(120)[100:]]
    assert fill(opened.index, "d2", changed) == (40, 40)
    assert opened.index.digest() == "d2"
    assert_holds(opened.index, changed)
    assert_holds(opened.another(), changed)
    assert fill(opened.index, "d3", changed) == (0, 0)
    assert opened.another().digest() == "d3"
    assert_holds(opened.another(), changed)


def test_one_row_at_a_time(opened: Opened) -> None:
    """Single rows come and go over many updates without a trace."""
    rows = made(30)
    for count in (1, 2, 3, 10, 9, 30, 1, 0, 5):
        fill(opened.index, f"d{count}", rows[:count])
        assert_holds(opened.another(), rows[:count])
    assert opened.notices == []


def test_many_applies_and_repeats(opened: Opened) -> None:
    """A row given twice, in one call or in several, counts once, with its last vector."""
    rows, others = made(40), made(40, edition="other")
    with opened.index.update("d1") as writer:
        writer.apply(add=[*rows, *rows[:5]], remove=["not there"])
        writer.apply(add=[*others[:10], others[3]], remove=[])
        assert writer.present() == {row.id: row.digest for row, _ in [*others[:10], *rows[10:]]}
    assert_holds(opened.index, [*others[:10], *rows[10:]])


def test_dead_rows_are_swept_out(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """When removed rows outnumber the rest, the graphs are made anew, without the caller."""
    monkeypatch.setattr(chroma_index, "_FEW", 10)
    dead = []
    for number in range(4):
        fill(opened.index, f"d{number}", made(20, edition="x" * number))
        dead.append(json.loads((opened.live / "manifest.json").read_text())["removed"])
        assert_holds(opened.another(), made(20, edition="x" * number))
    assert dead == [0, 20, 0, 20]


def test_no_row_is_cut_off(opened: Opened) -> None:
    """After most rows were replaced, again and again, every row is found by its own vector."""
    for number in range(3):
        rows = made(1_500, edition="x" * number, dimension=32)
        index = opened.another("e1", 32)
        fill(index, f"d{number}", rows)
        assert_holds(index, rows)
        for kind in RowKind:
            pairs = [(row, vector) for row, vector in rows if row.kind == kind]
            queries = np.stack([vector for _, vector in pairs])
            found = index.nearest(queries, kind=kind, count=1)
            assert [one[0].row_id for one in found] == [row.id for row, _ in pairs]


def test_the_only_row_is_replaced(opened: Opened) -> None:
    """A single row's new vector and text outlive the update."""
    for edition in ("", "a", "bb"):
        rows = made(1, edition=edition)
        fill(opened.index, f"d{edition}", rows)
        assert_holds(opened.another(), rows)


def test_a_failed_update_changes_nothing(opened: Opened) -> None:
    """What the caller raises inside an update goes through; the old index stays."""
    rows = made(50)
    fill(opened.index, "d1", rows)
    before = opened.names("*")

    def breaking() -> Iterator[tuple[IndexRow, Vector]]:
        yield from made(30, edition="new")[:20]
        raise LookupError("the encoder's own")

    def update(error: type[BaseException] | None) -> None:
        with opened.index.update("d2") as writer:
            writer.apply(add=[], remove=[rows[0][0].id])
            if error is not None:
                raise error
            writer.apply(add=breaking(), remove=[])

    for raised, expected in ((None, LookupError), (KeyboardInterrupt, KeyboardInterrupt)):
        with pytest.raises(expected):
            update(raised)
    assert opened.index.digest() == "d1"
    assert_holds(opened.another(), rows)
    assert opened.names("*") == before
    assert opened.notices == []


@pytest.mark.parametrize("vector", [unit(1, 1, 8)[0], np.full(DIMENSION, np.nan, np.float32)])
def test_wrong_vectors_are_refused(opened: Opened, vector: Vector) -> None:
    """A vector of another length or with NaN never reaches Chroma."""
    with pytest.raises(ValueError, match="16 finite numbers"), opened.index.update("d1") as writer:
        writer.apply(add=[(made(1)[0][0], vector)], remove=[])
    assert opened.index.digest() is None


def test_another_encoder_starts_anew(opened: Opened) -> None:
    """Vectors of two encoders never mix: another id or size sees nothing and starts empty."""
    fill(opened.index, "d1", made(30))
    small = made(30, dimension=8)
    for index in (opened.another("e2"), opened.another("e1", 8)):
        assert index.digest() is None
        with pytest.raises(IndexUnavailable, match="another encoder"):
            ask(index)
    with opened.another("e1", 8).update("d1") as writer:
        assert writer.present() == {}
        writer.apply(add=small, remove=[])
    assert opened.another("e1", 8).digest() == "d1"
    assert opened.index.digest() is None
    assert opened.notices == []


def test_another_schema_starts_anew(opened: Opened) -> None:
    """An index written under another schema is not damage; it is simply not used."""
    fill(opened.index, "d1", made(30))
    manifest = opened.live / "manifest.json"
    manifest.write_text(json.dumps({"schema": 999, "rows": "in another form"}))
    assert opened.index.digest() is None
    assert fill(opened.index, "d1", made(30)) == (30, 0)
    assert opened.notices == []


def test_digest_and_reading_are_quick(opened: Opened) -> None:
    """Neither the digest nor a query imports chromadb; the digest not even the bindings."""
    fill(opened.index, "d1", made(30))
    code = f"""
import sys
from pathlib import Path
{OPEN.format(str(opened.folder))}
assert index.digest() == "d1"
heavy = {{"chromadb", "chromadb_rust_bindings", "filelock", "sqlite3"}}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
import numpy
query = numpy.eye(1, {DIMENSION}, dtype=numpy.float32)
assert len(index.nearest(query, kind="claim", count=3)[0]) == 3
assert "chromadb_rust_bindings" in sys.modules
assert "chromadb" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
