"""Time spent and time left, in words for a corner of the screen."""

from __future__ import annotations

LAST_MINUTE = 60.0


def clock_line(spent: float, left: float | None) -> str:
    """Return how long a turn takes (seconds), or with a bound how much of it remains.

    ``left`` is what remained when the turn began.
    """
    if left is None:
        return minutes(spent)
    remaining = max(0.0, left - spent)
    hint = "hurry: " if remaining <= LAST_MINUTE else ""
    return f"{hint}{minutes(remaining)} left"


def minutes(seconds: float) -> str:
    """Return ``seconds`` as ``m:ss``."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
