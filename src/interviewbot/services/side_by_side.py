"""Several calls that wait for something else than this machine, at the same time.

Owns the threads, and that they hold up nobody: they die with the program, so that an interrupt
ends it although a server has not answered yet. Refuses to know what is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread
from typing import NoReturn, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    workers: int,
    *,
    enough: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, Result]]:
    """Yield ``(place in items, work(item))`` in the order in which they come.

    Items are begun in order, ``workers`` at a time; once ``enough`` is true none is begun any
    more, and those under way are still yielded. What ``work`` raises is raised here.
    """
    done: SimpleQueue[Callable[[], tuple[int, Result]]] = SimpleQueue()
    places = iter(range(len(items)))
    closed = Event()

    def begin() -> bool:
        """Give one more item to a thread of its own; return whether there was one."""
        place = None if closed.is_set() or enough() else next(places, None)
        if place is None:
            return False
        Thread(target=_run, args=(place, items[place], work, done), daemon=True).start()
        return True

    under_way = sum(begin() for _ in range(workers))
    try:
        while under_way:
            outcome = done.get()
            under_way += begin() - 1
            yield outcome()
    finally:
        closed.set()


def in_order(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    workers: int,
    *,
    enough: Callable[[], bool] = lambda: False,
) -> Iterator[Result]:
    """Yield ``work(item)`` for ``items`` in their order, as ``side_by_side`` does otherwise."""
    waiting: dict[int, Result] = {}
    following = 0
    for place, result in side_by_side(items, work, workers, enough=enough):
        waiting[place] = result
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def _run(
    place: int,
    item: Item,
    work: Callable[[Item], Result],
    done: SimpleQueue[Callable[[], tuple[int, Result]]],
) -> None:
    """Put what gives the result, or raises what ``work`` raised, where it is waited for."""
    try:
        result = work(item)
    except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
        done.put(partial(_raise, error))
    else:
        done.put(lambda: (place, result))


def _raise(error: BaseException) -> NoReturn:
    raise error
