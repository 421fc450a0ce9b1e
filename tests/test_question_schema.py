"""The schema for editors says what the reader of the format says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.conftest import ROOT

SCHEMA = Draft202012Validator(
    json.loads((ROOT / "corpus" / "question.schema.json").read_text(encoding="utf-8"))
)
FILES = sorted((ROOT / "corpus").glob("*/*.md"))


def front_matter(path: Path) -> Any:
    """Return what stands above the model answer; texts stay texts, as in the strict reader."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8").split("\n---\n", 1)[0].lstrip("-"))
    if "reviewed" in raw:
        raw["reviewed"] = str(raw["reviewed"])
    return raw


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:6])
def test_every_shipped_question_fits(path: Path) -> None:
    """None needs an exception."""
    assert [error.message for error in SCHEMA.iter_errors(front_matter(path))] == []


FAULTS: list[Callable[[Any], object]] = [
    lambda raw: raw.update(colour="red"),
    lambda raw: raw.pop("licence"),
    lambda raw: raw.update(id="ml1"),
    lambda raw: raw.update(level="hard"),
    lambda raw: raw.update(draft=False),
    lambda raw: raw.update(points=[]),
    lambda raw: raw["points"][0].update(weight=0),
    lambda raw: raw["points"][0].update(id="Not a slug"),
    lambda raw: raw["points"][0].update(accept="one text"),
    lambda raw: raw["points"][0].pop("text"),
]


@pytest.mark.parametrize("fault", range(len(FAULTS)))
def test_what_the_reader_refuses_does_not_fit(fault: int) -> None:
    """An editor shows it while it is written."""
    raw = front_matter(FILES[0])
    FAULTS[fault](raw)
    assert list(SCHEMA.iter_errors(raw))
