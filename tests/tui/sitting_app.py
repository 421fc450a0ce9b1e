"""The app over made questions, a scripted grader and a journal in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from tests.domain.made_interviews import made_question
from tests.fakes.counting_scheduler import CountingScheduler
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.scripted_grader import ScriptedGrader
from textual.pilot import Pilot
from textual.screen import Screen

from interviewbot.domain.choosing import Wish
from interviewbot.domain.grade import Grade, QuestionMatch, Ungraded
from interviewbot.domain.question import Question
from interviewbot.ports import Grader
from interviewbot.services.practising import Practice
from interviewbot.tui.app import InterviewApp
from interviewbot.tui.preferences import Preferences

S = TypeVar("S", bound=Screen[Any])
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class SlowGrader(ScriptedGrader):
    """A scripted grader that waits for ``go`` before it answers."""

    def __init__(self) -> None:
        """Begin waiting."""
        super().__init__()
        self.go = threading.Event()
        self.asked = threading.Event()

    def grade(
        self, question: Question, answer: str, match: QuestionMatch | None = None
    ) -> Grade | Ungraded:
        """Return the grade once it may."""
        self.asked.set()
        assert self.go.wait(10)
        return super().grade(question, answer, match)


def made_questions(number: int = 3) -> list[Question]:
    """Return questions AA0001, AA0002, … with three points each."""
    return [
        replace(
            made_question(f"AA{n:04d}"),
            title=f"Title {n}",
            model_answer=f"The whole of it, {n} times.",
        )
        for n in range(1, number + 1)
    ]


class Desk:
    """A practice and an app over it, with all their parts at hand."""

    def __init__(
        self,
        questions: Sequence[Question] | None = None,
        *,
        grader: Grader | None = None,
        journal: MemoryJournal | None = None,
    ) -> None:
        """Make the parts; an app comes by ``app``."""
        self.questions = list(questions or made_questions())
        self.grader = grader or ScriptedGrader()
        self.journal = journal or MemoryJournal()
        self.now = NOW
        self._ids = count(1)
        by_id = {question.id: question for question in self.questions}
        self.practice = Practice(
            journal=self.journal,
            scheduler=CountingScheduler(),
            grader=lambda: self.grader,
            load=lambda: self.questions,
            one=by_id.__getitem__,
            find=lambda query, most: [],  # noqa: ARG005 - nothing to search in
            match=lambda job, questions, most: (),  # noqa: ARG005 - likewise
            render=lambda report, path, overwrite: None,  # noqa: ARG005 - nothing is written
            clock=lambda: self.now,
            new_id=lambda: f"sitting-{next(self._ids)}",
            day=lambda moment: moment.date(),
        )

    def later(self, *, days: int) -> None:
        """Let days pass."""
        self.now += timedelta(days=days)

    def app(self, *, wish: Wish | None = None, resume: bool = False) -> InterviewApp:
        """Return an app that begins with ``wish``, or at home."""
        return InterviewApp(
            open_up=lambda: (self.practice, Preferences()), wish=wish, resume=resume
        )

    @staticmethod
    def wish(*names: str) -> Wish:
        """Return the wish for the questions of those ids."""
        return Wish(question_ids=names)

    def asking(self, *names: str, **more: object) -> InterviewApp:
        """Return an app that asks the questions of those ids, all of them without one."""
        wish = self.wish(*(names or (question.id for question in self.questions)))
        return self.app(wish=replace(wish, **more))  # type: ignore[arg-type]


async def until(pilot: Pilot[None], held: Callable[[], object], *, tries: int = 1_000) -> None:
    """Wait until ``held()`` is true, at least 20 seconds; fail where it never is."""
    for _ in range(tries):
        if held():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"still not so: screen {pilot.app.screen!r}")


async def shown(pilot: Pilot[None], kind: type[S]) -> S:
    """Wait for a screen of that ``kind`` on top and return it, mounted and settled."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    return screen
