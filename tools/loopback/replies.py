"""What the loopback server answers: a reply, and how it goes over the wire.

Owns the protocol's documents and events, and the ways to misbehave. Refuses to know sockets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_PIECE = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer of the server.

    ``text`` is the model's, ``tool`` the arguments (JSON text) of a call of the tool that was
    asked for. ``usage`` are tokens in and out, None leaves them out, and by default they are
    counted in words. ``document`` stands in place of the whole JSON document, ``body`` in place
    of whatever bytes there would be. ``delay`` (seconds) is before the first byte. ``drip`` are
    bytes a piece and seconds between pieces, from the head on with ``drip_head``.
    ``close_after`` so many bytes of the body the connection is cut; -1: before the head.
    """

    text: str | None = None
    tool: str | None = None
    usage: tuple[int, int] | None = (-1, -1)
    finish_reason: str | None = "stop"
    refusal: str | None = None
    document: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    content_type: str | None = "application/json"
    delay: float = 0.0
    drip: tuple[int, float] | None = None
    drip_head: bool = False
    close_after: int | None = None


def failure(
    status: int,
    message: str = "",
    *,
    parameter: str | None = None,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Return an error as OpenAI's server words it."""
    error = {"message": message, "type": "error", "param": parameter, "code": code}
    return Reply(status=status, document={"error": error}, headers=headers or {})


def wire(reply: Reply, request: Mapping[str, Any]) -> tuple[str | None, bytes]:
    """Return content type and body of ``reply`` to ``request``."""
    if reply.body is not None:
        return reply.content_type, reply.body
    if reply.document is None and request.get("stream") and reply.status == 200:
        return "text/event-stream", _events(reply, request)
    document = reply.document if reply.document is not None else _document(reply, request)
    return reply.content_type, json.dumps(document).encode()


def _document(reply: Reply, request: Mapping[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    if reply.refusal is not None:
        message["refusal"] = reply.refusal
    if reply.tool is not None:
        message["tool_calls"] = [_call(reply.tool, request)]
    choice = {"index": 0, "message": message, "finish_reason": reply.finish_reason}
    found = {**_head(request, "chat.completion"), "choices": [choice]}
    if (usage := _usage(reply, request)) is not None:
        found["usage"] = usage
    return found


def _events(reply: Reply, request: Mapping[str, Any]) -> bytes:
    head = _head(request, "chat.completion.chunk")
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": piece} for piece in _PIECE.findall(reply.text or "")]
    events = [_event(head, delta, None) for delta in deltas]
    if reply.finish_reason is not None:
        events.append(_event(head, {}, reply.finish_reason))
    if (request.get("stream_options") or {}).get("include_usage"):
        events.append({**head, "choices": [], "usage": _usage(reply, request)})
    lines = [*(json.dumps(event) for event in events), "[DONE]"]
    return "".join(f"data: {line}\n\n" for line in lines).encode()


def _head(request: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 0, "model": request.get("model")}


def _event(head: dict[str, Any], delta: dict[str, Any], reason: str | None) -> dict[str, Any]:
    return {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}


def _call(arguments: str, request: Mapping[str, Any]) -> dict[str, Any]:
    tools = request.get("tools") or [{"function": {"name": "reply"}}]
    function = {"name": tools[0]["function"]["name"], "arguments": arguments}
    return {"id": "call_1", "type": "function", "function": function}


def _usage(reply: Reply, request: Mapping[str, Any]) -> dict[str, int] | None:
    if reply.usage is None:
        return None
    given, made = reply.usage
    if given < 0:
        given = sum(len(str(one.get("content")).split()) for one in request.get("messages", ()))
        made = len((reply.text or reply.tool or "").split())
    return {"prompt_tokens": given, "completion_tokens": made, "total_tokens": given + made}
