"""What the clients of language models throw, as this project's errors.

Owns the translation of their exceptions. What is thrown on holds none of their frames: these
know the key. Refuses to know what is asked.
"""

from __future__ import annotations

import json
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from interviewbot.adapters.chat_faults import broken_off, cut_off, filtered, not_protocol
from interviewbot.adapters.chat_statuses import Asked, failed_with
from interviewbot.adapters.chat_usages import usage_told
from interviewbot.domain.chat import ChatFailed, ChatFault, Usage

T = TypeVar("T")

# What a client's code stumbles with over a reply of another shape than it expects.
_STUMBLES = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    RuntimeError,
    Warning,  # where warnings are errors
)
_HTTP = ("HTTPError", "StreamError", "InvalidURL")
_ROOTS = {
    "openai": ("OpenAIError",),
    "langchain_core.exceptions": ("LangChainException",),
    "httpx": _HTTP,
    "httpx2": _HTTP,
    "anthropic": ("AnthropicError",),
    "ollama": ("ResponseError", "RequestError"),
    "google.genai.errors": ("APIError",),
    "google.auth.exceptions": ("GoogleAuthError",),
    "langchain_google_genai": ("ChatGoogleGenerativeAIError",),
}
_BY_NAME = {  # LangChain's own names, where a provider's error tells no status
    "ModelAuthenticationError": 401,
    "ModelPermissionDeniedError": 403,
    "ModelNotFoundError": 404,
    "ModelRateLimitError": 429,
    "ModelInvalidRequestError": 400,
    "ContextOverflowError": 413,
    "ModelAPIError": 500,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """Runs a client's code and tells what goes wrong in our words."""

    asked: Asked
    timeout: float

    def run(self, call: Callable[[], T]) -> T:
        """Return what ``call`` returns.

        Raises:
            ChatFailed: in place of what the client throws, with nothing of it attached.
        """
        try:
            return call()
        except ChatFailed as error:
            failed = _bare(error)
        except _families() as error:
            failed = self.translated(error)
        failed.message, failed.hint = map(self.asked.unkeyed, (failed.message, failed.hint))
        failed.args = (failed.message,)
        raise failed

    def translated(self, error: BaseException) -> ChatFailed:
        """Return what ``error`` means."""
        chain = list(_chain(error))
        own = next((one for one in chain if isinstance(one, ChatFailed)), None)
        if own is not None:
            return _bare(own)
        for one in chain:
            if (status := _status(one)) is not None:
                response = getattr(one, "response", None)
                headers: Mapping[str, str] = getattr(response, "headers", None) or {}
                return failed_with(status, headers, _body(one), self.asked)
        return self._by_kind(chain)

    def _by_kind(self, chain: list[BaseException]) -> ChatFailed:
        names = {kind.__name__ for one in chain for kind in type(one).__mro__}
        if finished := next((one for one in chain if "FinishReason" in type(one).__name__), None):
            cut = "Length" in type(finished).__name__
            usage = _usage(getattr(getattr(finished, "completion", None), "usage", None))
            return cut_off(usage) if cut else filtered(usage)
        if names & {"TimeoutException", "APITimeoutError", "ModelTimeoutError", "TimeoutError"}:
            return self.late()
        if "RemoteProtocolError" in names or "ReadError" in names:
            return broken_off(self.asked.endpoint)
        unreachable = {"APIConnectionError", "ModelConnectionError", "TransportError", "OSError"}
        if names & unreachable:
            return self._unreachable(chain)
        if "APIError" in names:  # an error in the midst of a stream
            return ChatFailed(
                ChatFault.SERVER,
                f"the server at {self.asked.endpoint} failed in the midst of its reply",
                "try again later; if it is yours, its log says more",
            )
        return not_protocol(self.asked.endpoint, "something else than the protocol says")

    def late(self) -> ChatFailed:
        """Return that the time is over."""
        return ChatFailed(
            ChatFault.TIMEOUT,
            f"no whole reply came from {self.asked.endpoint} in time",
            "give it more time with --timeout, or use a faster --model",
        )

    def _unreachable(self, chain: list[BaseException]) -> ChatFailed:
        said = " ".join(str(one) for one in chain)
        hint = "is the server running there, and is the base URL right? ('ollama serve' starts one)"
        if "CERTIFICATE" in said or any(isinstance(one, ssl.SSLError) for one in chain):
            why, hint = "its certificate is not accepted", "set SSL_CERT_FILE to its certificate"
        elif "refused" in said or "actively refused" in said:
            why = "the connection is refused"
        elif any(word in said for word in ("getaddrinfo", "Name or service", "resolution")):
            why, hint = "its name is not known", "check the base URL and the network"
        elif any("ProxyError" in type(one).__name__ for one in chain):
            why, hint = "the proxy does not let it through", "check HTTPS_PROXY and NO_PROXY"
        else:
            why = "the connection fails"
        return ChatFailed(
            ChatFault.UNREACHABLE, f"{self.asked.endpoint} cannot be reached: {why}", hint
        )


def _families() -> tuple[type[Exception], ...]:
    """Return the roots of what those clients throw that are in use."""
    found: list[type[Exception]] = [OSError, *_STUMBLES]
    for module, names in _ROOTS.items():
        loaded = sys.modules.get(module)
        found += [getattr(loaded, name) for name in names if hasattr(loaded, name)]
    return tuple(found)


def _bare(error: ChatFailed) -> ChatFailed:
    """Return ``error`` without the frames that it came through."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    for name in ("status_code", "code"):
        value = getattr(error, name, None)
        if isinstance(value, int) and 300 <= value < 600:
            return value
    names = (kind.__name__ for kind in type(error).__mro__)
    return next((_BY_NAME[name] for name in names if name in _BY_NAME), None)


def _body(error: BaseException) -> str:
    for name in ("body", "details", "error"):
        value: Any = getattr(error, name, None)
        if isinstance(value, str):
            return json.dumps({"error": value})
        if isinstance(value, dict):
            return json.dumps({"error": value.get("error", value)}, default=str)
    return ""


def _usage(found: Any) -> Usage:
    given, made = (getattr(found, name, 0) for name in ("prompt_tokens", "completion_tokens"))
    return usage_told(given, made) or Usage()
