"""Writing an answer in the candidate's own editor.

Owns the temporary file and the hand-over of the terminal. Refuses to decide which text
goes in or what is done with the one that comes out.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from interviewbot.domain.text import one_line, sanitise

LARGEST = 1 << 20  # bytes, as for an answer file
_FALLBACK = "nano"


def edit_outside(app: App[Any], text: str) -> str | None:
    """Return ``text`` as the editor left it; None where nothing came of it, which is told."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _FALLBACK
    try:
        command = shlex.split(named)
    except ValueError:
        command = []
    if not command or shutil.which(command[0]) is None:
        # Looked up before the terminal is handed over: once it is, an error leaves it there.
        return _told(app, f"There is no editor “{named}”; set EDITOR to one that is installed.")
    try:
        with tempfile.TemporaryDirectory(prefix="interviewbot-") as folder:
            path = Path(folder) / "answer.md"
            path.write_text(text, encoding="utf-8")
            problem = _run(app, [*command, str(path)])
            return _told(app, problem) if problem else _read(app, path)
    except OSError as error:
        return _told(app, f"No file could be made for the editor: {error.strerror}")


def _run(app: App[Any], command: list[str]) -> str:
    """Run ``command`` in the terminal; return what went wrong, empty where nothing did."""
    problem = ""
    try:
        with app.suspend():  # nothing may be raised in here: Textual would not come back
            try:
                code = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's
            except OSError as error:
                problem = f"The editor did not start: {error.strerror}"
            else:
                problem = f"The editor ended with code {code}; nothing was changed." if code else ""
    except SuspendNotSupported:
        problem = "This terminal cannot be handed to another program."
    return problem


def _read(app: App[Any], path: Path) -> str | None:
    try:
        if not path.is_file():
            return _told(app, "The editor left no file; nothing was changed.")
        content = path.read_bytes()
        if len(content) > LARGEST:
            return _told(app, "The text is over 1 MiB; nothing was changed.")
        return sanitise(content.decode("utf-8")).rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        return _told(app, f"What the editor left cannot be read: {error}")


def _told(app: App[Any], problem: str) -> str | None:
    """Tell ``problem``; return that nothing came of it."""
    app.notify(one_line(problem), severity="error", markup=False)
    return None
