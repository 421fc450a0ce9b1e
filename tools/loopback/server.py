"""A real HTTP server on loopback that speaks the Chat Completions protocol.

Owns sockets and a record of what was asked. What it answers is for a function to say.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tools.loopback.replies import Reply, wire

Behaviour = Callable[[dict[str, Any]], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One request that came: its path, headers (names in lower case), and JSON body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class Loopback:
    """A server that answers as ``behaviour`` says; a context manager, or ``start`` and ``stop``.

    ``url`` is the base URL for clients. ``requests`` and ``connections`` count from the start.
    """

    def __init__(self, behaviour: Behaviour, *, port: int = 0, model: str = "loopback") -> None:
        """Bind to ``port`` of loopback; 0 takes a free one."""
        self.behaviour = behaviour
        self.model = model
        self.requests: list[Recorded] = []
        self.connections = 0
        self.open: set[socket.socket] = set()
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.server = _Server(("127.0.0.1", port), _Handler)
        self.server.loopback = self
        self.port = int(self.server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}/v1"
        self._thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def start(self) -> None:
        """Serve, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Serve no more, and cut what is still connected."""
        self.stopping.set()
        self.server.shutdown()
        self._thread.join()
        with self.lock:
            connected = list(self.open)
        for one in connected:
            _cut(one)
        self.server.server_close()  # waits for the threads that have just lost their sockets

    @property
    def last(self) -> Recorded:
        """The latest request."""
        return self.requests[-1]


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128
    loopback: Loopback

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.loopback.lock:
            self.loopback.connections += 1
            self.loopback.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self.loopback.lock:
            self.loopback.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away: some tests are about that."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """List the one model."""
        self._record({})
        if self.path.endswith("/models"):
            one = {"id": self.server.loopback.model, "object": "model", "owned_by": "loopback"}
            self._send(Reply(document={"object": "list", "data": [one]}), {})
        else:
            self._send(Reply(status=404, document={"error": {"message": "not found"}}), {})

    def do_POST(self) -> None:
        """Answer as the behaviour says."""
        request = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        self._record(request)
        if self.path.split("?")[0].endswith("/chat/completions"):
            self._send(self.server.loopback.behaviour(request), request)
        else:
            self._send(Reply(status=404, document={"error": {"message": "not found"}}), {})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - likewise
        """Keep quiet."""

    def _record(self, body: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.loopback.lock:
            self.server.loopback.requests.append(
                Recorded(path=self.path, headers=headers, body=body)
            )

    def _send(self, reply: Reply, request: dict[str, Any]) -> None:
        kind, body = wire(reply, request)
        phrase = HTTPStatus(reply.status).phrase
        lines = [f"HTTP/1.1 {reply.status} {phrase}", f"Content-Length: {len(body)}"]
        lines += [] if kind is None else [f"Content-Type: {kind}"]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode()
        self._wait(reply.delay)
        sent = body if reply.close_after is None else body[: reply.close_after]
        if reply.close_after == -1:
            self.close_connection = True
            return
        if reply.drip is None:
            self.connection.sendall(head + sent)
        else:
            size, pause = reply.drip
            dripped = head + sent if reply.drip_head else sent
            self.connection.sendall(b"" if reply.drip_head else head)
            for start in range(0, len(dripped), size):
                self.connection.sendall(dripped[start : start + size])
                self._wait(pause)
        if reply.close_after is not None:
            self.close_connection = True

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self.server.loopback.stopping.wait(seconds)


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was gone already
