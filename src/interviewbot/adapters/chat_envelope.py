"""What comes back from a Chat Completions server, looked at before its clients do.

Owns the check that a response is a success and has the shape of the protocol, and what of it is
put straight. The clients tell some of what is wrong by errors of their own, some by warnings, and
stumble over the rest; here each has one name. Refuses to know what the reply says.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import httpx2

from interviewbot.adapters.chat_faults import empty, not_protocol
from interviewbot.adapters.chat_statuses import Asked, failed_with
from interviewbot.adapters.chat_usages import usage_told
from interviewbot.domain.chat import ChatFailed, ChatFault, Json, Usage

STREAM_TYPE = "text/event-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTransport(httpx2.BaseTransport):
    """Requests through ``inner``; one that accepts ``STREAM_TYPE`` wants a stream."""

    inner: httpx2.BaseTransport
    asked: Asked

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` and return a success that has the shape of the protocol.

        Raises:
            ChatFailed: if there is none.
        """
        response = self.inner.handle_request(request)
        response.request = request
        try:
            return self._checked(response)
        except BaseException:
            response.close()
            raise

    def close(self) -> None:
        """Close the connections."""
        self.inner.close()

    def _checked(self, response: httpx2.Response) -> httpx2.Response:
        streams = response.request.headers.get("accept") == STREAM_TYPE
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if response.is_success and streams and kind == STREAM_TYPE:
            return response
        response.read()
        if not response.is_success:
            raise self._failed(response.status_code, response, response.text)
        if streams or not kind.endswith("json"):
            raise not_protocol(self.asked.endpoint, self.asked.unkeyed(kind) or "no content type")
        try:
            found: Json = json.loads(response.content)
        except (ValueError, RecursionError):
            raise not_protocol(self.asked.endpoint, "broken JSON") from None
        return httpx2.Response(
            response.status_code,
            headers={"Content-Type": "application/json"},
            content=json.dumps(self._document(found, response)).encode(),
            request=response.request,
        )

    def _document(self, found: Json, response: httpx2.Response) -> dict[str, Json]:
        """Return ``found`` with one text as its content, and counts or nothing as its usage."""
        if not isinstance(found, dict):
            raise not_protocol(self.asked.endpoint, "JSON that is no object")
        if error := found.get("error"):
            raise self._told(error, response)
        choices = found.get("choices")
        usage = _usage(found.get("usage"))
        if choices == []:
            raise empty(usage or Usage())
        if not isinstance(choices, list) or not isinstance(choices[0], dict):
            raise not_protocol(self.asked.endpoint, "JSON without choices")
        message = choices[0].get("message")
        if not isinstance(message, dict):
            raise not_protocol(self.asked.endpoint, "a choice without a message")
        content = message.get("content")
        if isinstance(content, list):
            content = _joined(content)
        if not isinstance(content, str | None):
            raise not_protocol(self.asked.endpoint, "a message without a text")
        choice: dict[str, Json] = {**choices[0], "message": {**message, "content": content}}
        others = {name: value for name, value in found.items() if name != "usage"}
        return {**others, "choices": [choice], **_counts(usage)}

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


def _joined(parts: list[Json]) -> str | None:
    """Return the texts among ``parts``, as thinking models send them; None where there is none."""
    texts = [part.get("text") for part in parts if isinstance(part, dict)]
    said = [text for text in texts if isinstance(text, str)]
    return "".join(said) if said else None


def _prompt(request: httpx2.Request) -> str:
    messages: list[dict[str, Any]] = json.loads(request.content)["messages"]
    return " ".join(str(message.get("content")) for message in messages)


def _usage(found: Json) -> Usage | None:
    if not isinstance(found, dict):
        return None
    return usage_told(found.get("prompt_tokens"), found.get("completion_tokens"))


def _counts(usage: Usage | None) -> dict[str, Json]:
    """Return the counts that are believed, under the protocol's names; nothing where none are."""
    if usage is None:
        return {}
    counts: dict[str, Json] = {
        "prompt_tokens": usage.input_tokens,
        "completion_tokens": usage.output_tokens,
        "total_tokens": usage.total,
    }
    return {"usage": counts}
