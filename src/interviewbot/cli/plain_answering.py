"""One answer, or one reply to a follow-up, line by line.

Owns the commands that there are while a turn is open, and the draft, which is kept after
every line. Refuses to show what comes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from interviewbot.adapters.answer_files import LARGEST
from interviewbot.cli import plain_page as page
from interviewbot.cli.diagnostics import say
from interviewbot.cli.plain_lines import HAND_IN, Command, Lines, Next, parse
from interviewbot.domain.errors import BadInput
from interviewbot.domain.interview import Event
from interviewbot.services.interviewing import Interviewing

_HELP = (
    "type an answer in as many lines as you like; a line with a single . hands it in",
    "/skip: pass on this one",
    "/undo: take back the last line",
    "/time: how long you have answered, and still may",
    "/finish: end the interview here",
    "/quit: leave it to be resumed",
    "a line of the answer that begins with / is written with two of them",
)


@dataclass(slots=True)
class Typed:
    """The answer so far, the seconds it took in earlier windows, and when this one began."""

    lines: list[str]
    earlier: float
    since: float

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Answering:
    """Takes ``lines`` until the open turn of ``interviewing`` is over."""

    interviewing: Interviewing
    lines: Lines
    show: Callable[[Iterable[Event]], None]
    clock: Callable[[], float]

    def run(self) -> Next:
        """Return whether to go on, or to stop with the turn still open."""
        typed = self._opened()
        while not self._is_late(typed):
            line = self.lines.next()
            if line is None:
                self._save(typed)
                return Next.STOP
            move = parse(line)
            if self._is_late(typed):
                typed.lines += [move] if isinstance(move, str) else []
                break
            after = self._take(typed, move)
            if after is not Next.STAY:
                return after
        say("the time is up; what you typed is kept, but not graded")
        self.show(self.interviewing.time_out(typed.text, self._most or 0.0))
        return Next.GO_ON

    def _opened(self) -> Typed:
        draft = self.interviewing.draft
        typed = Typed(
            draft.text.split("\n") if draft and draft.text else [],
            draft.seconds if draft else 0.0,
            self.clock(),
        )
        if typed.lines:
            page.show(page.draft_lines(typed.text))
        if self._most is not None:
            say(f"time left: {_minutes(self._most - typed.earlier)}")
        return typed

    def _take(self, typed: Typed, move: str | Command) -> Next:
        """Do what one line says."""
        if isinstance(move, str):
            return self._add(typed, move)
        action = {
            HAND_IN: self._hand_in,
            "skip": self._skip,
            "finish": self._finish,
            "quit": self._quit,
            "undo": self._undo,
            "time": self._time,
            "help": self._help,
        }.get(move.name)
        if action is None:
            say(f"{move.shown} is no command here; /help lists them")
            return Next.STAY
        return action(typed)

    def _add(self, typed: Typed, line: str) -> Next:
        if len(typed.text.encode()) + len(line.encode()) > LARGEST:
            self._save(typed)
            raise BadInput("the answer is over 1 MiB", "what came before the last line is kept")
        typed.lines.append(line)
        if not self.lines.more:  # whoever pipes lines in does not stop between them
            self._save(typed)
        return Next.STAY

    def _hand_in(self, typed: Typed) -> Next:
        if not typed.text.strip():
            say("nothing is typed yet; /skip passes on this one")
            return Next.STAY
        self.show(self.interviewing.answer(typed.text, self._seconds(typed)))
        return Next.GO_ON

    def _skip(self, typed: Typed) -> Next:
        self.show(self.interviewing.skip(typed.text, self._seconds(typed)))
        return Next.GO_ON

    def _finish(self, typed: Typed) -> Next:
        self.show(self.interviewing.finish(typed.text, self._seconds(typed)))
        return Next.GO_ON

    def _quit(self, typed: Typed) -> Next:
        self._save(typed)
        return Next.STOP

    def _undo(self, typed: Typed) -> Next:
        if typed.lines:
            say(f"taken back: {typed.lines.pop()}")
            self._save(typed)
        return Next.STAY

    def _time(self, typed: Typed) -> Next:
        spent = self._seconds(typed)
        left = "no limit" if self._most is None else f"{_minutes(self._most - spent)} left"
        say(f"{_minutes(self.interviewing.sitting.seconds + spent)} answering, {left}")
        return Next.STAY

    def _help(self, _: Typed) -> Next:
        for line in _HELP:
            say(line)
        return Next.STAY

    def _save(self, typed: Typed) -> None:
        self.interviewing.save_draft(typed.text, self._seconds(typed))

    def _seconds(self, typed: Typed) -> float:
        return typed.earlier + self.clock() - typed.since

    @property
    def _most(self) -> float | None:
        """How long the turn may take; None without a limit."""
        return self.interviewing.sitting.seconds_left

    def _is_late(self, typed: Typed) -> bool:
        return self._most is not None and self._seconds(typed) >= self._most


def _minutes(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02} min"
