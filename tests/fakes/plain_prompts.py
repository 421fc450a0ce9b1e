"""Prompts that say their variables and nothing else. Refuses to read a file."""

from __future__ import annotations

from collections.abc import Mapping

from interviewbot.domain.chat import Message, Role
from interviewbot.domain.prompt import RenderedPrompt


class PlainPrompts:
    """Renders every prompt as its variables; ``rendered`` are the names and variables."""

    def __init__(self) -> None:
        """Begin with nothing rendered."""
        self.rendered: list[tuple[str, Mapping[str, object]]] = []

    def render(self, name: str, variables: Mapping[str, object]) -> RenderedPrompt:
        """Return a message of the rules, and one with all variables but the answer's own."""
        self.rendered.append((name, variables))
        beside = {key: value for key, value in variables.items() if key != "answer"}
        marker = variables.get("delimiter", "")
        messages = [
            Message(role=Role.SYSTEM, content=f"The rules of {name}."),
            Message(role=Role.USER, content=repr(beside)),
            Message(role=Role.USER, content=f"{marker}\n{variables.get('answer', '')}\n{marker}"),
        ]
        return RenderedPrompt(id=name, version=1, digest="sha256:00", messages=tuple(messages))
