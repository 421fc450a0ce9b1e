"""A follow-up in a language model's words, where there is one.

Owns putting those words into what is asked. Refuses to choose the point, and to keep anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.interview import Asked, Event
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Sitting
from interviewbot.domain.text import one_line
from interviewbot.services.conversing import OWN_WORDS, Conversation, Tell, Wanted, Worded


def in_own_words(
    due: Asked,
    sitting: Sitting,
    question: Question,
    conversation: Callable[[], Conversation],
    *,
    tell: Tell,
    wanted: Wanted,
) -> tuple[Asked, str]:
    """Return ``due``, which has a probe, as the model words it, and a line for the candidate.

    The line is empty where there is nothing to say. ``conversation`` is loaded here; where that
    fails, ``due`` stays as it is.
    """
    exchange, probe = sitting.current, due.probe
    assert exchange is not None and probe is not None  # noqa: S101,PT018 - a follow-up is due
    try:
        model = conversation()
    except InterviewbotError as error:
        worded = Worded(text=probe.prompt, note=f"{OWN_WORDS}: {one_line(error.message)}.")
    else:
        worded = model.follow_up(question, exchange, probe, tell=tell, wanted=wanted)
    return replace(due, probe=replace(probe, prompt=worded.text)), worded.note


def is_follow_up(event: Event | None) -> TypeGuard[Asked]:
    """Return whether ``event`` asks a follow-up."""
    return isinstance(event, Asked) and event.probe is not None
