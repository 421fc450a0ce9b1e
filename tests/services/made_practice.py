"""A practice over four small questions with a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from tests.fakes.counting_scheduler import CountingScheduler
from tests.fakes.scripted_grader import ScriptedGrader
from tests.services.listed_journal import ListedJournal

from interviewbot.domain.errors import UnknownQuestion
from interviewbot.domain.question import Point, Question
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Choice, Sitting
from interviewbot.services.interviewing import Interviewing
from interviewbot.services.practising import Practice

MORNING = datetime(2026, 3, 10, 9, tzinfo=UTC)


def made_question(name: str, topic: str, points: int = 2) -> Question:
    """Return a question with points p1, p2, ..., the first twice as heavy."""
    return Question(
        id=name,
        title=f"Title of {name}",
        prompt=f"Prompt of {name}?",
        topic=topic,
        points=tuple(
            Point(id=f"p{n}", text=f"Claim {n} of {name}.", weight=2.0 if n == 1 else 1.0)
            for n in range(1, points + 1)
        ),
    )


QUESTIONS = (
    made_question("AA0001", "alpha"),
    made_question("AA0002", "alpha"),
    made_question("BB0001", "beta"),
    made_question("CC0001", "gamma", 1),
)


@dataclass(kw_only=True)
class Bench:
    """What a practice is made of, to be changed between calls."""

    now: datetime = MORNING
    journal: ListedJournal = field(default_factory=ListedJournal)
    questions: list[Question] = field(default_factory=lambda: list(QUESTIONS))
    graders: int = 0
    written: list[tuple[Report, Path, bool]] = field(default_factory=list)

    def practice(self) -> Practice:
        """Return a practice on this bench."""
        numbers = count(1)
        return Practice(
            journal=self.journal,
            scheduler=CountingScheduler(),
            grader=self._grader,
            load=lambda: self.questions,
            one=self.one,
            find=lambda _query, _count: [],
            match=_match,
            render=lambda *call: self.written.append(call),
            clock=lambda: self.now,
            new_id=lambda: f"sitting-{len(self.journal.sittings)}-{next(numbers)}",
            day=day,
        )

    def one(self, name: str) -> Question:
        """Return one question."""
        found = next((one for one in self.questions if one.id == name), None)
        if found is None:
            raise UnknownQuestion(f"there is no question {name}", "look again")
        return found

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def _grader(self) -> ScriptedGrader:
        self.graders += 1
        return ScriptedGrader()


def day(moment: datetime) -> date:
    """Return the day in UTC."""
    return moment.astimezone(UTC).date()


def _match(job: str, questions: Sequence[Question], most: int) -> tuple[Choice, ...]:
    return tuple(Choice(question_id=one.id, why=f"fits “{job}”") for one in questions[:most])


def answered(
    interviewing: Interviewing, *answers: str, before: Callable[[], object] = lambda: None
) -> Sitting:
    """Answer what is asked, follow-ups included, with ``answers``; then finish."""
    interviewing.go_on()
    for text in answers:
        before()
        interviewing.answer(text, 30.0)
        interviewing.grade()
        if interviewing.sitting.stage == "reviewing":
            interviewing.leave()
    interviewing.finish()
    return interviewing.sitting
