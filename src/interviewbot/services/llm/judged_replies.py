"""A language model's verified reply, and how it is kept.

Owns the document that the reply cache holds. Refuses to verify: whoever keeps a reply has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewbot.domain.chat import Json, Rung, Usage
from interviewbot.domain.judgement import Judgement
from interviewbot.domain.question import Question
from interviewbot.domain.replies import read_judgement
from interviewbot.ports import ReplyCache
from interviewbot.services.llm.asking import Answered
from interviewbot.services.llm.requesting import JudgeRequest
from interviewbot.services.llm.trusting import unverified_quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedReply:
    """A verified reply, fresh or kept from earlier."""

    judgement: Judgement
    rung: Rung
    repairs: int
    usage: Usage
    cached: bool


def kept_as(answered: Answered[Judgement]) -> Mapping[str, Json]:
    """Return what is kept of a reply."""
    return {
        "reply": answered.text,
        "rung": answered.rung.value,
        "repairs": answered.repairs,
        "input_tokens": answered.usage.input_tokens,
        "output_tokens": answered.usage.output_tokens,
        "tokens_told": answered.usage.told,
    }


def kept_reply(
    cache: ReplyCache, question: Question, answer: str, request: JudgeRequest
) -> JudgedReply | None:
    """Return the reply to ``request`` that ``cache`` has, where it still holds."""
    document = cache.get(request.key)
    kept = None if document is None else read_kept(document, question)
    # An earlier version may have let pass what no longer holds: then it is asked anew.
    if kept and unverified_quotes(question, answer, kept.judgement, request.addressed):
        return None
    return kept


def read_kept(document: Mapping[str, Json], question: Question) -> JudgedReply | None:
    """Return the reply that ``kept_as`` wrote, None for anything else."""
    text, told = document.get("reply"), document.get("tokens_told")
    numbers = [document.get(name) for name in ("repairs", "input_tokens", "output_tokens")]
    whole = [number for number in numbers if type(number) is int and number >= 0]
    rung = document.get("rung")
    if not isinstance(text, str) or not isinstance(rung, str) or rung not in {*Rung}:
        return None
    if len(whole) != len(numbers):
        return None
    judgement = read_judgement(text, [point.id for point in question.points])
    if isinstance(judgement, tuple):
        return None
    return JudgedReply(
        judgement=judgement,
        rung=Rung(rung),
        repairs=whole[0],
        usage=Usage(input_tokens=whole[1], output_tokens=whole[2], told=told is True),
        cached=True,
    )
