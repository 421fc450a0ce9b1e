"""Random walks through sittings: what holds in every state that can be reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.domain.made_interviews import NOON, made_grade, made_question, made_sitting

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.follow_up import Probe
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
    replay,
    step,
)
from interviewbot.domain.sitting import Ending, Exchange, Mode, Sitting, Stage

IDS = ("AA0001", "AA0002", "AA0003")
SECONDS = st.floats(0, 90)
VERDICTS = st.dictionaries(st.sampled_from(["p1", "p2", "p3"]), st.sampled_from(Verdict))
PROBE = Probe(point_id="p1", prompt="And what of 1?", verdict=Verdict.MISSING)


def conclude(exchange: Exchange) -> Grade | Ungraded | None:
    """Let an exchange come to what its answer came to."""
    return exchange.turns[0].result


def attempts(sitting: Sitting) -> dict[str, Event]:
    """Return one event of each kind, as fitting as it can be."""
    place = sitting.exchanges[-1].place if sitting.exchanges else -1
    return {
        "ask": Asked(at=NOON, place=place + 1),
        "retry": Asked(at=NOON, place=place, retry=True),
        "probe": Asked(at=NOON, place=place, probe=PROBE),
        "answer": Answered(at=NOON, text="a", seconds=1.0),
        "skip": Passed(at=NOON, ending=Ending.SKIPPED),
        "time out": Passed(at=NOON, ending=Ending.TIMED_OUT),
        "judge": Judged(result=Ungraded(reason="made up")),
        "close": Closed(at=NOON, result=None),
        "leave": Left(),
        "end": Ended(at=NOON),
    }


def possible(sitting: Sitting) -> set[str]:
    """Return what must be possible in ``sitting``, written down independently of ``step``."""
    waiting = {
        Stage.ANSWERING: {"answer", "skip", "time out"},
        Stage.GRADING: {"judge"},
        Stage.REVIEWING: {"leave"},
        Stage.FINISHED: set[str](),
    }
    if sitting.stage is not None:
        return waiting[sitting.stage]
    exchange = sitting.current
    if exchange is not None and not exchange.left:
        if exchange.closed is not None:
            return {"leave"}
        return {"close"} if sitting.time_is_up else {"close", "probe"}
    asking = set[str]() if sitting.time_is_up else {"retry"} if exchange else set[str]()
    return {"end"} | asking | ({"ask"} if sitting.unasked and not sitting.time_is_up else set())


class Walk(RuleBasedStateMachine):
    """A candidate, a judge and an interviewer, each moving when it is their turn."""

    sitting: Sitting
    start: Sitting

    def __init__(self) -> None:
        """Begin with nothing told."""
        super().__init__()
        self.told: list[Event] = []
        self.seconds = 0.0
        self.retries = 0
        self.now = NOON

    @initialize(
        count=st.integers(1, 3),
        mode=st.sampled_from(Mode),
        minutes=st.none() | st.floats(0.5, 5),
    )
    def begin(self, count: int, mode: Mode, minutes: float | None) -> None:
        """Plan up to three questions."""
        self.sitting = self.start = made_sitting(*IDS[:count], mode=mode, minutes=minutes)

    def tell(self, event: Event) -> None:
        """Take ``event`` in."""
        self.sitting = step(self.sitting, event)
        self.told.append(event)
        self.now += timedelta(seconds=1)

    def stage(self) -> Stage | None:
        """Return what the sitting waits for."""
        return self.sitting.stage

    @precondition(lambda self: self.stage() is None)
    @rule()
    def react(self) -> None:
        """Let the interviewer do what comes next."""
        event = reaction(self.sitting, self.now, question=made_question, conclude=conclude)
        assert event is not None, "the interviewer's move, and no move"
        self.tell(event)

    @precondition(lambda self: self.stage() is Stage.ANSWERING)
    @rule(seconds=SECONDS)
    def answer(self, seconds: float) -> None:
        """Hand in an answer."""
        self.seconds += seconds
        self.tell(Answered(at=self.now, text="An answer.", seconds=seconds))

    @precondition(lambda self: self.stage() is Stage.ANSWERING)
    @rule(seconds=SECONDS, ending=st.sampled_from([Ending.SKIPPED, Ending.TIMED_OUT]))
    def go_past(self, seconds: float, ending: Ending) -> None:
        """Skip, or run out of time."""
        self.seconds += seconds
        self.tell(Passed(at=self.now, ending=ending, seconds=seconds))

    @precondition(lambda self: self.stage() is Stage.GRADING)
    @rule(verdicts=VERDICTS | st.none())
    def judge(self, verdicts: Mapping[str, Verdict] | None) -> None:
        """Grade the answer, or leave it ungraded."""
        grade = Ungraded(reason="made up") if verdicts is None else self._grade(verdicts)
        self.tell(Judged(result=grade))

    def _grade(self, verdicts: Mapping[str, Verdict]) -> Grade:
        exchange = self.sitting.exchanges[-1]
        return made_grade(made_question(self.sitting.choice(exchange).question_id), verdicts)

    @precondition(lambda self: self.stage() is Stage.REVIEWING)
    @rule()
    def leave(self) -> None:
        """Go on after the feedback."""
        self.tell(Left())

    @precondition(
        lambda self: (
            self.stage() is Stage.REVIEWING and self.retries < 2 and not self.sitting.time_is_up
        )
    )
    @rule()
    def retry(self) -> None:
        """Try the same question again."""
        self.retries += 1
        place = self.sitting.exchanges[-1].place
        self.tell(Left())
        self.tell(Asked(at=self.now, place=place, retry=True))

    @precondition(lambda self: self.stage() is Stage.FINISHED)
    @rule()
    def rest(self) -> None:
        """After the end the interviewer has nothing to do."""
        assert reaction(self.sitting, NOON, question=made_question, conclude=conclude) is None

    @invariant()
    def what_is_possible_is_what_the_stage_says(self) -> None:
        """Events of other stages are out of step and change nothing."""
        before, taken = self.sitting, set()
        for name, event in attempts(before).items():
            try:
                after = step(before, event)
            except OutOfStep:
                continue
            assert after != before
            taken.add(name)
        assert taken == possible(before)

    @invariant()
    def time_adds_up(self) -> None:
        """The sitting's seconds are those of all turns, and never less than none are left."""
        assert abs(self.sitting.seconds - self.seconds) < 1e-6
        assert self.sitting.seconds_left is None or self.sitting.seconds_left >= 0

    @invariant()
    def the_plan_is_kept(self) -> None:
        """Places go up one by one, but for retries, and what is unasked is the rest."""
        first = [e.place for e in self.sitting.exchanges if not e.retry]
        assert first == list(range(len(first)))
        assert self.sitting.unasked == self.sitting.plan[len(first) :]
        assert all(
            again.place == before.place
            for before, again in zip(
                self.sitting.exchanges, self.sitting.exchanges[1:], strict=False
            )
            if again.retry
        )

    @invariant()
    def a_mock_never_stops_for_review(self) -> None:
        """And a practice sitting never passes a question over without it."""
        if self.sitting.mode is Mode.MOCK:
            assert self.stage() is not Stage.REVIEWING
        elif self.told and isinstance(self.told[-1], Closed):
            assert self.stage() is Stage.REVIEWING

    @invariant()
    def an_open_exchange_is_the_last_one(self) -> None:
        """Everything before it was closed and left; skipped questions have no grade."""
        assert all(e.left and e.closed for e in self.sitting.exchanges[:-1])
        for exchange in self.sitting.exchanges:
            assert exchange.closed or exchange.result is None
            if exchange.ending is not Ending.ANSWERED:
                assert exchange.result is None

    @invariant()
    def replaying_gives_the_same(self) -> None:
        """The events are the whole truth."""
        assert replay(self.start, self.told) == self.sitting

    def teardown(self) -> None:
        """From wherever the walk is, the sitting ends within a bounded number of moves."""
        if not hasattr(self, "sitting"):
            return
        moves = 0
        while self.stage() is not Stage.FINISHED:
            moves += 1
            assert moves <= 25 * len(IDS)
            match self.stage():
                case Stage.ANSWERING:
                    self.answer(1.0)
                case Stage.GRADING:
                    self.judge({"p1": Verdict.CONTRADICTED, "p2": Verdict.MISSING})
                case Stage.REVIEWING:
                    self.leave()
                case _:
                    self.react()
        self.the_plan_is_kept()


Walk.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestWalk = Walk.TestCase
