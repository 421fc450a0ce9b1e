"""A chat model that says what it is told to, piece by piece, when it is told to.

Owns a stand-in whose pauses and failures the test sets. Refuses to understand a request.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from interviewbot.domain.chat import ChatFailed, ChatReply, ChatRequest, Usage

Part = str | threading.Event | ChatFailed


class SpeakingChat:
    """Streams its ``replies``, one a call, the last one again and again.

    A part of a reply is a piece of text, an event that is waited for, or an error to raise.
    ``requests`` are those that came, ``ended`` counts the replies that nobody reads any more.
    """

    def __init__(self, *replies: Sequence[Part]) -> None:
        """Begin with the first of ``replies``."""
        self._replies = list(replies)
        self.requests: list[ChatRequest] = []
        self.ended = 0

    @property
    def id(self) -> str:
        """Always the same."""
        return "speaking"

    @property
    def endpoint(self) -> str:
        """Nothing leaves here."""
        return ""

    def complete(self, request: ChatRequest, *, timeout: float) -> ChatReply:
        """Return the next reply as a whole."""
        return ChatReply(text="".join(self.stream(request, timeout=timeout)), usage=Usage())

    def stream(self, request: ChatRequest, *, timeout: float) -> Iterator[str]:  # noqa: ARG002
        """Yield the pieces of the next reply."""
        self.requests.append(request)
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        try:
            for part in reply:
                if isinstance(part, threading.Event):
                    assert part.wait(60)
                elif isinstance(part, ChatFailed):
                    raise part
                else:
                    yield part
        finally:
            self.ended += 1
