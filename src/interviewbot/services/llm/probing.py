"""What a language model can do, found out by asking it.

Owns the probe: does it answer, how firmly can it be held to a shape, does a seed make it repeat
itself. Refuses to judge an answer with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from interviewbot.domain.chat import (
    ChatFailed,
    ChatFault,
    ChatRequest,
    Json,
    Message,
    Role,
    Rung,
    Usage,
)
from interviewbot.ports import ChatModel

_SEED = 20
_WORDS = ("covered", "missing")
_ASKED = (
    "This is a test of a connection. Reply with one JSON object and nothing else: the key"
    ' "verdict" is one of "covered" and "missing", the key "number" is an integer that you draw'
    " at random between 1 and 1000000."
)
_SHAPE: dict[str, Json] = {
    "type": "object",
    "properties": {
        "verdict": {"type": "string", "enum": list(_WORDS)},
        "number": {"type": "integer"},
    },
    "required": ["verdict", "number"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What came of a probe.

    ``rung`` is the highest on which the reply had its shape, None where none did.
    ``repeats`` says whether the same request with the same seed got the same reply; ``seconds``
    is how long the first usable one took.
    """

    rung: Rung | None
    repeats: bool
    seconds: float
    usage: Usage


def probe(model: ChatModel, clock: Callable[[], float], timeout: float = 30.0) -> Probe:
    """Ask ``model`` for a small object, one rung after another, then the same once more.

    Raises:
        ChatFailed: if it cannot be reached, or refuses for another reason than the shape.
    """
    request = ChatRequest(
        messages=(Message(role=Role.USER, content=_ASKED),),
        schema=_SHAPE,
        schema_name="probe",
        seed=_SEED,
        most_tokens=1_000,
    )
    usage = Usage()
    for rung in Rung:
        begun = clock()
        try:
            reply = model.complete(replace(request, rung=rung), timeout=timeout)
        except ChatFailed as error:
            if error.fault is not ChatFault.REQUEST or rung is Rung.TEXT:
                raise
            continue
        seconds = clock() - begun
        usage = usage.plus(reply.usage)
        if _has_the_shape(reply.text):
            again = model.complete(replace(request, rung=rung), timeout=timeout)
            return Probe(
                rung=rung,
                repeats=again.text == reply.text,
                seconds=seconds,
                usage=usage.plus(again.usage),
            )
    return Probe(rung=None, repeats=False, seconds=seconds, usage=usage)


def _has_the_shape(text: str) -> bool:
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(found, dict)
        and found.get("verdict") in _WORDS
        and isinstance(found.get("number"), int)
    )
