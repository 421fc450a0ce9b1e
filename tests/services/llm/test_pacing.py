"""How fast a server may be asked."""

from __future__ import annotations

import math
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.false_clock import FalseClock

from interviewbot.services.llm.pacing import Pace


def pace(clock: FalseClock, per_minute: float | None = None) -> Pace:
    """Return a pace by ``clock``."""
    return Pace(clock=clock, sleep=clock.sleep, per_minute=per_minute)


def test_without_a_rate_nobody_waits() -> None:
    """As many calls as there are threads."""
    clock = FalseClock()
    waiting = pace(clock)
    assert all(waiting.wait(clock()) for _ in range(100))
    assert clock.slept == []


def test_calls_are_spaced_out() -> None:
    """Thirty a minute are two seconds apart, and no turn is saved up."""
    clock = FalseClock()
    waiting = pace(clock, 30)
    moments = []
    for _ in range(3):
        assert waiting.wait(math.inf)
        moments.append(clock() - 1000)
    assert moments == [0, 2, 4]
    clock.pass_by(100)
    begun = clock()
    assert waiting.wait(math.inf)
    assert waiting.wait(math.inf)
    assert clock() - begun == 2


def test_a_turn_that_comes_too_late_is_refused_at_once() -> None:
    """It is left to others, and nobody has slept."""
    clock = FalseClock()
    waiting = pace(clock, 1)
    assert waiting.wait(clock())
    assert not waiting.wait(clock() + 59.9)
    assert clock.slept == []
    assert waiting.wait(clock() + 60)
    assert clock.slept == [60.0]


def test_after_the_deadline_there_is_no_turn() -> None:
    """Not even one that is free."""
    clock = FalseClock()
    assert not pace(clock).wait(clock() - 0.1)


def test_a_pause_holds_everybody_up() -> None:
    """A shorter one that is asked for meanwhile changes nothing."""
    clock = FalseClock()
    waiting = pace(clock)
    waiting.hold(10)
    waiting.hold(3)
    assert not waiting.wait(clock() + 9)
    assert waiting.wait(math.inf)
    assert clock.slept == [10.0]


def test_who_sleeps_already_is_held_up_too() -> None:
    """A pause that the server asks for while a turn is awaited moves that turn."""
    clock = FalseClock()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 1:
            waiting.hold(30)
        clock.pass_by(seconds)

    waiting = Pace(clock=clock, sleep=sleep, per_minute=6)
    assert waiting.wait(math.inf)
    assert waiting.wait(math.inf)
    assert clock() >= 1030
    assert slept == [10.0, 20.0]


def test_who_would_be_held_up_beyond_the_deadline_is_sent_away() -> None:
    """A pause asked for in one's sleep may end all hope."""
    clock = FalseClock()

    def sleep(seconds: float) -> None:
        waiting.hold(30)
        clock.pass_by(seconds)

    waiting = Pace(clock=clock, sleep=sleep, per_minute=6)
    assert waiting.wait(math.inf)
    assert not waiting.wait(clock() + 15)


@given(st.floats(0.1, 10_000), st.floats(-1e9, 1e9))
def test_no_rate_and_no_clock_makes_it_spin(per_minute: float, now: float) -> None:
    """What rounding does to a turn is neither an endless wait nor two turns at once."""
    clock = FalseClock(now)
    waiting = pace(clock, per_minute)
    for _ in range(5):
        assert waiting.wait(math.inf)
    assert len(clock.slept) <= 4
    assert clock() - now == pytest.approx(4 * 60 / per_minute, rel=1e-3, abs=1e-5)


def test_threads_share_the_pace() -> None:
    """Eight threads get turns that are all apart, by a real clock."""
    moments: list[float] = []
    lock = threading.Lock()
    waiting = Pace(clock=time.monotonic, sleep=time.sleep, per_minute=60 / 0.01)

    def ask() -> None:
        assert waiting.wait(math.inf)
        with lock:
            moments.append(time.monotonic())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(moments) == 8
    # That far apart in all; single ones are at the mercy of the machine.
    assert max(moments) - min(moments) >= 0.069
