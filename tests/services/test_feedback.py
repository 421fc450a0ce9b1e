"""What the candidate is told, most valuable first."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.fixed_judge import FixedJudge
from tests.fakes.scripted_grader import ScriptedGrader

from interviewbot.domain.grade import Aside, Grade, PointGrade
from interviewbot.domain.question import Point, Question
from interviewbot.services.feedback import feedback_on, likely, not_counted, worth_adding


def grades(
    credits_: dict[str, float],
    *,
    weights: dict[str, float] | None = None,
    contradicted: str = "",
    follow_ups: str = "",
) -> tuple[PointGrade, ...]:
    """Return the grades of points named by letters; ``follow_ups`` are those that have one."""
    points = tuple(
        Point(
            id=name,
            text=f"Claim {name}.",
            weight=(weights or {}).get(name, 1.0),
            follow_up=f"What about {name}?" if name in follow_ups else "",
        )
        for name in credits_
    )
    judge = FixedJudge(credits_, contradicted=frozenset(contradicted))
    return judge.judge(Question(id="AA0001", prompt="", points=points), "")


def test_covered_points_are_strengths() -> None:
    """Those that earn most come first, equal ones in the order of the question."""
    points = grades({"a": 0.8, "b": 1.0, "c": 0.9, "d": 0.9}, weights={"c": 2.0, "d": 2.0})
    found = feedback_on(points)
    assert found.strengths == ("Claim c.", "Claim d.", "Claim b.", "Claim a.")
    assert (found.missing, found.misconceptions, found.follow_up) == ((), (), "")


def test_omissions_come_by_what_they_would_add() -> None:
    """A heavy half-said point may be worth more than a light one left out."""
    points = grades({"a": 0.0, "b": 0.5, "c": 0.4, "d": 1.0}, weights={"b": 3.0})
    assert [point.id for point in worth_adding(points)] == ["b", "a", "c"]
    assert feedback_on(points).missing == ("Claim b.", "Claim a.", "Claim c.")
    assert feedback_on(points).strengths == ("Claim d.",)


def test_contradicted_points_are_misconceptions() -> None:
    """With the reason; they are not listed as missing."""
    found = feedback_on(grades({"a": 0.9, "b": 0.0, "c": 1.0}, contradicted="a"))
    assert found.misconceptions == ("Claim a. (settled beforehand)",)
    assert found.missing == ("Claim b.",)
    assert found.strengths == ("Claim c.",)


def test_the_follow_up_asks_for_the_most_valuable_omission() -> None:
    """Of those that have one; a contradicted point is asked about too."""
    points = grades({"a": 1.0, "b": 0.0, "c": 0.5, "d": 0.0}, follow_ups="acd")
    assert feedback_on(points).follow_up == "What about d?"
    wrong = grades({"b": 0.1, "c": 1.0}, contradicted="c", follow_ups="bc")
    assert feedback_on(wrong).follow_up == "What about c?"


def test_an_open_question_stands_in() -> None:
    """Where something is missing and no point has a follow-up."""
    assert feedback_on(grades({"a": 0.0})).follow_up.endswith("?")
    assert feedback_on(grades({"a": 1.0, "b": 0.0}, follow_ups="a")).follow_up == (
        feedback_on(grades({"a": 0.0})).follow_up
    )


def test_what_was_not_counted_is_said_by_kind() -> None:
    """Sentences that were no evidence are named with their number; nothing aside, nothing said."""
    question = Question(id="A", prompt="?", points=(Point(id="p1", text="C."),))
    plain = ScriptedGrader().grade(question, "p1")
    assert isinstance(plain, Grade)
    assert not_counted(plain) == ""
    some = replace(plain, aside=(Aside.QUESTION, Aside.LIST, Aside.QUESTION))
    assert not_counted(some) == "Not counted: 1 list of terms, 2 questions."


def test_a_range_of_one_number_is_none() -> None:
    """As it is shown, in whole points."""
    assert likely((20.0, 35.4)) == "likely 20 to 35"
    assert likely((19.8, 20.2)) == ""
