"""What the candidate may do with feedback, line by line.

Owns the commands of that moment. Refuses to show the feedback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from interviewbot.cli import plain_page as page
from interviewbot.cli.diagnostics import say
from interviewbot.cli.plain_lines import Command, Lines, Next, parse
from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.grade import Verdict
from interviewbot.domain.interview import Event
from interviewbot.domain.text import one_line
from interviewbot.services.interviewing import Interviewing

_HELP = (
    "an empty line goes on",
    "/answer: show a model answer",
    "/retry: answer this question again",
    f"/contest POINT VERDICT REASON: set your own verdict on a point, {', '.join(Verdict)}",
    "/finish: end the interview here",
    "/quit: leave it to be resumed",
)
_DOES_NOT_COUNT = (
    "It is kept; what comes back when stays as it is, since another try does not count."
)


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Takes ``lines`` until the candidate goes on from the feedback that was shown."""

    interviewing: Interviewing
    lines: Lines
    show: Callable[[Iterable[Event]], None]

    def run(self) -> Next:
        """Return whether to go on, or to stop here."""
        say("an empty line goes on; /help says what else")
        while (line := self.lines.next()) is not None:
            move = parse(line)
            after = self._do(move) if isinstance(move, Command) else self._heard(move)
            if after is not Next.STAY:
                return after
        return Next.STOP

    def _heard(self, words: str) -> Next:
        if words.strip():
            say("that is no command; an empty line goes on, /help says what else")
            return Next.STAY
        self.show(self.interviewing.leave())
        return Next.GO_ON

    def _do(self, command: Command) -> Next:
        match command.name:
            case "answer":
                self._model_answer()
            case "retry":
                return self._retry()
            case "contest":
                self._contest(command.rest)
            case "finish":
                self.show(self.interviewing.finish())
                return Next.GO_ON
            case "quit":
                return Next.STOP
            case "help":
                for line in _HELP:
                    say(line)
            case _:
                say(f"{command.shown} is no command here; /help lists them")
        return Next.STAY

    def _model_answer(self) -> None:
        question = self.interviewing.asked
        if question is not None and question.model_answer:
            page.show(page.model_answer_lines(question))
        else:
            say("this question has no model answer")

    def _retry(self) -> Next:
        try:
            events = self.interviewing.retry()
        except OutOfStep as error:
            say(error.message)
            return Next.STAY
        self.show(events)
        return Next.GO_ON

    def _contest(self, words: str) -> None:
        point, _, rest = words.partition(" ")
        name, _, reason = rest.strip().partition(" ")
        if name not in list(Verdict):
            say(f"write /contest POINT VERDICT REASON; a verdict is {', '.join(Verdict)}")
            return
        number = len(self.interviewing.sitting.exchanges) - 1
        try:
            counts = self.interviewing.contest(number, point, Verdict(name), reason.strip())
        except OutOfStep as error:
            say(f"{error.message}; the feedback names the points")
            return
        after = "It counts from now on." if counts else _DOES_NOT_COUNT
        page.show([f"Your own verdict on {one_line(point)}: {name}. {after}"])
