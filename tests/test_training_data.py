"""The passages that teach the local judge keep their own rules, and out of the tests."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tools.training.passages import Passage, faults, read_passages

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.gold_files import read_gold
from interviewbot.domain.grade import Verdict

CORPUS = [entry.question for entry in read_corpus([ROOT / "corpus"]).questions]
DECK = [entry.question for entry in read_corpus([ROOT / "eval" / "deck"]).questions]


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    """All that are shipped."""
    return read_passages()


def plain(text: str) -> str:
    """Return ``text`` without what typing may change."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def test_every_passage_keeps_the_rules(passages: list[Passage]) -> None:
    """Its point is there, nothing is said twice, and each point has six of several labels."""
    assert faults(passages, CORPUS) == []


def test_nothing_of_the_tests_is_among_them(passages: list[Passage]) -> None:
    """No passage is a part of an answer of the gold sets, nor about a question of the deck.

    But for a few words that anybody says: "There's a scaling."
    """
    rows = [row for path in (ROOT / "eval" / "gold").glob("*.jsonl") for row in read_gold(path)]
    answers = " | ".join(plain(row.answer) for row in rows)
    long = [p.text for p in passages if len(p.text.split()) >= 6]
    assert len(long) > 4000
    assert [text for text in long if f" {plain(text)} " in f" {answers} "] == []
    assert not {question.id for question in DECK} & {p.question_id for p in passages}


def test_faults_are_found(passages: list[Passage]) -> None:
    """Of every kind."""
    first, *rest = passages
    assert "no such point" in faults([replace(first, point_id="nowhere"), *rest], CORPUS)[0]
    assert "said 2 times" in faults([replace(first, text=rest[0].text.upper()), *rest], CORPUS)[0]
    assert "passages in" in faults(rest, CORPUS)[0]
    other = next(label for label in Verdict if label is not first.label)
    changed = [replace(first, label=other), *rest]
    assert faults(changed, CORPUS) or first.label not in {Verdict.COVERED, Verdict.CONTRADICTED}
    point = next(q for q in CORPUS if q.id == first.question_id).points[0]
    assert "has it already" in faults([replace(first, text=point.text), *rest], CORPUS)[0]


@pytest.mark.parametrize(
    "row",
    [{"question_id": "ML0001", "point": "a", "label": "covered"}, {"note": "x"}],
)
def test_a_line_that_is_no_passage_is_refused(tmp_path: Path, row: dict[str, str]) -> None:
    """With its place."""
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"made\.jsonl:1: the keys are"):
        read_passages({"made": path})
