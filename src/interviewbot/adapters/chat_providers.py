"""Which makers of language models there are, and how each wants to be addressed.

Owns names, keys' variables, addresses and the names of parameters. Refuses to import any of
their packages, and to read a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlsplit

from interviewbot.domain.errors import BadInput

OPENAI, SCRIPTED = "openai", "scripted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One maker. ``extra`` is what to install; empty where everything is there.

    The first of ``key_variables`` is the one that advice names. ``lists`` says how to see the
    models there are; ``{endpoint}`` in it is the address.
    """

    extra: str = ""
    package: str = ""
    key_variables: tuple[str, ...] = ()
    needs_key: bool = True
    address: str = ""
    address_variable: str = ""
    lists: str = ""


PROVIDERS = {
    OPENAI: Provider(
        key_variables=("OPENAI_API_KEY",),
        address="https://api.openai.com/v1",
        address_variable="OPENAI_BASE_URL",
        lists="{endpoint}/models lists those there are",
    ),
    "anthropic": Provider(
        extra="anthropic",
        package="langchain-anthropic",
        key_variables=("ANTHROPIC_API_KEY",),
        address="https://api.anthropic.com",
        address_variable="ANTHROPIC_BASE_URL",
        lists="{endpoint}/v1/models lists those there are",
    ),
    "ollama": Provider(
        extra="ollama",
        package="langchain-ollama",
        key_variables=("OLLAMA_API_KEY",),
        needs_key=False,
        address="http://127.0.0.1:11434",
        address_variable="OLLAMA_HOST",
        lists="'ollama list' shows those there are, 'ollama pull NAME' gets one",
    ),
    "google_genai": Provider(
        extra="google",
        package="langchain-google-genai",
        key_variables=("GOOGLE_API_KEY", "GEMINI_API_KEY"),
        address="https://generativelanguage.googleapis.com",
        lists="{endpoint}/v1beta/models lists those there are",
    ),
    SCRIPTED: Provider(needs_key=False),
}


_HOSTED = [name for name in PROVIDERS if name != SCRIPTED]
_ALSO = {"google": "google_genai", "gemini": "google_genai", "claude": "anthropic"}


def named(name: str) -> tuple[str, str]:
    """Return provider and model of ``provider:model``.

    Raises:
        BadInput: if there is no such provider, or no model is named.
    """
    said, colon, model = name.strip().partition(":")
    if not colon or not model.strip():
        raise BadInput(
            f"“{name}” names no model of a provider",
            "write provider:model, as in openai:gpt-5-mini or ollama:llama3.2",
        )
    provider = _ALSO.get(said.lower(), said.lower())
    if provider not in PROVIDERS:
        near = get_close_matches(provider, [*PROVIDERS, *_ALSO], n=1, cutoff=0.75)
        if near:
            hint = f"did you mean {_ALSO.get(near[0], near[0])}:{model.strip()}?"
        else:
            hint = (
                f"there are {', '.join(_HOSTED)}; any server that speaks OpenAI's protocol is"
                f" --model openai:{name.strip()} with OPENAI_BASE_URL set to its address"
            )
        raise BadInput(f"“{said}” is no provider of language models", hint)
    return provider, model.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where requests go. ``url`` holds neither user, password nor query; they stand beside it."""

    url: str
    host: str
    login: tuple[str, str] | None = None
    query: str = ""

    def __repr__(self) -> str:
        """Return what may be shown."""
        return f"Address({self.url})"


def address_of(text: str) -> Address:
    """Return the address that ``text`` names, ``http`` where it has no scheme.

    Raises:
        BadInput: if it is none.
    """
    wrong = BadInput("the base URL is not an address", "write it as in http://127.0.0.1:8080/v1")
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port, host = parts.port, parts.hostname
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"http", "https"} or not host or not text.isprintable() or " " in text:
        raise wrong
    shown = f"[{host}]" if ":" in host else host
    login = (parts.username or "", parts.password or "") if "@" in parts.netloc else None
    return Address(
        url=f"{parts.scheme}://{shown}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}",
        host=host,
        login=login,
        query=parts.query,
    )
