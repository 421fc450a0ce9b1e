"""The theme to paint with before the settings are read.

Owns that shortcut: the first paint must not wait for the settings' library, and must not
flash in another theme. Refuses to complain: what is wrong with the file is said when it is
read in full.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

_VARIABLE = "INTERVIEWBOT_THEME"


def theme_of(file: Path) -> str:
    """Return the theme that the environment or ``file`` names; empty where none does."""
    named = os.environ.get(_VARIABLE)
    if named is not None:
        return named
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8")).get("theme", "")
    except (OSError, ValueError):
        return ""
    return found if isinstance(found, str) else ""
