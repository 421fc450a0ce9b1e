"""Prompts that are nothing but their variables. Refuses to read files."""

from __future__ import annotations

from collections.abc import Mapping

from interviewbot.domain.chat import Message, Role
from interviewbot.domain.errors import BadInput
from interviewbot.domain.prompt import RenderedPrompt


class NotedPrompts:
    """Says a line for every variable; ``given`` are name and variables of every call.

    ``broken`` makes every prompt one that cannot be read.
    """

    def __init__(self, *, broken: bool = False) -> None:
        """Begin with nothing rendered."""
        self.broken = broken
        self.given: list[tuple[str, Mapping[str, object]]] = []

    def render(self, name: str, variables: Mapping[str, object]) -> RenderedPrompt:
        """Return the prompt ``name``."""
        if self.broken:
            raise BadInput(f"the prompt {name} is not valid", "mend it")
        self.given.append((name, variables))
        lines = "\n".join(f"{key}: {value}" for key, value in variables.items())
        return RenderedPrompt(
            id=name,
            version=1,
            digest="sha256:0",
            messages=(Message(role=Role.USER, content=lines),),
        )
