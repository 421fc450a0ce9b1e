"""The settings as the screens show them, and how they are kept.

Owns the way between ``Settings`` and ``Preferences``. Refuses to draw and to parse TOML.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from interviewbot.adapters.chat_providers import named
from interviewbot.adapters.config_file import Value, write_config
from interviewbot.domain.errors import BadInput
from interviewbot.paths import config_file
from interviewbot.settings import Settings, from_environment, read_settings
from interviewbot.tui.preferences import Preferences


def read_preferences() -> Preferences:
    """Return what the candidate prefers.

    Raises:
        BadInput: if the settings cannot be used.
    """
    settings = read_settings()
    return Preferences(
        theme=settings.theme,
        questions=settings.questions,
        mock_minutes=settings.mock_minutes,
        judge=settings.judge,
        model=settings.model,
        corpus=tuple(str(folder) for folder in settings.corpus),
        encoder=settings.encoder,
        chroma_url=settings.chroma_url,
        fixed=from_environment(),
        file=str(config_file()),
    )


def keep_preferences(preferences: Preferences) -> None:
    """Write what changed to ``config.toml``; what the environment sets is left alone.

    Raises:
        BadInput: if a value cannot be used, or the file cannot be read.
        StorageFailed: if it cannot be written.
    """
    before = _values(read_preferences())
    changed = {
        name: value
        for name, value in _values(preferences).items()
        if value != before[name] and name not in from_environment()
    }
    if changed:
        _check(read_settings(changed), changed)
        write_config(config_file(), changed)


def _values(preferences: Preferences) -> dict[str, Value]:
    return {
        "theme": preferences.theme,
        "questions": preferences.questions,
        "mock_minutes": preferences.mock_minutes,
        "judge": preferences.judge,
        "model": preferences.model,
        "corpus": list(preferences.corpus),
        "encoder": preferences.encoder,
        "chroma_url": preferences.chroma_url,
    }


def _check(settings: Settings, changed: Mapping[str, Value]) -> None:
    """Refuse what would keep the program from starting the next time."""
    kind, _, name = settings.encoder.partition(":")
    if "encoder" in changed and settings.encoder != "bundled" and not (kind == "st" and name):
        raise BadInput(
            f"there is no encoder “{settings.encoder}”",
            "use 'bundled', or 'st:NAME_OR_PATH' for a sentence-transformers model",
        )
    if settings.model and "model" in changed:
        named(settings.model)
    if {"judge", "model"} & changed.keys() and settings.judge == "llm" and not settings.model:
        raise BadInput(
            "a language model is to judge, and none is named", "name one, as in openai:gpt-5-mini"
        )
    if settings.chroma_url and not _is_address(settings.chroma_url):
        raise BadInput(
            f"“{settings.chroma_url}” is no address of a server", "write http://HOST:PORT"
        )
    for folder in settings.corpus if "corpus" in changed else ():
        if not folder.expanduser().is_dir():
            raise BadInput(f"there is no folder {folder}", "one folder a line, each must be there")


def _is_address(text: str) -> bool:
    try:
        url = urlsplit(text)
    except ValueError:  # an address in brackets that is none
        return False
    return url.scheme in {"http", "https"} and bool(url.hostname)
