"""Practice as a whole: what there is to do, new and old sittings, what came of them.

Owns the door through which every face (the screens, the plain mode, the commands) goes.
Refuses to run a sitting (interviewing does) and to draw. Cheap to make: nothing that loads
vectors or models is imported or called for before a search, a job text or a grade needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interviewbot.domain.choosing import Known, Wish, check, choose, fitting
from interviewbot.domain.errors import UnknownQuestion
from interviewbot.domain.grade import Verdict
from interviewbot.domain.memory import due_points
from interviewbot.domain.progress import Overview, PointStanding, standings_of, topics_of
from interviewbot.domain.question import Question
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Choice, Exchange, Mode, Sitting
from interviewbot.ports import Grader, Journal, Scheduler
from interviewbot.services.contesting import contest
from interviewbot.services.exporting import GoldExport, answers, contested
from interviewbot.services.interviewing import Interviewing
from interviewbot.services.progress import calendar, known_now, mastery_over_time
from interviewbot.services.reporting import report_of
from interviewbot.services.resuming import other_judge, stand_in, unfinished

if TYPE_CHECKING:  # one is for language models, the other imports numpy
    from interviewbot.services.conversing import Conversation, Tell, Wanted, Worded
    from interviewbot.services.searching import Hit

_ASKED_FOR = "you asked for it"


@dataclass(frozen=True, kw_only=True)
class Practice:
    """What a candidate can do.

    ``load`` gives every question of the corpus, ``one`` one by its id (reading nothing else),
    ``find`` searches by meaning, ``match`` picks from some questions those that fit a job
    text, at most so many, ``grader`` is called for on the first answer, ``render`` writes a
    report to a file, ``day`` says on which day of the candidate's a moment falls.
    ``count`` questions are asked where a wish does not say how many, with ``mock_minutes`` for
    each of them in a mock interview. ``conversation`` is called for when something is to be said
    in a language model's words; it is None where no model is chosen. ``judged_by`` names the model
    that grades, empty where that is the offline judge.
    """

    journal: Journal
    scheduler: Scheduler
    grader: Callable[[], Grader]
    load: Callable[[], Sequence[Question]]
    one: Callable[[str], Question]
    find: Callable[[str, int], list[Hit]]
    match: Callable[[str, Sequence[Question], int], tuple[Choice, ...]]
    render: Callable[[Report, Path, bool], None]
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    day: Callable[[datetime], date]
    count: int = 5
    mock_minutes: float = 6.0
    conversation: Callable[[], Conversation] | None = None
    judged_by: str = ""

    def overview(self) -> Overview:
        """Return what there is to do now."""
        known = self._known()
        questions = self.questions()
        here = {(question.id, point.id) for question in questions for point in question.points}
        due = [
            memory
            for memory in due_points(list(known.memories.values()), known.now)
            if memory.key in here
        ]
        return Overview(
            due_points=len(due),
            due_questions=len({memory.question_id for memory in due}),
            topics=topics_of(questions, known.memories, known.mastery, known.now),
            unfinished=tuple(self.journal.unfinished()),
        )

    def begin(self, wish: Wish) -> Interviewing:
        """Choose what ``wish`` asks for and keep the new sitting.

        Raises:
            BadInput: if a topic or a question is not there, a number makes no sense, or no
                question fits (``NothingToAsk``).
        """
        check(wish)
        wish = replace(wish, count=wish.count or self.count)
        name = self.new_id()
        plan = self._plan(wish, name)
        minutes = wish.minutes
        if minutes is None and wish.mode is Mode.MOCK:
            minutes = self.mock_minutes * len(plan)
        sitting = Sitting(id=name, mode=wish.mode, began=self.clock(), plan=plan, minutes=minutes)
        self.journal.begin(sitting)
        return self._interviewing(sitting)

    def resume(self, sitting_id: str | None = None) -> Interviewing:
        """Take up the sitting ``sitting_id``, or the latest unfinished one.

        Questions of its plan that the corpus no longer has are passed over.

        Raises:
            BadInput: if there is none, or it is over.
        """
        sitting = unfinished(self.journal, sitting_id)
        interviewing = self._interviewing(sitting)
        interviewing.remark(other_judge(sitting, self.judged_by))
        return interviewing

    def finish(self, sitting_id: str | None = None) -> Sitting:
        """End an unfinished sitting as it stands, even where its questions are gone.

        An open turn counts as skipped; an answer to a question that is gone stays ungraded.

        Raises:
            BadInput: if there is none or it is over.
            SittingHeld: if another window runs it.
        """
        with self._interviewing(unfinished(self.journal, sitting_id)) as interviewing:
            draft = interviewing.draft
            interviewing.finish(draft.text if draft else "", draft.seconds if draft else 0.0)
            return interviewing.sitting

    def question(self, question_id: str) -> Question:
        """Return one question.

        Raises:
            UnknownQuestion: if there is none of that id.
        """
        return self.one(question_id)

    def questions(self) -> tuple[Question, ...]:
        """Return every question, ordered by id."""
        return tuple(self.load())

    def search(self, query: str, count: int = 20) -> list[Hit]:
        """Return the ``count`` questions nearest to ``query`` in meaning, best first."""
        words = query.strip()
        return self.find(words, count) if words else []

    def past(self, question_id: str) -> list[tuple[Sitting, Exchange]]:
        """Return the complete exchanges about a question, the latest first."""
        return self.journal.exchanges(question_id)

    def finished(self) -> tuple[Sitting, ...]:
        """Return the sittings that are over, the latest first."""
        return tuple(self.journal.finished())

    def sitting(self, sitting_id: str) -> Sitting:
        """Return a sitting as it stands.

        Raises:
            BadInput: if there is none of that id.
        """
        return self.journal.sitting(sitting_id)

    def contest(
        self, sitting_id: str, exchange: int, point_id: str, own: Verdict, reason: str = ""
    ) -> bool:
        """Set the candidate's verdict on a point of any sitting, also one that is over.

        Returns:
            Whether memory follows it: it does not after a retry.

        Raises:
            BadInput: if there is no such sitting.
            OutOfStep: if the exchange, counted from 0, has no grade for that point.
        """
        return contest(
            self.journal.sitting(sitting_id),
            exchange,
            point_id,
            own,
            reason=reason,
            at=self.clock(),
            journal=self.journal,
            scheduler=self.scheduler,
        )

    def report(self, sitting: Sitting) -> Report:
        """Return what ``sitting`` came to."""
        return report_of(
            sitting,
            question=self._or_none,
            memories={memory.key: memory for memory in self.journal.memories()},
            own=[own for own in self.journal.own_verdicts() if own.sitting == sitting.id],
        )

    def advice(
        self, report: Report, *, tell: Tell = lambda _: None, wanted: Wanted = lambda: True
    ) -> Worded | None:
        """Return what to study after ``report``, in a model's words, which ``tell`` hears.

        None where no model is chosen, or nothing was missed.

        Raises:
            InterviewbotError: if the model that is chosen cannot be loaded.
        """
        if self.conversation is None:
            return None
        return self.conversation().advice(report, tell=tell, wanted=wanted)

    def export(self, report: Report, path: Path, *, overwrite: bool = False) -> None:
        """Write ``report`` to ``path``: ``.md`` for Markdown, ``.html`` for one HTML file.

        Raises:
            FileIsThere: if the file is there and ``overwrite`` is not set.
            BadInput: if the ending is another one, or the path cannot be one.
            StorageFailed: if it cannot be written.
        """
        self.render(report, path, overwrite)

    def mastery_over_time(self, topic: str = "", days: int = 60) -> list[tuple[date, float]]:
        """Return mastery (0..1) at the end of each of the last ``days``, today's as of now.

        Raises:
            BadInput: if there is no such ``topic``; empty means all.
        """
        topics = (topic,) if topic else ()
        questions = fitting(self.questions(), Wish(topics=topics)) if topic else self.questions()
        return mastery_over_time(
            questions,
            self.journal.reviews(),
            scheduler=self.scheduler,
            now=self.clock(),
            day=self.day,
            days=days,
        )

    def calendar(self, days: int = 28) -> list[tuple[date, int]]:
        """Return how many points come due on each of ``days`` from today; overdue is today."""
        return calendar(
            [memory for memory in self.standings() if memory.due is not None],
            now=self.clock(),
            day=self.day,
            days=days,
        )

    def standings(self) -> tuple[PointStanding, ...]:
        """Return every point of the corpus, as it is known now."""
        known = self._known()
        return standings_of(self.questions(), known.memories, known.mastery)

    def contested(self) -> list[GoldExport]:
        """Return a row for every exchange with a verdict of the candidate's own."""
        return contested(self.journal, self._or_none)

    def answers(self) -> list[GoldExport]:
        """Return a row for every graded exchange."""
        return answers(self.journal, self._or_none)

    def _plan(self, wish: Wish, seed: str) -> tuple[Choice, ...]:
        if wish.question_ids:
            asked = [self.question(name).id for name in wish.question_ids]
            return tuple(Choice(question_id=name, why=_ASKED_FOR) for name in dict.fromkeys(asked))
        if wish.job:
            return self.match(wish.job, fitting(self.questions(), wish), wish.count or self.count)
        return choose(self.questions(), wish, self._known(), seed)

    def _known(self) -> Known:
        return known_now(self.journal, self.scheduler, self.clock())

    def _interviewing(self, sitting: Sitting) -> Interviewing:
        return Interviewing(
            sitting=sitting,
            question=lambda name: self._or_none(name) or stand_in(name),
            grader=self.grader,
            journal=self.journal,
            scheduler=self.scheduler,
            clock=self.clock,
            conversation=self.conversation,
        )

    def _or_none(self, question_id: str) -> Question | None:
        """Return a question, or None where the corpus no longer has it."""
        try:
            return self.one(question_id)
        except UnknownQuestion:
            return None
