"""HTTP that comes to an end: a total time for every call, a bound on what comes back.

Owns the connections to one server, kept between calls and threads, and the proxy before them.
Refuses to know what is said over them. A timeout of httpx is for each read, so that a server
that sends a byte now and then is waited for without end; here it is for the whole call.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from interviewbot.domain.chat import MOST_CHARACTERS, ChatFailed, ChatFault
from interviewbot.domain.errors import BadInput

MOST_BYTES = MOST_CHARACTERS
_MOST_CONNECTIONS = 100
_KEPT_FOR = 30.0  # seconds that an idle connection is kept
_WRITTEN_AT_ONCE = 65_536
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class BoundedTransport(httpx2.BaseTransport):
    """Requests to one server. A request's read timeout is the time for all of its reply."""

    def __init__(self, url: str, *, most_bytes: int = MOST_BYTES) -> None:
        """Prepare for requests to ``url``; nothing is connected yet."""
        self._clock = _Clock()
        self._most = most_bytes
        self._pool = _pool(httpx2.URL(url), _Backend(self._clock))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` and return the response with its body still to come.

        Raises:
            ChatFailed: if the body is too large, or compressed though nobody asked for that.
        """
        seconds = request.extensions.get("timeout", {}).get("read")
        until = math.inf if seconds is None else time.monotonic() + seconds
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with self._clock.until(until), _as_httpx():
            answered = self._pool.handle_request(asked)
        body = _Body(answered.stream, self._clock, until, self._most)
        response = httpx2.Response(
            status_code=answered.status,
            headers=answered.headers,
            stream=body,
            extensions=answered.extensions,
        )
        self._check(response, body)
        return response

    def _check(self, response: httpx2.Response, body: _Body) -> None:
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > self._most:
            body.close()
            raise _too_large(self._most)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            body.close()  # a few bytes can become many
            raise ChatFailed(
                ChatFault.GARBLED,
                "the server compresses its replies, though it was asked not to",
                "turn compression off there, or in the proxy before it",
            )

    def close(self) -> None:
        """Close all connections."""
        with _as_httpx():
            self._pool.close()


class _Body(httpx2.SyncByteStream):
    """What follows the head, for as long as there is time, and up to a number of bytes."""

    def __init__(self, stream: Any, clock: _Clock, until: float, most: int) -> None:
        self._stream, self._clock, self._until, self._most = stream, clock, until, most

    def __iter__(self) -> Iterator[bytes]:
        parts = iter(self._stream)
        read = 0
        while True:
            with self._clock.until(self._until), _as_httpx():
                part = next(parts, None)
            if part is None:
                return
            read += len(part)
            if read > self._most:
                raise _too_large(self._most)
            yield part

    def close(self) -> None:
        with _as_httpx():
            self._stream.close()


class _Clock(threading.local):
    """When the call of this thread has to be over, while it is in the hands of httpcore."""

    end = math.inf

    @contextmanager
    def until(self, end: float) -> Iterator[None]:
        before, self.end = self.end, end
        try:
            yield
        finally:
            self.end = before

    def left(self) -> float | None:
        if self.end == math.inf:
            return None
        seconds = self.end - time.monotonic()
        if seconds <= 0:
            raise httpcore2.ReadTimeout("the time for this call is over")
        return seconds


class _Backend(httpcore2.NetworkBackend):
    """Connects as httpcore does, within the time of the call."""

    def __init__(self, clock: _Clock) -> None:
        self._clock, self._real = clock, httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the clock's counts
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        left = self._clock.left()
        made = self._real.connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(made, self._clock)


class _Stream(httpcore2.NetworkStream):
    """A connection whose every step takes from the time of the call."""

    def __init__(self, real: httpcore2.NetworkStream, clock: _Clock) -> None:
        self._real, self._clock = real, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._real.read(max_bytes, self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        for start in range(0, len(buffer), _WRITTEN_AT_ONCE):
            self._real.write(buffer[start : start + _WRITTEN_AT_ONCE], self._clock.left())

    def close(self) -> None:
        self._real.close()

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        made = self._real.start_tls(ssl_context, server_hostname, self._clock.left())
        return _Stream(made, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._real.get_extra_info(info)


def _pool(url: httpx2.URL, backend: _Backend) -> Any:
    """Return the connections to ``url``, through the proxy that the environment names for it."""
    shared: dict[str, Any] = {
        "max_connections": _MOST_CONNECTIONS,
        "max_keepalive_connections": _MOST_CONNECTIONS,
        "keepalive_expiry": _KEPT_FOR,
        "network_backend": backend,
        "ssl_context": httpx2.create_ssl_context() if url.scheme == "https" else None,
    }
    found = getproxies()
    proxy = found.get(url.scheme) or found.get("all") or ""
    if not proxy or url.host in _LOOPBACK or proxy_bypass(url.host):
        return httpcore2.ConnectionPool(**shared)
    made = httpx2.Proxy(proxy if "://" in proxy else f"http://{proxy}")
    where = httpcore2.URL(str(made.url))
    if made.url.scheme in {"http", "https"}:
        return httpcore2.HTTPProxy(where, proxy_auth=made.raw_auth, **shared)
    try:
        return httpcore2.SOCKSProxy(where, proxy_auth=made.raw_auth, **shared)
    except ImportError as error:
        raise BadInput(
            "the environment names a SOCKS proxy, and the package for that is missing",
            "run: pip install socksio, or unset ALL_PROXY",
        ) from error


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Name httpcore's errors as httpx names them, which is what its callers look for."""
    try:
        yield
    except (
        httpcore2.TimeoutException,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        httpcore2.ProxyError,
        httpcore2.UnsupportedProtocol,
    ) as error:
        raise getattr(httpx2, type(error).__name__)(str(error)) from error


def _too_large(most: int) -> ChatFailed:
    return ChatFailed(
        ChatFault.TOO_LARGE,
        f"the server sent more than {most / 1e6:g} MB, which no honest reply needs",
        "check that the base URL leads to a language model",
    )
