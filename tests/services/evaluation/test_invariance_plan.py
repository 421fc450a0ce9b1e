"""Honest answers, in the rubric's wordings and in others, told in every way."""

from __future__ import annotations

from dataclasses import replace

from tests.services.made_questions import BOTH, DROPOUT

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Point
from interviewbot.services.evaluation.invariance_plan import (
    SAMPLED_ANSWERS,
    Kind,
    plan_invariance,
)
from interviewbot.services.evaluation.rewording import Way

YES, NO = Verdict.COVERED, Verdict.MISSING


def labelled(
    name: str, question: str, *said: Verdict, answer: str = "One thing. Another."
) -> GoldRow:
    """Return a labelled answer."""
    labels = {f"p{number}": verdict for number, verdict in enumerate(said)}
    return GoldRow(id=name, answer=answer, question_id=question, point_labels=labels, score=0.5)


def test_every_question_is_answered_in_every_way() -> None:
    """Keys say which; each answer is a row of its question."""
    found = plan_invariance(BOTH, full=True)
    assert [trial.key for trial in found.trials] == [
        f"invariance/{question.id}/{way.value}" for question in BOTH for way in Way
    ]
    assert {trial.row.question_id for trial in found.trials} == {"AA0001", "AA0002"}
    assert found.answers[1].keys[Way.SPOKEN] == "invariance/AA0002/spoken"


def test_an_answer_makes_about_two_thirds_of_the_points() -> None:
    """In their order, each in a wording of the rubric."""
    points = tuple(Point(id=f"p{n}", text=f"Claim {n}.", accept=(f"so {n}",)) for n in range(6))
    found = plan_invariance([replace(DROPOUT, points=points)], seed=5)
    made = found.answers[0].points
    assert len(made) == 4
    assert list(made) == sorted(made)
    prose = found.trials[0].row.answer
    for number in range(6):
        said = f"Claim {number}." in prose or f"So {number}." in prose
        assert said == (f"p{number}" in made)
    single = plan_invariance([replace(DROPOUT, points=points[:1])])
    assert single.answers[0].points == ("p0",)


def test_a_sample_is_drawn_with_the_seed() -> None:
    """It is the same every time, and its answers are those of the full run."""
    many = [replace(DROPOUT, id=f"AB{number:04}") for number in range(90)]
    found = plan_invariance(many, seed=2)
    assert len(found.answers) == SAMPLED_ANSWERS
    assert found.of_questions == 90
    assert found == plan_invariance(many[::-1], seed=2)
    assert found.answers != plan_invariance(many, seed=3).answers
    full = plan_invariance(many, seed=2, full=True)
    assert len(full.answers) == 90
    assert {answer.question_id for answer in found.answers} < {q.id for q in many}
    by_key = {trial.key: trial for trial in full.trials}
    assert all(by_key[trial.key] == trial for trial in found.trials)


def test_a_question_without_points_is_left_alone() -> None:
    """There is nothing to say."""
    assert plan_invariance([replace(DROPOUT, points=())]).trials == ()


def test_a_labelled_answer_is_told_too() -> None:
    """Of every question one that covers the most points, in its own words, without its labels."""
    gold = [
        labelled("a", "AA0001", YES, NO),
        labelled("b", "AA0001", YES, YES, answer="Units rest; they do so by chance. P(x) stays"),
        labelled("c", "AA0002", NO, Verdict.PARTIAL),
    ]
    found = plan_invariance(BOTH, gold)
    assert [answer.kind for answer in found.answers] == [
        Kind.WORDINGS,
        Kind.WORDINGS,
        Kind.LABELLED,
    ]
    assert found.of_labelled == 1  # the other question has no answer that makes a point
    told = found.answers[-1]
    assert (told.answer_id, told.question_id, told.points) == ("b", "AA0001", ("p0", "p1"))
    rows = {trial.key: trial.row for trial in found.trials}
    prose = rows[told.keys[Way.PROSE]]
    assert prose.answer == "Units rest; they do so by chance. P(x) stays."
    assert (prose.id, prose.question_id) == ("invariance/labelled/b/prose", "AA0001")
    assert (prose.score, prose.point_labels) == (None, {})
    assert len(rows[told.keys[Way.BULLETS]].answer.splitlines()) == 2


def test_half_of_a_sample_are_labelled_answers() -> None:
    """As many answers as without them; where there are few, more are in the rubric's wordings."""
    many = [replace(DROPOUT, id=f"AB{number:04}") for number in range(90)]
    gold = [labelled(f"g{n}{m}", f"AB{n:04}", YES) for n in range(60) for m in range(3)]
    found = plan_invariance(many, gold, seed=2)
    kinds = [answer.kind for answer in found.answers]
    assert kinds.count(Kind.LABELLED) == kinds.count(Kind.WORDINGS) == SAMPLED_ANSWERS // 2
    assert (found.of_questions, found.of_labelled) == (90, 60)
    assert found == plan_invariance(many, gold[::-1], seed=2)
    assert found.answers != plan_invariance(many, gold, seed=3).answers
    few = plan_invariance(many, gold[:15])
    assert len(few.answers) == SAMPLED_ANSWERS
    assert sum(answer.kind is Kind.LABELLED for answer in few.answers) == 5
    full = plan_invariance(many, gold, seed=2, full=True)
    assert len(full.answers) == 90 + 60
    by_key = {trial.key: trial for trial in full.trials}
    assert all(by_key[trial.key] == trial for trial in found.trials)


def test_a_list_and_a_run_on_keep_their_sentences() -> None:
    """A line of a list is a sentence; speech without a stop is one, however long."""
    speech = "so the units rest and " * 20 + "then they wake"
    gold = [
        labelled("a", "AA0001", YES, answer="- units rest\n- chance decides"),
        labelled("b", "AA0002", YES, answer=speech),
    ]
    found = plan_invariance(BOTH, gold)
    rows = {trial.key: trial.row.answer for trial in found.trials}
    listed, spoken = (answer.keys[Way.PROSE] for answer in found.answers[-2:])
    assert rows[listed] == "units rest. chance decides."
    assert rows[spoken] == f"{speech}."
