"""``interviewbot eval --fail-under``: figures below a least value, and names that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import ROOT, Command

from interviewbot.wiring import Wiring

DEV = ROOT / "eval" / "gold" / "dev.jsonl"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a file with the first 24 answers of dev."""
    path = tmp_path / "few.jsonl"
    path.write_text("".join(DEV.read_text().splitlines(keepends=True)[:24]))
    return path


def test_thresholds(run_indexed: Command, gold: Path) -> None:
    """A figure below its least value is an error with a line; above it is none."""
    shared = ("eval", "agreement", "--gold", gold, "--resume")
    assert run_indexed(*shared, "--fail-under", "few.pearson=-1").exit_code == 0
    assert run_indexed(*shared, "--fail-under", "few.baselines.length.qwk=-1").exit_code == 0
    low = run_indexed(*shared, "--fail-under", "few.pearson=0.999")
    assert low.exit_code == 1
    assert "few.pearson is 0." in low.stderr
    assert "below 0.999" in low.stderr
    nothing = run_indexed(*shared, "--fail-under", "few.auc=0.1")
    assert nothing.exit_code == 1
    assert "few.auc does not exist in this run" in nothing.stderr


@pytest.mark.parametrize(
    ("threshold", "message"),
    [
        ("few.person=0.5", "few.pearson"),
        ("few.mae=0.5", "better when smaller, so it cannot be held to a least value; hold few.qwk"),
        ("few.points.ece=0.5", "hold few.points.macro_f1"),
        ("attacks.resisted=0.5", "attacks is not measured here; use eval attacks"),
        ("attacks.success_rate=0.5", "hold attacks.resisted"),
        ("rubrics.total.failed=1", "exits 1 by itself"),
        ("other.pearson=0.5", "a figure begins with its set, here few"),
        ("pearson=0.5", "a figure begins with its set, here few"),
        ("few.pearson", "is not METRIC=N"),
        ("few.pearson=nan", "is not METRIC=N"),
        ("=1", "is not METRIC=N"),
    ],
)
def test_a_threshold_that_means_nothing(
    run_indexed: Command,
    gold: Path,
    monkeypatch: pytest.MonkeyPatch,
    threshold: str,
    message: str,
) -> None:
    """It is refused, before anything is graded, with near names or what to hold instead."""
    monkeypatch.setattr(Wiring, "batch", pytest.fail)
    found = run_indexed("eval", "agreement", "--gold", gold, "--resume", "--fail-under", threshold)
    assert found.exit_code == 2
    assert message in found.stderr
