"""Language models through LangChain.

Owns one attempt at a reply: a total time, a parameter that is refused left out, tokens counted.
Refuses to try again, to parse a reply, and to let anything be traced that nobody asked for.
"""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import SecretStr

from interviewbot.adapters import chat_dialects
from interviewbot.adapters.abandoning import pieces_within, within
from interviewbot.adapters.chat_choices import ChosenChat, choose_chat, no_key
from interviewbot.adapters.chat_dialects import Spoken, messages_of, shaped
from interviewbot.adapters.chat_errors import Translator
from interviewbot.adapters.chat_faults import broken_off, empty, ended
from interviewbot.adapters.chat_providers import OPENAI, Address
from interviewbot.adapters.chat_replies import end_of, reply_of, too_long
from interviewbot.adapters.chat_statuses import Asked, ParameterRefused
from interviewbot.domain.chat import (
    MOST_CHARACTERS,
    ChatFailed,
    ChatFault,
    ChatReply,
    ChatRequest,
    Usage,
)
from interviewbot.domain.errors import BadInput

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

T = TypeVar("T")

_LEAST_TIME = 0.001  # seconds; none at all would mean no limit to some clients


class LangchainChat:
    """A LangChain chat model as the services know one. Calls may come from several threads."""

    def __init__(
        self, name: str, spoken: Spoken, asked: Asked, *, keyless: bool, tracing: bool
    ) -> None:
        """Use ``spoken``; ``load_chat`` makes one. ``keyless``: a key is needed and there is none.

        What it holds open is closed with it.
        """
        self.id = name
        self.endpoint = asked.endpoint
        self._spoken, self._asked = spoken, asked
        self._keyless, self._tracing = keyless, tracing
        self._without: frozenset[str] = frozenset()
        self._closing = weakref.finalize(self, spoken.close) if spoken.close else None

    def __repr__(self) -> str:
        """Return what may be shown."""
        return f"LangchainChat({self.id})"

    def close(self) -> None:
        """Close the connections; to be called again is no harm."""
        if self._closing is not None:
            self._closing()

    def complete(self, request: ChatRequest, *, timeout: float) -> ChatReply:
        """Return the whole reply within ``timeout`` seconds, slow drips included.

        Raises:
            ChatFailed: if no whole reply came, or the model refused.
        """
        translator = self._translator(request, timeout)
        until = time.monotonic() + timeout
        messages = messages_of(request)

        def attempt(without: frozenset[str]) -> Any:
            model = shaped(self._spoken.chat, request, without)
            given = self._spoken.parameters(request, without)
            left = max(until - time.monotonic(), _LEAST_TIME)

            def call() -> Any:
                with self._untraced():
                    return model.invoke(messages, **given)

            if self._spoken.bounded:
                given["timeout"] = left
                return translator.run(call)
            return translator.run(lambda: within(left, call))

        reply = reply_of(self._adapted(attempt), request, messages)
        return replace(reply, text=self._asked.unkeyed(reply.text))

    def stream(self, request: ChatRequest, *, timeout: float) -> Iterator[str]:
        """Yield the text of a reply in pieces as they come.

        Raises:
            ChatFailed: as in ``complete``; pieces may have come before.
        """
        translator = self._translator(request, timeout)
        until = time.monotonic() + timeout

        def attempt(without: frozenset[str]) -> tuple[Iterator[Any], Any]:
            chunks = self._chunks(request, without, max(until - time.monotonic(), _LEAST_TIME))
            return chunks, translator.run(lambda: next(chunks, None))

        chunks, chunk = self._adapted(attempt)
        seen, blank, reason = 0, True, ""
        try:
            while chunk is not None:
                reason = end_of(chunk) or reason
                if piece := str(chunk.text):
                    seen, blank = seen + len(piece), blank and not piece.strip()
                    if seen > MOST_CHARACTERS:
                        raise too_long(Usage())
                    yield self._asked.unkeyed(piece)
                chunk = translator.run(lambda: next(chunks, None))
        finally:
            chunks.close()  # type: ignore[attr-defined]  # it is a generator
        if failed := ended(reason, Usage()):
            raise failed
        if not reason and self._spoken.bounded:
            raise broken_off(self.endpoint)
        if blank:
            raise empty(Usage())

    def _chunks(
        self, request: ChatRequest, without: frozenset[str], left: float
    ) -> Iterator[AIMessageChunk]:
        model, messages = self._spoken.chat, messages_of(request)
        given = self._spoken.parameters(request, without)
        if not self._spoken.bounded:
            yield from pieces_within(left, lambda: self._streamed(model, messages, given))
            return
        from interviewbot.adapters.chat_envelope import STREAM_TYPE

        given.update(timeout=left, extra_headers={"Accept": STREAM_TYPE})
        yield from self._streamed(model, messages, given)

    def _streamed(self, model: Any, messages: Any, given: dict[str, Any]) -> Iterator[Any]:
        chunks = model.stream(messages, **given)
        while True:
            with self._untraced():  # it holds for a thread, which others use between two pieces
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk

    def _translator(self, request: ChatRequest, timeout: float) -> Translator:
        """Return what translates errors of a call.

        Raises:
            ChatFailed: if there is no sense in a call: no key, or no such rung.
        """
        if self._keyless:
            raise no_key(self._asked)
        if request.rung in self._spoken.lacks:
            raise ChatFailed(
                ChatFault.REQUEST, f"{self.id} knows no {request.rung}", "use another --model"
            )
        prompt = " ".join(message.content for message in request.messages)
        return Translator(asked=replace(self._asked, prompt=prompt), timeout=timeout)

    def _adapted(self, attempt: Callable[[frozenset[str]], T]) -> T:
        """Return what ``attempt`` returns, told which parameters to leave out.

        What one was refused for is remembered once it works without.
        """
        without = self._without
        while True:
            try:
                found = attempt(without)
            except ParameterRefused as error:
                if error.parameter in without:
                    raise
                without |= {error.parameter}
                continue
            if without != self._without:
                self._without |= without
            return found

    def _untraced(self) -> AbstractContextManager[None]:
        if self._tracing:
            return nullcontext()
        from langsmith import tracing_context

        return tracing_context(enabled=False)


def load_chat(
    name: str, *, base_url: str = "", key: SecretStr | None = None, tracing: bool = False
) -> LangchainChat:
    """Return the model ``name``: ``provider:model``, or a model of OpenAI's.

    ``base_url`` goes before the provider's variable, and that before its own address.
    ``tracing`` leaves it to LangChain's variables whether LangSmith is told of calls; without,
    nothing is.

    Raises:
        BadInput: if there is no such provider, no model is named, or the address is none.
        ModelUnavailable: if its package is not installed.
    """
    chosen = choose_chat(name, base_url=base_url, key=key)
    _check_environment()
    if chosen.address is None:
        from interviewbot.adapters.scripted_chat import load_script

        script = load_script(chosen.asked.model)
        spoken = Spoken(chat=script, parameters=chat_dialects.scripted_parameters)
    else:
        spoken = _spoken(chosen, chosen.address, key)
    return LangchainChat(chosen.id, spoken, chosen.asked, keyless=chosen.keyless, tracing=tracing)


def _spoken(chosen: ChosenChat, address: Address, key: SecretStr | None) -> Spoken:
    if chosen.provider == OPENAI:
        return chat_dialects.openai(chosen.asked.model, address, key, chosen.asked)
    return chat_dialects.other(chosen.provider, chosen.asked.model, address, key)


def _check_environment() -> None:
    for name in ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER"):
        if os.environ.get(name, "").lower() not in {"", "0", "false"}:
            raise BadInput(f"{name} is set, which LangChain refuses by now", f"unset {name}")
