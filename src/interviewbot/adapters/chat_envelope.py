"""What comes back from a Chat Completions server, looked at before its clients do.

Owns the check that a response is a success and has the shape of the protocol. The clients tell
some of what is wrong by errors of their own, some by warnings, and stumble over the rest; here
each has one name. Refuses to know what the reply says.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import httpx2

from interviewbot.adapters.chat_faults import empty, not_protocol
from interviewbot.adapters.chat_statuses import Asked, failed_with
from interviewbot.domain.chat import ChatFailed, ChatFault, Json, Usage

STREAM_TYPE = "text/event-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeCheck:
    """A hook for responses; a request that accepts ``STREAM_TYPE`` wants a stream."""

    asked: Asked

    def __call__(self, response: httpx2.Response) -> None:
        """Let ``response`` pass.

        Raises:
            ChatFailed: if it is no success or not the protocol.
        """
        streams = response.request.headers.get("accept") == STREAM_TYPE
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if response.is_success and streams and kind == STREAM_TYPE:
            return
        response.read()
        if not response.is_success:
            raise self._failed(response.status_code, response, response.text)
        if streams or not kind.endswith("json"):
            raise not_protocol(self.asked.endpoint, kind or "no content type")
        try:
            found: Json = json.loads(response.content)
        except (ValueError, RecursionError):
            raise not_protocol(self.asked.endpoint, "broken JSON") from None
        self._check(found, response)

    def _check(self, found: Json, response: httpx2.Response) -> None:
        if not isinstance(found, dict):
            raise not_protocol(self.asked.endpoint, "JSON that is no object")
        if error := found.get("error"):
            raise self._told(error, response)
        choices = found.get("choices")
        if choices == []:
            raise empty(_usage(found.get("usage")))
        if not isinstance(choices, list) or not isinstance(choices[0], dict):
            raise not_protocol(self.asked.endpoint, "JSON without choices")
        message = choices[0].get("message")
        content = message.get("content") if isinstance(message, dict) else 0
        if not isinstance(content, str | list | None):
            raise not_protocol(self.asked.endpoint, "a choice without a message")

    def _told(self, error: Json, response: httpx2.Response) -> ChatFailed:
        """Return what an error means that comes as a success."""
        code = error.get("code") if isinstance(error, dict) else None
        if isinstance(code, int) and 400 <= code < 600:
            return self._failed(code, response, response.text)
        return ChatFailed(
            ChatFault.SERVER,
            f"the server at {self.asked.endpoint} answers with an error",
            "try again later; if it is yours, its log says more",
        )

    def _failed(self, status: int, response: httpx2.Response, body: str) -> ChatFailed:
        asked = replace(self.asked, prompt=_prompt(response.request))
        return failed_with(status, response.headers, body, asked)


def _prompt(request: httpx2.Request) -> str:
    messages: list[dict[str, Any]] = json.loads(request.content)["messages"]
    return " ".join(str(message.get("content")) for message in messages)


def _usage(found: Json) -> Usage:
    given, made = (
        found.get(name) if isinstance(found, dict) else 0
        for name in ("prompt_tokens", "completion_tokens")
    )
    return Usage(
        input_tokens=max(given, 0) if isinstance(given, int) else 0,
        output_tokens=max(made, 0) if isinstance(made, int) else 0,
    )
