"""Fixtures that stand up the loopback server, and a clean environment for language models."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.request import getproxies_environment

import pytest
from tools.loopback.faults import says
from tools.loopback.server import Loopback

_MAKERS = ("OPENAI_", "ANTHROPIC_", "GOOGLE_", "GEMINI_", "OLLAMA_", "LANGSMITH_", "LANGCHAIN_")


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test none of the user's keys, addresses and proxies."""
    for name in [name for name in os.environ if name.startswith(_MAKERS)]:
        monkeypatch.delenv(name)
    for scheme in getproxies_environment():
        for name in (f"{scheme}_proxy", f"{scheme}_proxy".upper()):
            monkeypatch.delenv(name, raising=False)


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """Return a running server that answers ``{"points": []}``; set ``behaviour`` for more."""
    with Loopback(says('{"points": []}')) as server:
        yield server
