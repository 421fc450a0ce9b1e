"""A conversation with a model that says what a test wants."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.domain.made_interviews import made_question
from tests.fakes.noted_prompts import NotedPrompts
from tests.fakes.speaking_chat import Part, SpeakingChat

from interviewbot.domain.chat import ChatFailed, ChatFault
from interviewbot.domain.question import Question
from interviewbot.services.conversing import Conversation

CLAIM = "Survivors are divided by the keep probability."
ESCAPE = "\x1b]52;c;aGk=\x07\x1b[2J\u202e"
DOWN = ChatFailed(ChatFault.UNREACHABLE, "the model cannot be reached", "start it")


def conversation(*replies: Sequence[Part], timeout: float = 10.0) -> Conversation:
    """Return a conversation whose model says ``replies``, one a call."""
    return Conversation(
        model=SpeakingChat(*replies),
        prompts=NotedPrompts(),
        clock=time.monotonic,
        timeout=timeout,
        patience=timeout,
        token=lambda: "t0ken",
    )


def chat_of(made: Conversation) -> SpeakingChat:
    """Return the model of ``made``."""
    assert isinstance(made.model, SpeakingChat)
    return made.model


def given(made: Conversation) -> list[dict[str, object]]:
    """Return the variables of every prompt that was rendered."""
    assert isinstance(made.prompts, NotedPrompts)
    return [dict(variables) for _, variables in made.prompts.given]


def until(held: Callable[[], object]) -> None:
    """Wait until ``held()`` is true; fail where it never is."""
    end = time.monotonic() + 5
    while not held():
        assert time.monotonic() < end, "that never came"
        time.sleep(0.005)


def telling_question(question_id: str = "AA0001") -> Question:
    """Return a question whose third point makes a claim in words of its own."""
    plain = made_question(question_id)
    return replace(plain, points=(*plain.points[:2], replace(plain.points[2], text=CLAIM)))
