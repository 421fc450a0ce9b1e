"""The language model that was chosen, looked at before anything of it is loaded.

Owns what a name, an address and a key come to, and what can be known to be missing. Refuses to
call a model, and to import any package of its maker.
"""

from __future__ import annotations

import hashlib
import os
import socket
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from interviewbot.adapters.chat_providers import PROVIDERS, SCRIPTED, Address, address_of, named
from interviewbot.adapters.chat_statuses import Asked
from interviewbot.adapters.scripts import read_script
from interviewbot.domain.chat import ChatFailed, ChatFault
from interviewbot.domain.errors import ModelUnavailable

if TYPE_CHECKING:
    from pydantic import SecretStr

_OWN = frozenset({"127.0.0.1", "::1", "localhost"})
_PORTS = {"http": 80, "https": 443}
_PATIENCE = 1.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenChat:
    """A model of a provider. ``address`` is None where nothing leaves this process.

    ``place`` is what a reply depends on beside the model and the request, without a secret: the
    address, with a hash of its login and query, which may name another deployment; of a script,
    the hash of what it says. ``keyless`` says that a key is needed and there is none.
    """

    provider: str
    asked: Asked
    address: Address | None
    place: str
    keyless: bool

    @property
    def id(self) -> str:
        """The name in full."""
        return f"{self.provider}:{self.asked.model}"

    @property
    def problem(self) -> ChatFailed | None:
        """What will fail in the first call, as far as that can be known without one.

        Only a server on this machine is looked for.
        """
        if self.keyless:
            return no_key(self.asked)
        if self.address is None or self.address.host not in _OWN or self._listens():
            return None
        return ChatFailed(
            ChatFault.UNREACHABLE,
            f"nothing answers at {self.asked.endpoint}",
            "start the server there, or mend the base URL",
        )

    def _listens(self) -> bool:
        parts = urlsplit(self.asked.endpoint)
        place = (parts.hostname, parts.port or _PORTS[parts.scheme])
        try:
            socket.create_connection(place, timeout=_PATIENCE).close()
        except OSError:
            return False
        return True


def choose_chat(name: str, *, base_url: str = "", key: SecretStr | None = None) -> ChosenChat:
    """Return the model ``name``: ``provider:model``, or a model of OpenAI's.

    ``base_url`` goes before the provider's variable, and that before its own address.

    Raises:
        BadInput: if there is no such provider, no model is named, the address is none, or the
            script cannot be read.
        ModelUnavailable: if its package is not installed.
    """
    provider, model = named(name)
    about = PROVIDERS[provider]
    if about.package and find_spec(about.package.replace("-", "_")) is None:
        raise not_installed(provider)
    if provider == SCRIPTED:
        asked = Asked(model=model, endpoint="", key_variable="", lists="")
        digest = read_script(Path(model).expanduser()).digest
        return ChosenChat(provider=provider, asked=asked, address=None, place=digest, keyless=False)
    variable = os.environ.get(about.address_variable, "") if about.address_variable else ""
    address = address_of(base_url or variable or about.address)
    return ChosenChat(
        provider=provider,
        asked=Asked(
            model=model,
            endpoint=address.url,
            key_variable=about.key_variables[0],
            lists=about.lists.format(endpoint=address.url),
            key=key,
        ),
        address=address,
        place=_place(address),
        keyless=about.needs_key and key is None and address.url == about.address,
    )


def _place(address: Address) -> str:
    beside = (address.login, address.query)
    if beside == (None, ""):
        return address.url
    return f"{address.url} {hashlib.sha256(repr(beside).encode()).hexdigest()}"


def no_key(asked: Asked) -> ChatFailed:
    """Return that a key is needed, and where to put it."""
    return ChatFailed(ChatFault.KEY, f"there is no key for {asked.endpoint}", asked.key_hint)


def not_installed(provider: str) -> ModelUnavailable:
    """Return which package is missing for the models of ``provider``, and how to get it."""
    about = PROVIDERS[provider]
    return ModelUnavailable(
        f"{provider} models need the package {about.package}, which is not installed",
        f"run: pip install 'interviewbot[{about.extra}]'",
    )
