"""What it would take to have a language model judge some answers, without asking it.

Owns the estimate. Refuses to know a price, and to send anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interviewbot.domain.chat import Usage
from interviewbot.domain.grade import Ungraded
from interviewbot.domain.question import Question
from interviewbot.ports import ReplyCache
from interviewbot.services.llm.judged_replies import kept_reply
from interviewbot.services.llm.requesting import JudgeRequest, Requesting, unasked

_CHARACTERS_A_TOKEN = 4  # of English, about
_REPLY_A_POINT = 90  # tokens, about
_REPLY_BESIDE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How many answers would be ``sent`` for ``usage``.

    The replies to others are ``kept``; there is nothing to ask about those that are ``unasked``.
    """

    sent: int
    kept: int
    unasked: int
    usage: Usage


def usage_of(request: JudgeRequest, question: Question) -> Usage:
    """Return about what one call takes; a reply that has to be mended takes another one."""
    characters = sum(len(message.content) for message in request.request.messages)
    schema = len(str(request.request.schema or ""))
    return Usage(
        input_tokens=(characters + schema) // _CHARACTERS_A_TOKEN,
        output_tokens=len(question.points) * _REPLY_A_POINT + _REPLY_BESIDE,
        told=False,
    )


def estimate(
    answers: Iterable[tuple[Question | Ungraded, str]], requesting: Requesting, cache: ReplyCache
) -> Estimate:
    """Return what it would take to have all ``answers`` to questions judged."""
    sent, kept, silent, usage = 0, 0, 0, Usage(told=False)
    for question, answer in answers:
        if isinstance(question, Ungraded):
            silent += 1
            continue
        request = requesting.about(question, answer)
        if unasked(question, answer, request):
            silent += 1
            continue
        if kept_reply(cache, question, answer, request) is not None:
            kept += 1
            continue
        sent += 1
        usage = usage.plus(usage_of(request, question))
    return Estimate(sent=sent, kept=kept, unasked=silent, usage=usage)
