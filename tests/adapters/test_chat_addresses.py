"""Which model is asked, and where."""

from __future__ import annotations

import pytest
from tests.adapters.made_chats import asking, told
from tools.loopback.faults import limited
from tools.loopback.server import Loopback

from interviewbot.adapters.chat_models import load_chat
from interviewbot.adapters.chat_providers import named
from interviewbot.domain.chat import ChatFailed, ChatFault
from interviewbot.domain.errors import BadInput


def test_the_address_given_goes_before_the_environments(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """base_url, then OPENAI_BASE_URL, then OpenAI's own."""
    assert load_chat("openai:gpt-5-mini").endpoint == "https://api.openai.com/v1"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert load_chat("openai:gpt-5-mini").endpoint == "http://127.0.0.1:1/v1"
    made = load_chat("openai:gpt-5-mini", base_url=loopback.url)
    assert (made.id, made.endpoint) == ("openai:gpt-5-mini", loopback.url)


def test_an_address_of_ones_own_needs_no_key(loopback: Loopback) -> None:
    """A server on this machine is asked with a key that is none."""
    made = load_chat("openai:llama", base_url=loopback.url)
    assert made.complete(asking(), timeout=5).text
    assert loopback.last.headers["authorization"] == "Bearer none"
    made.close()


def test_the_makers_own_address_needs_a_key() -> None:
    """Without a key nothing is sent, and the sentence says where to put one."""
    with pytest.raises(ChatFailed) as caught:
        load_chat("openai:gpt-5").complete(asking(), timeout=5)
    assert caught.value.fault is ChatFault.KEY
    assert "OPENAI_API_KEY" in told(caught.value)


def test_user_password_and_query_reach_the_server_and_nobody_else(loopback: Loopback) -> None:
    """They are sent, and neither the endpoint nor an error shows them."""
    address = loopback.url.replace("http://", "http://me:hunter2@") + "?version=secret9"
    made = load_chat("openai:x", base_url=address)
    made.complete(asking(), timeout=5)
    assert made.endpoint == loopback.url
    assert loopback.last.headers["authorization"].startswith("Basic ")
    assert loopback.last.path.endswith("?version=secret9")
    loopback.behaviour = limited()
    with pytest.raises(ChatFailed) as caught:
        made.complete(asking(), timeout=5)
    assert "hunter2" not in told(caught.value) + repr(made)
    assert "secret9" not in told(caught.value) + repr(made)
    made.close()


@pytest.mark.parametrize("address", ["ftp://x/v1", "http://", "http://a b/", "http://x:port/v1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """A base URL has a scheme of HTTP, a host, and a port that is a number."""
    with pytest.raises(BadInput):
        load_chat("openai:x", base_url=address)


def test_an_unknown_provider_is_told_with_those_there_are() -> None:
    """The hint lists the providers, and how to reach any other server."""
    with pytest.raises(BadInput) as caught:
        load_chat("llama3.2:3b")
    assert "anthropic" in caught.value.hint
    assert "openai:llama3.2:3b" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("opnai:gpt-5-mini", "openai:gpt-5-mini"),
        ("antropic:claude", "anthropic:claude"),
        ("olama:llama3.2:3b", "ollama:llama3.2:3b"),
    ],
)
def test_a_misspelt_provider_is_recognised(name: str, meant: str) -> None:
    """Nothing is said of servers then."""
    with pytest.raises(BadInput) as caught:
        load_chat(name)
    assert caught.value.hint == f"did you mean {meant}?"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OpenAI:gpt-5-mini", ("openai", "gpt-5-mini")),
        ("google:gemini-pro", ("google_genai", "gemini-pro")),
        ("ollama:llama3.2:3b", ("ollama", "llama3.2:3b")),
    ],
)
def test_names_people_write(name: str, expected: tuple[str, str]) -> None:
    """Letter case does not matter, nor which name of a maker it is."""
    assert named(name) == expected


@pytest.mark.parametrize("name", ["openai:", "", "scripted:", "claude-sonnet-4-5", "llama3.2"])
def test_a_model_has_to_be_named(name: str) -> None:
    """A provider alone is not enough, nor a model: no answer goes to a maker nobody named."""
    with pytest.raises(BadInput, match="names no model"):
        load_chat(name)


@pytest.mark.parametrize("name", ["LANGCHAIN_TRACING", "LANGCHAIN_HANDLER"])
def test_a_variable_that_langchain_chokes_on_is_told(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would make every call fail is said at once, with the fix."""
    monkeypatch.setenv(name, "true")
    with pytest.raises(BadInput) as caught:
        load_chat("openai:x")
    assert f"unset {name}" in caught.value.hint


def test_no_gateway_of_langchains_gets_between(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LANGSMITH_GATEWAY and OPENAI_PROXY do not redirect requests."""
    monkeypatch.setenv("LANGSMITH_GATEWAY", "http://127.0.0.1:1")
    monkeypatch.setenv("LANGSMITH_GATEWAY_API_KEY", "lsv2_x")
    monkeypatch.setenv("OPENAI_PROXY", "http://127.0.0.1:1")
    made = load_chat("openai:x", base_url=loopback.url)
    assert made.complete(asking(), timeout=5).text
    made.close()
