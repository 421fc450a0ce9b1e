"""The index follows the corpus: only changes are encoded and written, damage is mended once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from tests.fakes.hashed_encoder import HashedEncoder
from tests.fakes.memory_cache import MemoryCache
from tests.fakes.memory_index import MemoryIndex
from tests.services.made_questions import BOTH, DROPOUT, KERNELS

from interviewbot.domain.errors import IndexUnavailable
from interviewbot.domain.index import Neighbour, rows_of
from interviewbot.domain.question import Question
from interviewbot.ports import QuestionIndex
from interviewbot.services.embedding import Embeddings
from interviewbot.services.indexing import Indexing, IndexReport

ALL_ROWS = [row.id for row in rows_of(BOTH)]


@dataclass
class World:
    """An index, a cache and an encoder, with the notices that were given."""

    index: MemoryIndex = field(default_factory=MemoryIndex)
    cache: MemoryCache = field(default_factory=MemoryCache)
    encoder: HashedEncoder = field(default_factory=HashedEncoder)
    notices: list[str] = field(default_factory=list)
    loads: int = 0

    def indexing(self, digest: str = "one", questions: Sequence[Question] = BOTH) -> Indexing:
        """Return a service in a new process: the memory of the embeddings is empty."""

        def load() -> Iterable[Question]:
            self.loads += 1
            return iter(questions)

        return Indexing(
            index=self.index,
            embeddings=Embeddings(self.encoder, self.cache),
            digest=digest,
            load=load,
            notice=self.notices.append,
        )


@pytest.fixture
def world() -> World:
    """Nothing indexed yet."""
    return World()


@pytest.fixture
def indexed(world: World) -> World:
    """Both questions are indexed."""
    world.indexing().refresh()
    world.notices.clear()
    world.encoder.seen.clear()
    world.loads = 0
    return world


def nearest(index: QuestionIndex) -> list[Neighbour]:
    """Ask something that needs the rows."""
    (vector,) = HashedEncoder().encode(["inner products"])
    return index.nearest(vector.pooled[None], kind="claim", count=1)[0]


def test_a_first_refresh_indexes_everything(world: World) -> None:
    """Every row with the pooled vector of its text."""
    assert world.indexing().refresh() == IndexReport(rows=10, embedded=10, added=10, removed=0)
    assert sorted(world.index.rows) == sorted(ALL_ROWS)
    assert world.index.digest() == "one"
    for row, vector in world.index.rows.values():
        (expected,) = HashedEncoder().encode([row.text])
        assert vector.tolist() == expected.pooled.tolist()
    assert world.notices == ["indexing the questions, once"]


def test_a_fresh_index_is_left_alone(indexed: World) -> None:
    """While the digest is the same nothing is loaded, encoded or written."""
    assert indexed.indexing().refresh() is None
    assert indexed.indexing().ask(nearest)[0].question_id == "AA0002"
    assert (indexed.loads, indexed.encoder.seen, len(indexed.index.writers)) == (0, [], 1)


def test_only_changed_texts_are_encoded(indexed: World) -> None:
    """One new wording is one text to encode and one row to write."""
    point = DROPOUT.points[0]
    point = replace(point, accept=(*point.accept, "Some go quiet."))
    changed = replace(DROPOUT, points=(point, *DROPOUT.points[1:]))
    report = indexed.indexing("two", (changed, KERNELS)).refresh()
    assert report == IndexReport(rows=11, embedded=1, added=1, removed=0)
    assert indexed.encoder.seen == ["Some go quiet."]
    assert indexed.index.writers[-1].added == ["AA0001/silence/claim/2"]
    assert indexed.index.digest() == "two"


def test_a_changed_text_replaces_its_row(indexed: World) -> None:
    """The row goes and comes with another text; its neighbours stay."""
    point = replace(KERNELS.points[1], text="Only pairs of examples occur in the dual.")
    changed = replace(KERNELS, points=(KERNELS.points[0], point))
    report = indexed.indexing("two", (DROPOUT, changed)).refresh()
    assert report == IndexReport(rows=10, embedded=1, added=1, removed=1)
    writer = indexed.index.writers[-1]
    assert writer.removed == writer.added == ["AA0002/dual/claim/0"]
    assert indexed.index.rows["AA0002/dual/claim/0"][0].text == point.text


def test_a_new_title_writes_rows_but_encodes_only_the_prompt(indexed: World) -> None:
    """Claims are stored with the title, but their vectors do not depend on it."""
    report = indexed.indexing("two", (replace(DROPOUT, title="Drop-out"), KERNELS)).refresh()
    assert report == IndexReport(rows=10, embedded=1, added=6, removed=6)
    assert indexed.encoder.seen == ["Drop-out. What does dropout do?"]


def test_removed_rows_go(indexed: World) -> None:
    """A question that is gone leaves nothing behind."""
    report = indexed.indexing("two", (KERNELS,)).refresh()
    assert report == IndexReport(rows=4, embedded=0, added=0, removed=6)
    assert {row.question_id for row, _ in indexed.index.rows.values()} == {"AA0002"}


def test_nothing_to_index(indexed: World) -> None:
    """A corpus may become empty."""
    report = indexed.indexing("two", ()).refresh()
    assert report == IndexReport(rows=0, embedded=0, added=0, removed=10)
    assert indexed.index.rows == {}


def test_anew_writes_every_row_but_encodes_none(indexed: World) -> None:
    """What was encoded stays encoded, even where the digest is the same."""
    report = indexed.indexing().refresh(anew=True)
    assert report == IndexReport(rows=10, embedded=0, added=10, removed=10)
    assert indexed.encoder.seen == []
    assert sorted(indexed.index.rows) == sorted(ALL_ROWS)


def test_an_update_that_fails_in_the_middle_leaves_what_was(indexed: World) -> None:
    """An error of the encoder passes through, and the old index stays whole."""

    def fail(texts: Sequence[str]) -> None:
        raise RuntimeError(texts[0])

    changed = replace(DROPOUT, prompt="Why dropout?")
    indexing = indexed.indexing("two", (changed,))
    indexing.embeddings.encoder.encode = fail  # type: ignore[method-assign, assignment]
    with pytest.raises(RuntimeError, match="Why dropout"):
        indexing.refresh()
    assert indexed.index.digest() == "one"
    assert sorted(indexed.index.rows) == sorted(ALL_ROWS)


def test_a_damaged_index_is_made_again(indexed: World) -> None:
    """The question is answered, the index says so once, and nothing is encoded again."""
    indexed.index.damaged = True
    assert indexed.indexing().ask(nearest)[0].question_id == "AA0002"
    assert (len(indexed.index.notices), indexed.notices) == (1, [])
    assert indexed.encoder.seen == []
    assert sorted(indexed.index.rows) == sorted(ALL_ROWS)


def test_an_update_that_fails_once_is_done_again(indexed: World) -> None:
    """From nothing, with one notice, and the report says what was done."""
    indexed.index.refused = 1
    report = indexed.indexing("two").refresh()
    assert report == IndexReport(rows=10, embedded=0, added=10, removed=0)
    assert (len(indexed.index.notices), indexed.notices) == (1, [])
    assert len(indexed.index.writers) == 2
    assert indexed.index.digest() == "two"


@pytest.mark.parametrize("asked", [True, False])
def test_an_update_that_fails_again_raises(indexed: World, asked: bool) -> None:
    """After one more try and one notice, whether the index was asked or only refreshed."""
    indexed.index.refused = 5
    indexing = indexed.indexing("two")
    with pytest.raises(IndexUnavailable, match="could not be updated"):
        indexing.ask(nearest) if asked else indexing.refresh()
    assert (len(indexed.index.notices), indexed.notices) == (1, [])
    assert indexed.index.refused == 3


def test_a_rebuild_of_a_damaged_index_that_fails_raises(indexed: World) -> None:
    """With one notice; the next process may try again."""
    indexed.index.damaged, indexed.index.refused = True, 1
    with pytest.raises(IndexUnavailable, match="could not be updated"):
        indexed.indexing().ask(nearest)
    assert len(indexed.index.notices) == 1
    assert indexed.indexing().ask(nearest)[0].question_id == "AA0002"


def test_an_error_of_a_whole_index_is_not_mended(indexed: World) -> None:
    """Where the index is up to date after all, making it again cannot help."""

    def busy(_: QuestionIndex) -> None:
        raise IndexUnavailable("somebody else has it", "wait")

    with pytest.raises(IndexUnavailable, match="somebody else"):
        indexed.indexing().ask(busy)
    assert (indexed.index.notices, indexed.notices, indexed.loads) == ([], [], 0)
