"""One sitting, step by step, with everything on disk before it is shown.

Owns the order: an event is applied, kept in the journal, and told; then the interviewer
reacts. The screens, the plain mode and the tests are faces of this one service. Refuses to
draw, to choose the questions, and to grade by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from types import TracebackType

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.follow_up import asked_as
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.domain.interview import (
    Answered,
    Asked,
    Closed,
    Ended,
    Event,
    Judged,
    Left,
    Passed,
    reaction,
    step,
)
from interviewbot.domain.memory import OwnVerdict
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Draft, Ending, Exchange, Sitting, Stage, Turn
from interviewbot.ports import Grader, Journal, Scheduler
from interviewbot.services.concluding import conclude, learned
from interviewbot.services.contesting import contest
from interviewbot.services.resuming import GONE, is_gone, passed_by, ungraded, way_out


@dataclass(slots=True, kw_only=True)
class Interviewing:
    """Runs ``sitting``, which no other window may run at the same time.

    Every method returns the events that came of it, in order; the state after them is in
    ``sitting``. ``grader`` is called for on the first answer and not before, since it takes
    a moment to load. Methods may be called from several threads; ``grade`` is the slow one.

    ``question`` gives one without points where the corpus no longer has it. Such a question
    is passed over: its id comes to ``passed_over``, and its events are kept but not returned.
    """

    sitting: Sitting
    question: Callable[[str], Question]
    grader: Callable[[], Grader]
    journal: Journal
    scheduler: Scheduler
    clock: Callable[[], datetime]
    passed_over: list[str] = field(default_factory=list, init=False)
    _lock: RLock = field(default_factory=RLock, init=False, repr=False)
    _held: ExitStack = field(default_factory=ExitStack, init=False, repr=False)

    def __enter__(self) -> Interviewing:
        """Hold the sitting for this window.

        Raises:
            SittingHeld: if another window runs it.
        """
        self._held.enter_context(self.journal.hold(self.sitting.id))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the sitting; what is unfinished can be resumed."""
        self._held.close()

    def go_on(self) -> list[Event]:
        """Begin, or take up where the journal left off; the same call serves both."""
        with self._lock:
            return self._react()

    def catch_up(self) -> None:
        """Take the sitting as the journal has it, where something was told past this object."""
        with self._lock:
            self.sitting = self.journal.sitting(self.sitting.id)

    @property
    def asked(self) -> Question | None:
        """The question of the latest exchange, as it is put to the candidate."""
        exchange = self.sitting.current
        return (
            None if exchange is None else self.question(self.sitting.choice(exchange).question_id)
        )

    @property
    def draft(self) -> Draft | None:
        """What was typed into the open turn and not handed in."""
        return self.journal.draft(self.sitting) if self.sitting.stage is Stage.ANSWERING else None

    def save_draft(self, text: str, seconds: float) -> None:
        """Keep what is typed so far; late calls for a turn that is over do nothing."""
        with self._lock:
            if self.sitting.stage is Stage.ANSWERING:
                self.journal.save_draft(Draft.of(self.sitting, text, seconds, self.clock()))

    def answer(self, text: str, seconds: float) -> list[Event]:
        """Hand in ``text``; on disk when this returns, not graded yet."""
        with self._lock:
            return self._tell(Answered(at=self.clock(), text=text, seconds=seconds))

    def grade(self) -> list[Event]:
        """Grade the answer that waits, and react to it. Nothing waits: nothing happens.

        The judge works without the lock. Where the sitting has moved on meanwhile, its
        result is dropped.
        """
        with self._lock:
            waiting = self._waiting()
        if waiting is None:
            return []
        question, turn = waiting
        result = self._result(question, turn)
        with self._lock:
            if self.sitting.turn is not turn:
                return []
            return [*self._tell(Judged(result=result)), *self._react()]

    def skip(self, text: str = "", seconds: float = 0.0) -> list[Event]:
        """Pass on the open turn; says nothing about what the candidate knows."""
        return self._pass(Ending.SKIPPED, text, seconds)

    def time_out(self, text: str, seconds: float) -> list[Event]:
        """End the open turn because the time is up; the sitting ends with it."""
        return self._pass(Ending.TIMED_OUT, text, seconds)

    def leave(self) -> list[Event]:
        """Go on to the next question once the feedback is read."""
        with self._lock:
            return [*self._tell(Left()), *self._react()]

    def retry(self) -> list[Event]:
        """Ask the question whose feedback is shown again, at once."""
        with self._lock:
            if self.sitting.stage is not Stage.REVIEWING:
                raise OutOfStep("there is no question to try again")
            if self.sitting.time_is_up:
                raise OutOfStep("the time is up")
            if self._is_gone:
                raise OutOfStep(GONE)
            exchange = self.sitting.exchanges[-1]
            again = Asked(at=self.clock(), place=exchange.place, retry=True)
            return [*self._tell(Left()), *self._tell(again)]

    def finish(self, text: str = "", seconds: float = 0.0) -> list[Event]:
        """End the sitting now; an open turn counts as skipped, the rest as never asked."""
        with self._lock:
            found: list[Event] = []
            while self.sitting.stage is not Stage.FINISHED:
                found.extend(self._tell(self._towards_the_end(text, seconds)))
            return found

    def contest(self, exchange: int, point_id: str, own: Verdict, reason: str = "") -> bool:
        """Set the candidate's verdict on a point beside the judge's.

        Returns:
            Whether memory follows it: it does not after a retry.

        Raises:
            OutOfStep: if the exchange has no grade for that point.
        """
        with self._lock:
            return contest(
                self.sitting,
                exchange,
                point_id,
                own,
                reason=reason,
                at=self.clock(),
                journal=self.journal,
                scheduler=self.scheduler,
            )

    def own_verdicts(self, exchange: int) -> dict[str, OwnVerdict]:
        """Return the candidate's own verdicts on the points of one exchange."""
        return {
            own.point_id: own
            for own in self.journal.own_verdicts()
            if own.sitting == self.sitting.id and own.exchange == exchange
        }

    def _pass(self, ending: Ending, text: str, seconds: float) -> list[Event]:
        with self._lock:
            passed = Passed(at=self.clock(), ending=ending, text=text, seconds=seconds)
            return [*self._tell(passed), *self._react()]

    def _waiting(self) -> tuple[Question, Turn] | None:
        """Return the turn that waits for the judge, and the question as it was put."""
        turn, question = self.sitting.turn, self.asked
        if self.sitting.stage is not Stage.GRADING or turn is None or question is None:
            return None
        return (asked_as(question, turn.probe) if turn.probe else question), turn

    def _react(self) -> list[Event]:
        found: list[Event] = []
        while event := self._next():
            name = passed_by(self.sitting, event)
            over = bool(name) and is_gone(self.question(name))
            told = self._tell(event)
            if over:
                self._note(name)
            else:
                found.extend(told)
        return found

    def _next(self) -> Event | None:
        """Return what happens next without the candidate."""
        exchange, now = self.sitting.current, self.clock()
        if exchange is not None and not exchange.left and self._is_gone:
            event = way_out(self.sitting, self.question(self._name), now, self.draft)
            if isinstance(event, Passed):
                self._note(self._name)
            if event is not None:
                return event
            if exchange.closed is None:  # and no follow-up to what is gone
                return Closed(at=now, result=self._conclude(exchange))
        return reaction(self.sitting, now, question=self.question, conclude=self._conclude)

    @property
    def _name(self) -> str:
        return self.sitting.choice(self.sitting.exchanges[-1]).question_id

    @property
    def _is_gone(self) -> bool:
        """Whether the question of the latest exchange has left the corpus."""
        return is_gone(self.question(self._name))

    def _note(self, name: str) -> None:
        if name not in self.passed_over:
            self.passed_over.append(name)

    def _result(self, question: Question, turn: Turn) -> Grade | Ungraded:
        return (
            ungraded(question) if is_gone(question) else self.grader().grade(question, turn.answer)
        )

    def _towards_the_end(self, text: str, seconds: float) -> Event:
        """Return the next event on the way out, whatever the stage."""
        now, sitting = self.clock(), self.sitting
        exchange = sitting.current
        if exchange is None or exchange.left:
            return Ended(at=now)
        if sitting.stage is Stage.ANSWERING:
            return Passed(at=now, ending=Ending.SKIPPED, text=text, seconds=seconds)
        if sitting.stage is Stage.GRADING:
            question, turn = self._waiting() or (None, None)
            assert question is not None and turn is not None  # noqa: S101,PT018 - the stage says so
            return Judged(result=self._result(question, turn))
        if exchange.closed is None:
            return Closed(at=now, result=self._conclude(exchange))
        return Left()

    def _tell(self, event: Event) -> list[Event]:
        after = step(self.sitting, event)
        self.journal.tell(after, event, learned(after, event, self.journal, self.scheduler))
        self.sitting = after
        return [event]

    def _conclude(self, exchange: Exchange) -> Grade | Ungraded | None:
        return conclude(exchange, self.grader)
