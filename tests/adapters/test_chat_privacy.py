"""What leaves this machine, and what is loaded, when a language model is asked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tools.loopback.replies import Reply
from tools.loopback.server import Loopback

ROOT = Path(__file__).resolve().parents[2]
# Asks a model, lets LangSmith's threads send what they have, and ends.
ASKS = """
import sys
import time
from interviewbot.adapters.chat_models import load_chat
from interviewbot.domain.chat import ChatRequest, Message, Role
chat = load_chat("openai:x", base_url=sys.argv[1], tracing=sys.argv[2] == "traced")
request = ChatRequest(messages=(Message(role=Role.USER, content="the answer"),))
assert chat.complete(request, timeout=5).text == "yes"
assert "".join(chat.stream(request, timeout=5)) == "yes"
from langchain_core.tracers.langchain import wait_for_all_tracers
wait_for_all_tracers()
chat.close()
"""


def _environment(smith: Loopback) -> dict[str, str]:
    return {
        **os.environ,
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING_V2": "true",
        "LANGSMITH_ENDPOINT": smith.url,
        "LANGCHAIN_ENDPOINT": smith.url,
        "LANGSMITH_API_KEY": "lsv2_test",
    }


def test_nothing_is_traced_unless_asked_for() -> None:
    """Whatever LangChain's variables say, LangSmith hears nothing of replies and streams."""
    with Loopback(lambda _: Reply(text="yes")) as model, Loopback(lambda _: Reply()) as smith:
        command = [sys.executable, "-c", ASKS, model.url, "untraced"]
        subprocess.run(command, env=_environment(smith), cwd=ROOT, check=True, timeout=60)
        assert len(model.requests) == 2
        assert smith.connections == 0


def test_who_asks_for_traces_gets_them() -> None:
    """The same variables make LangChain call LangSmith then: the test above can fail."""
    with Loopback(lambda _: Reply(text="yes")) as model, Loopback(lambda _: Reply()) as smith:
        command = [sys.executable, "-c", ASKS, model.url, "traced"]
        with subprocess.Popen(command, env=_environment(smith), cwd=ROOT) as asks:
            ends = time.monotonic() + 30
            while not smith.connections and time.monotonic() < ends:
                time.sleep(0.01)
            asks.kill()  # it would go on trying to send
        assert smith.connections


def test_a_script_and_a_key_load_no_client() -> None:
    """They take more than a second, and are loaded where they are used."""
    code = (
        "import sys, interviewbot.adapters.keys, interviewbot.adapters.chat_models\n"
        "import interviewbot.adapters.scripts\n"
        "vendors = {'openai', 'langchain_openai', 'langchain', 'langchain_core', 'httpx2'}\n"
        "assert not vendors & set(sys.modules), vendors & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)


def test_a_package_that_is_missing_is_told_with_the_extra() -> None:
    """The hint is the command that installs it."""
    code = (
        "import sys\n"
        "sys.modules['langchain_anthropic'] = None\n"
        "from interviewbot.adapters.chat_models import load_chat\n"
        "from interviewbot.domain.errors import ModelUnavailable\n"
        "try:\n    load_chat('anthropic:claude')\n"
        "except ModelUnavailable as error:\n    print(error.message, error.hint)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert "langchain-anthropic" in found.stdout
    assert "pip install 'interviewbot[anthropic]'" in found.stdout
