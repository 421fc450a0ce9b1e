"""Replies in pieces, through the real clients, from a server on loopback."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from tests.adapters.made_chats import KEY, asking
from tools.loopback.faults import FAULTS, refuses
from tools.loopback.replies import Reply
from tools.loopback.server import Loopback

from interviewbot.adapters.chat_models import LangchainChat, load_chat
from interviewbot.domain.chat import ChatFailed, ChatFault, Rung

WORDS = "It drops units at random while it learns."
TEXT = asking(Rung.TEXT)
EVENTS = "text/event-stream"


@pytest.fixture
def chat(loopback: Loopback) -> Iterator[LangchainChat]:
    """Return a model behind the loopback server."""
    made = load_chat("openai:loopback", base_url=loopback.url, key=SecretStr(KEY))
    yield made
    made.close()


def test_a_reply_comes_in_pieces(chat: LangchainChat, loopback: Loopback) -> None:
    """The pieces make up the text; the request asks for a stream."""
    loopback.behaviour = lambda _: Reply(text=WORDS)
    pieces = list(chat.stream(TEXT, timeout=5))
    assert "".join(pieces) == WORDS
    assert len(pieces) > 3
    assert loopback.last.body["stream"] is True


def test_pieces_come_before_the_end(chat: LangchainChat, loopback: Loopback) -> None:
    """The first words are there while the server still speaks."""
    loopback.behaviour = lambda _: Reply(text=WORDS, drip=(400, 0.1))
    start = time.monotonic()
    pieces = chat.stream(TEXT, timeout=5)
    next(pieces)
    first = time.monotonic() - start
    assert "".join(pieces)
    assert first < (time.monotonic() - start) / 2


def test_who_stops_listening_is_done(chat: LangchainChat, loopback: Loopback) -> None:
    """A stream that is closed early leaves the model usable."""
    loopback.behaviour = lambda _: Reply(text=WORDS, drip=(400, 0.01))
    pieces = chat.stream(TEXT, timeout=5)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]  # it is a generator
    loopback.behaviour = lambda _: Reply(text="yes")
    assert list(chat.stream(TEXT, timeout=5)) == ["yes"]


def test_a_slow_drip_ends_in_time_with_what_came(chat: LangchainChat, loopback: Loopback) -> None:
    """The time is for the whole stream; the words before it are not lost."""
    loopback.behaviour = lambda _: Reply(text=WORDS, drip=(100, 0.05))
    start = time.monotonic()
    pieces: list[str] = []
    with pytest.raises(ChatFailed) as caught:
        pieces.extend(chat.stream(TEXT, timeout=0.3))
    assert caught.value.fault is ChatFault.TIMEOUT
    assert time.monotonic() - start < 0.8
    assert WORDS.startswith("".join(pieces))
    assert pieces


def test_a_reply_that_breaks_off_is_not_taken_for_whole(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """A cut connection, and a stream that ends without its end, are faults."""
    for broken in (
        Reply(text=WORDS, close_after=500),
        Reply(text=WORDS, finish_reason=None),
    ):
        loopback.behaviour = lambda _, broken=broken: broken  # type: ignore[misc]
        with pytest.raises(ChatFailed) as caught:
            list(chat.stream(TEXT, timeout=2))
        assert caught.value.fault is ChatFault.UNREACHABLE


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply(text=WORDS, finish_reason="length"), ChatFault.CUT_OFF),
        (Reply(text="", finish_reason="content_filter"), ChatFault.FILTERED),
        (Reply(text=" "), ChatFault.EMPTY),
        (Reply(body=b"data: {broken\n\n", content_type=EVENTS), ChatFault.GARBLED),
        (
            Reply(body=b'data: {"error": {"message": "x"}}\n\n', content_type=EVENTS),
            ChatFault.SERVER,
        ),
        (Reply(body=b'data: {"choices": 5}\n\n', content_type=EVENTS), ChatFault.GARBLED),
        (Reply(body=b"data: [DONE]\n\n", content_type=EVENTS), ChatFault.GARBLED),
        (Reply(body=b"", content_type=EVENTS), ChatFault.GARBLED),
        (Reply(body=b"data: x" * 200_000, content_type=EVENTS), ChatFault.TOO_LARGE),
    ],
    ids=range(9),
)
def test_a_stream_that_goes_wrong_is_told(
    chat: LangchainChat, loopback: Loopback, reply: Reply, fault: ChatFault
) -> None:
    """Each has the fault that a whole reply would have."""
    loopback.behaviour = lambda _: reply
    with pytest.raises(ChatFailed) as caught:
        list(chat.stream(TEXT, timeout=2))
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    "name", ["unauthorised", "no_model", "rate", "error_503", "late", "wrong_type", "no_head"]
)
def test_faults_before_the_first_piece_are_those_of_a_whole_reply(
    chat: LangchainChat, loopback: Loopback, name: str
) -> None:
    """The same fault and the same sentence come of both."""
    loopback.behaviour = FAULTS[name]
    with pytest.raises(ChatFailed) as whole:
        chat.complete(TEXT, timeout=0.3)
    with pytest.raises(ChatFailed) as streamed:
        list(chat.stream(TEXT, timeout=0.3))
    assert streamed.value.fault is whole.value.fault
    assert streamed.value.message == whole.value.message
    assert streamed.value.__context__ is None


def test_a_refused_parameter_is_left_out_of_streams_too(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """A model that takes no temperature streams all the same."""
    loopback.behaviour = refuses("temperature")
    assert "".join(chat.stream(TEXT, timeout=2)) == '{"points": []}'
