"""What a language model can do, found out by asking it.

Owns the probe: does it answer, how firmly can it be held to a shape, does a seed make it repeat
itself. It is asked as for a judgement, so that what works here works there. Refuses to judge an
answer with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interviewbot.domain.chat import ChatRequest, Message, Role, Rung
from interviewbot.domain.json_replies import object_shape, object_with
from interviewbot.services.llm.asking import Asking

_SEED = 20
_WORDS = ("covered", "missing")
_ASKED = (
    "This is a test of a connection. Reply with one JSON object and nothing else: the key"
    ' "verdict" is one of "covered" and "missing", the key "number" is an integer that you draw'
    " at random between 1 and 1000000."
)
_SHAPE = object_shape(verdict={"type": "string", "enum": list(_WORDS)}, number={"type": "integer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What came of a probe.

    ``rung`` is the one that the reply came on, after so many ``repairs``. ``repeats`` says
    whether the same request with the same seed got the same reply; ``seconds`` is how long the
    first usable one took, retries and repairs included.
    """

    rung: Rung
    repairs: int
    repeats: bool
    seconds: float


def probe(asking: Asking, clock: Callable[[], float]) -> Probe:
    """Have a small object asked for as a judgement is, then the same once more.

    Raises:
        ChatFailed: if no reply came that can be used.
    """
    request = ChatRequest(
        messages=(Message(role=Role.USER, content=_ASKED),),
        schema=_SHAPE,
        schema_name="probe",
        seed=_SEED,
        most_tokens=1_000,
    )
    begun = clock()
    first = asking.ask(request, _read)
    seconds = clock() - begun
    again = asking.ask(request, _read)
    return Probe(
        rung=first.rung,
        repairs=first.repairs,
        repeats=again.text == first.text,
        seconds=seconds,
    )


def _read(text: str) -> float | tuple[str, ...]:
    """Return the number that was drawn, or what is wrong with the reply."""
    found = object_with(text, "verdict")
    if isinstance(found, str):
        return (found,)
    number = found.get("number")
    if found.get("verdict") not in _WORDS or not isinstance(number, float):
        return ('"verdict" must be one of the two words, "number" an integer',)
    return number
