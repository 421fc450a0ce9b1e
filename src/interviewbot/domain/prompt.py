"""A prompt that is ready to be sent.

Owns what identifies it in a receipt. Refuses to know files and templates.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewbot.domain.chat import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPrompt:
    """``messages`` of the prompt ``id`` in its ``version``; ``digest`` is of the template.

    The digest is ``sha256:<hex>`` over the file as it is, so that an edit without a new
    version is seen too.
    """

    id: str
    version: int
    digest: str
    messages: tuple[Message, ...]

    def __str__(self) -> str:
        """Return what identifies the prompt in a receipt."""
        return f"{self.id}@{self.version} {self.digest}"
