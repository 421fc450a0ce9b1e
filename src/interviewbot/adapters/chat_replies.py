"""What a LangChain message says, and what it cost.

Owns the way from a message to the text on each rung, and the count of tokens. Refuses to parse
the text: that is for whoever asked.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from interviewbot.adapters.chat_faults import empty, ended, refused
from interviewbot.adapters.chat_usages import usage_told
from interviewbot.domain.chat import (
    MOST_CHARACTERS,
    ChatFailed,
    ChatFault,
    ChatReply,
    ChatRequest,
    Rung,
    Usage,
)

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_REASONS = ("finish_reason", "stop_reason", "done_reason")


def reply_of(message: BaseMessage, request: ChatRequest, sent: list[BaseMessage]) -> ChatReply:
    """Return what ``message`` says in reply to ``request``, which was put as ``sent``.

    Raises:
        ChatFailed: if it is refused, filtered, cut off, empty or endless.
    """
    usage = usage_of(message, sent)
    if message.additional_kwargs.get("refusal"):
        raise refused(usage)
    if failed := ended(end_of(message), usage):
        raise failed
    text = _text(message, request)
    if not text.strip():
        raise empty(usage)
    if len(text) > MOST_CHARACTERS:
        raise too_long(usage)
    return ChatReply(text=text, usage=usage)


def too_long(usage: Usage) -> ChatFailed:
    """Return that a reply has more than ``MOST_CHARACTERS``."""
    return ChatFailed(
        ChatFault.TOO_LARGE,
        "the reply is longer than any honest one",
        "try another --model",
        usage=usage,
    )


def end_of(message: BaseMessage) -> str:
    """Return why ``message`` ends where it does, in its provider's word; empty if untold."""
    told = (message.response_metadata.get(name) for name in _REASONS)
    return next((str(getattr(one, "name", one)) for one in told if one), "")


def usage_of(message: BaseMessage, sent: list[BaseMessage]) -> Usage:
    """Return what ``message`` cost as the provider tells it, else an estimate."""
    told: Any = getattr(message, "usage_metadata", None) or {}
    usage = usage_told(told.get("input_tokens"), told.get("output_tokens"))
    if usage is not None:
        return usage
    from langchain_core.messages.utils import count_tokens_approximately

    return Usage(
        input_tokens=count_tokens_approximately(sent),
        output_tokens=count_tokens_approximately([message]),
        told=False,
    )


def _text(message: BaseMessage, request: ChatRequest) -> str:
    if request.rung is Rung.FUNCTION:
        for call in getattr(message, "tool_calls", ()):
            return json.dumps(call["args"], ensure_ascii=False)
        for call in getattr(message, "invalid_tool_calls", ()):
            return str(call["args"] or "")
    return str(message.text)
