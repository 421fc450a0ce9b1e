"""HTTP with a total time, by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import httpx2
import pytest
from tools.loopback.replies import Reply
from tools.loopback.server import Loopback

from interviewbot.adapters.bounded_http import BoundedTransport
from interviewbot.domain.chat import ChatFailed, ChatFault


@pytest.fixture
def client(loopback: Loopback) -> Iterator[httpx2.Client]:
    """Return a client of the loopback server."""
    with httpx2.Client(
        transport=BoundedTransport(loopback.url, most_bytes=1_000), base_url=loopback.url
    ) as made:
        yield made


def _post(client: httpx2.Client, timeout: float | None = 5.0) -> httpx2.Response:
    return client.post("/chat/completions", json={"messages": []}, timeout=timeout)


@pytest.mark.parametrize("head", [True, False])
def test_a_drip_ends_when_the_time_is_over(
    client: httpx2.Client, loopback: Loopback, *, head: bool
) -> None:
    """Bytes that keep coming do not prolong it, in the head or in the body."""
    loopback.behaviour = lambda _: Reply(text="x" * 200, drip=(1, 0.02), drip_head=head)
    start = time.monotonic()
    with pytest.raises(httpx2.ReadTimeout):
        _post(client, 0.3)
    assert 0.25 < time.monotonic() - start < 0.8


def test_threads_have_times_of_their_own(client: httpx2.Client, loopback: Loopback) -> None:
    """A call with little time does not shorten another one's."""
    loopback.behaviour = lambda _: Reply(text="x", delay=0.3)
    found: list[int] = []
    patient = threading.Thread(target=lambda: found.append(_post(client, 5).status_code))
    patient.start()
    with pytest.raises(httpx2.TimeoutException):
        _post(client, 0.1)
    patient.join(5)
    assert found == [200]


def test_a_body_is_bounded_whether_it_tells_its_length_or_not(
    client: httpx2.Client, loopback: Loopback
) -> None:
    """More bytes than allowed are too large; as many are fine."""
    loopback.behaviour = lambda _: Reply(body=b"x" * 1_000)
    assert len(_post(client).content) == 1_000
    chunked = {"Transfer-Encoding": "chunked"}
    pieces = b"200\r\n" + b"x" * 512 + b"\r\n"
    for large in (Reply(body=b"x" * 1_001), Reply(body=pieces * 2 + b"0\r\n\r\n", headers=chunked)):
        loopback.behaviour = lambda _, large=large: large  # type: ignore[misc]
        with pytest.raises(ChatFailed) as caught:
            _post(client)
        assert caught.value.fault is ChatFault.TOO_LARGE


def test_no_time_is_no_limit(client: httpx2.Client) -> None:
    """Who gives no timeout waits."""
    assert _post(client, None).status_code == 200


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests to another host go to the proxy; those to loopback do not."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{loopback.port}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{loopback.port}")
    url = "http://model.example/v1"
    with httpx2.Client(transport=BoundedTransport(url), base_url=url) as client:
        assert _post(client).status_code == 200
    assert loopback.last.path == f"{url}/chat/completions"
    with httpx2.Client(transport=BoundedTransport(loopback.url), base_url=loopback.url) as client:
        assert _post(client).status_code == 200
    assert loopback.last.path == "/v1/chat/completions"
    monkeypatch.setenv("NO_PROXY", "model.example")
    monkeypatch.setenv("no_proxy", "model.example")
    assert type(BoundedTransport(url)._pool).__name__ == "ConnectionPool"
