"""Everything that a language model's server may do wrong, ready to be served.

Each fault is a behaviour. Times are short: they are for tests with short timeouts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tools.loopback.replies import Reply, failure
from tools.loopback.server import Behaviour

_GOOD = '{"points": []}'


def _always(reply: Reply) -> Behaviour:
    return lambda _: reply


def says(text: str) -> Behaviour:
    """Answer ``text``, as a call of a tool where one is asked for."""

    def answer(request: dict[str, Any]) -> Reply:
        if request.get("tools"):
            return Reply(tool=text, finish_reason="tool_calls")
        return Reply(text=text)

    return answer


def refuses(*parameters: str, then: Behaviour | None = None) -> Behaviour:
    """Refuse requests that have one of ``parameters``; others go to ``then``."""
    after = then or says(_GOOD)

    def answer(request: dict[str, Any]) -> Reply:
        named = next((name for name in parameters if name in request), None)
        if named is None:
            return after(request)
        return failure(400, f"Unsupported parameter: '{named}' is not supported.", parameter=named)

    return answer


def rungs(*accepted: str, then: Behaviour | None = None) -> Behaviour:
    """Refuse, as servers do, every rung that is not ``accepted``; values are those of ``Rung``."""
    after = then or says(_GOOD)

    def answer(request: dict[str, Any]) -> Reply:
        rung = rung_of(request)
        if rung in accepted:
            return after(request)
        if rung == "function_calling":
            return failure(400, "this model does not support tools")
        return failure(400, "this response_format is unavailable now")

    return answer


def rung_of(request: Mapping[str, Any]) -> str:
    """Return the rung that ``request`` is on, as ``Rung`` names it."""
    if request.get("tools"):
        return "function_calling"
    kind = (request.get("response_format") or {}).get("type")
    return {"json_schema": "json_schema", "json_object": "json_mode"}.get(str(kind), "text")


def limited(seconds: str | None = None, **headers: str) -> Behaviour:
    """Answer 429, with ``Retry-After`` where ``seconds`` (or an HTTP date) is given."""
    more = {} if seconds is None else {"Retry-After": seconds}
    return _always(failure(429, "Rate limit reached", headers={**more, **headers}))


def redirect(address: str) -> Behaviour:
    """Send requests to another ``address``."""
    return _always(Reply(status=307, document={}, headers={"Location": address}))


# Name to behaviour, for tests that go through all of them.
FAULTS: dict[str, Behaviour] = {
    "unauthorised": _always(failure(401, "Incorrect API key provided: sk-loop****test")),
    "forbidden": _always(failure(403, "You are not allowed to sample from this model")),
    "no_credit": _always(failure(402, "Insufficient Balance")),
    "no_model": _always(failure(404, "The model does not exist")),
    "no_model_400": _always(failure(400, "Model Not Exist")),
    "rate": limited(),
    "quota": _always(failure(429, "You exceeded your quota", code="insufficient_quota")),
    "error_500": _always(failure(500, "The server had an error")),
    "error_503": _always(failure(503, "Overloaded", headers={"Retry-After": "3"})),
    "error_502_html": _always(
        Reply(status=502, body=b"<html>Bad gateway</html>", content_type="text/html")
    ),
    "bad_request": _always(failure(400, "This request cannot be served")),
    "too_long": _always(failure(400, "This model's maximum context length is 4096 tokens")),
    "error_as_success": _always(Reply(document={"error": {"message": "gone", "code": 503}})),
    "late": _always(Reply(text=_GOOD, delay=1.0)),
    "slow_drip": _always(Reply(text=_GOOD, drip=(1, 0.02))),
    "slow_head": _always(Reply(text=_GOOD, drip=(1, 0.02), drip_head=True)),
    "stalled": _always(Reply(text=_GOOD, drip=(60, 1.0))),
    "cut_off": _always(Reply(text='{"points": [{"id": "a"', finish_reason="length")),
    "no_choices": _always(Reply(document={"id": "1", "object": "chat.completion", "choices": []})),
    "null_choices": _always(Reply(document={"id": "1", "choices": None})),
    "no_text": _always(Reply(text="")),
    "null_text": _always(Reply(text=None)),
    "blank_text": _always(Reply(text=" \n ")),
    "refusal": _always(Reply(text=None, refusal="I cannot help with that.")),
    "filtered": _always(Reply(text="", finish_reason="content_filter")),
    "large": _always(Reply(text="x" * 2_000_000)),
    "wrong_type": _always(Reply(body=b"<html>Welcome</html>", content_type="text/html")),
    "no_type": _always(Reply(body=b"hello", content_type=None)),
    "broken_json": _always(Reply(body=b'{"choices": [{"message": {"content": "he')),
    "deep_json": _always(Reply(body=b"[" * 200_000)),
    "json_text": _always(Reply(body=b'"hello"')),
    "no_message": _always(Reply(document={"choices": [{"index": 0}]})),
    "odd_content": _always(Reply(document={"choices": [{"message": {"content": 5}}]})),
    "closed_early": _always(Reply(text=_GOOD, close_after=20)),
    "closed_at_once": _always(Reply(text=_GOOD, close_after=0)),
    "no_head": _always(Reply(close_after=-1)),
    "redirected": redirect("http://127.0.0.1:9/v1"),
    "gzip_bomb": _always(Reply(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})),
}


def judge_reply(points: list[dict[str, Any]], **more: str) -> str:
    """Return the text of a judge's reply about ``points``."""
    words = {"strength": "Clear.", "improvement": "Say more.", "follow_up": "Why?"} | more
    return json.dumps({"points": points, **words})
