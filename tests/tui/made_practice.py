"""A practice with a past: real-looking questions, answered over some weeks, at a fixed hour.

Owns the data of the screens' tests. Everything in it comes about by playing interviews
through the services, with a scripted grader and a journal in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from tests.fakes.counting_scheduler import CountingScheduler
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.scripted_grader import ScriptedGrader
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import FileIsThere, UnknownQuestion
from interviewbot.domain.question import Level, Point, Question
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Mode, Sitting, Stage
from interviewbot.services.practising import Practice
from interviewbot.services.searching import Hit
from interviewbot.tui.app import InterviewApp
from interviewbot.tui.preferences import Preferences
from interviewbot.tui.screens.summary import SummaryScreen

S = TypeVar("S", bound=Screen[None])
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
HOSTILE = "\x1b]52;c;aGk=\x07\x1b[31m[/] [@click=app.quit]go[/] [bold]$x[/bold] \u202eabc"


def made_question(
    question_id: str,
    title: str,
    topic: str,
    level: Level,
    *points: str,
    prompt: str = "",
    tags: Sequence[str] = (),
) -> Question:
    """Return a question whose points p1, p2, … say ``points``."""
    return Question(
        id=question_id,
        title=title,
        topic=topic,
        level=level,
        prompt=prompt or f"What is **{title.lower()}**, and when does it help?",
        tags=tuple(tags),
        source="general knowledge",
        licence="MIT",
        model_answer="\n\n".join(points),
        points=tuple(
            Point(id=f"p{number}", text=text, weight=float(1 + (number == 1)), follow_up="")
            for number, text in enumerate(points, start=1)
        ),
    )


QUESTIONS: tuple[Question, ...] = (
    made_question(
        "DL0003",
        "Dropout",
        "deep-learning",
        Level.FOUNDATION,
        "Dropout sets random activations to zero during training.",
        "At test time nothing is dropped, and activations keep their expected size.",
        "It keeps units from relying on one another, which regularises.",
        tags=("regularisation", "training"),
    ),
    made_question(
        "DL0001",
        "Batch normalization",
        "deep-learning",
        Level.INTERMEDIATE,
        "It standardises every feature over the batch, then scales and shifts it.",
        "At inference it uses running averages instead of the batch's own figures.",
    ),
    made_question(
        "ML0001",
        "Overfitting and underfitting",
        "machine-learning",
        Level.FOUNDATION,
        "An overfitted model has learnt the noise of its training data.",
        "An underfitted model is too simple for what it should learn.",
        "The gap between training and validation error tells which it is.",
    ),
    made_question(
        "EV0001",
        "Precision, recall and F1",
        "evaluation",
        Level.FOUNDATION,
        "Precision is the share of true ones among what was predicted positive.",
        "Recall is the share that was found of what is positive.",
        prompt="Define **precision**, **recall** and $F_1$. When would you look at which?",
    ),
    made_question(
        "NL0001",
        "Self-attention",
        "language-models",
        Level.ADVANCED,
        "Every token mixes the values of all tokens.",
        "The weights are a softmax over products of queries and keys.",
    ),
)


_WAITING = {"sitting", "export", "keep"}  # workers that wait for the candidate


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is loading any more."""
    for _ in range(500):
        await pilot.pause()
        if all(worker.is_finished for worker in pilot.app.workers if worker.group not in _WAITING):
            break
        await pilot.pause(0.01)
    await pilot.pause()


async def opened(pilot: Pilot[None], screen: S) -> S:
    """Show ``screen`` and wait until it has read what it shows."""
    await settled(pilot)
    await pilot.app.push_screen(screen)
    await settled(pilot)
    return screen


def text_of(screen: Widget, name: str) -> str:
    """Return what a static widget says."""
    return str(screen.query_one(name, Static).content)


def picture(app: App[None]) -> str:
    """Return what is on the screen, as lines of text."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()[:height]
    return "\n".join(strip.text[:width] for strip in strips)


@dataclass
class MadePractice:
    """A practice whose clock stands still until it is moved, and what it wrote."""

    questions: Sequence[Question] = QUESTIONS
    now: datetime = NOW
    journal: MemoryJournal = field(default_factory=MemoryJournal)
    written: list[tuple[Path, bool]] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    find: Callable[[str, int], list[Hit]] | None = None
    render: Callable[[Report, Path, bool], None] | None = None
    grader: Callable[[], ScriptedGrader] = ScriptedGrader
    _sittings: int = 0

    @property
    def practice(self) -> Practice:
        """The services."""
        return Practice(
            journal=self.journal,
            scheduler=CountingScheduler(),
            grader=self.grader,
            load=lambda: sorted(self.questions, key=lambda question: question.id),
            one=self._one,
            find=self.find or self._find,
            match=lambda job, questions, count: (),  # noqa: ARG005 - no test reads a job text
            render=self.render or self._render,
            clock=lambda: self.now,
            new_id=self._new_id,
            day=lambda moment: moment.astimezone(UTC).date(),
        )

    def app(self, **more: object) -> InterviewApp:
        """Return an app over this practice."""
        preferences = more.pop("preferences", Preferences())
        assert isinstance(preferences, Preferences)
        return InterviewApp(
            open_up=lambda: (self.practice, preferences),
            **more,  # type: ignore[arg-type]
        )

    def summary(self, report: Report) -> SummaryScreen:
        """Return the screen of ``report`` as it is seen today."""
        practice = self.practice
        return SummaryScreen(report, day=practice.day, today=practice.day(self.now))

    def play(
        self,
        answers: dict[str, str],
        *,
        ago: float = 0.0,
        mode: Mode = Mode.PRACTICE,
        replies: str = "",
    ) -> Sitting:
        """Play a sitting of ``answers`` by question id, so many days ``ago``; "" is a skip.

        Follow-ups are answered with ``replies``, or skipped.
        """
        self.now = NOW - timedelta(days=ago)
        wish = Wish(mode=mode, question_ids=tuple(answers))
        with self.practice.begin(wish) as interviewing:
            interviewing.go_on()
            while interviewing.sitting.stage is not Stage.FINISHED:
                if interviewing.sitting.stage is Stage.REVIEWING:
                    interviewing.leave()
                    continue
                turn, asked = interviewing.sitting.turn, interviewing.asked
                assert turn is not None
                assert asked is not None
                text = answers[asked.id] if turn.probe is None else replies
                if text:
                    interviewing.answer(text, 42.0)
                    interviewing.grade()
                else:
                    interviewing.skip("", 7.0)
            self.now = NOW
            return interviewing.sitting

    def play_weeks(self) -> Sitting:
        """Play a handful of sittings over five weeks; return the latest, a mock interview."""
        self.play({"DL0003": "Units are dropped ~p1", "ML0001": "Too close a fit p1"}, ago=33)
        self.play({"EV0001": "p1 is about what was predicted"}, ago=20)
        self.play({"DL0003": "Some are zeroed p1 and !p3", "NL0001": "I am not sure ?"}, ago=9)
        return self.play(
            {
                "DL0003": "Random activations are set to zero: p1 . At test time p2 holds.",
                "ML0001": "It has learnt the noise p1 , or is too simple ~p2 , or !p3",
                "EV0001": "",
                "NL0001": "Who knows ?",
            },
            mode=Mode.MOCK,
        )

    def report(self, sitting: Sitting) -> Report:
        """Return the report of ``sitting``."""
        return self.practice.report(sitting)

    def _one(self, question_id: str) -> Question:
        for question in self.questions:
            if question.id == question_id:
                return question
        raise UnknownQuestion(f"there is no question “{question_id}”")

    def _find(self, query: str, count: int) -> list[Hit]:
        """Find what shares a word with ``query``."""
        self.searched.append(query)
        words = set(query.lower().split())
        found = [
            question
            for question in self.questions
            if words & set(f"{question.title} {question.points[0].text}".lower().split())
        ]
        return [
            Hit(question_id=one.id, title=one.title, point_id="", text="", cosine=0.5)
            for one in found[:count]
        ]

    def _render(self, report: Report, path: Path, overwrite: bool) -> None:
        if path.exists() and not overwrite:
            raise FileIsThere(f"{path} is there already")
        self.written.append((path, overwrite))
        path.write_text(f"# {report.sitting}", encoding="utf-8")

    def _new_id(self) -> str:
        self._sittings += 1
        return f"sitting-{self._sittings}"
