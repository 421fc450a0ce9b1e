"""A real sitting in a real terminal: three questions, one of them killed half-way.

Needs tmux; everything else is the program as it is installed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

PROGRAM = Path(sys.executable).parent / "interviewbot"
FULL = (
    "A network has an input layer, hidden layers and an output layer. Each neuron takes a"
    " weighted sum of its inputs, adds a bias and applies an activation function. Training"
    " uses backpropagation and gradient descent to make the error smaller."
)
HALF = "Dropout switches units off at random while training"


class Window:
    """One tmux window of 100 by 30 that runs the program, with a server of its own."""

    def __init__(self, home: Path) -> None:
        """Name the session; nothing runs yet."""
        self._socket = f"interviewbot-{uuid.uuid4().hex[:8]}"
        self._env = {k: v for k, v in os.environ.items() if not k.startswith("TMUX")} | {
            "INTERVIEWBOT_HOME": str(home),
            "TERM": "xterm-256color",
        }

    def tmux(self, *arguments: str) -> str:
        """Return what a tmux command prints."""
        command = ["tmux", "-L", self._socket, "-f", "/dev/null", *arguments]
        done = subprocess.run(
            command, env=self._env, check=True, capture_output=True, text=True, timeout=30
        )
        return done.stdout

    def start(self, *arguments: str) -> None:
        """Run the program with ``arguments``."""
        command = ["exec", f"'{PROGRAM}'", *arguments]
        self.tmux("new-session", "-d", "-x", "100", "-y", "30", "-s", "it", " ".join(command))

    def keys(self, *names: str) -> None:
        """Press keys by their tmux names."""
        self.tmux("send-keys", "-t", "it", *names)

    def type(self, text: str) -> None:
        """Type ``text`` letter by letter."""
        self.tmux("send-keys", "-t", "it", "-l", text)

    def screen(self) -> str:
        """Return what the candidate sees."""
        return self.tmux("capture-pane", "-p", "-t", "it")

    def until(self, *words: str, seconds: float = 40.0) -> str:
        """Wait until one of ``words`` is on the screen; return the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            seen = self.screen()
            if any(word in seen for word in words):
                return seen
            time.sleep(0.05)
        raise AssertionError(f"none of {words} in:\n{self.screen()}")

    def kill_program(self) -> None:
        """Kill the program as a power cut would, and wait until its window is gone."""
        pid = int(self.tmux("list-panes", "-t", "it", "-F", "#{pane_pid}"))
        os.kill(pid, signal.SIGKILL)
        self._wait_for_end()

    def _wait_for_end(self) -> None:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                self.tmux("has-session", "-t", "it")
            except subprocess.CalledProcessError:
                return
            time.sleep(0.05)
        raise AssertionError("the window is still there")

    def close(self) -> None:
        """End the server."""
        subprocess.run(
            ["tmux", "-L", self._socket, "kill-server"],
            env=self._env,
            check=False,
            capture_output=True,
        )


@pytest.fixture
def window(indexed_home: Path, tmp_path: Path) -> Iterator[Window]:
    """Return a window over a data folder of its own, in which the corpus is indexed."""
    home = tmp_path / "a home"
    shutil.copytree(indexed_home, home)
    found = Window(home)
    yield found
    found.close()


def answer(window: Window, text: str) -> None:
    """Hand in ``text`` and pass on every follow-up, up to the feedback."""
    window.type(text)
    window.keys("C-s")
    for _ in range(6):
        if "of 100" in window.until("of 100", "Follow-up"):
            return
        before = window.screen()
        window.keys("F4")
        end = time.monotonic() + 20
        while window.screen() == before and time.monotonic() < end:
            time.sleep(0.05)
    window.until("of 100")


def test_a_sitting_of_three_questions_survives_being_killed(window: Window, tmp_path: Path) -> None:
    """Typed words are there after ``kill -9``, each answer counts once, and the end is reached."""
    asked = ("--question", "ML0041", "--question", "DL0013", "--question", "ML0040")
    window.start("interview", *asked)
    window.until("question 1 of 3")
    answer(window, FULL)
    window.keys("n")
    window.until("question 2 of 3")
    window.type(HALF)
    window.until("· saved")
    window.kill_program()

    window.start("interview", "--resume")
    window.until("question 2 of 3")
    assert HALF in window.until(HALF)
    answer(window, ", so that the network cannot lean on single ones.")
    window.keys("n")
    window.until("question 3 of 3")
    window.keys("F4")
    window.until("Skipped")
    window.keys("n")
    window.until("skipped")
    window.keys("q")

    progress = subprocess.run(
        [PROGRAM, "progress", "--json"],
        env={**os.environ, "INTERVIEWBOT_HOME": str(tmp_path / "a home")},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    points = json.loads(progress.stdout)["points"]
    reviewed = {(p["question_id"], p["reviews"]) for p in points if p["reviews"]}
    assert reviewed == {("ML0041", 1), ("DL0013", 1)}
