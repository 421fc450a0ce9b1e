"""Several calls that wait for something else than this machine, at the same time.

Owns the threads, and that they hold up nobody: they die with the program, so that an interrupt
ends it although a server has not answered yet. Refuses to know what is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread
from typing import NoReturn, TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Enough: TypeAlias = Callable[[int], bool]
"""Whether nothing more may be begun, with so many under way: some may yet cost something."""


def never(_: int) -> bool:
    """Say that there is no end."""
    return False


def side_by_side(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    workers: int,
    *,
    enough: Enough = never,
) -> Iterator[tuple[int, Result]]:
    """Yield ``(place in items, work(item))`` in the order in which they come.

    Items are begun in order, ``workers`` at a time, as long as there is not ``enough``: that is
    asked again whenever one is done, and it ends once it is so with none under way. Those under
    way are still yielded. What ``work`` raises is raised here.
    """
    done: SimpleQueue[Callable[[], tuple[int, Result]]] = SimpleQueue()
    places = iter(range(len(items)))
    closed = Event()

    def begin(under_way: int) -> int:
        """Give items to threads of their own, while it may be; return how many are under way."""
        while under_way < workers and not closed.is_set() and not enough(under_way):
            if (place := next(places, None)) is None:
                break
            Thread(target=_run, args=(place, items[place], work, done), daemon=True).start()
            under_way += 1
        return under_way

    under_way = begin(0)
    try:
        while under_way:
            outcome = done.get()
            under_way = begin(under_way - 1)
            yield outcome()
    finally:
        closed.set()


def in_order(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    workers: int,
    *,
    enough: Enough = never,
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
