"""Does a confidence mean what it says, and what does it buy?

Owns the reliability diagram, the calibration error that follows from it, and the risk-coverage
curve: how wrong the rest is, where the least sure verdicts are left to a person. Refuses to
know whose confidence it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

BINS = 10
_STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """Verdicts with a confidence from ``low`` to under ``high``; the last bin includes 1."""

    low: float
    high: float
    n: int
    mean_confidence: float | None
    accuracy: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskStep:
    """The share of verdicts that is ``kept``, and the share of those that is wrong.

    ``confidence`` is the lowest that is kept.
    """

    kept: float
    error_rate: float
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskCoverage:
    """At most 20 steps, fewest kept first, and the area under the whole curve."""

    steps: tuple[RiskStep, ...]
    area: float | None


def reliability_bins(
    confidence: Sequence[float], right: Sequence[bool], bins: int = BINS
) -> tuple[ReliabilityBin, ...]:
    """Return all ``bins`` equal bins of confidence, lowest first, the empty ones included."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for pair in zip(confidence, right, strict=True):
        members[max(0, min(bins - 1, int(pair[0] * bins)))].append(pair)
    return tuple(
        ReliabilityBin(
            low=number / bins,
            high=(number + 1) / bins,
            n=len(pairs),
            mean_confidence=sum(sure for sure, _ in pairs) / len(pairs) if pairs else None,
            accuracy=sum(hit for _, hit in pairs) / len(pairs) if pairs else None,
        )
        for number, pairs in enumerate(members)
    )


def expected_calibration_error(bins: Sequence[ReliabilityBin]) -> float | None:
    """Return the mean gap of confidence and accuracy (Naeini et al. 2015); None without any."""
    n = sum(found.n for found in bins)
    gaps = [
        found.n * abs(found.mean_confidence - found.accuracy)
        for found in bins
        if found.mean_confidence is not None and found.accuracy is not None
    ]
    return sum(gaps) / n if n else None


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> RiskCoverage:
    """Return the risk-coverage curve (El-Yaniv and Wiener 2010), the surest kept first.

    Of equally sure verdicts a part is kept as by chance, so that their order says nothing.
    The area is the mean error rate over all numbers of verdicts to keep.
    """
    if not confidence:
        return RiskCoverage(steps=(), area=None)
    ranked = sorted(zip(confidence, right, strict=True), key=lambda pair: -pair[0])
    ends, errors = [0], [0]
    for _, tied in groupby(ranked, key=lambda pair: pair[0]):
        hits = [hit for _, hit in tied]
        ends.append(ends[-1] + len(hits))
        errors.append(errors[-1] + hits.count(False))
    n = len(ranked)
    kept = np.arange(1, n + 1)
    rates = np.interp(kept, ends, errors) / kept
    counts = sorted({-(-n * step // _STEPS) for step in range(1, _STEPS + 1)})
    return RiskCoverage(
        steps=tuple(
            RiskStep(
                kept=count / n,
                error_rate=float(rates[count - 1]),
                confidence=ranked[count - 1][0],
            )
            for count in counts
        ),
        area=float(rates.mean()),
    )
