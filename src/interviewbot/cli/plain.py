"""An interview line by line, for screen readers, pipes and dumb terminals.

Owns what is said when: the interview on standard output, talk on standard error. Refuses to
keep anything (the service does) and to take lines (answering and reviewing do).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from interviewbot.cli import plain_page as page
from interviewbot.cli.diagnostics import say
from interviewbot.cli.plain_answering import Answering
from interviewbot.cli.plain_lines import Lines, Next
from interviewbot.cli.plain_reviewing import Reviewing
from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.interview import Asked, Closed, Ended, Event
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Mode, Sitting, Stage
from interviewbot.services.interviewing import Interviewing
from interviewbot.services.practising import Practice
from interviewbot.services.resuming import passed_over


@dataclass(kw_only=True)
class Plain:
    """Runs ``interviewing`` by ``lines``; ``clock`` counts seconds from any moment."""

    practice: Practice
    interviewing: Interviewing
    lines: Lines
    clock: Callable[[], float]
    _told: bool = field(default=False, init=False)

    @property
    def sitting(self) -> Sitting:
        """The sitting as it stands."""
        return self.interviewing.sitting

    def run(self) -> bool:
        """Run the sitting; return whether it is finished, else it can be resumed.

        Raises:
            BadInput: if the input cannot be read or an answer is too large; what was typed
                before is kept.
        """
        told = self.interviewing.go_on()
        if told:
            self.show(told)
        else:
            self._show_again()
        while (stage := self.sitting.stage) is not Stage.FINISHED:
            if stage is Stage.GRADING:
                say("grading")
                self.show(self.interviewing.grade())
            elif stage is None:
                say("thinking of a follow-up")
                self.show(self.interviewing.follow_up())
            elif self._listen(stage) is Next.STOP:
                return False
        return True

    def show(self, events: Iterable[Event]) -> None:
        """Say what happened, and first what no event carries."""
        names = self.interviewing.passed_over
        while names:
            say(passed_over(names.pop(0)))
        while self.interviewing.remarks:
            say(self.interviewing.remarks.pop(0))
        for event in events:
            match event:
                case Asked() if self.interviewing.asked is not None:
                    page.show(page.question_lines(self.sitting, event, self.interviewing.asked))
                case Closed() if self.sitting.mode is Mode.PRACTICE:
                    self._feedback(len(self.sitting.exchanges) - 1)
                case Ended():
                    self._end()
                case _:
                    pass

    def _listen(self, stage: Stage | None) -> Next:
        if stage is Stage.REVIEWING:
            return Reviewing(self.interviewing, self.lines, self.show).run()
        if not self._told:
            self._told = True
            say("type your answer; a line with a single . hands it in, /help says what else")
        return Answering(self.interviewing, self.lines, self.show, self.clock).run()

    def _show_again(self) -> None:
        """Say where a resumed sitting stands."""
        exchange, turn = self.sitting.current, self.sitting.turn
        if exchange is None or turn is None:
            return
        if self.sitting.stage is Stage.REVIEWING:
            self._feedback(len(self.sitting.exchanges) - 1)
            return
        asked = Asked(at=turn.asked, place=exchange.place, retry=exchange.retry)
        self.show([asked, replace(asked, probe=turn.probe)] if turn.probe else [asked])

    def _feedback(self, number: int) -> None:
        exchange = self.sitting.exchanges[number]
        question = self.interviewing.question(self.sitting.choice(exchange).question_id)
        own = {name: its.own for name, its in self.interviewing.own_verdicts(number).items()}
        page.show(page.feedback_lines(exchange, question, own))

    def _end(self) -> None:
        """Show the report; after a mock interview the feedback on every answer comes first."""
        if self.sitting.mode is Mode.MOCK:
            page.show(["", "The interview is over."])
            for number in range(len(self.sitting.exchanges)):
                self._feedback(number)
        today = self.practice.day(self.practice.clock())
        page.show(page.end_lines(self._advised(self.practice.report(self.sitting)), today))

    def _advised(self, report: Report) -> Report:
        """Return ``report`` with a model's advice, where one is chosen and has any."""
        if self.practice.conversation is None:
            return report
        say("asking the model for advice")
        try:
            worded = self.practice.advice(report)
        except InterviewbotError as error:
            say(f"there is no advice: {error.message}")
            return report
        if worded is None:
            return report
        if worded.note:
            say(worded.note)
        return replace(report, advice=worded.text)
