"""Every fault of a server, through the real clients, as a fault with a sentence and a fix."""

from __future__ import annotations

import email.utils
import socket
import time
import traceback
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from tests.adapters.made_chats import KEY, PROMPT, asking, told
from tools.loopback.faults import FAULTS, limited, redirect
from tools.loopback.replies import Reply, failure
from tools.loopback.server import Loopback

from interviewbot.adapters.chat_models import LangchainChat, load_chat
from interviewbot.adapters.chat_statuses import retry_after
from interviewbot.domain.chat import ChatFailed, ChatFault, Rung

TIMEOUT = 0.3
# Fault of the server: what it is for us, and words of the fix.
MEANT = {
    "unauthorised": (ChatFault.KEY, "OPENAI_API_KEY"),
    "forbidden": (ChatFault.KEY, "OPENAI_API_KEY"),
    "no_credit": (ChatFault.KEY, "add credit"),
    "no_model": (ChatFault.NO_MODEL, "/v1/models lists"),
    "no_model_400": (ChatFault.NO_MODEL, "check --model"),
    "rate": (ChatFault.RATE, "requests_per_minute"),
    "quota": (ChatFault.RATE, "add credit"),
    "error_500": (ChatFault.SERVER, "try again later"),
    "error_503": (ChatFault.SERVER, "try again later"),
    "error_502_html": (ChatFault.SERVER, "try again later"),
    "bad_request": (ChatFault.REQUEST, "another --model"),
    "too_long": (ChatFault.REQUEST, "longer context"),
    "error_as_success": (ChatFault.SERVER, "try again later"),
    "late": (ChatFault.TIMEOUT, "--timeout"),
    "slow_drip": (ChatFault.TIMEOUT, "--timeout"),
    "slow_head": (ChatFault.TIMEOUT, "--timeout"),
    "stalled": (ChatFault.TIMEOUT, "--timeout"),
    "cut_off": (ChatFault.CUT_OFF, "briefer"),
    "no_choices": (ChatFault.EMPTY, "try again"),
    "null_choices": (ChatFault.GARBLED, "base URL"),
    "no_text": (ChatFault.EMPTY, "try again"),
    "null_text": (ChatFault.EMPTY, "try again"),
    "blank_text": (ChatFault.EMPTY, "try again"),
    "refusal": (ChatFault.REFUSED, "another --model"),
    "filtered": (ChatFault.FILTERED, "another --model"),
    "large": (ChatFault.TOO_LARGE, "base URL"),
    "wrong_type": (ChatFault.GARBLED, "/v1"),
    "no_type": (ChatFault.GARBLED, "/v1"),
    "broken_json": (ChatFault.GARBLED, "/v1"),
    "deep_json": (ChatFault.GARBLED, "/v1"),
    "json_text": (ChatFault.GARBLED, "/v1"),
    "no_message": (ChatFault.GARBLED, "/v1"),
    "odd_content": (ChatFault.GARBLED, "/v1"),
    "closed_early": (ChatFault.UNREACHABLE, "try again"),
    "closed_at_once": (ChatFault.UNREACHABLE, "try again"),
    "no_head": (ChatFault.UNREACHABLE, "try again"),
    "redirected": (ChatFault.NO_MODEL, "base URL"),
    "gzip_bomb": (ChatFault.GARBLED, "compression"),
}


@pytest.fixture
def chat(loopback: Loopback) -> Iterator[LangchainChat]:
    """Return a model behind the loopback server."""
    made = load_chat("openai:loopback", base_url=loopback.url, key=SecretStr(KEY))
    yield made
    made.close()


def _failed(chat: LangchainChat, rung: Rung = Rung.SCHEMA, timeout: float = TIMEOUT) -> ChatFailed:
    with pytest.raises(ChatFailed) as caught:
        chat.complete(asking(rung), timeout=timeout)
    return caught.value


def test_every_fault_has_a_meaning() -> None:
    """No fault of the server is left out below."""
    assert set(MEANT) == set(FAULTS)


@pytest.mark.parametrize("rung", [Rung.SCHEMA, Rung.FUNCTION, Rung.TEXT])
@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_told_with_its_fix(
    chat: LangchainChat, loopback: Loopback, name: str, rung: Rung
) -> None:
    """On every way through the clients it is the same fault, one clear line, in time."""
    loopback.behaviour = FAULTS[name]
    start = time.monotonic()
    error = _failed(chat, rung)
    assert time.monotonic() - start < TIMEOUT + 5  # a hang would take for ever
    fault, fix = MEANT[name]
    assert error.fault is fault
    assert fix in told(error)
    assert error.hint
    assert "\n" not in told(error)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_nothing_of_key_prompt_or_clients_hangs_on_an_error(
    chat: LangchainChat, loopback: Loopback, name: str
) -> None:
    """A traceback with all locals shows no key, and no frame of a client's; no message a prompt."""
    loopback.behaviour = FAULTS[name]
    error = _failed(chat)
    shown = "".join(
        traceback.TracebackException.from_exception(error, capture_locals=True).format()
    )
    assert KEY not in shown + repr(error) + repr(vars(error))
    assert error.__context__ is None
    assert error.__cause__ is None
    assert "site-packages" not in shown
    assert PROMPT not in told(error)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429, 500, 503])
def test_a_server_that_echoes_key_and_prompt_is_not_quoted(
    chat: LangchainChat, loopback: Loopback, status: int
) -> None:
    """What a server says is repeated only where it holds nothing of ours."""
    for said in (
        f"bad key {KEY}",
        f"you asked: {PROMPT.upper()}?",
        "\x1b]52;c;eA==\x07 does dropout help a",
    ):
        loopback.behaviour = lambda _, said=said: failure(status, said)  # type: ignore[misc]
        shown = told(_failed(chat))
        assert KEY not in shown
        assert "dropout" not in shown.lower()
        assert "\x1b" not in shown


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text=f'{{"points": ["{KEY}"]}}'),
        Reply(text=f'{{"points": ["{KEY.upper()}"]}}'),
        Reply(tool=f'{{"points": ["{KEY}"]}}'),
        Reply(body=b"{}", content_type=f"x/{KEY}"),
        failure(400, f"bad {KEY}"),
    ],
    ids=["reply", "capitals", "tool", "type", "error"],
)
def test_a_key_that_comes_back_goes_no_further(
    chat: LangchainChat, loopback: Loopback, reply: Reply
) -> None:
    """A gateway that repeats what it was sent does not get the key on a screen or a disk."""
    loopback.behaviour = lambda _: reply
    request = asking(Rung.FUNCTION if reply.tool else Rung.JSON)
    try:
        said = chat.complete(request, timeout=5).text
    except ChatFailed as error:
        said = f"{told(error)} {error.args}"
    assert KEY not in said.lower()
    assert said


def test_a_server_is_quoted_where_that_helps(chat: LangchainChat, loopback: Loopback) -> None:
    """The reason for a 400 is in the sentence, in one line and bounded."""
    loopback.behaviour = lambda _: failure(400, "only one\nsystem message " + "x" * 5000)
    shown = told(_failed(chat))
    assert "only one system message" in shown
    assert len(shown) < 400


def test_a_server_that_is_not_there_is_told_as_such() -> None:
    """A refused connection is told with the question whether the server runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = load_chat("openai:x", base_url=f"http://127.0.0.1:{port}/v1", key=SecretStr(KEY))
    error = _failed(made)
    made.close()
    assert error.fault is ChatFault.UNREACHABLE
    assert "refused" in error.message
    assert "is the server running" in error.hint
    assert f"127.0.0.1:{port}" in error.message


def test_a_server_that_never_answers_takes_no_longer_than_allowed() -> None:
    """A port that accepts connections and says nothing is a timeout."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        made = load_chat("openai:x", base_url=f"http://127.0.0.1:{port}/v1")
        start = time.monotonic()
        error = _failed(made)
        made.close()
    assert error.fault is ChatFault.TIMEOUT
    assert time.monotonic() - start < TIMEOUT + 5  # a hang would take for ever


def test_a_name_that_is_not_known_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host's name is what to check then."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = _failed(load_chat("openai:x", base_url="http://no.such.host/v1"))
    assert error.fault is ChatFault.UNREACHABLE
    assert "its name is not known" in error.message


def test_plain_http_behind_https_is_unreachable(loopback: Loopback) -> None:
    """A server without TLS, asked for it, is no crash."""
    made = load_chat("openai:x", base_url=loopback.url.replace("http:", "https:"))
    assert _failed(made, timeout=2).fault is ChatFault.UNREACHABLE
    made.close()


def test_a_redirect_is_not_followed(chat: LangchainChat, loopback: Loopback) -> None:
    """An answer goes to the host that was named, and to no other."""
    with Loopback(lambda _: Reply(text="{}")) as elsewhere:
        loopback.behaviour = redirect(f"{elsewhere.url}/chat/completions")
        assert _failed(chat).fault is ChatFault.NO_MODEL
        assert elsewhere.requests == []


def test_how_long_to_wait_is_told_in_seconds(chat: LangchainChat, loopback: Loopback) -> None:
    """Retry-After is seconds or a date; a date counts from the server's own."""
    loopback.behaviour = limited("7")
    error = _failed(chat)
    assert error.retry_after == 7.0
    assert "7 s" in error.hint
    then, now = (email.utils.formatdate(at, usegmt=True) for at in (1_700_000_030, 1_700_000_000))
    loopback.behaviour = limited(then, Date=now)
    assert _failed(chat).retry_after == 30.0
    loopback.behaviour = limited()
    assert _failed(chat).retry_after is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "1.5"}, 1.5),
        ({"Retry-After": " 0 "}, 0.0),
        ({"Retry-After": "-5"}, 0.0),
        ({"Retry-After": "1e9"}, 86_400.0),
        ({"Retry-After": "inf"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": ""}, None),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"Retry-After": "Tue, 14 Nov 2023 22:13:50 GMT"}, 30.0),
        ({"Retry-After": "Tue, 14 Nov 2023 22:13:10 GMT"}, 0.0),
        ({"Retry-After": "Tue, 99 Nov 2023 22:13:10 GMT"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(
    headers: dict[str, str], seconds: float | None
) -> None:
    """What cannot be read is as if nothing were said; what is past is now."""
    assert retry_after(headers, now=1_700_000_000) == seconds


def test_a_reply_of_just_under_a_megabyte_is_whole(chat: LangchainChat, loopback: Loopback) -> None:
    """The bound is on what no honest reply needs, not on long replies."""
    loopback.behaviour = lambda _: Reply(text="x" * 900_000)
    assert len(chat.complete(asking(), timeout=5).text) == 900_000


def test_a_large_reply_that_does_not_say_so_is_cut(chat: LangchainChat, loopback: Loopback) -> None:
    """Bytes are counted as they come, and the rest is not read."""
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    loopback.behaviour = lambda _: Reply(body=chunk * 40, headers={"Transfer-Encoding": "chunked"})
    assert _failed(chat).fault is ChatFault.TOO_LARGE


def test_the_next_call_after_a_fault_works(chat: LangchainChat, loopback: Loopback) -> None:
    """A connection that was given up is not used again."""
    for name in ("slow_drip", "large", "closed_early", "stalled", "gzip_bomb"):
        good, loopback.behaviour = loopback.behaviour, FAULTS[name]
        _failed(chat)
        loopback.behaviour = good
        assert chat.complete(asking(), timeout=2).text
