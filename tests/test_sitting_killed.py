"""The program killed ten times in each of five sittings, while somebody types and is graded."""

from __future__ import annotations

import os
import pty
import random
import select
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl
from pathlib import Path

import pytest

from interviewbot.adapters.journal import SqlJournal
from interviewbot.domain.sitting import Ending, Sitting, Stage

PROGRAM = Path(sys.executable).parent / "interviewbot"
KILLS = 10  # a sitting
SAFE_AFTER = 2.0  # seconds
QUESTIONS = ("ML0041", "DL0013", "ML0040", "ML0039", "DL0014")
_SUBMIT, _SKIP = b"\x13", b"\x1bOS"  # Ctrl+S, F4


class Candidate:
    """Somebody at a terminal who types words that are all different."""

    def __init__(self, home: Path, *arguments: str) -> None:
        """Start the program."""
        self._ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.process = subprocess.Popen(
            [PROGRAM, "interview", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "INTERVIEWBOT_HOME": str(home), "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(theirs)

    def see(self, *marks: bytes, seconds: float = 30.0) -> bytes:
        """Read until one of ``marks`` is painted; return it."""
        seen, end = b"", time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self._ours], [], [], 0.05)[0]:
                seen += os.read(self._ours, 1 << 16)
            for mark in marks:
                if mark in seen:
                    return mark
        raise AssertionError(f"none of {marks} was painted: {seen[-500:]!r}")

    def look_away(self, seconds: float) -> None:
        """Read and forget what is painted for that long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self._ours], [], [], left)[0]:
                os.read(self._ours, 1 << 16)

    def press(self, keys: bytes) -> None:
        """Send ``keys``."""
        os.write(self._ours, keys)

    def kill(self) -> None:
        """Kill the program as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        os.close(self._ours)


def written(sitting: Sitting, journal: SqlJournal) -> str:
    """Return everything the candidate wrote that is on disk."""
    turns = [turn.answer for exchange in sitting.exchanges for turn in exchange.turns]
    draft = journal.draft(sitting)
    return " ".join([*turns, draft.text if draft else ""])


def check(home: Path, safe: list[str]) -> Sitting:
    """Check the journal: whole, nothing lost of ``safe``, nothing counted twice."""
    with sqlite3.connect(home / "journal.sqlite") as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)
    database.close()
    notices: list[str] = []
    journal = SqlJournal(home, notice=notices.append)
    try:
        sittings = [*journal.unfinished(), *journal.finished()]
        assert len(sittings) == 1
        said = written(sittings[0], journal)
        assert [word for word in safe if word not in said] == []
        assert all(said.count(word) == 1 for word in safe)
        reviews = [(r.key, r.sitting, r.exchange) for r in journal.reviews()]
        assert len(reviews) == len(set(reviews))
        graded = {n for n, e in enumerate(sittings[0].exchanges) if e.closed and not e.retry}
        assert {exchange for _, _, exchange in reviews} <= graded
        for exchange in sittings[0].exchanges[:-1]:
            assert exchange.closed is not None
            assert all(turn.ending is not None for turn in exchange.turns)
        assert notices == []
        return sittings[0]
    finally:
        journal.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(20, 25))
def test_fifty_kills_lose_nothing(tmp_path: Path, seed: int) -> None:
    """Whenever the program dies, all typed two seconds before is there, once."""
    dice = random.Random(seed)
    home = tmp_path / "home"
    asked = [option for name in QUESTIONS for option in ("--question", name)]
    safe: list[str] = []
    typed = 0
    owed = False
    arguments = asked
    for _ in range(KILLS):
        candidate = Candidate(home, *arguments)
        arguments = ["--resume"]
        try:
            mark = candidate.see(b"Hand in", b"Retry")
            if owed:  # the last answer is being graded, and the editor takes nothing meanwhile
                candidate.look_away(dice.random() * SAFE_AFTER)
                continue
            if mark == b"Retry":  # feedback: go on, the plan is long enough
                candidate.press(b"r")
                candidate.see(b"Hand in")
            fresh = []
            for _ in range(dice.randrange(1, 6)):
                typed += 1
                fresh.append(f"word{typed:04d}x")
                candidate.press(f"{fresh[-1]} ".encode())
                candidate.look_away(dice.random() / 5)
            move = dice.choice(["type", "wait", "submit", "submit and wait", "skip"])
            if move == "wait":
                candidate.look_away(SAFE_AFTER)
                safe += fresh
            elif move.startswith("submit"):
                candidate.press(_SUBMIT)
                candidate.look_away(dice.random() * 0.6)
                if move == "submit and wait":
                    candidate.look_away(SAFE_AFTER)
                    safe += fresh
            elif move == "skip":
                candidate.press(_SKIP)
                candidate.look_away(dice.random() / 2)
        finally:
            candidate.kill()
            sitting = check(home, safe)
            owed = sitting.stage is Stage.GRADING
    answered = [t for e in sitting.exchanges for t in e.turns if t.ending is Ending.ANSWERED]
    assert answered
    assert safe
