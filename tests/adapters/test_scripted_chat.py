"""Scripts in place of a language model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.adapters.made_chats import asking

from interviewbot.adapters.chat_models import LangchainChat, load_chat
from interviewbot.domain.chat import ChatFailed, ChatFault, Rung, Usage
from interviewbot.domain.errors import BadInput


def _script(folder: Path, *lines: object) -> LangchainChat:
    path = folder / "script.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return load_chat(f"scripted:{path}")


def _texts(chat: LangchainChat, *requests: str) -> Iterator[str]:
    return (chat.complete(asking(Rung.TEXT, text=one), timeout=1).text for one in requests)


def test_lines_are_replayed_in_order(tmp_path: Path) -> None:
    """Each line answers once; an object is its JSON; nothing leaves this machine."""
    chat = _script(tmp_path, {"reply": "one"}, {"reply": {"ü": [1]}})
    assert list(_texts(chat, "a", "b")) == ["one", '{"ü": [1]}']
    assert chat.endpoint == ""
    assert chat.id.startswith("scripted:")


def test_a_line_may_be_for_certain_requests(tmp_path: Path) -> None:
    """The first line that is left and fits is the one."""
    lines = [{"reply": "x", "contains": "dropout"}, {"reply": "y"}, {"reply": "z", "repeat": True}]
    chat = _script(tmp_path, *lines)
    assert list(_texts(chat, "bias", "bias", "on dropout", "on dropout")) == ["y", "z", "x", "z"]


@pytest.mark.parametrize("rung", list(Rung))
def test_every_rung_gets_the_reply(tmp_path: Path, rung: Rung) -> None:
    """A script stands in for a model that can do everything."""
    chat = _script(tmp_path, {"reply": {"points": []}})
    assert json.loads(chat.complete(asking(rung), timeout=1).text) == {"points": []}


def test_a_script_streams_too(tmp_path: Path) -> None:
    """The pieces make up the line."""
    chat = _script(tmp_path, {"reply": "It drops\nunits  at random."})
    pieces = list(chat.stream(asking(Rung.TEXT), timeout=1))
    assert len(pieces) == 5
    assert "".join(pieces) == "It drops\nunits  at random."


def test_tokens_are_those_of_the_script(tmp_path: Path) -> None:
    """What a line says it costs is told; otherwise there is an estimate."""
    usage = {"input_tokens": 11, "output_tokens": 3}
    chat = _script(tmp_path, {"reply": "a", "usage": usage}, {"reply": "a"})
    told = chat.complete(asking(), timeout=1).usage
    assert told == Usage(input_tokens=11, output_tokens=3)
    assert not chat.complete(asking(), timeout=1).usage.told


@pytest.mark.parametrize("fault", list(ChatFault))
def test_a_line_may_be_any_fault(tmp_path: Path, fault: ChatFault) -> None:
    """It is raised as from a real model, when it is its turn, with what it says to wait."""
    chat = _script(tmp_path, {"error": fault, "retry_after": 2}, {"reply": "a"})
    with pytest.raises(ChatFailed) as caught:
        chat.complete(asking(), timeout=1)
    assert caught.value.fault is fault
    assert caught.value.retry_after == 2.0
    assert list(_texts(chat, "b")) == ["a"]


def test_a_script_that_is_used_up_says_so(tmp_path: Path) -> None:
    """The sentence names the file and how to go on for ever; a stream tells the same."""
    chat = _script(tmp_path, {"reply": "a"})
    chat.complete(asking(), timeout=1)
    with pytest.raises(ChatFailed, match=r"script\.jsonl has no line left") as caught:
        chat.complete(asking(), timeout=1)
    assert "repeat" in caught.value.hint
    with pytest.raises(ChatFailed, match="no line left"):
        list(chat.stream(asking(Rung.TEXT), timeout=1))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("nonsense", "not JSON"),
        pytest.param("[" * 100_000, "not JSON", id="deep"),
        ("[1]", "not an object"),
        ("{}", "a reply or an error"),
        ('{"reply": "a", "error": "timeout"}', "a reply or an error"),
        ('{"reply": 5}', "no text and no object"),
        ('{"reply": "a", "contains": 5}', "contains is no text"),
        ('{"reply": "a", "repeat": "yes"}', "repeat is neither"),
        ('{"reply": "a", "speed": 1}', "“speed” is unknown"),
        ('{"error": "tired"}', "no such error"),
        ('{"error": "rate", "retry_after": -1}', "retry_after"),
        ('{"error": "rate", "retry_after": NaN}', "retry_after"),
        ('{"reply": "a", "usage": {"input_tokens": 1}}', "not two counts"),
        ('{"reply": "a", "usage": {"input_tokens": -1, "output_tokens": 1}}', "not two counts"),
        ('{"reply": "a", "usage": {"input_tokens": true, "output_tokens": 1}}', "not two counts"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: str, problem: str) -> None:
    """The sentence begins with file and line."""
    path = tmp_path / "script.jsonl"
    path.write_text(f'{{"reply": "a"}}\n\n{row}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=problem) as caught:
        load_chat(f"scripted:{path}")
    assert str(caught.value).startswith(f"{path}:3: ")


@pytest.mark.parametrize(
    "content",
    [None, b"", b"\n\n", b"\xff\xfe{", pytest.param(b"x" * 4_000_001, id="large")],
)
def test_a_file_that_is_no_script_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """Missing, empty, not UTF-8, too large."""
    path = tmp_path / "script.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match="script"):
        load_chat(f"scripted:{path}")
