"""The part of the benchmark that looks at a terminal: first paint, and a key's way to it.

Owns its targets and rounds. Refuses to import the package.
"""

from __future__ import annotations

import random
import sys
import time
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from tools.benchmarks.parts import Bench, Section
from tools.benchmarks.rows import Row, at_most
from tools.benchmarks.terminal import Terminal

PAINT_ROUNDS, KEYS = 15, 200
_SEED = 7
_PROGRAM = str(Path(sys.executable).parent / "interviewbot")
_LETTERS = "zqjx"  # in no word that the screen paints by itself


def screens(bench: Bench) -> Section:
    """Measure the first paint, and keys while a grade is running."""
    bare = [sys.executable, "-m", "tools.benchmarks.bare_app"]
    paints: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(PAINT_ROUNDS + 1):
        paints["bare"].append(_first_paint(bare, b"a bare app", bench))
        paints["ours"].append(_first_paint([_PROGRAM], b"reading your progress", bench))
    ours, least = (median(times[1:]) for times in (paints["ours"], paints["bare"]))
    idle, busy = _keys(bench, []), _keys(bench, ["--grading"])
    rows = [
        at_most("first paint", ours / least, 1.5, f"{_ms(ours)} against {_ms(least)}"),
        Row(what="key to paint, idle", measured=f"95 % within {_ms(idle)}"),
        Row(
            what="key to paint, a grade running all the time",
            measured=f"95 % within {_ms(busy)}, {busy / idle:.2f} times as long",
        ),
    ]
    how = (
        "On a pseudo-terminal of 100 by 30. First paint: from the start of the process until the"
        " home screen is painted, against a Textual app that shows one line and a footer;"
        f" {PAINT_ROUNDS} rounds by turns, medians. Keys: from a letter sent to the editor until it"
        f" is painted, {KEYS} letters at random moments; while a grade runs, both cores encode."
    )
    return "Screens", how, rows


def _first_paint(command: list[str], mark: bytes, bench: Bench) -> float:
    with Terminal(command, bench.env) as terminal:
        return terminal.seconds_until(mark, terminal.begun)


def _keys(bench: Bench, options: list[str]) -> float:
    """Return the 95th percentile of a key's way to the screen, in seconds."""
    home = bench.env["INTERVIEWBOT_HOME"]
    dice = random.Random(_SEED)
    command = [sys.executable, "-m", "tools.benchmarks.typing_app", home, *options]
    times: list[float] = []
    with Terminal(command, bench.env) as terminal:
        terminal.seconds_until(b"Hand in", terminal.begun)
        terminal.drain(0.3)
        for _, letter in zip(range(KEYS), cycle(_LETTERS), strict=False):
            sent = terminal.type(letter.encode())
            times.append(terminal.seconds_until(letter.encode(), sent))
            time.sleep(dice.uniform(0.02, 0.1))
    return quantiles(times, n=20)[-1]


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.0f} ms"
