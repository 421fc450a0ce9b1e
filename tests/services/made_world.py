"""Sittings that run for real, but for their judge and their disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.domain.made_interviews import Ticking, made_question, made_sitting
from tests.fakes.counting_scheduler import CountingScheduler
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.scripted_grader import ScriptedGrader

from interviewbot.domain.errors import StorageFailed
from interviewbot.domain.interview import Event
from interviewbot.domain.memory import Memory, Rating, Review
from interviewbot.domain.sitting import Draft, Mode, Sitting
from interviewbot.services.interviewing import Interviewing


class WatchedJournal(MemoryJournal):
    """Calls ``watch`` before it keeps an event, and breaks where it is told to."""

    watch: Callable[[Sitting, Event], None] | None = None
    full = False

    def __init__(self) -> None:
        """Begin empty; ``drafts`` are the texts that were saved, in order."""
        super().__init__()
        self.drafts: list[str] = []

    def save_draft(self, draft: Draft) -> None:
        """Keep ``draft``."""
        super().save_draft(draft)
        self.drafts.append(draft.text)

    def tell(
        self, sitting: Sitting, event: Event, learned: Sequence[tuple[Review, Memory]] = ()
    ) -> None:
        """Keep ``event``, unless the disk is full."""
        if self.watch is not None:
            self.watch(sitting, event)
        if self.full:
            raise StorageFailed("the disk is full", "free some")
        super().tell(sitting, event, learned)


@dataclass
class World:
    """One journal, one judge, one clock, and as many windows as wanted."""

    journal: WatchedJournal = field(default_factory=WatchedJournal)
    grader: ScriptedGrader = field(default_factory=ScriptedGrader)
    clock: Ticking = field(default_factory=Ticking)
    loaded: int = 0

    def window(self, sitting: Sitting) -> Interviewing:
        """Return another window on ``sitting``."""
        return Interviewing(
            sitting=sitting,
            question=made_question,
            grader=self._load,
            journal=self.journal,
            scheduler=CountingScheduler(),
            clock=self.clock,
        )

    def _load(self) -> ScriptedGrader:
        self.loaded += 1
        return self.grader

    def begin(
        self, *ids: str, mode: Mode = Mode.PRACTICE, minutes: float | None = None
    ) -> Interviewing:
        """Return a sitting whose first question is asked."""
        sitting = made_sitting(*ids, mode=mode, minutes=minutes)
        self.journal.begin(sitting)
        interviewing = self.window(sitting)
        interviewing.go_on()
        return interviewing

    def ratings(self) -> dict[str, Rating]:
        """Return what memory holds, by point."""
        return {memory.point_id: memory.rating for memory in self.journal.memories()}
