"""How each provider's LangChain model is made, and how a request is put to it.

Owns constructors, the names of parameters, and what holds a model to a shape on each rung.
Refuses to call a model, and to read what comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from interviewbot.adapters.chat_choices import not_installed
from interviewbot.adapters.chat_providers import PROVIDERS, Address
from interviewbot.adapters.chat_statuses import Asked
from interviewbot.domain.chat import ChatRequest, Role, Rung

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from pydantic import SecretStr

_NO_KEY = "none"  # servers of one's own want none, and their clients want one
_LONGEST_CALL = 600.0  # seconds, after which a call that was abandoned ends by itself
_OWN_HOST = "api.openai.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A model, how to name parameters to it, and how to close it.

    ``bounded`` says that ``timeout`` is a parameter of its calls, for all of the call; ``lacks``
    are the rungs that there is no way to ask for.
    """

    chat: BaseChatModel
    parameters: Callable[[ChatRequest, frozenset[str]], dict[str, Any]]
    bounded: bool = False
    lacks: frozenset[Rung] = frozenset()
    close: Callable[[], None] | None = None


def openai(model: str, address: Address, key: SecretStr | None, asked: Asked) -> Spoken:
    """Return a model behind the Chat Completions protocol."""
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from interviewbot.adapters.bounded_http import BoundedTransport
    from interviewbot.adapters.chat_envelope import CheckedTransport

    client = httpx2.Client(
        transport=CheckedTransport(inner=BoundedTransport(address.url), asked=asked),
        auth=address.login,
        headers={"Accept-Encoding": "identity"},
        trust_env=False,
    )
    chat = ChatOpenAI(
        model=model,
        base_url=address.url,
        api_key=key or SecretStr(_NO_KEY),
        http_client=client,
        async_client=_UNUSED,  # or one is made, which takes 30 ms
        openai_proxy="",  # the transport looks after that
        default_query=dict(parse_qsl(address.query)) or None,
        max_retries=0,
        use_responses_api=False,
        cache=False,
        verbose=False,
        stream_usage=False,
    )
    limits = ["max_tokens", "max_completion_tokens"]  # servers of others know the older name
    if address.host == _OWN_HOST:
        limits.reverse()

    def parameters(request: ChatRequest, without: frozenset[str]) -> dict[str, Any]:
        limit = next((name for name in limits if name not in without), None)
        # Not by LangChain's own parameter, which goes by the newer name in any case.
        more = {} if limit is None else {"extra_body": {limit: request.most_tokens}}
        return {**_sampling(request, without), **more}

    return Spoken(chat=chat, parameters=parameters, bounded=True, close=client.close)


def other(provider: str, model: str, address: Address, key: SecretStr | None) -> Spoken:
    """Return a model of any other provider.

    Raises:
        ModelUnavailable: if its package is not installed.
    """
    from langchain.chat_models import init_chat_model

    about = PROVIDERS[provider]
    try:
        import_module(about.package.replace("-", "_"))
    except ImportError as error:
        raise not_installed(provider) from error
    chat: Any = init_chat_model(
        model,
        model_provider=provider,
        base_url=address.url,
        cache=False,
        verbose=False,
        **_making(provider, key),
    )
    lacks = frozenset({Rung.JSON}) if provider == "anthropic" else frozenset[Rung]()
    return Spoken(chat=chat, parameters=_PARAMETERS[provider], lacks=lacks)


def _making(provider: str, key: SecretStr | None) -> dict[str, Any]:
    from pydantic import SecretStr

    if provider == "ollama":
        headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
        return {"client_kwargs": {"timeout": _LONGEST_CALL, "headers": headers}}
    common = {"api_key": key or SecretStr(_NO_KEY), "timeout": _LONGEST_CALL, "max_retries": 0}
    # The version that knows schemas; another address would mean an older one.
    return {**common, "api_version": "v1beta"} if provider == "google_genai" else common


def _sampling(request: ChatRequest, without: frozenset[str]) -> dict[str, Any]:
    given = {"temperature": request.temperature, "seed": request.seed}
    return {
        name: value for name, value in given.items() if value is not None and name not in without
    }


def _anthropic(request: ChatRequest, without: frozenset[str]) -> dict[str, Any]:
    return {**_sampling(request, without | {"seed"}), "max_tokens": request.most_tokens}


def _ollama(request: ChatRequest, without: frozenset[str]) -> dict[str, Any]:
    return {"options": {**_sampling(request, without), "num_predict": request.most_tokens}}


def _google(request: ChatRequest, without: frozenset[str]) -> dict[str, Any]:
    return {**_sampling(request, without), "max_output_tokens": request.most_tokens}


_PARAMETERS = {"anthropic": _anthropic, "ollama": _ollama, "google_genai": _google}


def scripted_parameters(request: ChatRequest, without: frozenset[str]) -> dict[str, Any]:
    """Return nothing: a script takes no parameters."""
    del request, without
    return {}


def shaped(chat: Any, request: ChatRequest, without: frozenset[str]) -> Any:
    """Return ``chat``, held to the schema of ``request`` as its rung says."""
    if request.schema is None or request.rung is Rung.TEXT:
        return chat
    if request.rung is Rung.JSON:
        return chat.bind(response_format={"type": "json_object"})
    name, schema = request.schema_name, dict(request.schema)
    if request.rung is Rung.FUNCTION:
        function = {"name": name, "description": "Hand in the reply.", "parameters": schema}
        return chat.bind_tools([{"type": "function", "function": function}], tool_choice=name)
    described = {"name": name, "schema": schema, "strict": "strict" not in without}
    return chat.bind(response_format={"type": "json_schema", "json_schema": described})


def messages_of(request: ChatRequest) -> list[BaseMessage]:
    """Return the messages of ``request`` as LangChain's."""
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds = {Role.SYSTEM: SystemMessage, Role.USER: HumanMessage, Role.ASSISTANT: AIMessage}
    return [kinds[message.role](content=message.content) for message in request.messages]


class _Unused:
    """Stands where an asynchronous client would."""


_UNUSED = _Unused()
