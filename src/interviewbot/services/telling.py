"""The events of one sitting: applied, kept in the journal, and told; then the reaction to them.

Owns that order, and what the interviewer does without being asked. Refuses to know what a
candidate can do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING, TypeGuard

from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.interview import Asked, Closed, Event, Passed, reaction, step
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Draft, Exchange, Sitting, Stage
from interviewbot.ports import Grader, Journal, Scheduler
from interviewbot.services.concluding import conclude, learned
from interviewbot.services.resuming import is_gone, passed_by, way_out

if TYPE_CHECKING:  # nobody without a language model pays for it
    from interviewbot.services.conversing import Conversation


@dataclass(slots=True, kw_only=True)
class Telling:
    """Keeps ``sitting`` and the journal in step. What is private here needs the lock.

    ``grader`` is called for on the first answer and not before, since it takes a moment to load.

    ``question`` gives one without points where the corpus no longer has it. Such a question
    is passed over: its id comes to ``passed_over``, and its events are kept but not returned.

    With a ``conversation`` a language model words the follow-ups, which takes a moment: the
    interviewer does not ask one without being told to, and until then the stage is None.
    """

    sitting: Sitting
    question: Callable[[str], Question]
    grader: Callable[[], Grader]
    journal: Journal
    scheduler: Scheduler
    clock: Callable[[], datetime]
    conversation: Callable[[], Conversation] | None = None
    passed_over: list[str] = field(default_factory=list, init=False)
    _lock: RLock = field(default_factory=RLock, init=False, repr=False)

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

    def _react(self) -> list[Event]:
        found: list[Event] = []
        while (event := self._next()) and not self._is_to_be_worded(event):
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

    def _is_to_be_worded(self, event: Event | None) -> TypeGuard[Asked]:
        worded = self.conversation is not None
        return worded and isinstance(event, Asked) and event.probe is not None

    def _tell(self, event: Event) -> list[Event]:
        after = step(self.sitting, event)
        self.journal.tell(after, event, learned(after, event, self.journal, self.scheduler))
        self.sitting = after
        return [event]

    def _conclude(self, exchange: Exchange) -> Grade | Ungraded | None:
        return conclude(exchange, self.grader)
