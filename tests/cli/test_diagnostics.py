"""Progress bars: honest figures, and none in the middle of the data."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, Command

from interviewbot.cli import diagnostics, options


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is."""
        return True


class Clock:
    """Stands for ``time``; moves only when told."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.now = 1000.0

    def monotonic(self) -> float:
        """Return the seconds."""
        return self.now


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard error a terminal; no fixture, whose streams pytest replaces again."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of the bars."""
    made = Clock()
    monkeypatch.setattr(diagnostics, "time", made)
    return made


def test_rate_is_that_since_the_clock_started(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done before the first report has no known rate and counts for none."""
    shown = terminal(monkeypatch)
    bar = diagnostics.Progress("encoding", 1000, done=200)
    bar.to(200)
    assert "200/1000" in shown.getvalue()
    assert "/s" not in shown.getvalue()
    clock.now += 10
    bar.to(300)
    assert "300/1000  10.0/s  70 s left" in shown.getvalue()


def test_a_long_wait_is_told_in_minutes(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above two minutes nobody counts seconds."""
    shown = terminal(monkeypatch)
    bar = diagnostics.Progress("grading", 1300)
    clock.now += 10
    bar.to(100)
    assert "120 s left" in shown.getvalue()
    bar = diagnostics.Progress("grading", 16_000)
    clock.now += 10
    bar.to(100)
    assert "10.0/s  26 min left" in shown.getvalue()


def test_encoding_twice_starts_the_clock_twice(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second encoding of as many texts has a bar of its own."""
    shown = terminal(monkeypatch)
    wiring = options._wire((ROOT / "corpus",), None, None, offline=True)
    progress = wiring.progress
    assert progress is not None
    progress(200, 400)
    assert "/s" not in shown.getvalue()
    clock.now += 100
    progress(400, 400)
    assert "2.0/s" in shown.getvalue()
    clock.now += 100
    progress(200, 400)
    clock.now += 10
    progress(300, 400)
    assert "300/400  10.0/s" in shown.getvalue()


@pytest.mark.parametrize(("beside", "bars"), [(True, False), (False, True)])
def test_no_bar_runs_into_lines(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, *, beside: bool, bars: bool
) -> None:
    """Where lines go to the same terminal meanwhile, there is none."""
    shown = terminal(monkeypatch)
    monkeypatch.setattr(sys, "stdout", Terminal())
    bar = diagnostics.Progress("grading", 10, beside=beside)
    clock.now += 1
    bar.to(5)
    bar.close()
    assert bool(shown.getvalue()) is bars


@pytest.mark.parametrize("to_file", [True, False])
def test_a_batch_has_a_bar_beside_a_file_alone(
    run_indexed: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, to_file: bool
) -> None:
    """It says whether its lines go to standard output."""
    seen: list[bool] = []
    begin = diagnostics.Progress.__init__

    def noted(
        self: diagnostics.Progress, label: str, total: int, *, done: int = 0, beside: bool = False
    ) -> None:
        seen.append(beside)
        begin(self, label, total, done=done, beside=beside)

    monkeypatch.setattr(diagnostics.Progress, "__init__", noted)
    target = ("--output", tmp_path / "out.jsonl") if to_file else ()
    run_indexed("grade", "--batch", ROOT / "examples" / "batch.jsonl", *target)
    assert seen == [not to_file]


def test_a_terminal_gets_lines_broken_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An address stays whole, however long; what is no terminal gets one line."""
    line = "there is no key for https://a.very.long.address.example/v1; set the variable for it"
    monkeypatch.setenv("COLUMNS", "40")
    diagnostics.say(line)
    assert capsys.readouterr().err == f"{line}\n"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    diagnostics.say(line)
    assert capsys.readouterr().err.splitlines() == [
        "there is no key for",
        "https://a.very.long.address.example/v1;",
        "set the variable for it",
    ]
