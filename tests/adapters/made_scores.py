"""Random scores and verdicts of people and of a machine that agrees with them somewhat."""

from __future__ import annotations

import numpy as np

LABELS = ["covered", "partial", "missing", "contradicted"]
SEEDS = range(5)


def scores(seed: int, count: int = 60) -> tuple[list[float], list[float]]:
    """Return human scores in steps of a fifth, with ties, and machine scores near them."""
    dice = np.random.default_rng(seed)
    human = dice.integers(0, 6, count) / 5
    machine = np.clip(human + dice.normal(scale=0.25, size=count), 0, 1)
    return human.tolist(), machine.tolist()


def verdicts(seed: int, count: int = 80) -> tuple[list[str], list[str]]:
    """Return labels and verdicts that agree about half of the time."""
    dice = np.random.default_rng(seed)
    truth = dice.choice(LABELS, count, p=[0.5, 0.2, 0.2, 0.1]).tolist()
    machine = [str(dice.choice(LABELS)) if dice.random() < 0.6 else label for label in truth]
    return truth, machine
