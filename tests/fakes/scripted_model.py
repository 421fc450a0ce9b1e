"""A language model that plays what it is given. Refuses to understand a request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import TypeAlias

from interviewbot.domain.chat import ChatFailed, ChatReply, ChatRequest, Usage

Played: TypeAlias = "str | ChatReply | ChatFailed | Callable[[ChatRequest], str | ChatReply]"
USAGE = Usage(input_tokens=100, output_tokens=10)


class ScriptedModel:
    """Plays ``script``, one entry a call; with ``forever`` the last entry again and again.

    A text comes with ``USAGE``, a fault is raised, a function is asked. ``requests`` are what
    it was sent, ``timeouts`` the seconds it was given; ``meanwhile`` runs at every call.
    """

    def __init__(
        self,
        script: Sequence[Played],
        *,
        forever: bool = False,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        """Keep what to play."""
        self._script = list(script)
        self._forever = forever
        self._meanwhile = meanwhile
        self._lock = Lock()
        self.requests: list[ChatRequest] = []
        self.timeouts: list[float] = []

    @property
    def id(self) -> str:
        """Provider and model."""
        return "scripted:one"

    @property
    def endpoint(self) -> str:
        """An address that nobody calls."""
        return "http://127.0.0.1:9/v1"

    def complete(self, request: ChatRequest, *, timeout: float) -> ChatReply:
        """Return or raise what comes next."""
        with self._lock:
            self.requests.append(request)
            self.timeouts.append(timeout)
            if not self._script:
                raise AssertionError("the model was called once too often")
            last = self._forever and len(self._script) == 1
            played = self._script[0] if last else self._script.pop(0)
        self._meanwhile()
        if isinstance(played, ChatFailed):
            raise played
        reply = played(request) if callable(played) else played
        return ChatReply(text=reply, usage=USAGE) if isinstance(reply, str) else reply

    def stream(self, request: ChatRequest, *, timeout: float) -> Iterator[str]:
        """Yield what comes next, word for word."""
        yield from self.complete(request, timeout=timeout).text.split(" ")
