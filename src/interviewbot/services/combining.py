"""From signals to the probability of each verdict: a small calibrated model.

Owns the arithmetic of a multinomial logistic regression whose numbers a fit made once (see
``tools/training/fitting.py``). Refuses to fit anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from interviewbot.domain.calibration import CLASSES, Weights
from interviewbot.domain.errors import ModelUnavailable
from interviewbot.domain.grade import COVERED_FROM, PARTIAL_FROM, Verdict
from interviewbot.services.known_examples import FIGURES, ExampleLikeness
from interviewbot.services.signals import PointSignals

SIGNALS = (
    "raw",
    "best_likeness",
    "mean_likeness",
    "sentence_likeness",
    "misconception_likeness",
    "misconception_margin",
    "opposed",
    "negated",
    "denied",
    "misconception_denied",
)
INPUTS = (*FIGURES, *SIGNALS)
_REPEATED = 0.97  # likeness from which a sentence holds a wording as it stands
_COPY = 2.66  # as the figure has it: a cosine of 0.95
_LEAST = 1e-6  # by which a credit keeps below the next band
_BANDS: Mapping[Verdict, tuple[float, float]] = {
    Verdict.COVERED: (COVERED_FROM, 1.0),
    Verdict.PARTIAL: (PARTIAL_FROM, COVERED_FROM - _LEAST),
    Verdict.MISSING: (0.0, PARTIAL_FROM - _LEAST),
}

Floats = NDArray[np.float64]


class Combiner:
    """One model, its numbers as arrays."""

    def __init__(self, weights: Weights) -> None:
        """Use ``weights``.

        Raises:
            ModelUnavailable: if they are for other signals than these.
        """
        if weights.inputs != INPUTS:
            raise ModelUnavailable(
                "the judge's numbers are for other signals than this version has",
                "install interviewbot again",
            )
        self._mean = np.array(weights.mean)
        self._scale = np.array(weights.scale)
        self._weights = np.array(weights.weights)
        self._bias = np.array(weights.bias)
        self._temperature = weights.temperature
        self.contradicted_from = weights.contradicted_from

    def chances(self, signals: PointSignals, likeness: ExampleLikeness) -> dict[Verdict, float]:
        """Return the probability of each verdict for one point.

        Who repeats a wording contradicts nothing; whether a word in it turns it round, is for
        the rules about near copies to say.
        """
        standard = (inputs_of(signals, likeness) - self._mean) / self._scale
        logits = (self._weights @ standard + self._bias) / self._temperature
        odds = np.exp(logits - logits.max())
        if _repeats_a_wording(signals, likeness):
            odds[CLASSES.index(Verdict.CONTRADICTED)] = 0.0
        return dict(zip(CLASSES, (odds / odds.sum()).tolist(), strict=True))


def likeliest(chances: Mapping[Verdict, float], contradicted_from: float) -> tuple[Verdict, float]:
    """Return the verdict and its credit.

    What is likeliest, but for a contradiction, which has its own threshold. The credit is the
    expected one, moved into the band of the verdict where it lies outside.
    """
    if chances[Verdict.CONTRADICTED] >= contradicted_from:
        return Verdict.CONTRADICTED, 0.0
    verdict = max((v for v in CLASSES if v is not Verdict.CONTRADICTED), key=chances.__getitem__)
    low, high = _BANDS[verdict]
    expected = chances[Verdict.COVERED] + chances[Verdict.PARTIAL] / 2
    return verdict, min(high, max(low, expected))


def inputs_of(signals: PointSignals, likeness: ExampleLikeness) -> Floats:
    """Return the inputs of one point, in the order of ``INPUTS``."""
    return np.concatenate([likeness.figures, _numbers(signals)]).astype(np.float64)


def _repeats_a_wording(signals: PointSignals, likeness: ExampleLikeness) -> bool:
    return signals.sentence_likeness >= _REPEATED or (
        likeness.of("taught_copy_covered") >= _COPY
        and likeness.of("taught_copy_covered_over_contradicted") > 0
    )


def _numbers(signals: PointSignals) -> Sequence[float]:
    return (
        signals.raw,
        signals.best_likeness,
        signals.mean_likeness,
        signals.sentence_likeness,
        signals.misconception_likeness,
        signals.misconception_margin,
        float(len(signals.opposed)),
        float(signals.negated),
        float(signals.denied),
        float(signals.misconception_denied),
    )
