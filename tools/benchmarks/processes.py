"""Child processes, timed from outside.

Owns their environment, wall time and peak memory. Refuses to import anything but the
standard library: on Linux a child's peak counts its parent's size at the start, so the
parent must be smaller than anything it measures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
_BYTES = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One finished child: wall ``seconds``, ``peak`` resident memory in MB."""

    seconds: float
    peak: float
    output: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Several runs of one command, as medians."""

    seconds: float
    peak: float

    @classmethod
    def of(cls, runs: Sequence[Run]) -> Runs:
        """Return the medians of ``runs``."""
        return cls(
            seconds=median(run.seconds for run in runs), peak=median(run.peak for run in runs)
        )


def environment(home: Path) -> dict[str, str]:
    """Return a child's environment: user data in ``home``, bytecode kept, hub offline."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "INTERVIEWBOT_", "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return kept | {
        "INTERVIEWBOT_HOME": str(home),
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "NO_COLOR": "1",
    }


def run(command: Sequence[str], env: Mapping[str, str], cwd: Path = ROOT) -> Run:
    """Run ``command`` to its end.

    Raises:
        RuntimeError: if it does not exit with 0; the message ends with its stderr.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        child = subprocess.Popen(
            command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode:
            talk = err.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{command[0]} exited with {child.returncode}:\n{talk}")
        text = out.read().decode()
    return Run(seconds=seconds, peak=usage.ru_maxrss * _BYTES / 1e6, output=text)


def interleaved(
    commands: Mapping[str, Sequence[str]], env: Mapping[str, str], *, rounds: int, cwd: Path = ROOT
) -> dict[str, Runs]:
    """Run every one of ``commands`` by turns, ``rounds`` times after one that does not count.

    The first turn compiles bytecode and brings the files into memory.
    """
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            done = run(command, env, cwd)
            if turn:
                found[name].append(done)
    return {name: Runs.of(runs) for name, runs in found.items()}


def worker(name: str, *arguments: str, env: Mapping[str, str]) -> dict[str, float]:
    """Run ``tools.benchmarks.<name>`` in a process of its own; return the figures it prints."""
    command = [sys.executable, "-m", f"tools.benchmarks.{name}", *arguments]
    return figures(run(command, env))


def figures(done: Run) -> dict[str, float]:
    """Return the JSON object in the last line that a worker printed."""
    found = json.loads(done.output.splitlines()[-1])
    return {str(name): float(value) for name, value in found.items()}
