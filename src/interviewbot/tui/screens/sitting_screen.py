"""What the screens of a running sitting share: closing once, whatever lies on top.

Owns that. Refuses to know what a screen shows.
"""

from __future__ import annotations

from textual.screen import Screen

from interviewbot.tui.outcome import Outcome


class SittingScreen(Screen[Outcome]):
    """A screen that tells how the candidate came out of it."""

    closing = False

    async def close_with(self, outcome: Outcome) -> None:
        """Close with ``outcome``, once.

        Dialogs and help that lie above go first, as if they were left: Textual's ``dismiss``
        takes away whatever is on top.
        """
        if self.closing:
            return
        self.closing = True
        while self.app.screen is not self and self in self.app.screen_stack:
            await self.app.screen.dismiss(None)
        self.dismiss(outcome)
