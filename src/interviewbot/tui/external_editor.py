"""Writing an answer in the candidate's own editor.

Owns the temporary file and the hand-over of the terminal. Refuses to decide which text
goes in or what is done with the one that comes out.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from interviewbot.domain.text import sanitise

LARGEST = 1 << 20  # bytes, as for an answer file
_FALLBACK = "nano"


def edit_outside(app: App[Any], text: str) -> str | None:
    """Return ``text`` as the editor left it; None where nothing came of it, which is told."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _FALLBACK
    with tempfile.TemporaryDirectory(prefix="interviewbot-") as folder:
        path = Path(folder) / "answer.md"
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                done = subprocess.run([*shlex.split(command), str(path)], check=False)  # noqa: S603
        except SuspendNotSupported:
            app.notify("This terminal cannot be handed to another program.", severity="error")
            return None
        except (OSError, ValueError) as error:
            app.notify(f"The editor “{command}” did not start: {error}", severity="error")
            return None
        if done.returncode != 0:
            app.notify(f"The editor ended with code {done.returncode}; nothing was changed.")
            return None
        return _read(app, path)


def _read(app: App[Any], path: Path) -> str | None:
    try:
        content = path.read_bytes()
        if len(content) > LARGEST:
            app.notify("The text is over 1 MiB; nothing was changed.", severity="error")
            return None
        return sanitise(content.decode("utf-8")).rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        app.notify(f"What the editor left cannot be read: {error}", severity="error")
        return None
