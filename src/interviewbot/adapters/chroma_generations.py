"""The folder of a local index: whole generations side by side, one of them live.

    current         names the live generation; replaced in one step
    lock            held by whoever writes
    gen-<random>/   Chroma's files and a manifest
    damaged-<n>/    what was set aside, for a look

So a reader never sees a half-built index, and whenever a writer is killed the live
generation stays. Owns names, copies and swaps. Refuses to look into Chroma's files.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interviewbot.adapters.chroma_errors import ChromaBroke, vendor_errors
from interviewbot.adapters.chroma_manifest import (
    DATABASE,
    Manifest,
    flush,
    read_manifest,
    verify_files,
    write_manifest,
)
from interviewbot.domain.errors import IndexUnavailable, StorageFailed

if TYPE_CHECKING:
    from filelock import BaseFileLock

_NAME = re.compile(r"gen-[0-9a-f]{16}")
_KEPT_ASIDE = 2
_BLOCK = 1 << 20


class Generations:
    """The generations in ``folder``; ``notice`` is told in one line of what is set aside."""

    def __init__(self, folder: Path, notice: Callable[[str], None], lock_wait_s: float) -> None:
        """Name the folder; nothing is opened or made yet."""
        self.folder = folder
        self._notice = notice
        self._wait_s = lock_wait_s

    def current(self) -> str | None:
        """Return the live generation's name; None where there is none.

        Raises:
            IndexUnavailable: if the folder cannot be read.
        """
        try:
            name = (self.folder / "current").read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise IndexUnavailable(
                f"the vector index in {self.folder} cannot be read: {error.strerror}",
                "check who may read that folder, or delete it: it will be built anew",
            ) from error
        return name if _NAME.fullmatch(name) else None

    def manifest(self, name: str) -> Manifest | None:
        """Return the manifest of the generation ``name``; None where its schema is another.

        Raises:
            ChromaBroke: if there is none, or it is rubbish.
        """
        return read_manifest(self.folder / name)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the writers' lock; a thread that holds it already may take it again.

        Raises:
            IndexUnavailable: if another process keeps it for too long.
            StorageFailed: if the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=self._wait_s)
        except TimeoutError as error:
            raise IndexUnavailable(
                f"another process has been updating the vector index for {self._wait_s:.0f} s",
                "wait until it is done, then try again",
            ) from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            self._lock.release()

    @cached_property
    def _lock(self) -> BaseFileLock:
        from filelock import FileLock

        return FileLock(self.folder / "lock")

    def begin(self, base: str | None) -> Path:
        """Return the folder of a new generation: a copy of ``base``, or empty.

        Raises:
            ChromaBroke: if ``base`` is damaged.
            StorageFailed: if there is no room.
        """
        folder = self.folder / f"gen-{secrets.token_hex(8)}"
        try:
            if base is None:
                folder.mkdir()
            else:
                self._copy(self.folder / base, folder)
        except OSError as error:
            raise self._unwritable(error) from error
        return folder

    def _copy(self, base: Path, folder: Path) -> None:
        manifest = read_manifest(base)
        if manifest is None:
            raise ChromaBroke("it is of another schema")
        verify_files(base, manifest)
        for name in manifest.files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(base / name, folder / name)
        folder.mkdir(exist_ok=True)
        with vendor_errors():
            _copy_database(base / DATABASE, folder / DATABASE)

    def check_room(self) -> None:
        """Try to write another generation's worth: Chroma does not say that a disk is full.

        Raises:
            StorageFailed: if there is no room.
        """
        sizes = [_size(path) for path in self.folder.glob("gen-*")]
        probe = self.folder / "probe"
        try:
            with probe.open("wb") as file:
                for _ in range(max(sizes, default=0) // _BLOCK + 1):
                    file.write(bytes(_BLOCK))
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            probe.unlink(missing_ok=True)

    def publish(self, folder: Path, manifest: Manifest) -> None:
        """Finish the generation in ``folder`` and make it the live one.

        Raises:
            StorageFailed: if there is no room.
        """
        try:
            write_manifest(folder, manifest)
            new = self.folder / "current.new"
            new.write_text(folder.name, "ascii")
            flush(new)
            new.replace(self.folder / "current")
            flush(self.folder)
        except OSError as error:
            raise self._unwritable(error) from error

    def prune(self, previous: str | None) -> None:
        """Remove all generations but the live and the ``previous`` one, as far as can be.

        A reader in another process may still be at the previous one.
        """
        keep = {self.current(), previous}
        for path in self.folder.glob("gen-*"):
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)

    def set_aside(self, name: str | None, reason: str) -> bool:
        """Rename the generation ``name`` so that nobody reads it; False if it is not live.

        Raises:
            IndexUnavailable: if another process keeps the lock for too long.
            StorageFailed: if the folder cannot be written.
        """
        with self.locked():
            if name is None or self.current() != name:
                return False
            aside = self._aside()
            number = max(aside, default=0) + 1
            try:
                (self.folder / "current").unlink()
                with suppress(FileNotFoundError):
                    (self.folder / name).rename(self.folder / f"damaged-{number}")
            except OSError as error:
                raise self._unwritable(error) from error
            for old in sorted(aside)[: 1 - _KEPT_ASIDE]:
                shutil.rmtree(aside[old], ignore_errors=True)
        self._notice(f"the vector index was damaged ({reason}) and is set aside")
        return True

    def _aside(self) -> dict[int, Path]:
        """Return what was set aside, by its number."""
        found = {path.name.removeprefix("damaged-"): path for path in self.folder.glob("damaged-*")}
        return {int(number): path for number, path in found.items() if number.isdecimal()}

    def _unwritable(self, error: OSError) -> StorageFailed:
        return StorageFailed(
            f"the vector index in {self.folder} cannot be written: {error.strerror or error}",
            "check that the folder can be written and that the disk has room, or set"
            " INTERVIEWBOT_HOME to another folder",
        )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*"))


def _copy_database(source: Path, target: Path) -> None:
    """Copy through SQLite, since a reader may be writing to ``source``, and look it over."""
    import sqlite3

    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        (verdict,) = new.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise ChromaBroke(f"{DATABASE} is not whole")
