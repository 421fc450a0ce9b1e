"""Time that passes only when somebody sleeps. Refuses to wait."""

from __future__ import annotations

from threading import Lock


class FalseClock:
    """Seconds that grow by what is slept; ``slept`` are the waits, in order."""

    def __init__(self, now: float = 1000.0) -> None:
        """Begin at ``now``."""
        self._now = now
        self._lock = Lock()
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Return the time."""
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass, and remember that somebody waited for them."""
        self.slept.append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        assert seconds >= 0
        with self._lock:
            self._now += seconds
