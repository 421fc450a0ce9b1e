"""Agreement with examiners on public sets, where their folder is given.

Nothing of what is measured here was fitted on, nor any other answer to its questions: the line
for references comes from Beetle's train part.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Command

FOLDER = Path(os.environ.get("INTERVIEWBOT_ASAG", ""))
pytestmark = pytest.mark.skipif(
    not os.environ.get("INTERVIEWBOT_ASAG"),
    reason="INTERVIEWBOT_ASAG does not name a folder with the public sets",
)


def figures(run: Command, name: str, *options: str) -> dict[str, Any]:
    """Return the figures of one set."""
    found = run.json("eval", "agreement", "--gold", FOLDER / f"{name}.jsonl", "--json", *options)
    sets: dict[str, Any] = found["sets"][name]
    return sets


def test_mohler(run_indexed: Command) -> None:
    """Data structures, short references: r at least 0.59."""
    assert figures(run_indexed, "mohler_assignments")["pearson"] >= 0.59


def test_saf(run_indexed: Command) -> None:
    """Communication networks, long references: beyond length at least 0.49."""
    assert figures(run_indexed, "saf")["beyond_length"] >= 0.49


def test_scientsbank(run_indexed: Command) -> None:
    """School science, unseen part: AUC of correct at least 0.77."""
    assert figures(run_indexed, "scientsbank", "--split", "dev")["auc"] >= 0.77
