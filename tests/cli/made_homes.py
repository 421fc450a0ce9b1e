"""Data folders and piped interviews for tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

from interviewbot.wiring import Wiring

CONTROLS = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
LAYERS = (
    "Inputs come in at one end, hidden layers sit in the middle, and the answer comes out at the\n"
    "far end. Each unit takes a weighted sum, adds a bias and applies an activation function.\n"
)


def copied_home(indexed: Path, target: Path) -> Path:
    """Return a data folder of one's own in which the shipped corpus is indexed."""
    shutil.copytree(indexed, target)
    return target


def wiring_of(home: Path) -> Wiring:
    """Return the real thing over ``home``."""
    return Wiring(roots=[ROOT / "corpus"], home=home)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a program that uses ``home``."""
    return {**os.environ, "INTERVIEWBOT_HOME": str(home), "COLUMNS": "80"}


def command(*arguments: str | Path) -> list[str]:
    """Return the command line of the program under test."""
    return [sys.executable, "-m", "interviewbot", *map(str, arguments)]


def piped(
    home: Path, *arguments: str | Path, stdin: str | bytes
) -> subprocess.CompletedProcess[bytes]:
    """Run the program with ``stdin`` piped in."""
    return subprocess.run(
        command(*arguments),
        env=environment(home),
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        timeout=400,
        check=False,
    )


def is_clean(found: subprocess.CompletedProcess[bytes]) -> bool:
    """Return whether nothing but text and line feeds came out, on either stream."""
    return not CONTROLS.search(found.stdout) and not CONTROLS.search(found.stderr)
