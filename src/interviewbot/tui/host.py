"""What a screen may ask of the app, without importing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from textual.message_pump import MessagePump

from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import InterviewbotError
from interviewbot.tui.preferences import Preferences

if TYPE_CHECKING:
    from interviewbot.services.practising import Practice


class Host(Protocol):
    """The app, as screens see it."""

    readable: Callable[[str], str]
    preferences: Preferences
    keep: Callable[[Preferences], None]

    async def services(self) -> Practice:
        """Return the services, waiting until they are loaded."""

    def complain(self, error: InterviewbotError) -> None:
        """Tell the candidate what is wrong and what to do."""

    def start(self, wish: Wish) -> None:
        """Choose questions and begin a sitting."""

    def take_up(self, sitting_id: str | None = None) -> None:
        """Go on with a sitting, the latest unfinished one if none is named."""

    def finish(self, sitting_id: str) -> None:
        """End an unfinished sitting as it stands, and show what it came to."""


def host(of: MessagePump) -> Host:
    """Return the app that ``of`` runs in."""
    return cast("Host", of.app)
