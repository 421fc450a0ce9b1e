"""The user's ``config.toml``, changed with its comments and its order kept.

Owns tomlkit. Refuses to know which settings there are, and to touch a file that it cannot
read.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from interviewbot.domain.errors import BadInput, StorageFailed

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

Value: TypeAlias = str | int | float | list[str]


def write_config(path: Path, values: Mapping[str, Value]) -> None:
    """Set ``values`` in the file at ``path``, which is made where there is none.

    The file is replaced as a whole, or stays as it was. A link stays a link.

    Raises:
        BadInput: if the file is there and is not valid TOML.
        StorageFailed: if it can be neither read nor written.
    """
    target = Path(os.path.realpath(path))
    try:
        document = _read(target)
        document.update(values)
        _replace(target, document.as_string())
    except OSError as error:
        raise StorageFailed(
            f"{path} cannot be written: {error.strerror or error}",
            "set INTERVIEWBOT_HOME to a folder of yours",
        ) from error


def _read(path: Path) -> TOMLDocument:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    if not path.exists():
        return tomlkit.document()
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path} cannot be read, so nothing is written over it: {error}",
            "mend or remove the file",
        ) from error


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            written.chmod(path.stat().st_mode & 0o777)
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
