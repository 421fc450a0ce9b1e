"""A LangChain chat model that replays a script.

Owns the dress of a script's lines as a model's messages. Stands in for a provider in tests and
demonstrations; nothing leaves this machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from interviewbot.adapters.scripts import Line, Script, read_script

_PIECE = re.compile(r"\S+\s*|\s+")


class ScriptedChat(BaseChatModel):
    """Answers with the lines of ``script``."""

    script: Script

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Return this model with ``tools`` bound; it answers with a call of the first one."""
        formatted = [convert_to_openai_tool(tool) for tool in tools]
        return self.bind(tools=formatted, tool_choice=tool_choice, **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - a script is not stopped
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,
    ) -> ChatResult:
        line = self.script.answer(_said(messages))
        content, extra = line.text, {}
        if tools := kwargs.get("tools"):
            function = {"name": tools[0]["function"]["name"], "arguments": line.text}
            call = {"id": "call_1", "type": "function", "function": function}
            content, extra = "", {"tool_calls": [call]}
        message = AIMessage(
            content=content,
            additional_kwargs=extra,
            usage_metadata=_usage(line),
            response_metadata={"finish_reason": "stop"},
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - likewise
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Iterator[ChatGenerationChunk]:
        line = self.script.answer(_said(messages))
        for piece in _PIECE.findall(line.text):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        last = AIMessageChunk(
            content="",
            usage_metadata=_usage(line),
            response_metadata={"finish_reason": "stop"},
            chunk_position="last",
        )
        yield ChatGenerationChunk(message=last)


def load_script(file: str) -> ScriptedChat:
    """Return the model that replays ``file``.

    Raises:
        BadInput: if it cannot be read, or a line breaks the format.
    """
    return ScriptedChat(script=read_script(Path(file).expanduser()), cache=False, verbose=False)


def _said(messages: list[BaseMessage]) -> str:
    return "\n".join(str(message.text) for message in messages)


def _usage(line: Line) -> Any:
    if line.usage is None:
        return None
    return {
        "input_tokens": line.usage.input_tokens,
        "output_tokens": line.usage.output_tokens,
        "total_tokens": line.usage.total,
    }
