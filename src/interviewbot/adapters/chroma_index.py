"""Questions and points as vectors in a local Chroma index.

Owns when a generation is read, copied, rebuilt or given up. Refuses to hold the only copy
of anything: after a failure of the live generation ``digest()`` is None, and an update with
all rows makes the index again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from interviewbot.adapters.chroma_errors import ChromaBroke
from interviewbot.adapters.chroma_generations import Generations
from interviewbot.adapters.chroma_manifest import Manifest, verify_files
from interviewbot.adapters.chroma_read import Reader, close_client, local_client, open_reader
from interviewbot.adapters.chroma_rows import ATTEMPTS, EVERY_BATCH, NAMES, RowWriter, check_count
from interviewbot.domain.errors import IndexUnavailable
from interviewbot.domain.index import Neighbour
from interviewbot.vectors import Matrix, Vector

T = TypeVar("T")
_LOCK_WAIT_S = 120.0
_FEW = 1_000  # dead rows that a graph may carry, however small it is
_HINT = "'interviewbot corpus index' builds it"


class _SwappedError(Exception):
    """The generation that failed was not the live one any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A generation in the making, on top of ``base``, with its ``inherited`` dead rows."""

    base: str | None
    folder: Path
    writer: RowWriter
    inherited: int

    @property
    def dead(self) -> int:
        """How many removed rows the graphs carry on."""
        return self.inherited + self.writer.removed

    @property
    def is_worn(self) -> bool:
        """Whether dead rows burden the graphs, or living ones are cut off."""
        living = sum(self.writer.rows.values())
        burdened = self.dead > max(_FEW, living)
        return burdened or self.writer.has_lost_rows()


class ChromaIndex:
    """The index in one folder, for one encoder; fulfils ``ports.QuestionIndex``.

    Threads may share an object, processes a folder. ``notice`` is told in one line when a
    damaged generation was set aside; a later update then starts from nothing.
    """

    def __init__(
        self,
        folder: Path,
        *,
        encoder_id: str,
        dimension: int,
        notice: Callable[[str], None],
        lock_wait_s: float = _LOCK_WAIT_S,
    ) -> None:
        """Name the folder; nothing is opened or made yet."""
        self._generations = Generations(folder, notice, lock_wait_s)
        self._encoder = encoder_id
        self._dimension = dimension
        self._mutex = threading.Lock()
        self._reader: tuple[str, Reader] | None = None  # the generation's name comes first

    def digest(self) -> str | None:
        """Return the digest of the corpus that is indexed; None where nothing usable is.

        Reads two small files and no vectors.

        Raises:
            IndexUnavailable: if the folder cannot be read.
        """
        try:
            name = self._generations.current()
            manifest = self._manifest(name) if name else None
        except ChromaBroke:  # whoever reads or writes next sets it aside
            return None
        return manifest.digest if manifest else None

    def vectors(self, row_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the stored vectors of those of ``row_ids`` that are there.

        Float32 ``[dimension]`` of unit length.

        Raises:
            IndexUnavailable: if nothing is indexed, or the index was damaged and set aside.
        """
        return self._read(lambda reader: reader.vectors(row_ids))

    def nearest(self, vectors: Matrix, *, kind: str, count: int) -> list[list[Neighbour]]:
        """Return for every row of ``vectors`` ``[n, dimension]`` its ``count`` nearest rows.

        Only rows of ``kind`` count; the nearest come first; fewer where there are fewer.

        Raises:
            IndexUnavailable: if nothing is indexed, or the index was damaged and set aside.
        """
        return self._read(lambda reader: reader.nearest(vectors, kind=kind, count=count))

    def close(self) -> None:
        """Let go of the files; the next read opens them again."""
        with self._mutex:
            self._forget_reader()

    @contextmanager
    def update(self, digest: str) -> Iterator[RowWriter]:
        """Open an update that, once done, stands for the corpus with that ``digest``.

        It works on a copy of the live generation, which stays live until the block ends
        without an error. A second writer waits here, then starts from what the first left.

        Raises:
            IndexUnavailable: if another process writes for too long, or Chroma fails.
            StorageFailed: if the folder cannot be written or the disk is full.
        """
        with self._generations.locked():
            live = self._generations.current()
            draft = None
            try:
                with ExitStack() as opened:
                    draft = self._begin(live, opened)
                    yield draft.writer
                    draft.writer.check()
                    for _ in range(ATTEMPTS):
                        if not draft.is_worn:
                            break
                        draft = self._made_anew(draft.writer, opened)
                self._generations.publish(draft.folder, self._manifest_of(draft, digest))
            except ChromaBroke as error:
                self._generations.check_room()
                self._generations.set_aside(draft.base if draft else None, error.message)
                raise IndexUnavailable(
                    f"the vector index could not be updated: {error.message}", _HINT
                ) from error
            finally:
                self._generations.prune(live)

    def _begin(self, live: str | None, opened: ExitStack) -> _Draft:
        """Return a draft on top of the ``live`` generation, or an empty one."""
        if live is not None:
            try:
                manifest = self._manifest(live)
                if manifest:
                    return self._draft(live, manifest, opened)
            except ChromaBroke as error:
                self._generations.check_room()
                self._generations.set_aside(live, error.message)
        return self._draft(None, None, opened)

    def _draft(self, base: str | None, manifest: Manifest | None, opened: ExitStack) -> _Draft:
        folder = self._generations.begin(base)
        client = local_client(folder)
        opened.callback(close_client, client)
        writer = RowWriter(client, NAMES, self._dimension, sync_every=EVERY_BATCH)
        if manifest:
            for kind, rows in manifest.rows.items():
                check_count(kind, writer.rows[kind], rows)
        inherited = manifest.removed if manifest else 0
        return _Draft(base=base, folder=folder, writer=writer, inherited=inherited)

    def _made_anew(self, worn: RowWriter, opened: ExitStack) -> _Draft:
        draft = self._draft(None, None, opened)
        draft.writer.apply(add=worn.everything(), remove=())
        draft.writer.check()
        return draft

    def _manifest_of(self, draft: _Draft, digest: str) -> Manifest:
        return Manifest(
            encoder=self._encoder,
            dimension=self._dimension,
            digest=digest,
            rows=draft.writer.rows,
            removed=draft.dead,
        )

    def _manifest(self, name: str) -> Manifest | None:
        """Return the manifest of ``name`` if it is for this encoder and schema."""
        manifest = self._generations.manifest(name)
        ours = (self._encoder, self._dimension)
        return manifest if manifest and (manifest.encoder, manifest.dimension) == ours else None

    def _read(self, act: Callable[[Reader], T]) -> T:
        """Return what ``act`` reads, from the next generation if this one was swapped away."""
        with self._mutex:
            try:
                return self._attempt(act)
            except _SwappedError:
                pass
            try:
                return self._attempt(act)
            except _SwappedError as error:
                raise IndexUnavailable("the vector index keeps changing", "try again") from error

    def _attempt(self, act: Callable[[Reader], T]) -> T:
        name = self._generations.current()
        if name is None:
            raise IndexUnavailable("there is no vector index yet", _HINT)
        try:
            return act(self._reader_of(name))
        except ChromaBroke as error:
            self._forget_reader()
            if not self._generations.set_aside(name, error.message):
                raise _SwappedError from error
            raise IndexUnavailable(
                f"the vector index was damaged ({error.message})", _HINT
            ) from error

    def _reader_of(self, name: str) -> Reader:
        if self._reader is not None and self._reader[0] == name:
            return self._reader[1]
        self._forget_reader()
        manifest = self._manifest(name)
        if manifest is None:
            raise IndexUnavailable("the vector index was made by another encoder", _HINT)
        folder = self._generations.folder / name
        verify_files(folder, manifest)
        reader = open_reader(folder, manifest.rows)
        self._reader = (name, reader)
        return reader

    def _forget_reader(self) -> None:
        if self._reader is not None:
            (_, reader), self._reader = self._reader, None
            reader.close()
