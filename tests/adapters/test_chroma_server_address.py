"""What is said where no Chroma server can be, is or answers."""

from __future__ import annotations

import socket
import threading

import pytest
from tests.adapters.made_rows import (
    DIMENSION,
    fill,
    made,
    unit,
)

from interviewbot.adapters import chroma_server
from interviewbot.adapters.chroma_server import ChromaServerIndex, parse_url
from interviewbot.domain.errors import BadInput, IndexUnavailable


def test_nobody_answers() -> None:
    """Where no server listens, every call says so and names the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    index = ChromaServerIndex(
        f"http://127.0.0.1:{port}", encoder_id="e", dimension=DIMENSION, notice=print
    )
    for call in (
        index.digest,
        lambda: index.vectors(["a"]),
        lambda: index.nearest(unit(1, 1), kind="claim", count=1),
        lambda: fill(index, "d", made(1)),
    ):
        with pytest.raises(IndexUnavailable, match="no Chroma server answers") as caught:
            call()
        assert f"http://127.0.0.1:{port}" in caught.value.hint


@pytest.mark.parametrize("words", [b"220 mail ESMTP\r\n", b"HTTP/1.1 404 No\r\n\r\n", b""])
def test_something_else_answers(words: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A listener that is no Chroma server, or never says a word, is an error in time."""
    monkeypatch.setattr(chroma_server, "_KNOCK_S", 0.5)
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1_000)
                connection.sendall(words)
                if not words:
                    done.wait(30)

        thread = threading.Thread(target=answer)
        thread.start()
        index = ChromaServerIndex(
            f"http://127.0.0.1:{port}", encoder_id="e", dimension=DIMENSION, notice=print
        )
        with pytest.raises(IndexUnavailable, match="no Chroma server answers"):
            index.digest()
        done.set()
        thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost",
        "localhost:8000",
        "ftp://localhost:8000",
        "http://",
        "http://localhost:8000/path",
        "http://localhost:8000?tenant=x",
        "http://localhost:8000#x",
        "http://localhost:port",
        "http://localhost:99999",
        "http://[::1",
    ],
)
def test_addresses_that_cannot_be(url: str) -> None:
    """Anything but http(s)://host[:port] is refused before anything is opened."""
    with pytest.raises(BadInput, match=r"http\(s\)://host:port") as caught:
        ChromaServerIndex(url, encoder_id="e", dimension=DIMENSION, notice=print)
    assert "http://localhost:8000" in caught.value.hint


def test_passwords_are_not_shown() -> None:
    """An address with a password is refused and not repeated."""
    with pytest.raises(BadInput) as caught:
        parse_url("https://user:hunter2@example.org")
    assert "hunter2" not in caught.value.message + caught.value.hint


def test_addresses_that_can_be() -> None:
    """Scheme, host and port are taken from the address; the scheme gives a missing port."""
    assert parse_url("http://localhost:8000") == ("http", "localhost", 8000)
    assert parse_url("http://localhost:8000/") == ("http", "localhost", 8000)
    assert parse_url("https://chroma.example.org") == ("https", "chroma.example.org", 443)
    assert parse_url("http://10.0.0.1") == ("http", "10.0.0.1", 80)
