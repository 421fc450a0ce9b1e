"""A sitting: one interview with its plan, its exchanges and their turns.

Owns the nouns, and what follows from them: the stage, the time spent, what was never asked.
Refuses to change anything: that takes an event (``interview``).

A sitting is a plan and a row of exchanges. An exchange is one question with its answer and
its follow-ups; each of those is a turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interviewbot.domain.follow_up import Probe
from interviewbot.domain.grade import Grade, Ungraded


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
