"""Replies through the real clients, from a server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import SecretStr
from tests.adapters.made_chats import KEY, SCHEMA, asking
from tools.loopback.faults import limited, refuses, rungs, says
from tools.loopback.replies import Reply, failure
from tools.loopback.server import Loopback

from interviewbot.adapters.chat_models import LangchainChat, load_chat
from interviewbot.domain.chat import ChatFailed, ChatFault, Role, Rung, Usage
from interviewbot.ports import ChatModel

TEXT = '{"points": ["a"]}'


@pytest.fixture
def chat(loopback: Loopback) -> Iterator[LangchainChat]:
    """Return a model behind the loopback server."""
    made = load_chat("openai:loopback", base_url=loopback.url, key=SecretStr(KEY))
    yield made
    made.close()


def test_it_is_a_chat_model_with_a_name_and_an_address(chat: LangchainChat) -> None:
    """It fits the port, is named provider and model, and says where requests go."""
    fits: ChatModel = chat
    assert fits.id == "openai:loopback"
    assert fits.endpoint.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("rung", list(Rung))
def test_every_rung_asks_in_its_way_and_returns_the_raw_text(
    chat: LangchainChat, loopback: Loopback, rung: Rung
) -> None:
    """The request names what holds the model to the shape; the text comes back unparsed."""
    loopback.behaviour = says(TEXT)
    reply = chat.complete(asking(rung), timeout=5)
    assert json.loads(reply.text) == json.loads(TEXT)
    body = loopback.last.body
    shape = {
        name: body[name] for name in ("response_format", "tools", "tool_choice") if name in body
    }
    described = {"name": "reply", "schema": SCHEMA, "strict": True}
    function = {"name": "reply", "description": "Hand in the reply.", "parameters": SCHEMA}
    assert (
        shape
        == {
            Rung.SCHEMA: {"response_format": {"type": "json_schema", "json_schema": described}},
            Rung.FUNCTION: {
                "tools": [{"type": "function", "function": function}],
                "tool_choice": {"type": "function", "function": {"name": "reply"}},
            },
            Rung.JSON: {"response_format": {"type": "json_object"}},
            Rung.TEXT: {},
        }[rung]
    )


def test_the_request_says_what_was_asked_for(chat: LangchainChat, loopback: Loopback) -> None:
    """Messages keep their roles and order; seed, temperature, and limit go along; the key does."""
    chat.complete(asking(), timeout=5)
    body, request = loopback.last.body, asking()
    assert [(m["role"], m["content"]) for m in body["messages"]] == [
        (message.role.value, message.content) for message in request.messages
    ]
    assert (body["seed"], body["temperature"], body["max_tokens"]) == (7, 0.0, 500)
    assert loopback.last.headers["authorization"] == f"Bearer {KEY}"
    assert request.messages[0].role is Role.SYSTEM


@pytest.mark.parametrize("text", ["not JSON", '{"a": 1, "a": NaN}', "```json\n{}\n```", "[1,"])
def test_a_text_that_is_no_json_comes_back_as_it_is(
    chat: LangchainChat, loopback: Loopback, text: str
) -> None:
    """What a model says instead of JSON is for whoever asked to judge."""
    loopback.behaviour = lambda _: Reply(text=text)
    for rung in Rung:
        assert chat.complete(asking(rung), timeout=5).text == text


def test_broken_arguments_of_a_call_come_back_as_they_are(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """Arguments that cannot be parsed are returned raw."""
    loopback.behaviour = lambda _: Reply(tool='{"points": [', finish_reason="tool_calls")
    assert chat.complete(asking(Rung.FUNCTION), timeout=5).text == '{"points": ['


def test_tokens_are_those_that_the_server_counts(chat: LangchainChat, loopback: Loopback) -> None:
    """Usage is the server's; without one it is estimated, and says so."""
    loopback.behaviour = lambda _: Reply(text=TEXT, usage=(11, 3))
    assert chat.complete(asking(), timeout=5).usage == Usage(input_tokens=11, output_tokens=3)
    loopback.behaviour = lambda _: Reply(text=TEXT, usage=None)
    estimated = chat.complete(asking(), timeout=5).usage
    assert not estimated.told
    assert estimated.input_tokens > 5
    assert estimated.output_tokens > 2


@pytest.mark.parametrize(
    "usage",
    [
        [1],
        "many",
        {"prompt_tokens": "x", "completion_tokens": None, "total_tokens": []},
        {"prompt_tokens": 5},
        {"prompt_tokens": -5, "completion_tokens": 5},
        {"prompt_tokens": True, "completion_tokens": 5},
        {"prompt_tokens": 0, "completion_tokens": 0},
    ],
)
def test_counts_that_are_none_are_estimated(
    chat: LangchainChat, loopback: Loopback, usage: object
) -> None:
    """The reply is used all the same, and nobody warns of it (warnings are errors here)."""
    loopback.behaviour = lambda _: _whole(TEXT, usage=usage)
    reply = chat.complete(asking(), timeout=5)
    assert reply.text == TEXT
    assert not reply.usage.told
    assert reply.usage.total > 0


def test_a_reply_in_parts_is_put_together(chat: LangchainChat, loopback: Loopback) -> None:
    """Of the parts of a thinking model only the texts count; what has none is no reply."""
    parts: list[object] = [
        {"type": "thinking", "thinking": "Hm."},
        {"type": "text", "text": TEXT[:5]},
        {"type": "text", "text": TEXT[5:]},
    ]
    loopback.behaviour = lambda _: _whole(parts)
    assert chat.complete(asking(), timeout=5).text == TEXT
    loopback.behaviour = lambda _: _whole([1, None, {"type": "text"}])
    with pytest.raises(ChatFailed) as caught:
        chat.complete(asking(), timeout=5)
    assert caught.value.fault is ChatFault.EMPTY


def _whole(content: object, **more: object) -> Reply:
    """Return a whole document with ``content``, and ``more`` beside its choices."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    head = {"id": "1", "object": "chat.completion", "created": 0, "model": "loopback"}
    return Reply(document={**head, "choices": [choice], **more})


def test_a_reply_that_was_cut_off_costs_what_it_cost(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """The tokens of a reply that is of no use are told, on every rung."""
    loopback.behaviour = lambda _: Reply(text="{", usage=(11, 3), finish_reason="length")
    for rung in Rung:
        with pytest.raises(ChatFailed) as caught:
            chat.complete(asking(rung), timeout=5)
        assert caught.value.fault is ChatFault.CUT_OFF
        assert caught.value.usage == Usage(input_tokens=11, output_tokens=3)


@pytest.mark.parametrize("name", ["temperature", "seed"])
def test_a_parameter_that_is_refused_is_left_out_from_then_on(
    chat: LangchainChat, loopback: Loopback, name: str
) -> None:
    """A 400 that names it costs one more request, once."""
    loopback.behaviour = refuses(name)
    for _ in range(2):
        chat.complete(asking(), timeout=5)
    assert [name in request.body for request in loopback.requests] == [True, False, False]


def test_several_refused_parameters_are_left_out_one_by_one(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """Temperature, seed, and the older name of the limit go; the newer name takes its place."""
    loopback.behaviour = refuses("temperature", "seed", "max_tokens")
    chat.complete(asking(), timeout=5)
    body = loopback.last.body
    assert not {"temperature", "seed", "max_tokens"} & set(body)
    assert body["max_completion_tokens"] == 500


def test_a_refusal_that_goes_on_ends(chat: LangchainChat, loopback: Loopback) -> None:
    """A server that always complains of a parameter gets a bounded number of requests."""
    loopback.behaviour = lambda _: failure(400, "temperature has to be 1")
    with pytest.raises(ChatFailed) as caught:
        chat.complete(asking(), timeout=5)
    assert caught.value.fault is ChatFault.REQUEST
    assert len(loopback.requests) == 2


def test_what_a_failed_request_was_refused_for_is_not_remembered(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """Only what works without is left out later."""
    loopback.behaviour = lambda _: failure(400, "temperature has to be 1")
    with pytest.raises(ChatFailed):
        chat.complete(asking(), timeout=5)
    loopback.behaviour = says(TEXT)
    chat.complete(asking(), timeout=5)
    assert "temperature" in loopback.last.body


def test_a_schema_that_is_not_strict_enough_is_sent_as_such(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """A server that takes the schema, but not as a strict one, gets it without."""

    def answer(request: dict[str, Any]) -> Reply:
        if request["response_format"]["json_schema"]["strict"]:
            return failure(400, "Invalid schema for response_format 'reply': required is missing")
        return Reply(text=TEXT)

    loopback.behaviour = answer
    assert chat.complete(asking(), timeout=5).text == TEXT


@pytest.mark.parametrize("accepted", list(Rung))
def test_a_rung_that_is_refused_is_told_as_such(
    chat: LangchainChat, loopback: Loopback, accepted: Rung
) -> None:
    """The 400 of a server that lacks a rung is a fault of the request, without a warning."""
    loopback.behaviour = rungs(accepted.value)
    for rung in Rung:
        if rung is accepted:
            assert chat.complete(asking(rung), timeout=5).text
            continue
        with pytest.raises(ChatFailed) as caught:
            chat.complete(asking(rung), timeout=5)
        assert caught.value.fault is ChatFault.REQUEST


def test_the_words_of_langchains_own_warnings_do_no_harm(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """LangChain warns of some refusals; a warning here would be an error."""
    sentence = "'response_format' of type 'json_schema' is not supported with this model"
    loopback.behaviour = lambda _: failure(400, sentence)
    with pytest.raises(ChatFailed) as caught:
        chat.complete(asking(), timeout=5)
    assert caught.value.fault is ChatFault.REQUEST


def test_connections_are_used_again_between_calls_and_threads(
    chat: LangchainChat, loopback: Loopback
) -> None:
    """Sixteen calls of eight threads take no more than eight connections, and get their own."""
    start = threading.Barrier(8)
    loopback.behaviour = lambda request: Reply(text=request["messages"][1]["content"], delay=0.01)

    def ask(number: int) -> tuple[str, str]:
        if number < 8:
            start.wait(5)
        return str(number), chat.complete(asking(Rung.TEXT, text=str(number)), timeout=5).text

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(16)))
    assert all(asked == answered for asked, answered in found)
    assert len(loopback.requests) == 16
    assert 1 < loopback.connections <= 8


def test_no_call_is_made_twice(chat: LangchainChat, loopback: Loopback) -> None:
    """One attempt is one request: who asks decides whether to try again."""
    loopback.behaviour = limited("0")
    with pytest.raises(ChatFailed):
        chat.complete(asking(), timeout=5)
    assert len(loopback.requests) == 1


def test_a_closed_model_can_be_closed_again(chat: LangchainChat) -> None:
    """Closing is no more than that."""
    chat.complete(asking(), timeout=5)
    chat.close()
    chat.close()
