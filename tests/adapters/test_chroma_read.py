"""Both readers agree, and the public one stands in for the quick one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import chromadb_rust_bindings
import numpy as np
import pytest
from tests.adapters.made_rows import assert_holds, fill, made, unit
from tests.adapters.opened_index import Opened

from interviewbot.adapters.chroma_errors import ChromaBroke, vendor_errors
from interviewbot.adapters.chroma_read import PublicReader, QuickReader, open_reader
from interviewbot.domain.index import RowKind


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """An index folder that does not exist yet."""
    one = Opened(tmp_path / "deep" / "index")
    yield one
    one.index.close()


def test_quick_and_public_reader_agree(opened: Opened) -> None:
    """Both readers give the same ids, cosines and vectors, bit for bit."""
    rows = made(500)
    fill(opened.index, "d0", rows[:300])
    fill(opened.index, "d1", rows)
    counts = {kind: sum(row.kind == kind for row, _ in rows) for kind in RowKind}
    quick, public = QuickReader(opened.live, counts), PublicReader.of_folder(opened.live, counts)
    names = [row.id for row, _ in rows] + ["nobody"]
    left, right = quick.vectors(names), public.vectors(names)
    assert left.keys() == right.keys() == set(names[:-1])
    for name, vector in left.items():
        assert vector.dtype == right[name].dtype == np.float32
        assert vector.tobytes() == right[name].tobytes()
    for kind in RowKind:
        for count in (1, 7, 1_000):
            found = quick.nearest(unit(9, 3), kind=kind, count=count)
            assert found == public.nearest(unit(9, 3), kind=kind, count=count)
            assert len(found[0]) == min(count, counts[kind])
    quick.close()
    public.close()


def _takes_other_arguments(*_: object, **__: object) -> None:
    raise TypeError("Bindings.__new__() got an unexpected keyword argument")


@pytest.mark.parametrize("change", ["arguments", "calls", "names", "gone"])
def test_other_bindings_fall_back(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Where the bindings are not as known, the public client reads instead."""
    rows = made(60)
    fill(opened.index, "d1", rows)
    counts = {kind: sum(row.kind == kind for row, _ in rows) for kind in RowKind}
    public = PublicReader.of_folder(opened.live, counts)
    with monkeypatch.context() as patch:
        patch.setattr(PublicReader, "of_folder", lambda *_: public)
        if change == "arguments":
            patch.setattr(chromadb_rust_bindings, "Bindings", _takes_other_arguments)
        elif change == "calls":
            patch.setattr(QuickReader, "_query", _takes_other_arguments)
        elif change == "names":
            patch.delattr(chromadb_rust_bindings, "MigrationMode")
        else:
            patch.setitem(sys.modules, "chromadb_rust_bindings", None)
        assert open_reader(opened.live, counts) is public
        assert_holds(opened.another(), rows)
    public.close()
    assert opened.notices == []


class PanicException(BaseException):
    """Like pyo3's, which cannot be imported."""


def test_panics_are_translated_and_interrupts_are_not() -> None:
    """A Rust panic is damage; a user's interrupt and an exit go through."""
    with pytest.raises(ChromaBroke, match="index out of bounds"), vendor_errors():
        raise PanicException("index out of bounds")
    for error in (KeyboardInterrupt, SystemExit):
        with pytest.raises(error), vendor_errors():
            raise error
