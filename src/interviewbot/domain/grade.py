"""Grades: a verdict for every point, and the total that follows from them.

Owns the words (verdict, credit, band, evidence, ungraded) and the arithmetic of
the score. Refuses to judge: it never looks at what an answer says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from interviewbot.domain.text import Span

COVERED_FROM = 2 / 3
PARTIAL_FROM = 1 / 3
UNSURE_BELOW = 0.6  # confidence


class Verdict(StrEnum):
    """What an answer does with one point."""

    COVERED = "covered"
    PARTIAL = "partial"
    MISSING = "missing"
    CONTRADICTED = "contradicted"


class Band(StrEnum):
    """The score in a word."""

    STRONG = "strong"
    SOLID = "solid"
    DEVELOPING = "developing"
    WEAK = "weak"


class Aside(StrEnum):
    """Why a sentence of an answer was not counted."""

    QUESTION = "question"
    LIST = "list"
    ECHO = "echo"
    REQUEST = "request"
    UNCLAIMED = "unclaimed"
    SCRAMBLED = "scrambled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words of the answer, by character offsets into the text as given."""

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, answer: str, span: Span) -> Evidence:
        """Quote ``span`` of ``answer``."""
        return cls(start=span.start, end=span.end, quote=answer[span.start : span.end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A verdict on a point beside the one that counts."""

    verdict: Verdict
    credit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PointGrade:
    """The judgement of one point.

    ``credit`` is in 0..1 and 0 where contradicted; ``confidence`` is the
    calibrated probability that ``verdict`` is right. ``evidence`` lies in the answer, or
    where ``turn`` is not 0 in the reply to that follow-up of an interview.

    With a language model ``model`` is what it said of the point and ``local`` what the offline
    judge did. Where the two are too far apart, or the model's word cannot be trusted, the point
    is ``disputed`` and ``dispute`` says why in a sentence.
    """

    id: str
    text: str
    weight: float
    verdict: Verdict
    credit: float
    confidence: float
    evidence: Evidence | None
    reason: str
    disputed: bool = False
    follow_up: str = ""
    turn: int = 0
    model: Opinion | None = None
    local: Opinion | None = None
    dispute: str = ""

    @property
    def unsure(self) -> bool:
        """Whether somebody should look for themselves."""
        return self.confidence < UNSURE_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What to tell the candidate, in sentences; ``advice`` comes from a language model only."""

    strengths: tuple[str, ...]
    missing: tuple[str, ...]
    misconceptions: tuple[str, ...]
    follow_up: str
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionMatch:
    """How sure a question was found for an answer, and which came next."""

    confidence: float
    runners_up: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCall:
    """How a language model was asked for one grade, also where nothing usable came of it.

    ``prompt`` is ``id@version sha256:…``, ``rung`` how the reply was held to its shape,
    ``seed`` orders the points in the prompt. ``cost`` is in ``currency``, None where no
    prices are set. What is ``cached`` cost nothing: its tokens are those of the first time.
    """

    model: str
    endpoint: str
    prompt: str
    rung: str
    seed: int
    repairs: int
    input_tokens: int
    output_tokens: int
    tokens_told: bool
    cost: float | None
    currency: str
    cached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Enough to say why a second grading of the same answer differs."""

    rubric: str
    judge: str
    thresholds: str
    version: str
    call: ModelCall | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The grade of one answer: ``score`` and ``score_range`` are on 0..100.

    ``aside`` says, one entry a sentence, why sentences of the answer were not counted.
    """

    question_id: str
    question_match: QuestionMatch | None
    score: float
    score_range: tuple[float, float]
    band: Band
    judge: str
    degraded: str | None
    points: tuple[PointGrade, ...]
    feedback: Feedback
    receipt: Receipt
    aside: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungraded:
    """No grade, and why. Never a zero."""

    reason: str
    question_id: str | None = None
    question_match: QuestionMatch | None = None
    judge: str = "local"


def verdict_of(credit: float) -> Verdict:
    """Return the band of ``credit`` (0..1); contradiction is not a matter of credit."""
    if credit >= COVERED_FROM:
        return Verdict.COVERED
    return Verdict.PARTIAL if credit >= PARTIAL_FROM else Verdict.MISSING


def band_of(score: float) -> Band:
    """Return the word for ``score`` (0..100)."""
    if score >= 85:
        return Band.STRONG
    if score >= 65:
        return Band.SOLID
    return Band.DEVELOPING if score >= 40 else Band.WEAK


def score_of(points: Sequence[PointGrade]) -> float:
    """Return the weighted mean credit on 0..100, to one decimal.

    Raises:
        ValueError: if there is no point or no weight.
    """
    total = sum(point.weight for point in points)
    if total <= 0:
        raise ValueError("a score needs at least one point with a weight")
    return round(100 * sum(point.weight * point.credit for point in points) / total, 1)


def gain_of(point: PointGrade, points: Sequence[PointGrade]) -> float:
    """Return how many points of score a full treatment of ``point`` would add."""
    total = sum(other.weight for other in points)
    return 100 * point.weight * (1 - point.credit) / total
