"""From signals to verdicts, by laws that hold for any numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.domain.calibration import CLASSES, Weights
from interviewbot.domain.errors import ModelUnavailable
from interviewbot.domain.grade import Verdict
from interviewbot.domain.grade import verdict_of as band_of
from interviewbot.services.combining import INPUTS, Combiner, decided
from interviewbot.services.known_examples import FIGURES, ExampleLikeness
from interviewbot.services.signals import PointSignals

COUNT = len(INPUTS)
SIGNALS = PointSignals(
    raw=0.5,
    best_wording="so",
    best_likeness=0.5,
    mean_likeness=0.5,
    sentence=0,
    wrong_sentence=None,
    denying_sentence=0,
    sentence_likeness=0.5,
    misconception="",
    misconception_likeness=0.0,
    misconception_margin=0.0,
    misconception_denied=False,
    opposed=(),
    negated=False,
    denied=False,
    unmatched=(),
)


def made_weights(name: str, temperature: float = 1.0, inputs: tuple[str, ...] = INPUTS) -> Weights:
    """Return weights under which the input ``name`` speaks for covered and nothing else counts."""
    covered = tuple(float(other == name) for other in INPUTS)
    return Weights(
        inputs=inputs,
        mean=(0.0,) * COUNT,
        scale=(1.0,) * COUNT,
        weights=(covered, *((0.0,) * COUNT,) * 3),
        bias=(0.0,) * len(CLASSES),
        temperature=temperature,
        sharpness=1.0,
        contradicted_from=0.5,
    )


def near(value: float) -> ExampleLikeness:
    """Return a likeness whose first figure is ``value``."""
    figures = np.zeros(len(FIGURES), dtype=np.float32)
    figures[0] = value
    return ExampleLikeness(figures=figures, said=0, denied=0, has_passages=True)


def test_chances_are_the_softmax_of_the_weighted_inputs() -> None:
    """One worked case: e / (e + 3) for an input of 1 and three rivals at 0."""
    found = Combiner(made_weights(FIGURES[0])).chances(SIGNALS, near(1.0))
    assert found[Verdict.COVERED] == pytest.approx(np.e / (np.e + 3))
    assert sum(found.values()) == pytest.approx(1)
    cooler = Combiner(made_weights(FIGURES[0], temperature=2.0)).chances(SIGNALS, near(1.0))
    assert cooler[Verdict.COVERED] == pytest.approx(np.e**0.5 / (np.e**0.5 + 3))


def test_signals_of_the_sentences_count_beside_the_examples() -> None:
    """``raw`` is one of the inputs."""
    found = Combiner(made_weights("raw")).chances(SIGNALS, near(0.0))
    assert found[Verdict.COVERED] == pytest.approx(np.e**0.5 / (np.e**0.5 + 3))


def test_numbers_for_other_signals_are_refused() -> None:
    """A file of another version would be read as nonsense."""
    with pytest.raises(ModelUnavailable, match="other signals"):
        Combiner(made_weights("raw", inputs=INPUTS[::-1]))


@given(
    st.lists(st.floats(0.001, 1), min_size=4, max_size=4), st.floats(1, 3), st.floats(0.25, 0.75)
)
def test_the_verdict_is_the_band_of_the_credit(
    odds: list[float], sharpness: float, bound: float
) -> None:
    """But for a contradiction, which is called above its bound, over covered, without credit."""
    chances = {v: o / sum(odds) for v, o in zip(CLASSES, odds, strict=True)}
    verdict, credit = decided(chances, sharpness, bound)
    contradicted = chances[Verdict.CONTRADICTED] > max(bound, chances[Verdict.COVERED])
    assert (verdict is Verdict.CONTRADICTED) == contradicted
    if contradicted:
        assert credit == 0
    else:
        assert 0 <= credit <= 1
        assert band_of(credit) is verdict


def test_credit_is_the_expected_one() -> None:
    """Half a point for what is half said; sharper chances lie nearer to the likeliest."""
    chances = dict(zip(CLASSES, (0.8, 0.05, 0.1, 0.05), strict=True))
    verdict, credit = decided(chances, 1.0, 0.5)
    assert verdict is Verdict.COVERED
    assert credit == pytest.approx(0.85)
    assert decided(chances, 2.0, 0.5)[1] == pytest.approx(
        (0.64 + 0.005) / (0.64 + 0.0025 * 2 + 0.01)
    )
