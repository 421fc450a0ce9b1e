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
from interviewbot.domain.grade import Verdict, verdict_of
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
_SAME = 3.7  # likewise: 0.995

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
        self._sharpness = weights.sharpness
        self._contradicted_from = weights.contradicted_from

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

    def decided(self, chances: Mapping[Verdict, float]) -> tuple[Verdict, float]:
        """Return the verdict and its credit, as this model's numbers have it."""
        return decided(chances, self._sharpness, self._contradicted_from)


def decided(
    chances: Mapping[Verdict, float], sharpness: float, contradicted_from: float
) -> tuple[Verdict, float]:
    """Return the verdict and its credit: 0 for a contradiction.

    That is called where its chance is above ``contradicted_from`` and above that of covered.
    Else the credit is the expected one of ``chances`` to the power of ``sharpness``: the
    expected one alone leaves a full answer short of full marks for every doubt.
    """
    if chances[Verdict.CONTRADICTED] > max(contradicted_from, chances[Verdict.COVERED]):
        return Verdict.CONTRADICTED, 0.0
    odds = {verdict: chance**sharpness for verdict, chance in chances.items()}
    credit = (odds[Verdict.COVERED] + odds[Verdict.PARTIAL] / 2) / sum(odds.values())
    return verdict_of(credit), credit


def inputs_of(signals: PointSignals, likeness: ExampleLikeness) -> Floats:
    """Return the inputs of one point, in the order of ``INPUTS``."""
    return np.concatenate([likeness.figures, _numbers(signals)]).astype(np.float64)


def is_known_example(likeness: ExampleLikeness, sentence: int | None) -> bool:
    """Return whether ``sentence`` is, word for word, an example that covers the point.

    What is known to be right is turned round by no word in it.
    """
    return (
        likeness.said == sentence
        and likeness.of("taught_copy_covered") >= _SAME
        and likeness.of("taught_copy_covered_over_contradicted") > 0
    )


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
