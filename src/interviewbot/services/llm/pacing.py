"""How fast a server may be asked, by all threads together.

Owns the rate and the pause that a server asked for. Refuses to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(kw_only=True)
class Pace:
    """Spaces calls out: at most ``per_minute`` of them, None for as many as there are threads.

    ``clock`` gives seconds that only grow, ``sleep`` waits for some.
    """

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    per_minute: float | None = None
    _next: float = field(default=float("-inf"), init=False)
    _held: float = field(default=float("-inf"), init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def wait(self, until: float) -> bool:
        """Wait for a turn; return False, at once, where it would come after ``until``."""
        while True:
            with self._lock:
                now = self.clock()
                turn = max(now, self._next)
                if turn > until:
                    return False
                if self.per_minute is not None:
                    self._next = turn + 60 / self.per_minute
            if turn > now:
                self.sleep(turn - now)
            with self._lock:
                if self._held <= turn:  # else the server asked for more while this one slept
                    return True

    def hold(self, seconds: float) -> None:
        """Let nobody call before ``seconds`` have passed: the server asked for it."""
        with self._lock:
            self._held = max(self._held, self.clock() + seconds)
            self._next = max(self._next, self._held)
