"""Calls that are left alone when their time is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from interviewbot.adapters.abandoning import pieces_within, within


def test_what_a_call_returns_or_throws_comes_through() -> None:
    """In time, a call is as if it were made here."""
    assert within(5, lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 / 0)


def test_a_call_that_takes_too_long_is_left_alone() -> None:
    """The wait is over when the time is, whatever the call does."""
    done = threading.Event()
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        within(0.05, lambda: done.wait(5))
    assert time.monotonic() - start < 1
    done.set()


def test_pieces_come_through_as_they_are_made() -> None:
    """All of them, in order, and then what is thrown."""

    def made() -> Iterator[int]:
        yield 1
        yield 2
        raise KeyError

    found = pieces_within(5, made)
    assert [next(found), next(found)] == [1, 2]
    with pytest.raises(KeyError):
        next(found)
    assert list(pieces_within(5, lambda: [1, 2, 3])) == [1, 2, 3]


def test_pieces_that_take_too_long_are_left_alone() -> None:
    """The time is for all pieces together; what came before is not lost."""
    done = threading.Event()

    def made() -> Iterator[int]:
        yield 1
        done.wait(5)
        yield 2

    found = pieces_within(0.05, made)
    assert next(found) == 1
    with pytest.raises(TimeoutError):
        next(found)
    done.set()


def test_who_stops_listening_stops_the_making() -> None:
    """No more than one further piece is made."""
    made: list[int] = []
    go, over = threading.Semaphore(1), threading.Event()

    def making() -> Iterator[int]:
        try:
            for number in range(100):
                go.acquire(timeout=5)
                made.append(number)
                yield number
        finally:
            over.set()

    found = pieces_within(5, making)
    next(found)
    found.close()  # type: ignore[attr-defined]  # it is a generator
    go.release()
    assert over.wait(5)
    assert len(made) <= 2
