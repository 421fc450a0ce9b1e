"""Keys of language models: from the environment, or from a file that nobody else can read.

Owns where a key is looked for and what it may look like. Refuses to show one.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from pydantic import SecretStr

from interviewbot.adapters.chat_providers import PROVIDERS, Provider
from interviewbot.domain.errors import BadInput

_LONGEST = 8_192  # bytes; a key is far shorter
_KEY = re.compile(r"[\x21-\x7e]+")  # what an HTTP header can carry; its errors would quote the rest


def read_key(provider: str, file: Path | None = None) -> SecretStr | None:
    """Return the key for ``provider``: its environment variable, else the line in ``file``.

    Raises:
        BadInput: if ``file`` cannot be read, others can read it, or it holds no key.
    """
    for name in PROVIDERS.get(provider, Provider()).key_variables:
        if os.environ.get(name, "").strip():
            return _checked(SecretStr(os.environ[name].strip()), name)
    return None if file is None else _from_file(file.expanduser())


def _from_file(path: Path) -> SecretStr:
    try:
        # Not to wait for the other end of a pipe; what was opened is what is checked.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise BadInput(
            f"the key file {path} cannot be read: {error.strerror}",
            "set api_key_file to a file that holds the key, or leave it out",
        ) from error
    try:
        _check_file(path, os.fstat(descriptor).st_mode)
        return _checked(SecretStr(_text(descriptor)), f"the key file {path}")
    finally:
        os.close(descriptor)


def _check_file(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise BadInput(f"the key file {path} is not a file", "set api_key_file to a file")
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise BadInput(f"others can read the key file {path}", f"run: chmod 600 '{path}'")


def _text(descriptor: int) -> str:
    return os.read(descriptor, _LONGEST + 1).decode("utf-8", errors="replace").strip()


def _checked(key: SecretStr, place: str) -> SecretStr:
    """Return ``key`` where it is one; no frame of the error holds it, or what is there instead."""
    if not key:
        raise BadInput(f"{place} is empty", "put the key there, in one line")
    if len(key) > _LONGEST or not _KEY.fullmatch(key.get_secret_value()):
        raise BadInput(f"{place} does not hold a key", "it has to hold the key alone, in one line")
    return key
