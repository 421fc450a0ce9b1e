"""Calls that wait for a server, several at the same time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.services.side_by_side import in_order, side_by_side


class Gate:
    """Work that waits to be let through, item by item; ``begun`` is what was begun, in order."""

    def __init__(self, count: int) -> None:
        """Keep ``count`` doors shut."""
        self.doors = [threading.Event() for _ in range(count)]
        self.begun: list[int] = []
        self.threads: list[threading.Thread] = []
        self._changed = threading.Condition()

    def work(self, item: int) -> int:
        """Wait for the door of ``item``."""
        with self._changed:
            self.begun.append(item)
            self.threads.append(threading.current_thread())
            self._changed.notify_all()
        assert self.doors[item].wait(10)
        return item * 10

    def wait_for(self, count: int) -> None:
        """Wait until so many have begun."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.begun) >= count, 10)

    def open_the_first(self, count: int) -> None:
        """Let the first item through once so many have begun."""
        self.wait_for(count)
        self.doors[0].set()


@pytest.mark.parametrize("order", [side_by_side, in_order])
@pytest.mark.parametrize("workers", [1, 3, 20])
def test_every_item_is_worked_on_once(order: Callable[..., object], workers: int) -> None:
    """With fewer workers than items, and with more."""
    seen: list[int] = []

    def work(item: int) -> int:
        seen.append(item)
        return item * 10

    found = order(range(10), work, workers)
    assert isinstance(found, type(_ for _ in ()))
    results = list(found)
    assert sorted(seen) == list(range(10))
    if order is in_order:
        assert results == [item * 10 for item in range(10)]
    else:
        assert sorted(results) == [(item, item * 10) for item in range(10)]


def test_no_item_is_no_work() -> None:
    """Nothing is yielded, and nothing waits."""
    assert list(side_by_side([], str, 8)) == []
    assert list(in_order([], str, 8)) == []


def test_results_come_as_they_are_there() -> None:
    """Each with its place, the slowest last."""
    gate = Gate(3)
    found = side_by_side(range(3), gate.work, 3)
    for item in (2, 0, 1):
        gate.doors[item].set()
        assert next(found) == (item, item * 10)
    assert list(found) == []


def test_in_order_the_first_is_waited_for() -> None:
    """What is done earlier than it is not lost, and comes right behind."""
    gate = Gate(3)
    found = in_order(range(3), gate.work, 2)
    gate.doors[1].set()
    gate.doors[2].set()
    opener = threading.Thread(target=gate.open_the_first, args=(3,))
    opener.start()
    assert next(found) == 0  # the third has begun by now, though nothing was yielded
    assert list(found) == [10, 20]
    opener.join(10)


def test_never_more_than_the_workers_are_under_way() -> None:
    """And as many as that, as long as there are items."""
    gate = Gate(10)
    found = side_by_side(range(10), gate.work, 3)
    done = []
    opener = threading.Thread(target=gate.open_the_first, args=(3,))
    opener.start()
    for expected in range(10):
        done.append(next(found)[0])
        gate.wait_for(min(10, expected + 4))
        assert len(gate.begun) <= expected + 1 + 3
        if expected < 9:
            gate.doors[expected + 1].set()
    opener.join(10)
    assert done == list(range(10))
    assert sorted(gate.begun[:3]) == [0, 1, 2]


@given(st.integers(0, 12), st.integers(1, 5), st.integers(0, 12))
def test_enough_ends_it_without_a_gap(count: int, workers: int, most: int) -> None:
    """What was begun is a beginning of the items, and all of it is yielded."""
    begun: list[int] = []

    def enough(_: int) -> bool:
        return len(begun) >= most

    def work(item: int) -> int:
        begun.append(item)
        return item

    results = list(in_order(range(count), work, workers, enough=enough))
    assert results == list(range(len(results)))
    assert sorted(begun) == results
    assert min(count, most) <= len(results) <= min(count, most + workers)


def test_what_is_under_way_is_still_yielded() -> None:
    """A budget that is spent meanwhile does not throw away what was paid for."""
    gate = Gate(6)
    spent = threading.Event()
    found = side_by_side(range(6), gate.work, 3, enough=lambda _: spent.is_set())
    gate.doors[0].set()
    assert next(found) == (0, 0)
    gate.wait_for(4)
    spent.set()
    for door in gate.doors:
        door.set()
    assert {place for place, _ in found} == {1, 2, 3}
    assert sorted(gate.begun) == [0, 1, 2, 3]


def test_enough_may_pass_while_some_are_under_way() -> None:
    """One goes ahead; what it cost lets two more begin, and no other until one of them is done."""
    gate = Gate(4)
    known: list[int] = []

    def work(item: int) -> int:
        known.append(gate.work(item))
        return known[-1]

    found = side_by_side(
        range(4), work, 3, enough=lambda under_way: under_way >= (2 if known else 1)
    )
    gate.doors[0].set()
    assert next(found) == (0, 0)
    gate.wait_for(3)
    assert gate.begun == [0, 1, 2]
    for door in gate.doors:
        door.set()
    assert {place for place, _ in found} == {1, 2, 3}


def test_an_error_is_raised_where_the_results_are_waited_for() -> None:
    """The very error, after the results before it; nothing is begun any more."""
    error = LookupError("no")

    def work(item: int) -> int:
        if item == 2:
            raise error
        return item

    found = in_order(range(100), work, 1)
    assert [next(found), next(found)] == [0, 1]
    with pytest.raises(LookupError) as caught:
        next(found)
    assert caught.value is error
    assert list(found) == []


def test_an_interrupt_in_a_thread_is_not_lost() -> None:
    """Even what is no ``Exception`` ends the whole."""

    def work(_: int) -> int:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        list(side_by_side(range(3), work, 2))


@pytest.mark.parametrize("order", [side_by_side, in_order])
def test_who_stops_listening_stops_the_work(order: Callable[..., object]) -> None:
    """After a few results the rest is never begun, but for what was under way."""
    begun: list[int] = []

    def work(item: int) -> int:
        begun.append(item)
        return item

    found = order(range(100), work, 2)
    assert len(list(islice(found, 3))) == 3  # type: ignore[call-overload]
    found.close()  # type: ignore[attr-defined]
    time.sleep(0.05)
    assert 3 <= len(begun) <= 6


def test_nothing_is_begun_before_somebody_listens() -> None:
    """A generator that is never asked asks nobody."""
    begun: list[int] = []
    found = side_by_side(range(3), begun.append, 2)
    time.sleep(0.02)
    assert begun == []
    del found
    assert begun == []


def test_threads_hold_up_nobody() -> None:
    """They are daemons: a program ends although a call has not come back."""
    gate = Gate(2)
    found = side_by_side(range(2), gate.work, 2)
    gate.doors[0].set()
    next(found)
    gate.wait_for(2)
    assert all(thread.daemon for thread in gate.threads)
    gate.doors[1].set()
    program = (
        "import time\n"
        "from interviewbot.services.side_by_side import in_order\n"
        "work = lambda item: time.sleep(60 * item)\n"
        "next(in_order(range(4), work, 4))\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=20)
