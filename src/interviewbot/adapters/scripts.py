"""Scripts of replies: JSON lines that stand in for a language model.

Owns the format, and which line answers which request. Refuses to know LangChain.

    {"reply": "text" or an object, "contains": "what the request must hold", "repeat": true,
     "error": "timeout", "retry_after": 2, "usage": {"input_tokens": 10, "output_tokens": 5}}

``reply`` or ``error`` (a ``ChatFault``) is needed, all else is optional. A line answers once,
unless it repeats; the first line that fits a request is the one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from interviewbot.domain.chat import ChatFailed, ChatFault, Json, Usage
from interviewbot.domain.errors import BadInput

_MOST_BYTES = 4_000_000
_KNOWN = frozenset({"reply", "contains", "error", "usage", "repeat", "retry_after"})
_COUNTS = frozenset({"input_tokens", "output_tokens"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One reply, or one error, and which requests it is for."""

    text: str = ""
    error: ChatFault | None = None
    contains: str = ""
    repeat: bool = False
    retry_after: float | None = None
    usage: Usage | None = None


class Script:
    """Lines that are used up from the first on; from several threads, if need be.

    ``digest`` is the hash of the file that they came from.
    """

    def __init__(self, name: str, lines: tuple[Line, ...], digest: str = "") -> None:
        """Begin with the first of ``lines``."""
        self.name, self.lines, self.digest = name, lines, digest
        self._used: set[int] = set()
        self._lock = Lock()

    def answer(self, request: str) -> Line:
        """Return the line for ``request``, all messages in one text.

        Raises:
            ChatFailed: if no line is left for it, or the line holds an error.
        """
        with self._lock:
            for number, line in enumerate(self.lines):
                if number not in self._used and line.contains in request:
                    if not line.repeat:
                        self._used.add(number)
                    break
            else:
                raise ChatFailed(
                    ChatFault.NO_MODEL,  # which nobody asks twice
                    f"the script {self.name} has no line left for this request",
                    'add one, or end with a line that has "repeat": true',
                )
        if line.error is not None:
            raise ChatFailed(
                line.error,
                f"the script {self.name} has the error “{line.error}” here",
                "that is what its line says",
                retry_after=line.retry_after,
                usage=line.usage,
            )
        return line


def read_script(path: Path) -> Script:
    """Return the script in ``path``.

    Raises:
        BadInput: if it cannot be read, or a line breaks the format; it names the line.
    """
    try:
        if not path.is_file():
            raise BadInput(f"there is no script {path}", "write scripted:FILE with a file of yours")
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"the script {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"the script {path} is not UTF-8", "save it as UTF-8") from error
    if len(content) > _MOST_BYTES:
        raise BadInput(f"the script {path} is larger than {_MOST_BYTES / 1e6:g} MB")
    lines = tuple(
        _line(row, f"{path}:{number}")
        for number, row in enumerate(text.split("\n"), start=1)
        if row.strip()
    )
    if not lines:
        raise BadInput(f"the script {path} is empty", 'write a line such as {"reply": "yes"}')
    return Script(str(path), lines, hashlib.sha256(content).hexdigest())


def _line(row: str, place: str) -> Line:
    try:
        found: Json = json.loads(row)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{place}: not JSON", "write one JSON object a line") from error
    if not isinstance(found, dict):
        raise BadInput(f"{place}: not an object", 'write a line such as {"reply": "yes"}')
    if unknown := sorted(set(found) - _KNOWN):
        raise BadInput(f"{place}: “{unknown[0]}” is unknown", f"there are {_listed(_KNOWN)}")
    reply, contains, repeat = found.get("reply"), found.get("contains", ""), found.get("repeat")
    if ("reply" in found) == ("error" in found):
        raise BadInput(f"{place}: a line has a reply or an error", "write one of the two")
    if "reply" in found and not isinstance(reply, str | dict):
        raise BadInput(f"{place}: the reply is no text and no object", "quote it, or use braces")
    if not isinstance(contains, str):
        raise BadInput(f"{place}: contains is no text", "quote it")
    if not isinstance(repeat, bool | None):
        raise BadInput(f"{place}: repeat is neither true nor false", "write true, or leave it out")
    return Line(
        text=reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False),
        error=_error(found, place),
        contains=contains,
        repeat=bool(repeat),
        retry_after=_wait(found.get("retry_after"), place),
        usage=_usage(found.get("usage"), place),
    )


def _error(found: Mapping[str, Json], place: str) -> ChatFault | None:
    if "error" not in found:
        return None
    known = [fault.value for fault in ChatFault]
    if found["error"] not in known:
        raise BadInput(f"{place}: there is no such error", f"there are {', '.join(known)}")
    return ChatFault(str(found["error"]))


def _wait(found: Json, place: str) -> float | None:
    if found is None or (isinstance(found, int | float) and 0 <= found < float("inf")):
        return None if found is None else float(found)
    raise BadInput(f"{place}: retry_after is no number of seconds", "write it as in 2.5")


def _usage(found: Json, place: str) -> Usage | None:
    if found is None:
        return None
    if isinstance(found, dict) and set(found) == _COUNTS:
        given, made = found["input_tokens"], found["output_tokens"]
        if type(given) is int and type(made) is int and min(given, made) >= 0:
            return Usage(input_tokens=given, output_tokens=made)
    raise BadInput(f"{place}: usage is not two counts", f"write {_listed(_COUNTS)}")


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
