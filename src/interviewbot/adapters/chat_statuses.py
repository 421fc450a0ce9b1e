"""What an HTTP status of a language model's server means, as a sentence and a fix.

Owns status codes, ``Retry-After``, and how much of a server's own words may be repeated: never
a key, never the prompt. Refuses to know which client made the request.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from pydantic import SecretStr

from interviewbot.domain.chat import ChatFailed, ChatFault
from interviewbot.domain.text import one_line, words

_LONGEST_WAIT = 86_400.0  # seconds
_LONGEST_SAID = 160  # characters
_SHORTEST_KEY = 16  # characters; servers of one's own take "none", or "x"
_ALIKE = 4  # words in a row that the prompt has too
_OMITTED = frozenset({"temperature", "seed", "max_tokens", "max_completion_tokens", "strict"})
_NAMED = re.compile(rf"\b(?:{'|'.join(sorted(_OMITTED))})\b")
_NO_MODEL = re.compile(
    r"\bmodel\b.{0,80}\b(?:does not exist|not exist|not found|unknown model)", re.IGNORECASE
)
_TOO_LONG = re.compile(
    r"context.{0,12}(?:length|window|size)|too long|too many tokens", re.IGNORECASE
)
_NO_CREDIT = re.compile(r"insufficient.{0,3}(?:quota|balance|credit)|billing", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who was asked, and what must not be repeated: the ``key`` and the ``prompt``."""

    model: str
    endpoint: str
    key_variable: str
    lists: str
    key: SecretStr | None = None
    prompt: str = ""

    def __repr__(self) -> str:
        """Return what may be shown."""
        return f"Asked({self.model} at {self.endpoint})"

    def unkeyed(self, text: str) -> str:
        """Return ``text`` without the key, which a server may repeat for all to see.

        A key too short to be one is a word that may well stand there.
        """
        key = self.key.get_secret_value() if self.key else ""
        if len(key) < _SHORTEST_KEY:
            return text
        return re.sub(re.escape(key), "…", text, flags=re.IGNORECASE)

    @property
    def key_hint(self) -> str:
        """Where to put a key."""
        variable = f"set {self.key_variable}" if self.key_variable else "set the provider's key"
        return f"{variable}, or api_key_file to a file (mode 600) that holds it"


class ParameterRefused(ChatFailed):
    """The server does not take ``parameter``, which can be left out."""

    def __init__(self, failed: ChatFailed, parameter: str) -> None:
        """Keep the name of what was refused."""
        super().__init__(failed.fault, failed.message, failed.hint)
        self.parameter = parameter


def failed_with(status: int, headers: Mapping[str, str], body: str, asked: Asked) -> ChatFailed:
    """Return what a response with ``status`` (not 2xx) means; ``body`` is its text."""
    said = _Said.of(body)
    wait = retry_after(headers)
    if status in {401, 402, 403, 407}:
        return _key(status, asked, said)
    if status == 429:
        return _rate(asked, said, wait)
    if status in {400, 413, 422} and not (said.code == "model_not_found" or said.no_model):
        return _request(status, asked, said)
    if status >= 500 or status in {408, 409, 423, 425}:
        return ChatFailed(
            ChatFault.TIMEOUT if status == 408 else ChatFault.SERVER,
            f"the server at {asked.endpoint} failed ({status}){said.shown(asked)}",
            "try again later; if it is yours, its log says more",
            retry_after=wait,
        )
    return _elsewhere(status, asked)


def _elsewhere(status: int, asked: Asked) -> ChatFailed:
    if 300 <= status < 400:
        return ChatFailed(
            ChatFault.NO_MODEL,
            f"the server at {asked.endpoint} sends requests elsewhere ({status})",
            "set the base URL to the address that it sends them to",
        )
    return ChatFailed(
        ChatFault.NO_MODEL,
        f"there is no model “{one_line(asked.model)}” at {asked.endpoint} ({status})",
        f"check --model and the base URL (it often ends in /v1); {asked.lists}",
    )


def _key(status: int, asked: Asked, said: _Said) -> ChatFailed:
    if status == 402 or said.matches(_NO_CREDIT):
        return ChatFailed(
            ChatFault.KEY,
            f"the account behind the key has no credit at {asked.endpoint} ({status})",
            "add credit there, or use another --model",
        )
    if status == 407:
        return ChatFailed(
            ChatFault.KEY,
            "the proxy asks for a user and a password (407)",
            "put them into HTTPS_PROXY, as in http://user:password@proxy:8080",
        )
    if asked.key is None:
        what = "a key is needed"
    else:
        what = "the key has no right to this model" if status == 403 else "the key is not accepted"
    return ChatFailed(ChatFault.KEY, f"{what} at {asked.endpoint} ({status})", asked.key_hint)


def _rate(asked: Asked, said: _Said, wait: float | None) -> ChatFailed:
    if said.matches(_NO_CREDIT):
        sentence = f"the account's quota at {asked.endpoint} is used up (429)"
        hint = "add credit there, or use another --model"
    else:
        sentence = f"the server at {asked.endpoint} takes no more requests for now (429)"
        soon = "in a while" if wait is None else f"in {wait:.0f} s"
        hint = f"try again {soon}; requests_per_minute or fewer workers keep below its limit"
    return ChatFailed(ChatFault.RATE, sentence, hint, retry_after=wait)


def _request(status: int, asked: Asked, said: _Said) -> ChatFailed:
    sentence = f"the server at {asked.endpoint} refuses the request ({status})"
    hint = "try another --model; 'interviewbot doctor' says what this one can do"
    if status == 413 or said.code == "context_length_exceeded" or said.matches(_TOO_LONG):
        hint = "question and answer are too long for it: use a --model with a longer context"
    failed = ChatFailed(ChatFault.REQUEST, sentence + said.shown(asked), hint)
    if said.parameter in _OMITTED:
        return ParameterRefused(failed, said.parameter)
    if found := _NAMED.search(said.message):
        return ParameterRefused(failed, found[0])
    if "nvalid schema for response_format" in said.message:
        return ParameterRefused(failed, "strict")
    return failed


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Return the seconds that the server asks to wait, None where it says nothing usable.

    Source: RFC 9110, section 10.2.3; ``retry-after-ms`` is OpenAI's.
    """
    given = {name.lower(): value.strip() for name, value in headers.items()}
    seconds = _number(given.get("retry-after-ms", ""))
    if seconds is not None:
        seconds /= 1000
    elif (text := given.get("retry-after", "")) and (seconds := _number(text)) is None:
        then = _date(text)
        reference = _date(given.get("date", ""))  # by the server's own clock, where it tells
        if reference is None:
            reference = time.time() if now is None else now
        seconds = None if then is None else then - reference
    return None if seconds is None else min(max(seconds, 0.0), _LONGEST_WAIT)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What the server says about its error, where it says it as OpenAI does, or nearly so."""

    message: str = ""
    code: str = ""
    parameter: str = ""

    @classmethod
    def of(cls, body: str) -> _Said:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            return cls()
        error = found.get("error", found) if isinstance(found, dict) else None
        if isinstance(error, str):
            return cls(message=error)
        if not isinstance(error, dict):
            return cls()
        message, code, parameter = (error.get(name) for name in ("message", "code", "param"))
        return cls(
            message=message if isinstance(message, str) else "",
            code=code if isinstance(code, str) else "",
            parameter=parameter if isinstance(parameter, str) else "",
        )

    @property
    def no_model(self) -> bool:
        return bool(_NO_MODEL.search(self.message))

    def matches(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.code) or pattern.search(self.message))

    def shown(self, asked: Asked) -> str:
        """Return its words with a colon before them; nothing where they hold what is secret."""
        text = one_line(self.message)[:_LONGEST_SAID]
        key = asked.key.get_secret_value() if asked.key else ""
        if not text or (key and key in self.message):
            return ""
        own, prompt = words(text), f" {' '.join(words(asked.prompt))} "
        runs = range(max(1, len(own) - _ALIKE + 1))
        if any(f" {' '.join(own[at : at + _ALIKE])} " in prompt for at in runs):
            return ""
        return f": {text}"
