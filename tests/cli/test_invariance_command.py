"""``interviewbot eval invariance``: which answers are told, and whether grades come again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.conftest import ROOT, Command

from interviewbot.adapters.embedding_cache import SqliteEmbeddingCache
from interviewbot.vectors import EncodedText


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus of three questions."""
    folder = tmp_path / "corpus" / "deep-learning"
    folder.mkdir(parents=True)
    for name in ("DL0003", "DL0004", "DL0005"):
        (file,) = (ROOT / "corpus" / folder.name).glob(f"{name}-*.md")
        (folder / file.name).write_bytes(file.read_bytes())
    return folder.parent


def test_invariance_alone_tells_the_shipped_answers(run: Command, corpus: Path) -> None:
    """Not only the rubric's wordings; JSON and tables say how many of each kind."""
    shared = ("eval", "invariance", "--corpus", corpus)
    document = run.json(*shared, "--json")
    kinds = document["invariance"]["kinds"]
    assert {name: kind["answers"] for name, kind in kinds.items()} == {
        "wordings": 3,
        "labelled": 20,
    }
    assert kinds["labelled"]["mean_spread"] > 0
    assert set(document["configuration"]["gold"]) == {"dev", "test_new", "test_seen"}
    page = run(*shared, "--resume").stdout
    assert "20 of " in page
    assert "labelled answers" in page


def test_a_cache_that_lies_is_seen(
    run: Command, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second grading takes nothing from disk, so that it is other than the first."""
    read = SqliteEmbeddingCache.get

    def mixed_up(self: SqliteEmbeddingCache, texts: Sequence[str]) -> dict[str, EncodedText]:
        found = read(self, texts)
        names = list(found)
        return {name: found[names[place - 1]] for place, name in enumerate(names)}

    shared = ("eval", "invariance", "--corpus", corpus, "--json")
    assert run.json(*shared)["invariance"]["repetition"]["identical"] is True
    monkeypatch.setattr(SqliteEmbeddingCache, "get", mixed_up)
    assert run.json(*shared)["invariance"]["repetition"]["identical"] is False
