"""Replies that are of no use, each as a sentence and a fix.

Owns what is wrong with a reply that came as a success. Refuses to know statuses and exceptions.
"""

from __future__ import annotations

from interviewbot.domain.chat import ChatFailed, ChatFault, Usage
from interviewbot.domain.text import one_line

_CUT = frozenset({"length", "max_tokens", "model_length"})
_FILTER = frozenset(
    {"content_filter", "safety", "recitation", "blocklist", "prohibited_content", "spii"}
)


def ended(reason: str, usage: Usage) -> ChatFailed | None:
    """Return why a reply that ended with ``reason`` is of no use; None where it is."""
    reason = reason.lower()
    if reason in _CUT:
        return cut_off(usage)
    if reason in _FILTER:
        return filtered(usage)
    return refused(usage) if reason == "refusal" else None


def cut_off(usage: Usage) -> ChatFailed:
    """Return that the reply did not fit."""
    return ChatFailed(
        ChatFault.CUT_OFF,
        "the reply was cut off at the limit of tokens",
        "use a --model that is briefer, or one that reasons less",
        usage=usage,
    )


def filtered(usage: Usage) -> ChatFailed:
    """Return that the provider kept the reply back."""
    return ChatFailed(
        ChatFault.FILTERED,
        "the provider's content filter stopped the reply",
        "look for what it may object to in the answer, or use another --model",
        usage=usage,
    )


def refused(usage: Usage) -> ChatFailed:
    """Return that the model would not do it."""
    return ChatFailed(
        ChatFault.REFUSED,
        "the model refuses to reply to this",
        "look for what it may object to in the answer, or use another --model",
        usage=usage,
    )


def empty(usage: Usage) -> ChatFailed:
    """Return that nothing was said."""
    return ChatFailed(
        ChatFault.EMPTY,
        "the model's reply is empty",
        "try again, or use another --model",
        usage=usage,
    )


def broken_off(endpoint: str) -> ChatFailed:
    """Return that the connection went away."""
    return ChatFailed(
        ChatFault.UNREACHABLE,
        f"{endpoint} broke the connection off before the reply was whole",
        "try again; if the server is yours, its log says more",
    )


def not_protocol(endpoint: str, what: str) -> ChatFailed:
    """Return that the server speaks otherwise than it should."""
    return ChatFailed(
        ChatFault.GARBLED,
        f"{endpoint} answers with {one_line(what)[:80]}",
        "the base URL has to lead to a server that speaks this protocol; it often ends in /v1",
    )
