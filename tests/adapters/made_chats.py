"""Requests and models for the tests of language models."""

from __future__ import annotations

from interviewbot.domain.chat import ChatFailed, ChatRequest, Json, Message, Role, Rung

KEY = "sk-loopback-0123456789-not-to-be-seen"
PROMPT = "Why does dropout help a wide network to generalise"
SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {"points": {"type": "array", "items": {"type": "string"}}},
    "required": ["points"],
    "additionalProperties": False,
}


def asking(rung: Rung = Rung.SCHEMA, *, seed: int | None = 7, text: str = PROMPT) -> ChatRequest:
    """Return a request on ``rung``."""
    return ChatRequest(
        messages=(
            Message(role=Role.SYSTEM, content="Reply in JSON."),
            Message(role=Role.USER, content=text),
        ),
        schema=None if rung is Rung.TEXT else SCHEMA,
        rung=rung,
        seed=seed,
        most_tokens=500,
    )


def told(error: ChatFailed) -> str:
    """Return all that a user sees of ``error``."""
    return f"{error.message} — {error.hint}"
