"""A model's verified replies, one plain JSON file each.

``<folder>/<first two digits>/<key>.json``; folders are the user's alone (0700), and so are
files (0600), for a reply quotes an answer. Owns the files. Refuses to matter: what cannot be
read is not there, what cannot be written is not kept, and neither is an error.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from interviewbot.domain.chat import Json
from interviewbot.domain.text import one_line

MAX_BYTES = 256 * 1024
_KEY = re.compile(r"[0-9a-f]{64}")
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class ReplyFiles:
    """The replies in ``folder``, which is made when needed; fulfils ``ports.ReplyCache``.

    Threads and processes may share it: a file is whole or not there. ``notice`` gets one line
    where nothing can be kept; from then on nothing is tried to be.
    """

    def __init__(self, folder: Path, notice: Callable[[str], None]) -> None:
        """Name the folder; nothing is touched yet."""
        self._folder = folder
        self._notice = notice
        self._off = False

    def get(self, key: str) -> dict[str, Json] | None:
        """Return the document kept under ``key``, None where there is none that can be read.

        Raises:
            ValueError: if ``key`` is not 64 hexadecimal digits.
        """
        try:
            with os.fdopen(os.open(self._path(key), os.O_RDONLY | _FLAGS), "rb") as file:
                regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
                content = file.read(MAX_BYTES + 1) if regular else b""
        except OSError:
            return None
        if not content or len(content) > MAX_BYTES:
            return None
        return _document(content)

    def put(self, key: str, document: Mapping[str, Json]) -> None:
        """Keep ``document`` in place of an earlier one, unless it is over ``MAX_BYTES``.

        Raises:
            ValueError: if ``key`` is not 64 hexadecimal digits, or a number is not finite.
        """
        path = self._path(key)
        content = json.dumps(dict(document), allow_nan=False, indent=1).encode()
        if self._off or len(content) > MAX_BYTES:
            return
        try:
            _make(self._folder, path.parent)
            _write(path, content)
        except OSError as error:
            self._off = True
            self._notice(
                f"replies of the language model cannot be kept in {one_line(str(self._folder))}"
                f" ({error.strerror}); grading goes on without"
            )

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("a key of the reply cache is 64 hexadecimal digits")
        return self._folder / key[:2] / f"{key}.json"


def _document(content: bytes) -> dict[str, Json] | None:
    try:
        found = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refuse(name: str) -> None:
    raise ValueError(name)


def _make(*folders: Path) -> None:
    """Make the folders, and take them from the group and the others where they are theirs."""
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)


def _write(path: Path, content: bytes) -> None:
    """Write beside ``path`` and put it in place in one step.

    Nothing waits for the disk: a file that a power cut empties is one that cannot be read.
    """
    beside = path.with_name(f".{path.stem[:16]}.{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS
    try:
        with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
