"""Where things lie: the user's folder, the settings file, what ships with the package.

Owns every path that the program chooses by itself. Refuses to create a folder; those who
write do that.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_HOME = "INTERVIEWBOT_HOME"


def home_folder() -> Path:
    """Return the folder of everything that is kept for this user.

    ``INTERVIEWBOT_HOME`` moves it, ``~`` being the user's own; else it is the platform's
    data folder.
    """
    named = os.environ.get(_HOME)
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("interviewbot", appauthor=False))


def config_file() -> Path:
    """Return where ``config.toml`` is, or would be."""
    return home_folder() / "config.toml"


def shipped_folder(name: str) -> Path:
    """Return a folder that ships with the package: ``corpus``, ``prompts`` or ``eval``.

    In a checkout it is the repository's own, found from this file, never from the working
    directory.
    """
    packed = _PACKAGE / "shipped" / name
    return packed if packed.is_dir() else _PACKAGE.parent.parent / name
