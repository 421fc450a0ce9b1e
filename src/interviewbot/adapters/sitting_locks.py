"""One window a sitting: locks that the operating system frees when a process dies.

Owns the files in the ``locks`` folder and their names. Refuses to wait.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interviewbot.domain.errors import SittingHeld, StorageFailed


@contextmanager
def hold_sitting(folder: Path, sitting_id: str) -> Iterator[None]:
    """Hold the sitting until the end of the ``with`` block, whichever thread ends it.

    The empty file stays in ``folder``: to delete it would let two windows in at once.

    Raises:
        SittingHeld: if somebody holds it, in this process or in another.
        StorageFailed: if ``folder`` cannot be written.
    """
    from filelock import FileLock, Timeout

    name = hashlib.sha256(sitting_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    lock = FileLock(folder / f"sitting-{name}.lock", thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise SittingHeld(
            "this interview is open in another window",
            "go on there, or close that window and resume the interview here",
        ) from error
    except (OSError, NotImplementedError) as error:
        raise StorageFailed(
            f"the folder {folder} cannot be written: {error}",
            "check who may write there, or set INTERVIEWBOT_HOME to another folder",
        ) from error
    try:
        yield
    finally:
        lock.release()
