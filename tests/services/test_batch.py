"""Many rows: each gets a result in its place, and texts are encoded together."""

from __future__ import annotations

from collections.abc import Sequence

from tests.domain.made_calibration import made_calibration
from tests.fakes.fixed_judge import FixedJudge
from tests.services.made_questions import BOTH, DROPOUT

from interviewbot.domain.errors import UnknownQuestion
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.question import Point, Question
from interviewbot.services.batch import BatchGrading
from interviewbot.services.grading import Grading

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
        service = BatchGrading(grading=grading, question=find, encode=self.encoded.append)
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
    """Those of the questions, and those sentences of the answers that claim something."""
    rows = [
        GoldRow(id="1", answer="Units go quiet. What does dropout do?", question_id="AA0001"),
        GoldRow(id="2", answer="units, noise, chance, training", question_id="AA0001"),
        GoldRow(id="3", answer="x", question_id="ZZ9999"),
    ]
    batch = Batch()
    batch.grade(rows)
    (texts,) = batch.encoded
    assert set(texts) == {*DROPOUT.texts, "Units go quiet."}


def test_no_row_gives_no_result() -> None:
    """An empty part is no error."""
    assert Batch().grade([]) == []
