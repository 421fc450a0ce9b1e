"""The numbers of a judge, made up but of the right size."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict, Unpack

from interviewbot.domain.calibration import Calibration


class Numbers(TypedDict, total=False):
    """Those numbers that a test may want to be others."""

    partial_at: float
    covered_at: float
    slope: float
    intercept: float
    gradient: float
    contradiction_at: float
    contradiction_lead: float
    contradiction_confidence: float
    spread: float
    reference_deviation: float


def made_calibration(**numbers: Unpack[Numbers]) -> Calibration:
    """Return a calibration with round numbers, and ``numbers`` instead of some of them."""
    made = Calibration(
        partial_at=0.6,
        covered_at=0.7,
        slope=40.0,
        intercept=-0.5,
        gradient=1.5,
        contradiction_at=0.9,
        contradiction_lead=0.5,
        contradiction_confidence=0.6,
        opposition_at=0.85,
        negation_at=0.95,
        spread=1.3,
        reference_deviation=0.4,
        idf={"layer": 2.0},
        idf_unknown=1.0,
        digest="0123456789ab",
    )
    return replace(made, **numbers)
