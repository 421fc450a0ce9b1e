"""What the interviewer says in a language model's words: follow-ups, and advice at the end.

Owns what the model is told and what of its words is used. Refuses to decide what is asked
about (``domain.follow_up``), to keep anything, and to give a figure. Whatever goes wrong, the
interview goes on in the words of the question file.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from interviewbot.domain.chat import ChatRequest
from interviewbot.domain.errors import InterviewbotError
from interviewbot.domain.follow_up import Probe
from interviewbot.domain.giving_away import gives_away, strays
from interviewbot.domain.grade import Grade, Verdict
from interviewbot.domain.passages import echoes
from interviewbot.domain.pieces import Pieces
from interviewbot.domain.question import Question
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Exchange
from interviewbot.domain.text import one_line, sanitise, unmarked, words
from interviewbot.domain.wording import (
    gives_score,
    plain_question,
    question_in,
    whole_sentences,
)
from interviewbot.ports import ChatModel, Prompts
from interviewbot.services.advising import is_about, missed, told_of
from interviewbot.services.listening import Listening

LONGEST_FOLLOW_UP = 300  # characters
LONGEST_ADVICE = 1_200  # characters
OWN_WORDS = "This follow-up is the question file's"
_NO_ADVICE = "There is no advice"
_LONGEST_ANSWER = 12_000  # characters of what was said; more says no more to a follow-up

Tell = Callable[[str], None]
Wanted = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What is said in the end; ``note`` is a line on why it is not, or not all, the model's."""

    text: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """Words by ``model``.

    ``tell`` is told, piece by piece and in the caller's thread, what will most likely be the
    words; what is returned holds. ``wanted`` is asked all the time: once it says no, nothing is
    told any more and the result means nothing. ``token`` makes delimiters that cannot be
    guessed. A follow-up has ``timeout`` seconds, since it is waited for; advice has
    ``patience``, since it is not. ``clock`` gives seconds that only grow.
    """

    model: ChatModel
    prompts: Prompts
    clock: Callable[[], float]
    timeout: float = 15.0
    patience: float = 60.0
    token: Callable[[], str] = lambda: secrets.token_hex(12)

    def follow_up(
        self, question: Question, exchange: Exchange, probe: Probe, *, tell: Tell, wanted: Wanted
    ) -> Worded:
        """Return one question about the point of ``probe``, else the one that it holds.

        What is told never gives an open point away: that is looked at before each piece.
        """
        about = [point for point in question.points if point.id == probe.point_id]
        heard = _heard(exchange)
        open_points = _open_points(exchange)
        before = [turn.probe.prompt for turn in exchange.turns if turn.probe is not None]
        variables = {
            "question": sanitise(question.prompt),
            "point": "".join(sanitise(point.text) for point in about),
            "contradicted": probe.verdict is Verdict.CONTRADICTED,
            # Not the probe's own words, which may quote the candidate: those are data.
            "suggestion": "".join(sanitise(point.follow_up) for point in about),
            "turns": _turns(exchange),
            "delimiter": self.token(),
        }

        def usable(text: str) -> str:
            if gives_away(text, question, open_points, heard):
                raise _Unusable("gave the point away")
            return text

        pieces, told = Pieces(most=LONGEST_FOLLOW_UP), ""
        try:
            listening = self._listening("follow_up", variables, self.timeout, wanted)
            for shown in listening.into(pieces):
                asked = question_in(shown, over=False)
                told = _tell_more(tell, told, usable(asked or shown)[:LONGEST_FOLLOW_UP])
                if asked:
                    break
            return Worded(text=usable(_one_question(pieces.end(), question, before, heard)))
        except _Unusable as fault:
            return Worded(text=probe.prompt, note=f"{OWN_WORDS}: the model {fault}.")
        except InterviewbotError as error:
            return Worded(text=probe.prompt, note=f"{OWN_WORDS}: {_told(error)}.")

    def advice(self, report: Report, *, tell: Tell, wanted: Wanted) -> Worded | None:
        """Return what to study after ``report``; None where nothing was missed.

        The text is empty where the model gave none that can be used. Of one that was cut off the
        whole sentences count.
        """
        points = missed(report)
        if not points:
            return None
        variables = {"points": told_of(points), "delimiter": self.token()}
        pieces, told, note = Pieces(most=LONGEST_ADVICE, lines=True), "", ""
        try:
            listening = self._listening("advice", variables, self.patience, wanted)
            for shown in listening.into(pieces):
                if gives_score(shown):
                    return Worded(text="", note=f"{_NO_ADVICE}: the model gave a score of its own.")
                told = _tell_more(tell, told, shown[:LONGEST_ADVICE])
        except InterviewbotError as error:
            note = _told(error)
        text = unmarked(pieces.end())
        if note or len(text) > LONGEST_ADVICE or pieces.full:
            text = whole_sentences(text, LONGEST_ADVICE)
        fault = note or "the model said nothing that can be used"
        if not text or gives_score(text) or not is_about(text, points):
            return Worded(text="", note=f"{_NO_ADVICE}: {fault}.")
        return Worded(text=text, note=note and f"The rest of the advice did not come: {note}.")

    def _listening(
        self, prompt: str, variables: Mapping[str, object], seconds: float, wanted: Wanted
    ) -> Listening:
        messages = self.prompts.render(prompt, variables).messages
        return Listening(
            model=self.model,
            request=ChatRequest(messages=messages),
            seconds=seconds,
            wanted=wanted,
            clock=self.clock,
        )


class _Unusable(Exception):
    """What the model did instead of asking a question that can be used."""


def _told(error: InterviewbotError) -> str:
    """Return what went wrong, and the fix."""
    return one_line(f"{error.message}; {error.hint}" if error.hint else error.message)


def _tell_more(tell: Tell, told: str, text: str) -> str:
    """Tell what of ``text`` was not ``told`` yet; return what is told by now."""
    if len(text) > len(told):
        tell(text[len(told) :])
    return max(told, text, key=len)


def _one_question(text: str, question: Question, before: Sequence[str], heard: str) -> str:
    """Return the question in ``text``: none of those ``before``, and about what was ``heard``."""
    if not text:
        raise _Unusable("said nothing")
    asked = plain_question(question_in(text, over=True) or "")
    if not asked:
        raise _Unusable("asked no question")
    if len(asked) > LONGEST_FOLLOW_UP:
        raise _Unusable("was too wordy")
    if echoes(asked, question.prompt):
        raise _Unusable("repeated the question")
    if words(asked) in [words(earlier) for earlier in before]:
        raise _Unusable("repeated itself")
    if strays(asked, question, heard):
        raise _Unusable("asked about something else")
    return asked


def _open_points(exchange: Exchange) -> frozenset[str]:
    """Return the ids of the points that the answer does not cover."""
    grade = exchange.turns[0].result
    points = grade.points if isinstance(grade, Grade) else ()
    return frozenset(point.id for point in points if point.verdict is not Verdict.COVERED)


def _turns(exchange: Exchange) -> list[dict[str, str]]:
    """Return what was asked beyond the question, and what was said, turn by turn."""
    return [
        {
            "asked": one_line(turn.probe.prompt) if turn.probe else "",
            "said": sanitise(turn.answer)[:_LONGEST_ANSWER],
        }
        for turn in exchange.turns
    ]


def _heard(exchange: Exchange) -> str:
    """Return all that was said about the question so far, by both sides."""
    return "\n".join(f"{turn['asked']}\n{turn['said']}" for turn in _turns(exchange))
