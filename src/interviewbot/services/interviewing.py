"""One sitting, step by step, with everything on disk before it is shown.

Owns what a candidate can do, and what takes time: grading, and wording a follow-up. The
screens, the plain mode and the tests are faces of this one service. Refuses to draw, to choose
the questions, and to grade by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from types import TracebackType

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.follow_up import asked_as
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.domain.interview import Answered, Asked, Event, Judged, Left, Passed
from interviewbot.domain.memory import OwnVerdict
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Draft, Ending, Stage, Turn
from interviewbot.services.contesting import contest, own_verdicts
from interviewbot.services.ending import towards_the_end
from interviewbot.services.resuming import GONE, is_gone, ungraded
from interviewbot.services.telling import Telling


@dataclass(slots=True, kw_only=True)
class Interviewing(Telling):
    """Runs ``sitting``, which no other window may run at the same time.

    Every method returns the events that came of it, in order; the state after them is in
    ``sitting``. Methods may be called from several threads; ``grade`` and ``follow_up`` are the
    slow ones. ``remarks`` are lines for the candidate, each once: who judges by now, why a
    follow-up is not the model's.
    """

    remarks: list[str] = field(default_factory=list, init=False)
    _remarked: set[str] = field(default_factory=set, init=False)
    _held: ExitStack = field(default_factory=ExitStack, init=False, repr=False)
    _let_go: bool = field(default=False, init=False, repr=False)

    def __enter__(self) -> Interviewing:
        """Hold the sitting for this window.

        Raises:
            SittingHeld: if another window runs it.
        """
        self._held.enter_context(self.journal.hold(self.sitting.id))
        self._let_go = False
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the sitting; what is unfinished can be resumed."""
        self._let_go = True
        self._held.close()

    def go_on(self) -> list[Event]:
        """Begin, or take up where the journal left off; the same call serves both."""
        with self._lock:
            return self._react()

    def catch_up(self) -> None:
        """Take the sitting as the journal has it, where something was told past this object."""
        with self._lock:
            self.sitting = self.journal.sitting(self.sitting.id)

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

    def follow_up(self, tell: Callable[[str], None] = lambda _: None) -> list[Event]:
        """Ask the follow-up that is due, in the model's words. None is due: nothing happens.

        The model works without the lock; ``tell`` hears its words piece by piece, and what is
        asked in the end may be others. Where the sitting has moved on meanwhile, or was let go,
        they are dropped.
        """
        with self._lock:
            before, due = self.sitting, self._next()
            if self.conversation is None or not self._is_to_be_worded(due):
                return self._react()

        def wanted() -> bool:
            return self.sitting is before and not self._let_go

        from interviewbot.services.following_up import in_own_words

        asked, remark = in_own_words(
            due, before, self.question(self._name), self.conversation, tell=tell, wanted=wanted
        )
        with self._lock:
            if not wanted():
                return []
            self.remark(remark)
            return self._tell(replace(asked, at=self.clock()))

    def remark(self, line: str) -> None:
        """Have ``line`` told, unless it is empty or was told before."""
        if line and line not in self._remarked:
            self._remarked.add(line)
            self.remarks.append(line)

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
                passed = Passed(at=self.clock(), ending=Ending.SKIPPED, text=text, seconds=seconds)
                found += self._tell(
                    towards_the_end(
                        self.sitting, passed, judge=self._judged, conclude=self._conclude
                    )
                )
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
        return own_verdicts(self.journal, self.sitting.id, exchange)

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

    def _judged(self) -> Grade | Ungraded:
        waiting = self._waiting()
        assert waiting is not None  # noqa: S101 - the stage says so
        return self._result(*waiting)

    def _result(self, question: Question, turn: Turn) -> Grade | Ungraded:
        return (
            ungraded(question) if is_gone(question) else self.grader().grade(question, turn.answer)
        )
