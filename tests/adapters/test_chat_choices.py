"""A language model looked at before anything of it is loaded."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from tools.loopback.server import Loopback

from interviewbot.adapters import chat_choices
from interviewbot.adapters.chat_choices import choose_chat
from interviewbot.domain.chat import ChatFault
from interviewbot.domain.errors import BadInput, ModelUnavailable


def test_a_key_is_needed_at_the_makers_own_address_alone(loopback: Loopback) -> None:
    """What is missing is told with the fix; a server of one's own wants none."""
    problem = choose_chat("openai:x").problem
    assert problem is not None
    assert (problem.fault, "OPENAI_API_KEY" in problem.hint) == (ChatFault.KEY, True)
    assert choose_chat("openai:x", key=SecretStr("sk-a")).problem is None
    assert choose_chat("openai:x", base_url=loopback.url).problem is None


def test_a_server_on_this_machine_that_is_not_running_is_told() -> None:
    """Before anything is asked; others are not looked for."""
    problem = choose_chat("openai:x", base_url="http://127.0.0.1:9/v1").problem
    assert problem is not None
    assert (problem.fault, "127.0.0.1:9" in problem.message) == (ChatFault.UNREACHABLE, True)
    assert choose_chat("openai:x", base_url="http://192.0.2.1/v1").problem is None


def test_a_package_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With how to get it."""
    monkeypatch.setattr(chat_choices, "find_spec", lambda _: None)
    with pytest.raises(ModelUnavailable, match="langchain-anthropic") as caught:
        choose_chat("anthropic:x")
    assert "interviewbot[anthropic]" in caught.value.hint
    assert choose_chat("openai:x").id == "openai:x"


def test_a_provider_that_there_is_not_is_refused() -> None:
    """As when it is loaded."""
    with pytest.raises(BadInput):
        choose_chat("opnai:x")


def test_a_script_goes_nowhere() -> None:
    """So there is nothing to be missing."""
    found = choose_chat("scripted:lines.jsonl")
    assert (found.address, found.problem, found.id) == (None, None, "scripted:lines.jsonl")
