"""Calls that are left alone when their time is over.

Owns a daemon thread for a call of a library that has no total timeout of its own. Such a call
cannot be stopped: it is waited for no longer, and ends with the process at the latest. Refuses
to be used where a library can be given a deadline.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what ``call`` returns, or throw what it throws.

    Raises:
        TimeoutError: if it takes longer than ``seconds``.
    """
    future: Future[T] = Future()

    def work() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - who waits for the future throws it
            future.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return future.result(seconds)


def pieces_within(seconds: float, pieces: Callable[[], Iterable[T]]) -> Iterator[T]:
    """Yield what ``pieces`` yields, or throw what it throws.

    Raises:
        TimeoutError: if all of it takes longer than ``seconds``.
    """
    until = time.monotonic() + seconds
    queue: SimpleQueue[tuple[T] | Future[None]] = SimpleQueue()
    given_up = threading.Event()

    def work() -> None:
        end: Future[None] = Future()
        try:
            for piece in pieces():
                queue.put((piece,))
                if given_up.is_set():
                    return
            end.set_result(None)
        except BaseException as error:  # noqa: BLE001 - who reads the queue throws it
            end.set_exception(error)
        queue.put(end)

    threading.Thread(target=work, daemon=True).start()
    try:
        while True:
            try:
                found = queue.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                raise TimeoutError from None
            if isinstance(found, Future):
                return found.result()
            yield found[0]
    finally:
        given_up.set()
