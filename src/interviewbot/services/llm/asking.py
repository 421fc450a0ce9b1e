"""One question to a language model, and as many tries as it takes to get a usable reply.

Owns the ladder of shapes, the repairs, the retries and the time that all of it may take.
Refuses to know what is asked: ``read`` says whether a reply is usable.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Generic, TypeVar

from interviewbot.domain.chat import (
    ChatFailed,
    ChatFault,
    ChatReply,
    ChatRequest,
    Message,
    Role,
    Rung,
    Usage,
)
from interviewbot.ports import ChatModel
from interviewbot.services.llm.pacing import Pace

T = TypeVar("T")

MOST_REPAIRS = 2
_MOST_TRIES = 4  # of one call, where the fault may pass
_FIRST_WAIT = 0.5  # seconds
_LONGEST_WAIT = 20.0
_MOST_TOKENS = 16_000
_LEAST_TIME = 0.05  # seconds; with less left a call makes no sense
_LONGEST_SHOWN = 20_000  # characters of a bad reply that the model is shown again
_PASSING = frozenset(
    {
        ChatFault.TIMEOUT,
        ChatFault.UNREACHABLE,
        ChatFault.RATE,
        ChatFault.SERVER,
        ChatFault.EMPTY,
        ChatFault.GARBLED,
    }
)
_HOPELESS = frozenset({ChatFault.KEY, ChatFault.NO_MODEL})
_RUNGS = tuple(Rung)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Generic[T]):
    """A usable reply: what ``read`` made of ``text``, and what it took to get it."""

    value: T
    text: str
    rung: Rung
    repairs: int
    usage: Usage


@dataclass(kw_only=True)
class _Taken:
    """What one question may take (``until``, by the clock) and has taken (``usage``, ``repairs``).

    ``turn`` is whether its next call need not wait for one.
    """

    until: float
    turn: bool = True
    usage: Usage = field(default_factory=Usage)
    repairs: int = 0


@dataclass(kw_only=True)
class Asking:
    """Asks ``model``; one object serves all threads and remembers which rung it understands.

    ``repair`` makes the message that shows the model what is wrong with its reply.
    ``timeout`` (seconds) is for everything, waits, retries and repairs included, once the
    first call has its turn: where the user's own rate is low, others may be before it. ``spend``
    is told of every call's tokens, those of replies that are of no use too.
    """

    model: ChatModel
    pace: Pace
    repair: Callable[[Sequence[str]], str]
    spend: Callable[[Usage], None]
    timeout: float = 60.0
    dice: random.Random = field(default_factory=random.Random)
    _rung: Rung = field(default=Rung.SCHEMA, init=False)
    _hopeless: tuple[ChatFault, str, str] | None = field(default=None, init=False)
    _useful: bool = field(default=False, init=False)  # a refusal is then one answer's own
    _reached: bool | None = field(default=None, init=False)  # None before the first question ends
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    @property
    def rung(self) -> Rung:
        """The highest rung that the model is not known to refuse."""
        with self._lock:
            return self._rung

    def ask(self, request: ChatRequest, read: Callable[[str], T | tuple[str, ...]]) -> Answered[T]:
        """Return the first reply to ``request`` that ``read`` takes.

        ``read`` returns the reply's value, or a tuple of sentences that say what is wrong.

        Raises:
            ChatFailed: if none came in time, or after so many tries; it names the last cause,
                its usage is that of all calls, and its repairs those that were asked for.
        """
        if self._hopeless is not None:  # what was wrong with the key is wrong for the next answer
            raise ChatFailed(*self._hopeless)
        self.pace.wait(math.inf)
        taken = _Taken(until=self.pace.clock() + self.timeout)
        try:
            answered = self._answered(request, read, taken)
        except ChatFailed as error:
            error.usage, error.repairs = taken.usage, taken.repairs
            if error.fault in _HOPELESS and not self._useful:
                self._hopeless = error.fault, error.message, error.hint
            self._reached = bool(self._reached) or error.fault is not ChatFault.UNREACHABLE
            raise
        self._useful = True
        return answered

    def _answered(
        self, request: ChatRequest, read: Callable[[str], T | tuple[str, ...]], taken: _Taken
    ) -> Answered[T]:
        faults: tuple[str, ...] = ()
        plain = False  # a server that heeds no schema may heed words
        for repairs in range(MOST_REPAIRS + 1):
            taken.repairs = repairs
            reply, rung = self._in_words(request, taken) if plain else self._call(request, taken)
            found = read(reply.text)
            if not isinstance(found, tuple):
                return Answered(
                    value=found, text=reply.text, rung=rung, repairs=repairs, usage=taken.usage
                )
            faults = found
            request = self._repaired(request, reply.text, faults)
            plain = plain or not (self._useful or "{" in reply.text)
        raise ChatFailed(
            ChatFault.GARBLED,
            f"the model's reply cannot be used: {'; '.join(faults[:3])}",
            "try another --model; 'interviewbot doctor' says how well it follows a schema",
        )

    def _repaired(self, request: ChatRequest, text: str, faults: Sequence[str]) -> ChatRequest:
        said = Message(role=Role.ASSISTANT, content=text[:_LONGEST_SHOWN] or "(nothing)")
        asked = Message(role=Role.USER, content=self.repair(faults))
        return replace(request, messages=(*request.messages, said, asked))

    def _call(self, request: ChatRequest, taken: _Taken) -> tuple[ChatReply, Rung]:
        """Call, once a rung, from the highest that is not known to be refused."""
        first = _RUNGS.index(self.rung if request.schema is not None else Rung.TEXT)
        for rung in _RUNGS[first:-1]:
            try:
                reply = self._patiently(replace(request, rung=rung), taken)
            except ChatFailed as error:
                if error.fault is ChatFault.SERVER and not self._useful:
                    break  # over the schema, perhaps
                if error.fault is not ChatFault.REQUEST:
                    raise
                continue
            self._remember(rung)
            return reply, rung
        else:
            return self._in_words(request, taken)
        reply = self._once(replace(request, rung=Rung.TEXT), taken)
        self._remember(Rung.TEXT)
        return reply, Rung.TEXT

    def _in_words(self, request: ChatRequest, taken: _Taken) -> tuple[ChatReply, Rung]:
        reply = self._patiently(replace(request, rung=Rung.TEXT), taken)
        if request.schema is not None:
            self._remember(Rung.TEXT)
        return reply, Rung.TEXT

    def _remember(self, rung: Rung) -> None:
        with self._lock:
            self._rung = max(self._rung, rung, key=_RUNGS.index)

    def _patiently(self, request: ChatRequest, taken: _Taken) -> ChatReply:
        """Call, and again where the fault may pass and there is time."""
        tries = 0
        while True:
            tries += 1
            try:
                return self._once(request, taken)
            except ChatFailed as error:
                if error.fault is ChatFault.CUT_OFF and request.most_tokens < _MOST_TOKENS:
                    request = replace(request, most_tokens=_MOST_TOKENS)
                    continue
                if error.fault not in _PASSING or tries >= _MOST_TRIES:
                    raise
                if error.fault is ChatFault.UNREACHABLE and self._reached is False:
                    raise  # nobody was ever there: to look whether somebody is by now is enough
                self._wait(error, tries, taken.until)

    def _once(self, request: ChatRequest, taken: _Taken) -> ChatReply:
        waited = taken.turn or self.pace.wait(taken.until - _LEAST_TIME)
        taken.turn = False
        left = taken.until - self.pace.clock()
        if not waited or left < _LEAST_TIME:
            raise ChatFailed(
                ChatFault.TIMEOUT,
                f"no reply that can be used came within {self.timeout:g} s",
                "give it more time with --timeout, or use a faster --model",
            )
        try:
            reply = self.model.complete(request, timeout=left)
        except ChatFailed as error:
            self._pay(error.usage, taken)
            raise
        self._reached = True
        self._pay(reply.usage, taken)
        return reply

    def _pay(self, usage: Usage, taken: _Taken) -> None:
        taken.usage = taken.usage.plus(usage)
        self.spend(usage)

    def _wait(self, error: ChatFailed, tries: int, until: float) -> None:
        """Wait before the next try, with equal jitter.

        Raises:
            ChatFailed: ``error`` again, where there is no time to wait.

        Source: Exponential Backoff And Jitter, AWS Architecture Blog, 2015.
        """
        longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (tries - 1))
        seconds = self.dice.uniform(longest / 2, longest)
        if error.retry_after is not None:
            seconds = max(seconds, error.retry_after)
        if self.pace.clock() + seconds > until - _LEAST_TIME:
            raise error
        if error.retry_after is None:
            self.pace.sleep(seconds)
        else:
            self.pace.hold(seconds)  # the other threads would be sent away as well
