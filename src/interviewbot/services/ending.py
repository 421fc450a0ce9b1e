"""The way out of a sitting from wherever it stands.

Owns which event comes next on it. Refuses to grade and to keep anything.
"""

from __future__ import annotations

from collections.abc import Callable

from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.interview import Closed, Ended, Event, Judged, Left, Passed
from interviewbot.domain.sitting import Exchange, Sitting, Stage


def towards_the_end(
    sitting: Sitting,
    passed: Passed,
    *,
    judge: Callable[[], Grade | Ungraded],
    conclude: Callable[[Exchange], Grade | Ungraded | None],
) -> Event:
    """Return the next event on the way out, whatever the stage.

    ``passed`` ends a turn that is open, and says what time it is. ``judge`` grades the answer
    that waits, ``conclude`` says what a complete exchange comes to.
    """
    exchange = sitting.current
    if exchange is None or exchange.left:
        return Ended(at=passed.at)
    if sitting.stage is Stage.ANSWERING:
        return passed
    if sitting.stage is Stage.GRADING:
        return Judged(result=judge())
    if exchange.closed is None:
        return Closed(at=passed.at, result=conclude(exchange))
    return Left()
