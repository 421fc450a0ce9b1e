"""What every screen with verdicts shares: disagreeing with one, and settling an unsure one.

Owns the keys, and when each is offered. Refuses to know where verdicts are kept and which
point is looked at: the screen says so.
"""

from __future__ import annotations

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen, ScreenResultType

from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.grade import Verdict
from interviewbot.tui.host import host
from interviewbot.tui.screens.contest import Contest, Contestable, Contested

SETTLED = "settled by the candidate: the judge was unsure"
KEYS: tuple[BindingType, ...] = (
    Binding("d", "contest", "Disagree"),
    Binding("y", "settle(True)", "Said it"),
    Binding("x", "settle(False)", "Did not"),
)
_FOLLOWS = "Kept beside the judge's verdict; what comes back when follows yours."
_STAYS = "Kept beside the judge's verdict; this try does not count in what comes back when."


class Contesting(Screen[ScreenResultType]):
    """A screen on which the candidate may set verdicts beside the judge's."""

    @property
    def point(self) -> Contestable | None:
        """The point that is looked at."""
        raise NotImplementedError

    def own_verdict(self, point_id: str) -> Contested | None:
        """Return what the candidate said of a point before, and why."""
        raise NotImplementedError

    async def set_verdict(self, point_id: str, own: Verdict, reason: str) -> bool:
        """Keep the candidate's verdict and show it; return whether memory follows it.

        Raises:
            InterviewbotError: if it cannot be kept.
        """
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer own verdicts only on a grade, quick ones only where the judge is unsure."""
        point = self.point if self.is_mounted else None
        if action == "settle":
            return point is not None and point.unsure
        return action != "contest" or point is not None

    @work(exclusive=True, group="own")
    async def action_contest(self) -> None:
        """Set a verdict and a reason against the judge's."""
        point = self.point
        if point is None:
            return
        dialog = Contest(point, self.own_verdict(point.id))
        found = await self.app.push_screen_wait(dialog)
        if found is not None:
            await self._keep(point.id, *found)

    @work(exclusive=True, group="own")
    async def action_settle(self, said: bool) -> None:  # noqa: FBT001 - Textual passes values
        """Settle a point that the judge is unsure of."""
        if self.point is not None:
            own = Verdict.COVERED if said else Verdict.MISSING
            await self._keep(self.point.id, own, SETTLED)

    async def _keep(self, point_id: str, own: Verdict, reason: str) -> None:
        try:
            follows = await self.set_verdict(point_id, own, reason)
        except InterviewbotError as error:
            host(self).complain(error)
            return
        self.notify(_FOLLOWS if follows else _STAYS)
