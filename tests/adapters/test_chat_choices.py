"""A language model looked at before anything of it is loaded."""

from __future__ import annotations

from pathlib import Path

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


def test_a_script_goes_nowhere(tmp_path: Path) -> None:
    """So there is nothing to be missing but the file."""
    script = tmp_path / "lines.jsonl"
    with pytest.raises(BadInput, match="there is no script"):
        choose_chat(f"scripted:{script}")
    script.write_text('{"reply": "yes"}')
    found = choose_chat(f"scripted:{script}")
    assert (found.address, found.problem, found.id) == (None, None, f"scripted:{script}")


def test_what_a_script_says_is_part_of_the_place(tmp_path: Path) -> None:
    """A reply that was kept is not one of the script as it is now."""
    script, places = tmp_path / "lines.jsonl", set()
    for reply in ("yes", "no", "yes"):
        script.write_text(f'{{"reply": "{reply}"}}')
        places.add(choose_chat(f"scripted:{script}").place)
    assert len(places) == 2


def test_the_place_is_the_whole_address_without_its_secrets() -> None:
    """A query may name another deployment, a login another account."""
    plain = "http://127.0.0.1:9/v1"
    urls = [plain, f"{plain}?deployment=A", f"{plain}?deployment=B", "http://me:pw@127.0.0.1:9/v1"]
    places = [choose_chat("openai:m", base_url=url).place for url in urls]
    assert places[0] == plain
    assert len(set(places)) == len(urls)
    assert all("deployment" not in place and "pw" not in place for place in places)
