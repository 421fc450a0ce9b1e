"""What a sitting came to, ready to be shown.

Owns the words of a report. Refuses to add anything up (reporting does) and to lay it out.
Everything a judge could not say anything about is counted apart and never a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviewbot.domain.grade import Band, Verdict
from interviewbot.domain.sitting import Ending, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class PointReport:
    """One point of one answer.

    ``quote`` is the candidate's words, empty where there are none; ``after_follow_up`` says
    that they came in reply to one; ``own`` is the candidate's verdict beside the judge's,
    and ``unsure`` says that the judge wants one. ``credit`` is on 0..1; ``due`` is when the
    point comes back.
    """

    question_id: str
    question: str
    id: str
    text: str
    weight: float
    verdict: Verdict
    credit: float
    confidence: float
    quote: str
    after_follow_up: bool
    own: Verdict | None
    own_reason: str
    due: datetime | None
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpReport:
    """A follow-up and the reply to it; ``ending`` is None where it was left open."""

    prompt: str
    answer: str
    ending: Ending | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeReport:
    """One question asked once.

    ``number`` is its place in the plan from 1; ``seconds`` include the follow-ups. Where
    there is no grade, ``score``, ``score_range`` and ``band`` are None, ``points`` is empty
    and ``ungraded`` says why if it was answered. ``title`` is the id and ``prompt``,
    ``topic`` and ``model_answer`` are empty where the corpus has lost the question.
    """

    number: int
    retry: bool
    question_id: str
    title: str
    prompt: str
    topic: str
    model_answer: str
    why: str
    ending: Ending | None
    answer: str
    follow_ups: tuple[FollowUpReport, ...]
    seconds: float
    score: float | None
    score_range: tuple[float, float] | None
    band: Band | None
    ungraded: str
    points: tuple[PointReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReport:
    """The mean ``score`` of the graded ``questions`` of one topic."""

    topic: str
    questions: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A sitting in figures: scores on 0..100, ``seconds`` spent answering.

    ``score`` is the mean over graded questions, None where none was; trying a question
    again right after its feedback counts in no figure but ``seconds``. ``graded``,
    ``skipped``, ``timed_out``, ``ungraded`` and ``unasked`` count questions of the plan.
    ``strongest`` and ``weakest`` are points, best and worst first; ``returns`` are the
    points of the sitting by when they come back. ``advice`` is what a language model says of
    what to study: text that nobody has checked, empty where there is none. ``graded_by`` says which
    language model graded and what that took, empty where none was to.
    """

    sitting: str
    mode: Mode
    began: datetime
    ended: datetime | None
    minutes: float | None
    seconds: float
    score: float | None
    band: Band | None
    graded: int
    skipped: int
    timed_out: int
    ungraded: int
    unasked: int
    topics: tuple[TopicReport, ...]
    exchanges: tuple[ExchangeReport, ...]
    strongest: tuple[PointReport, ...]
    weakest: tuple[PointReport, ...]
    returns: tuple[PointReport, ...]
    advice: str = ""
    graded_by: str = ""
