"""Shares drawn with block characters, always with the number beside them.

Owns the drawing. Refuses to know what a share is of; colour only repeats what the number
says.
"""

from __future__ import annotations

_FULL, _EMPTY = "█", "░"


def bar(share: float, width: int = 20) -> str:
    """Return ``share`` (0..1) as ``width`` cells; anything above 0 shows at least one."""
    clipped = min(1.0, max(0.0, share))
    cells = round(clipped * width)
    if clipped > 0:
        cells = max(1, cells)
    return _FULL * cells + _EMPTY * (width - cells)


def percent(share: float) -> str:
    """Return ``share`` (0..1) as a whole percentage, five cells wide."""
    return f"{round(100 * share):3d} %"
