"""An interview as a pure state machine over a sitting.

Owns what may happen when: questions asked in the plan's order, answers, grades, follow-ups,
skips, time, the end. Refuses to grade, to choose questions, to know a clock or a screen:
time comes in with the events. ``step`` takes an event in, ``reaction`` says what the
interviewer does next without being asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.follow_up import Probe, next_probe
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Ending, Exchange, Sitting, Stage, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The interviewer asked a question, or with ``probe`` a follow-up."""

    at: datetime
    place: int
    retry: bool = False
    probe: Probe | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The candidate handed in ``text`` after ``seconds``."""

    at: datetime
    text: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The candidate skipped, or ran out of time; ``text`` is what stood there."""

    at: datetime
    ending: Ending
    text: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The judge is done with the turn that waits for it."""

    result: Grade | Ungraded


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The exchange is complete; ``result`` takes the follow-ups into account.

    None where the question was skipped or ran out of time.
    """

    at: datetime
    result: Grade | Ungraded | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The candidate goes on to what comes next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The sitting is over."""

    at: datetime


Event: TypeAlias = Asked | Answered | Passed | Judged | Closed | Left | Ended


def step(sitting: Sitting, event: Event) -> Sitting:
    """Return ``sitting`` after ``event``.

    Raises:
        OutOfStep: if ``event`` cannot happen now.
    """
    if sitting.ended is not None:
        raise OutOfStep("this sitting is over")
    match event:
        case Asked():
            after = _ask(sitting, event)
        case Answered():
            after = _end_turn(sitting, Ending.ANSWERED, event.text, event.seconds)
        case Passed():
            _require(event.ending is not Ending.ANSWERED, "an answer is not a pass")
            after = _end_turn(sitting, event.ending, event.text, event.seconds)
        case Judged():
            after = _judge(sitting, event.result)
        case Closed():
            after = _close(sitting, event)
        case Left():
            after = _leave(sitting)
        case Ended():
            open_still = sitting.current is not None and not sitting.current.left
            _require(not open_still, "the question is still open")
            after = replace(sitting, ended=event.at)
    return after


def replay(sitting: Sitting, events: Iterable[Event]) -> Sitting:
    """Return ``sitting`` after all of ``events``."""
    for event in events:
        sitting = step(sitting, event)
    return sitting


def reaction(
    sitting: Sitting,
    now: datetime,
    *,
    question: Callable[[str], Question],
    conclude: Callable[[Exchange], Grade | Ungraded | None],
) -> Event | None:
    """Return what the interviewer does next; None where it is somebody else's move.

    ``question`` gives a question by its id, ``conclude`` what a complete exchange comes to.
    """
    if sitting.stage is not None:
        return None
    exchange = sitting.current
    if exchange is None or exchange.left:
        place = exchange.place + 1 if exchange else 0
        if place >= len(sitting.plan) or sitting.time_is_up:
            return Ended(at=now)
        return Asked(at=now, place=place)
    if exchange.closed is not None:
        return Left()
    probe = None if sitting.time_is_up else _next_probe(sitting, exchange, question)
    if probe is not None:
        return Asked(at=now, place=exchange.place, retry=exchange.retry, probe=probe)
    return Closed(at=now, result=conclude(exchange))


def _next_probe(
    sitting: Sitting, exchange: Exchange, question: Callable[[str], Question]
) -> Probe | None:
    grade = exchange.turns[0].result
    if not isinstance(grade, Grade):
        return None
    asked = [turn.probe for turn in exchange.turns if turn.probe is not None]
    return next_probe(question(sitting.choice(exchange).question_id), grade, asked)


def _ask(sitting: Sitting, event: Asked) -> Sitting:
    exchange = sitting.current
    turn = Turn(probe=event.probe, asked=event.at)
    _require(not sitting.time_is_up, "the time is up")
    if event.probe is not None:
        _require(
            exchange is not None and exchange.closed is None and sitting.stage is None,
            "no follow-up can be asked now",
        )
        assert exchange is not None  # noqa: S101 - just required
        _require(event.place == exchange.place, "a follow-up belongs to the open question")
        return _with_current(sitting, replace(exchange, turns=(*exchange.turns, turn)))
    _require(exchange is None or exchange.left, "the last question is still open")
    before = exchange.place if exchange else -1
    _require(event.place == (before if event.retry else before + 1), "not the plan's next place")
    _require(0 <= event.place < len(sitting.plan), "the plan has no such place")
    asked = Exchange(place=event.place, retry=event.retry, turns=(turn,))
    return replace(sitting, exchanges=(*sitting.exchanges, asked))


def _end_turn(sitting: Sitting, ending: Ending, text: str, seconds: float) -> Sitting:
    _require(sitting.stage is Stage.ANSWERING, "nothing is asked at the moment")
    return _with_turn(sitting, ending=ending, answer=text, seconds=seconds)


def _judge(sitting: Sitting, result: Grade | Ungraded) -> Sitting:
    _require(sitting.stage is Stage.GRADING, "no answer waits for a grade")
    return _with_turn(sitting, result=result)


def _close(sitting: Sitting, event: Closed) -> Sitting:
    exchange = sitting.current
    _require(
        exchange is not None and exchange.closed is None and sitting.stage is None,
        "there is no exchange to close",
    )
    assert exchange is not None  # noqa: S101 - just required
    return _with_current(sitting, replace(exchange, closed=event.at, result=event.result))


def _leave(sitting: Sitting) -> Sitting:
    exchange = sitting.current
    _require(
        exchange is not None and exchange.closed is not None and not exchange.left,
        "the question is not complete",
    )
    assert exchange is not None  # noqa: S101 - just required
    return _with_current(sitting, replace(exchange, left=True))


def _with_current(sitting: Sitting, exchange: Exchange) -> Sitting:
    return replace(sitting, exchanges=(*sitting.exchanges[:-1], exchange))


def _with_turn(
    sitting: Sitting,
    *,
    ending: Ending | None = None,
    answer: str | None = None,
    seconds: float | None = None,
    result: Grade | Ungraded | None = None,
) -> Sitting:
    exchange = sitting.exchanges[-1]
    turn = exchange.turns[-1]
    turn = replace(
        turn,
        ending=ending or turn.ending,
        answer=turn.answer if answer is None else answer,
        seconds=turn.seconds if seconds is None else seconds,
        result=result or turn.result,
    )
    return _with_current(sitting, replace(exchange, turns=(*exchange.turns[:-1], turn)))


def _require(held: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not held:
        raise OutOfStep(otherwise)
