"""From raw similarity to credit, confidence and a range.

Owns the curves and the numbers of one judge, which a fit made once (see
``tools/fit_judge.py``) and a file carries. Refuses to fit anything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewbot.domain.grade import COVERED_FROM, PARTIAL_FROM, Verdict

CLASSES = (Verdict.COVERED, Verdict.CONTRADICTED, Verdict.PARTIAL, Verdict.MISSING)
_Z80 = 1.2815515655446004  # the normal quantile that leaves 10 % on either side


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The numbers of one multinomial logistic regression on standardised signals.

    ``inputs`` names the signals; ``weights`` and ``bias`` have a row for each of ``CLASSES``.
    ``temperature`` divides what they add up to, so that confidence is as often right as it says;
    ``sharpness`` is the power of the chances of which the credit is the mean; a contradiction is
    called where its chance is above ``contradicted_from`` and above that of covered.
    """

    inputs: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    temperature: float
    sharpness: float
    contradicted_from: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The numbers of the local judge.

    A written point has an ordered logistic curve: ``P(at least partial)`` is
    ``sigmoid(slope * (raw - partial_at))`` and ``P(covered)`` likewise with
    ``covered_at``; the credit is their mean. A point derived from a reference text has a
    line, ``intercept + gradient * raw`` cut to 0..1, because marks given for a whole
    reference rise evenly with likeness.

    A sentence contradicts a point from ``contradiction_at`` on, if its likeness to a
    misconception closes ``contradiction_lead`` of what its likeness to any wording leaves
    open. From ``opposition_at`` on a sentence is so like a wording that an
    opposite word in it reverses it, from ``negation_at`` on that a negation does.

    With an encoder that was taught, ``taught`` turns the signals of a point that has examples
    into the chances of the four verdicts, and ``new`` those of one that has only its wordings.
    """

    partial_at: float
    covered_at: float
    slope: float
    intercept: float
    gradient: float
    contradiction_at: float
    contradiction_lead: float
    contradiction_confidence: float
    opposition_at: float
    negation_at: float
    spread: float
    reference_deviation: float
    idf: Mapping[str, float]
    idf_unknown: float
    digest: str
    taught: Weights | None = None
    new: Weights | None = None

    def credit(self, raw: float, *, derived: bool) -> float:
        """Return the credit, 0..1, for the raw similarity of a point."""
        if derived:
            return min(1.0, max(0.0, self.intercept + self.gradient * raw))
        return (self._reaches(raw, self.partial_at) + self._reaches(raw, self.covered_at)) / 2

    def is_misconception(self, likeness: float, lead: float) -> bool:
        """Return whether a sentence says a misconception.

        ``likeness`` is that to the misconception, ``lead`` by how much it is more than the
        sentence's likeness to any wording of the question. The lead is taken as a share of
        what the wordings leave open: many a misconception differs from the truth in a word.
        """
        left_open = max(1 - (likeness - lead), 1e-6)
        return likeness >= self.contradiction_at and lead >= self.contradiction_lead * left_open

    def confidence(self, raw: float, verdict: Verdict, *, derived: bool) -> float:
        """Return the probability, 0..1, that ``verdict`` is right at ``raw``."""
        if verdict is Verdict.CONTRADICTED:
            return self.contradiction_confidence
        if derived:
            return _line_confidence(
                self.credit(raw, derived=True), self.reference_deviation, verdict
            )
        covered = self._reaches(raw, self.covered_at)
        partial = self._reaches(raw, self.partial_at)
        if verdict is Verdict.COVERED:
            return covered
        return 1 - partial if verdict is Verdict.MISSING else partial - covered

    def score_range(
        self, score: float, credits_: Sequence[float], weights: Sequence[float], *, derived: bool
    ) -> tuple[float, float]:
        """Return the 80 % interval, on 0..100, around ``score``.

        The credits of written points are taken as independent chances; ``spread`` is the
        factor that made the interval hold as often as it says. For derived points it is
        the deviation of human marks from the line.
        """
        if derived:
            deviation = 100 * self.reference_deviation
        else:
            total = sum(weights)
            variance = sum(
                (weight / total) ** 2 * max(credit * (1 - credit), 0.01)
                for credit, weight in zip(credits_, weights, strict=True)
            )
            deviation = 100 * self.spread * math.sqrt(variance)
        low, high = score - _Z80 * deviation, score + _Z80 * deviation
        return round(max(0.0, low), 1), round(min(100.0, high), 1)

    def _reaches(self, raw: float, threshold: float) -> float:
        return _sigmoid(self.slope * (raw - threshold))


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _line_confidence(credit: float, deviation: float, verdict: Verdict) -> float:
    """Return the normal probability that the true credit lies in the band of ``verdict``."""

    def below(bound: float) -> float:
        return 0.5 * (1 + math.erf((bound - credit) / (deviation * math.sqrt(2))))

    low, high = below(PARTIAL_FROM), below(COVERED_FROM)
    by_verdict = {
        Verdict.COVERED: 1 - high,
        Verdict.PARTIAL: high - low,
        Verdict.MISSING: low,
    }
    return by_verdict[verdict]
