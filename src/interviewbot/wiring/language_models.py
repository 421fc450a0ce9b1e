"""The part of the wiring that stands up a language model.

Nothing here is imported before a language model is asked for. Owns which adapter stands
behind which port there, and what all threads of a command share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interviewbot.domain.errors import BadInput
from interviewbot.domain.language_model import LanguageModel
from interviewbot.paths import shipped_folder
from interviewbot.ports import ChatModel, Prompts, ReplyCache
from interviewbot.services.llm.asking import Asking
from interviewbot.services.llm.llm_grading import LlmGrading
from interviewbot.services.llm.pacing import Pace
from interviewbot.services.llm.requesting import Requesting
from interviewbot.services.llm.spending import Spending

if TYPE_CHECKING:
    from interviewbot.adapters.chat_choices import ChosenChat
    from interviewbot.services.conversing import Conversation
    from interviewbot.services.grading import Grading

_CHOOSE = (
    "name one with --model, as in openai:gpt-5-mini or ollama:llama3.2, or set INTERVIEWBOT_MODEL"
)


@dataclass(frozen=True, kw_only=True)
class LanguageModels:
    """What needs a language model, made on first use."""

    chosen: LanguageModel
    home: Path
    offline: bool
    notice: Callable[[str], None]
    spending: Spending = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count what is spent."""
        counted = Spending(prices=self.chosen.prices, budget=self.chosen.budget)
        object.__setattr__(self, "spending", counted)

    def check(self) -> ChosenChat:
        """Return the model that is chosen, after refusing what cannot work; nothing is loaded.

        Raises:
            BadInput: if no model is chosen or there is no such provider, nothing may leave this
                machine, or the key's file, the address or the script cannot be used.
            ModelUnavailable: if the provider's package is not installed.
        """
        from interviewbot.adapters.chat_choices import choose_chat
        from interviewbot.adapters.keys import read_key

        if not self.chosen.name:
            raise BadInput("no language model is chosen", _CHOOSE)
        if self.offline:
            raise BadInput("--offline allows no language model", "leave --offline out")
        provider = self.chosen.name.partition(":")[0] if ":" in self.chosen.name else "openai"
        key = read_key(provider, self.chosen.key_file)
        return choose_chat(self.chosen.name, base_url=self.chosen.base_url, key=key)

    @cached_property
    def model(self) -> ChatModel:
        """The language model, loaded.

        Raises:
            BadInput, ModelUnavailable: as in ``check``, and if it is not to be had.
        """
        choice = self.check()
        from interviewbot.adapters.chat_models import load_chat

        return load_chat(
            choice.id,
            base_url=self.chosen.base_url,
            key=choice.asked.key,
            tracing=self.chosen.tracing,
        )

    @cached_property
    def prompts(self) -> Prompts:
        """The shipped prompts, and the user's in their place."""
        from interviewbot.adapters.prompt_files import PromptFiles

        return PromptFiles((shipped_folder("prompts"), self.home / "prompts"))

    @cached_property
    def pace(self) -> Pace:
        """How fast the server may be asked."""
        import time

        return Pace(clock=time.monotonic, sleep=time.sleep, per_minute=self.chosen.per_minute)

    @cached_property
    def asking(self) -> Asking:
        """What asks, tries again and gives up in time."""
        return Asking(
            model=self.model,
            pace=self.pace,
            repair=self._repair,
            spend=self.spending.add,
            timeout=self.chosen.timeout,
        )

    @cached_property
    def conversation(self) -> Conversation:
        """What words follow-ups and advice."""
        import time

        from interviewbot.services.conversing import Conversation

        return Conversation(model=self.model, prompts=self.prompts, clock=time.monotonic)

    @cached_property
    def requesting(self) -> Requesting:
        """What makes the request about an answer."""
        from interviewbot.adapters.delimiter_secret import read_secret

        return Requesting(
            prompts=self.prompts,
            secret=read_secret(self.home),
            model=self.model.id,
            place=self.check().place,
        )

    @property
    def judge_id(self) -> str:
        """Model, where it is, and the prompt, as a receipt names them."""
        prompt = self.requesting.prompt
        return f"llm:{self.model.id} {self.model.endpoint} {prompt}"

    @cached_property
    def replies(self) -> ReplyCache:
        """The verified replies on disk."""
        from interviewbot.adapters.reply_cache import ReplyFiles

        return ReplyFiles(self.home / "replies", notice=self.notice)

    def grading(self, local: Grading) -> LlmGrading:
        """Return what grades with the model, beside ``local``."""
        return LlmGrading(
            local=local,
            asking=self.asking,
            requesting=self.requesting,
            cache=self.replies,
            spending=self.spending,
            fallback=self.chosen.fallback,
        )

    def _repair(self, faults: object) -> str:
        rendered = self.prompts.render("repair", {"faults": faults})
        return "\n\n".join(message.content for message in rendered.messages)
