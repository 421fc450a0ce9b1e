"""The plain face with a model that words follow-ups and advice."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.fakes.speaking_chat import Part
from tests.services.made_conversation import DOWN, ESCAPE, conversation
from tests.services.made_practice import Bench

from interviewbot.cli.plain import Plain
from interviewbot.cli.plain_lines import Lines
from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import ModelUnavailable
from interviewbot.services.conversing import Conversation
from interviewbot.services.practising import Practice


def face(practice: Practice, typed: bytes, *, resumed: bool = False) -> Plain:
    """Return the face of a sitting on AA0001, into which ``typed`` is piped."""
    wish = Wish(question_ids=("AA0001",))
    return Plain(
        practice=practice,
        interviewing=practice.resume() if resumed else practice.begin(wish),
        lines=Lines(io.BytesIO(typed)),
        clock=lambda: 0.0,
    )


def talking(bench: Bench, *replies: Sequence[Part]) -> Practice:
    """Return a practice whose model says ``replies``."""
    made = conversation(*replies)
    return replace(bench.practice(), conversation=lambda: made)


def test_follow_up_and_advice_are_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """The interview on standard output, that there is a wait on standard error."""
    practice = talking(
        Bench(),
        ["How ", "do you know?"],
        [f"- Derive claim 2 of AA0001{ESCAPE}", " on paper.\n- Then", " explain it."],
    )
    assert face(practice, b"p1\n.\n/skip\n\n").run()
    printed = capsys.readouterr()
    assert "\nFollow-up: How do you know?\n" in printed.out
    assert printed.out.endswith(
        "\nAdvice\n"
        "  - Derive claim 2 of AA0001 on paper.\n"
        "  - Then explain it.\n"
        "  (a language model's words, which nobody has checked)\n"
    )
    assert printed.err.count("thinking of a follow-up") == 1
    assert printed.err.count("asking the model for advice") == 1


def test_without_a_model_nothing_is_different(capsys: pytest.CaptureFixture[str]) -> None:
    """No wait, no line, no section."""
    assert face(Bench().practice(), b"p1\n.\n/skip\n\n").run()
    printed = capsys.readouterr()
    assert "Follow-up: Is there anything you would add to that?" in printed.out
    assert "Advice" not in printed.out
    assert "follow-up" not in printed.err
    assert "model" not in printed.err


def test_a_model_that_is_down_costs_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """The interview is the corpus's, and is finished."""
    assert face(talking(Bench(), [DOWN]), b"p1\n.\n/skip\n\n").run()
    printed = capsys.readouterr()
    assert "Follow-up: Is there anything you would add to that?" in printed.out
    assert "Advice" not in printed.out
    assert "the question file's: the model cannot be reached; start it." in printed.err
    assert "There is no advice: the model cannot be reached; start it." in printed.err


def test_a_model_that_cannot_be_loaded_costs_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """As one that is down."""

    def fail() -> Conversation:
        raise ModelUnavailable("langchain-x is not installed", "pip install it")

    practice = replace(Bench().practice(), conversation=fail)
    assert face(practice, b"p1\n.\n/skip\n\n").run()
    assert capsys.readouterr().err.count("langchain-x is not installed") == 2


def test_resumed_between_grade_and_follow_up(capsys: pytest.CaptureFixture[str]) -> None:
    """The question is shown again, then the follow-up that was owed."""
    bench = Bench()
    practice = talking(bench, ["How do you know?"])
    interviewing = practice.begin(Wish(question_ids=("AA0001",)))
    interviewing.go_on()
    interviewing.answer("p1", 10.0)
    interviewing.grade()
    assert not face(practice, b"/quit\n", resumed=True).run()
    printed = capsys.readouterr().out
    assert printed.index("Prompt of AA0001?") < printed.index("Follow-up: How do you know?")
