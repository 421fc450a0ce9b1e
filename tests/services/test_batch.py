"""Many rows: each gets a result in its place, and texts are encoded together."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest
from tests.domain.made_calibration import made_calibration
from tests.fakes.fixed_judge import FixedJudge
from tests.services.made_questions import BOTH

from interviewbot.domain.errors import UnknownQuestion
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, PointGrade, Ungraded
from interviewbot.domain.question import Point, Question
from interviewbot.services.batch import BatchGrading
from interviewbot.services.grading import Grading
from interviewbot.services.side_by_side import Enough, never

CORPUS = {question.id: question for question in BOTH}


def find(question_id: str) -> Question:
    """Return a question of the corpus."""
    if question_id not in CORPUS:
        raise UnknownQuestion(f"there is no question “{question_id}”", "look it up")
    return CORPUS[question_id]


class Batch:
    """A batch grader with what it encoded and judged."""

    def __init__(self, judge: FixedJudge | None = None) -> None:
        """Judge with ``judge``."""
        self.judge = judge or FixedJudge({"silence": 1.0, "a": 0.5, "products": 1.0})
        self.encoded: list[Sequence[str]] = []

    def grade(self, rows: Sequence[GoldRow]) -> list[Grade | Ungraded]:
        """Return the results of ``rows``."""
        grading = Grading(judge=self.judge, calibration=made_calibration(), version="1")
        service = BatchGrading(grader=grading, question=find, encode=self.encoded.append)
        return service.grade(rows)


def test_results_come_in_the_order_of_the_rows() -> None:
    """Questions of the corpus and a row's own, mixed."""
    own = (Point(id="a", text="A claim."),)
    rows = [
        GoldRow(id="1", answer="One.", question_id="AA0002"),
        GoldRow(id="2", answer="Two.", points=own),
        GoldRow(id="3", answer="Three.", question_id="AA0001"),
        GoldRow(id="4", answer="Four.", reference="A claim."),
    ]
    batch = Batch()
    found = batch.grade(rows)
    scores = [result.score for result in found if isinstance(result, Grade)]
    assert scores == [50.0, 50.0, 66.7, 0.0]
    assert batch.judge.seen == [
        ("AA0002", "One."),
        ("", "Two."),
        ("AA0001", "Three."),
        ("", "Four."),
    ]


def test_a_rows_own_points_win_over_the_corpus() -> None:
    """Even under an id that the corpus has."""
    row = GoldRow(id="1", answer="x", question_id="AA0001", points=(Point(id="a", text="Own."),))
    (found,) = Batch().grade([row])
    assert isinstance(found, Grade)
    assert found.question_id == "AA0001"
    assert [point.id for point in found.points] == ["a"]


def test_one_bad_row_spoils_no_other() -> None:
    """An unknown question, a blank answer and a judge that gives up are ungraded, with why."""
    rows = [
        GoldRow(id="1", answer="x", question_id="ZZ9999"),
        GoldRow(id="2", answer=" ", question_id="AA0001"),
        GoldRow(id="3", answer="too long", question_id="AA0001"),
        GoldRow(id="4", answer="fine", question_id="AA0001"),
    ]
    judge = FixedJudge(refused=frozenset({"too long"}))
    found = Batch(judge).grade(rows)
    assert [result.reason for result in found if isinstance(result, Ungraded)] == [
        "there is no question “ZZ9999”",
        "the answer is blank",
        "the judge gave up",
    ]
    assert [result.question_id for result in found] == ["ZZ9999", "AA0001", "AA0001", "AA0001"]
    assert isinstance(found[3], Grade)


def test_all_texts_are_encoded_in_one_call() -> None:
    """The sentences that claim something, and references; a question's the judge has kept."""
    rows = [
        GoldRow(id="1", answer="Units go quiet. What does dropout do?", question_id="AA0001"),
        GoldRow(id="2", answer="units, noise, chance, training", question_id="AA0001"),
        GoldRow(id="3", answer="x", question_id="ZZ9999"),
        GoldRow(id="4", answer="They rest.", question="What do units do?", reference="They sleep."),
    ]
    batch = Batch()
    batch.grade(rows)
    (texts,) = batch.encoded
    assert set(texts) == {"Units go quiet.", "They rest.", "What do units do?", "They sleep."}


def test_no_row_gives_no_result() -> None:
    """An empty part is no error."""
    assert Batch().grade([]) == []


class Meeting(FixedJudge):
    """Judges once ``parties`` threads have met; ``seen`` is what it was shown, in any order."""

    def __init__(self, parties: int) -> None:
        """Wait for so many."""
        super().__init__({"silence": 1.0})
        self.meeting = threading.Barrier(parties, timeout=10)

    def judge(self, question: Question, answer: str) -> tuple[PointGrade, ...]:
        """Judge ``answer`` when the others are there; the first one comes last."""
        self.meeting.wait()
        if answer == "answer 0":
            time.sleep(0.05)
        return super().judge(question, answer)


def many(count: int) -> list[GoldRow]:
    """Return rows about a question of the corpus."""
    return [GoldRow(id=f"{n}", answer=f"answer {n}", question_id="AA0001") for n in range(count)]


def remote(judge: FixedJudge, workers: int, enough: Enough = never) -> BatchGrading:
    """Return a batch whose judge is waited for."""
    grading = Grading(judge=judge, calibration=made_calibration(), version="1")
    return BatchGrading(
        grader=grading, question=find, encode=lambda _: None, workers=workers, enough=enough
    )


def test_with_workers_the_order_is_kept() -> None:
    """Three wait for the judge at once, and results come by row, whoever was first."""
    rows = [*many(6), GoldRow(id="x", answer="x", question_id="ZZ9999")]
    judge = Meeting(3)
    service = remote(judge, 3)
    found = service.grade(rows)
    assert [isinstance(result, Grade) for result in found] == [True] * 6 + [False]
    assert sorted(answer for _, answer in judge.seen) == [f"answer {n}" for n in range(6)]
    one_by_one = remote(FixedJudge({"silence": 1.0}), 1).grade(rows)
    assert found == one_by_one


@pytest.mark.parametrize("workers", [1, 4])
def test_enough_ends_a_batch_with_what_was_begun(workers: int) -> None:
    """The results are those of the first rows, without a gap."""
    judge = FixedJudge({"silence": 1.0})
    found = remote(judge, workers, lambda _: len(judge.seen) >= 5).grade(many(50))
    assert 5 <= len(found) <= 5 + workers
    assert len(found) == len(judge.seen)
    assert sorted(answer for _, answer in judge.seen) == sorted(
        f"answer {n}" for n in range(len(found))
    )


def test_with_a_budget_that_is_spent_nothing_is_begun() -> None:
    """Not even the first row."""
    judge = FixedJudge()
    for workers in (1, 4):
        assert remote(judge, workers, lambda _: True).grade(many(3)) == []
    assert judge.seen == []


def test_results_come_one_by_one() -> None:
    """Those before a row are there before it is graded, so that nothing is lost with it."""
    for workers in (1, 2):
        judge = FixedJudge({"silence": 1.0})
        graded = remote(judge, workers).graded(many(40))
        assert isinstance(next(graded), Grade)
        assert len(judge.seen) <= 1 + workers + 1
