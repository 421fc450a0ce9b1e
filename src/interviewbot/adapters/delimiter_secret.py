"""The secret from which the delimiters around an answer are made.

Owns one file of the data folder. It guards nothing but this: who writes an answer must not be
able to guess what its end will look like. Losing it costs the kept replies, nothing else.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from interviewbot.domain.errors import StorageFailed

_BYTES = 32


def read_secret(home: Path) -> bytes:
    """Return the secret in the folder ``home``, made on first use.

    Raises:
        StorageFailed: if it can be neither read nor written.
    """
    path = home / "delimiter.secret"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write(path)
        found = path.read_bytes()
    except OSError as error:
        raise StorageFailed(
            f"the data folder {home} cannot be written: {error.strerror}",
            "set INTERVIEWBOT_HOME to a folder of yours",
        ) from error
    if len(found) != _BYTES:
        raise StorageFailed(f"{path} is damaged", "remove it; a new one is made")
    return found


def _write(path: Path) -> None:
    """Write a new secret whole; of two processes that do so at once, the last one's stays."""
    # A name of its own each time: what a killed process left must not be in the way.
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # 0600
    mine = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        mine.replace(path)
    finally:
        mine.unlink(missing_ok=True)
