"""Who graded the answers of a sitting."""

from __future__ import annotations

from dataclasses import replace

from tests.domain.made_interviews import NOON, made_grade, made_question, made_sitting

from interviewbot.domain.grade import Grade, ModelCall
from interviewbot.domain.sitting import Ending, Exchange, Sitting, Turn
from interviewbot.services.crediting import graded_by
from interviewbot.services.resuming import other_judge

CALL = ModelCall(
    model="openai:one",
    endpoint="http://127.0.0.1:1/v1",
    prompt="judge@1",
    rung="json_schema",
    seed=1,
    repairs=0,
    input_tokens=1_000,
    output_tokens=100,
    tokens_told=True,
    cost=0.25,
    currency="EUR",
    cached=False,
)


def graded(call: ModelCall | None = None, degraded: str | None = None) -> Grade:
    """Return a grade that took ``call``."""
    made = made_grade(made_question())
    return replace(made, degraded=degraded, receipt=replace(made.receipt, call=call))


def sitting(*grades: Grade) -> Sitting:
    """Return a sitting with an answer, and replies to follow-ups, that got ``grades``."""
    turns = tuple(
        Turn(probe=None, asked=NOON, ending=Ending.ANSWERED, answer="x", result=grade)
        for grade in grades
    )
    made = made_sitting("AA0001")
    return replace(made, exchanges=(Exchange(place=0, retry=False, turns=turns),))


def test_without_a_model_nothing_is_said() -> None:
    """The offline judge is who grades here."""
    assert graded_by(sitting(graded())) == ""
    assert graded_by(made_sitting("AA0001")) == ""


def test_model_answers_tokens_and_money_are_told() -> None:
    """What was kept from earlier counts as an answer and costs nothing; other counts are about."""
    kept = replace(CALL, cached=True, cost=0.0)
    assert graded_by(sitting(graded(CALL), graded(kept))) == (
        "Graded by openai:one: 2 answers, 1,100 tokens, 0.2500 EUR."
    )
    guessed = replace(CALL, tokens_told=False, cost=None, currency="")
    assert graded_by(sitting(graded(guessed))) == (
        "Graded by openai:one: 1 answer, about 1,100 tokens."
    )


def test_what_was_graded_offline_is_told_with_the_reason() -> None:
    """Each reason once."""
    told = graded_by(sitting(graded(CALL), *[graded(degraded="there is no key")] * 2))
    assert told.endswith("EUR. Graded offline: 2 answers (there is no key).")
    told = graded_by(sitting(graded(degraded="there is no key")))
    assert told == "Graded offline: 1 answer (there is no key)."


def test_another_judge_than_before_is_told() -> None:
    """With how to go on as before; the same one, or none before, is nothing to tell."""
    begun = sitting(graded(CALL))
    told = other_judge(begun, "")
    assert told.startswith("openai:one has graded this interview so far")
    assert "from here on it is graded offline" in told
    assert "--model openai:one" in told
    assert "graded by openai:two" in other_judge(begun, "openai:two")
    assert other_judge(begun, "openai:one") == ""
    assert other_judge(sitting(graded()), "") == ""
    assert other_judge(sitting(graded(degraded="no key")), "openai:one") == ""
