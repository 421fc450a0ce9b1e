"""One sitting as a pure state machine.

Owns what may happen when: questions asked in the plan's order, answers, grades, follow-ups,
skips, time, the end. Refuses to grade, to choose questions, to know a clock or a screen:
time comes in with the events.

A sitting is a plan and a row of exchanges. An exchange is one question with its answer and
its follow-ups; each of those is a turn. ``step`` takes an event in, ``reaction`` says what
the interviewer does next without being asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.follow_up import Probe, next_probe
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.question import Question


class Mode(StrEnum):
    """Practice gives feedback after each question, mock only at the end."""

    PRACTICE = "practice"
    MOCK = "mock"


class Stage(StrEnum):
    """What a sitting waits for."""

    ANSWERING = "answering"  # the candidate's words
    GRADING = "grading"  # the judge
    REVIEWING = "reviewing"  # the candidate has read the feedback
    FINISHED = "finished"


class Ending(StrEnum):
    """How a turn ended; only an answer says anything about what somebody knows."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question of the plan, and why it was chosen, in words for the candidate."""

    question_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Something asked and what was said: the question itself, or a follow-up (``probe``).

    ``seconds`` is how long the candidate took; ``result`` is None until judged.
    """

    probe: Probe | None
    asked: datetime
    ending: Ending | None = None
    answer: str = ""
    seconds: float = 0.0
    result: Grade | Ungraded | None = None

    @property
    def waits_for_judge(self) -> bool:
        """Whether it was answered and is not judged yet."""
        return self.ending is Ending.ANSWERED and self.result is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question, asked once: its first turn, then its follow-ups.

    ``place`` is its place in the plan; a ``retry`` asks the same place again at once.
    ``closed`` is when it was complete, ``result`` what it came to, follow-ups included.
    ``left`` says that the candidate has gone on from it.
    """

    place: int
    retry: bool
    turns: tuple[Turn, ...]
    closed: datetime | None = None
    result: Grade | Ungraded | None = None
    left: bool = False

    @property
    def ending(self) -> Ending | None:
        """How the question itself ended."""
        return self.turns[0].ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One interview from start to end; ``minutes`` bounds the time spent answering."""

    id: str
    mode: Mode
    began: datetime
    plan: tuple[Choice, ...]
    minutes: float | None = None
    exchanges: tuple[Exchange, ...] = ()
    ended: datetime | None = None

    @property
    def current(self) -> Exchange | None:
        """The latest exchange."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def turn(self) -> Turn | None:
        """The latest turn of the latest exchange."""
        return self.exchanges[-1].turns[-1] if self.exchanges else None

    @property
    def stage(self) -> Stage | None:
        """What the sitting waits for; None where it is the interviewer's move."""
        exchange, turn = self.current, self.turn
        if self.ended is not None:
            return Stage.FINISHED
        if exchange is None or turn is None or exchange.left:
            return None
        if turn.ending is None:
            return Stage.ANSWERING
        if turn.waits_for_judge:
            return Stage.GRADING
        if exchange.closed is not None and self.mode is Mode.PRACTICE:
            return Stage.REVIEWING
        return None

    @property
    def seconds(self) -> float:
        """How long the candidate has answered so far, closed turns only."""
        return sum(turn.seconds for exchange in self.exchanges for turn in exchange.turns)

    @property
    def seconds_left(self) -> float | None:
        """How long the candidate may still answer; None without a bound."""
        return None if self.minutes is None else max(0.0, 60 * self.minutes - self.seconds)

    @property
    def time_is_up(self) -> bool:
        """Whether a bound was set and is used up, or a turn ran out of time."""
        turns = (turn for exchange in self.exchanges for turn in exchange.turns)
        return self.seconds_left == 0 or any(turn.ending is Ending.TIMED_OUT for turn in turns)

    @property
    def unasked(self) -> tuple[Choice, ...]:
        """What of the plan was never reached."""
        return self.plan[self._next_place :]

    @property
    def _next_place(self) -> int:
        return self.exchanges[-1].place + 1 if self.exchanges else 0

    def choice(self, exchange: Exchange) -> Choice:
        """Return what of the plan ``exchange`` asks."""
        return self.plan[exchange.place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is typed into the open turn so far: its exchange and turn, counted from 0."""

    sitting: str
    exchange: int
    turn: int
    text: str
    seconds: float
    at: datetime

    @classmethod
    def of(cls, sitting: Sitting, text: str, seconds: float, at: datetime) -> Draft:
        """Return the draft of the latest turn of ``sitting``, which must have one."""
        exchange = len(sitting.exchanges) - 1
        turn = len(sitting.exchanges[exchange].turns) - 1
        return cls(
            sitting=sitting.id, exchange=exchange, turn=turn, text=text, seconds=seconds, at=at
        )


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
