"""What is said to a language model and what comes back, whoever makes the model.

Owns the words: message, rung, request, reply, usage, fault. Refuses to know a vendor, a
prompt, or what a reply means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from interviewbot.domain.errors import InterviewbotError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


class Rung(StrEnum):
    """How a model is held to a shape, the strictest first."""

    SCHEMA = "json_schema"
    FUNCTION = "function_calling"
    JSON = "json_mode"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """One call. ``schema`` is the JSON schema of the reply; None where text is wanted.

    ``schema_name`` is letters, digits and underscores. ``most_tokens`` bounds the reply.
    """

    messages: tuple[Message, ...]
    schema: Mapping[str, Json] | None = None
    schema_name: str = "reply"
    rung: Rung = Rung.TEXT
    seed: int | None = None
    temperature: float = 0.0
    most_tokens: int = 4_000


_MOST_TOKENS = 10**15
MOST_CHARACTERS = 1_000_000  # of a reply, and bytes around it; no honest one has as many


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one call or of several; ``told`` is False where they are an estimate."""

    input_tokens: int = 0
    output_tokens: int = 0
    told: bool = True

    def __post_init__(self) -> None:
        """Bound what a server says: nobody's call has so many tokens."""
        for name in ("input_tokens", "output_tokens"):
            object.__setattr__(self, name, min(max(getattr(self, name), 0), _MOST_TOKENS))

    @property
    def total(self) -> int:
        """Tokens in and out."""
        return self.input_tokens + self.output_tokens

    def plus(self, other: Usage) -> Usage:
        """Return both together."""
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            told=self.told and other.told,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReply:
    """What came back whole: ``text`` is JSON (or should be) on every rung but ``TEXT``."""

    text: str
    usage: Usage


class ChatFault(StrEnum):
    """Why a call gave no reply."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    KEY = "key"  # 401, 403, or none given
    NO_MODEL = "no_model"  # 404
    RATE = "rate"  # 429
    SERVER = "server"  # 5xx
    REQUEST = "request"  # 400, 422: what was asked for is not supported, or too long
    CUT_OFF = "cut_off"  # the reply ran into the limit of tokens
    EMPTY = "empty"  # no choice, no text
    REFUSED = "refused"  # by the model
    FILTERED = "filtered"  # by the provider's content filter
    TOO_LARGE = "too_large"  # more bytes than any honest reply
    GARBLED = "garbled"  # not the protocol: another content type, broken JSON around the reply


class ChatFailed(InterviewbotError):
    """A call gave no reply; ``usage`` is what it cost all the same, after so many ``repairs``.

    ``retry_after`` (seconds) is what the server asked to wait, None where it said nothing.
    """

    def __init__(
        self,
        fault: ChatFault,
        message: str,
        hint: str = "",
        *,
        retry_after: float | None = None,
        usage: Usage | None = None,
    ) -> None:
        """Keep what went wrong as a ``fault``, a sentence for the user, and what to do."""
        super().__init__(message, hint)
        self.fault = fault
        self.retry_after = retry_after
        self.usage = usage or Usage()
        self.repairs = 0
