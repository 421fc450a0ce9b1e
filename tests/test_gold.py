"""The labelled answers that ship: complete, as described, and the test splits frozen."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from interviewbot.adapters import statistics
from interviewbot.adapters.corpus_files import find_question
from interviewbot.adapters.gold_files import read_gold
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Question
from interviewbot.domain.terms import content_words
from interviewbot.services.evaluation.out_of_fold import fitted
from interviewbot.services.evaluation.surface import surface

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "eval" / "gold"
README = (ROOT / "eval" / "README.md").read_text(encoding="utf-8")
CORPUS, DECK = ROOT / "corpus", ROOT / "eval" / "deck"
SPLITS = ("dev", "test_new", "test_seen")
TESTS = ("test_new", "test_seen")


@cache
def rows(split: str) -> tuple[GoldRow, ...]:
    """Return the rows of a split."""
    return tuple(read_gold(GOLD / f"{split}.jsonl"))


@cache
def question(question_id: str) -> Question:
    """Return a question of the corpus or of the deck."""
    entry = find_question([CORPUS], question_id) or find_question([DECK], question_id)
    assert entry is not None, question_id
    return entry.question


def texts(question_id: str) -> list[str]:
    """Return the texts of a question's points."""
    return [point.text for point in question(question_id).points]


def score(row: GoldRow) -> float:
    """Return the score on 0..1 that the labels of ``row`` make."""
    points = question(row.question_id).points
    worth = {Verdict.COVERED: 1.0, Verdict.PARTIAL: 0.5}
    total = sum(point.weight * worth.get(row.point_labels[point.id], 0.0) for point in points)
    return total / sum(point.weight for point in points)


def ids(split: str) -> set[str]:
    """Return the questions that a split answers."""
    return {row.question_id for row in rows(split)}


def labels(*splits: str) -> Counter[Verdict]:
    """Return how often each label is given."""
    return Counter(
        label for split in splits for row in rows(split) for label in row.point_labels.values()
    )


@pytest.mark.parametrize("split", SPLITS)
def test_every_point_of_every_answer_has_a_label(split: str) -> None:
    """No label is missing, none is of a point that the question does not have."""
    for row in rows(split):
        assert set(row.point_labels) == {point.id for point in question(row.question_id).points}
        assert row.split == split


def test_there_are_enough_and_they_are_mixed() -> None:
    """At least 360 answers to 70 questions, half with several verdicts, 150 contradictions."""
    answers = [row for split in SPLITS for row in rows(split)]
    assert len(answers) >= 360
    assert len(set().union(*map(ids, SPLITS))) >= 70
    assert len({row.id for row in answers}) == len(answers)
    mixed = [row for row in answers if len(set(row.point_labels.values())) > 1]
    assert 2 * len(mixed) >= len(answers)
    assert labels(*SPLITS)[Verdict.CONTRADICTED] >= 150


def test_most_contradictions_are_subtle() -> None:
    """More than half of those of the tests have roles, direction or condition turned round."""
    kinds: Counter[str] = Counter()
    for split in TESTS:
        for line in (GOLD / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            said = row.get("contradictions", {})
            wrong = {p for p, label in row["point_labels"].items() if label == "contradicted"}
            assert set(said) == wrong, row["id"]
            kinds.update(said.values())
    assert set(kinds) == {"swapped roles", "wrong direction", "wrong condition", "plain"}
    assert kinds["plain"] * 2 < kinds.total()


def test_the_tests_ask_other_questions() -> None:
    """Thirty questions each, none of them fitted on; the new ones are not in the corpus."""
    assert all(len(ids(split)) >= 30 for split in TESTS)
    assert not ids("dev") & ids("test_new")
    assert not ids("dev") & ids("test_seen")
    assert not ids("test_new") & ids("test_seen")
    assert all(find_question([CORPUS], one) is None for one in ids("test_new"))
    assert all(find_question([CORPUS], one) is not None for one in ids("test_seen"))


@pytest.mark.parametrize("split", TESTS)
def test_the_answers_paraphrase(split: str) -> None:
    """A point that is said is said with few of its content words: the median share is low."""
    shares = sorted(
        len(wanted & content_words(row.answer)) / len(wanted)
        for row in rows(split)
        for point in question(row.question_id).points
        if row.point_labels[point.id] is Verdict.COVERED and (wanted := content_words(point.text))
    )
    assert shares[len(shares) // 2] <= 0.35


@pytest.mark.parametrize("split", TESTS)
def test_the_surface_does_not_give_the_score_away(split: str) -> None:
    """Trees on length, sentences, word length and shared words, fitted on other questions.

    A line over the length would not do: answers that say all may be the shortest and the longest.
    """
    seen = [surface(row.answer, "\n".join(texts(row.question_id))) for row in rows(split)]
    scores = [score(row) for row in rows(split)]
    groups = [row.question_id for row in rows(split)]
    found = statistics.pearson(scores, fitted(statistics.boosted, seen, scores, groups))
    assert found is not None
    assert found <= 0.45


@pytest.mark.parametrize("split", TESTS)
def test_the_test_splits_are_frozen(split: str) -> None:
    """Answers, labels and the points they are about are those that the README names."""
    answers = hashlib.sha256((GOLD / f"{split}.jsonl").read_bytes()).hexdigest()
    points = [
        [one, [[point.id, point.text] for point in question(one).points]]
        for one in sorted(ids(split))
    ]
    rubrics = hashlib.sha256(json.dumps(points, ensure_ascii=False).encode()).hexdigest()
    assert f"| `{split}` answers | `{answers}` |" in README
    assert f"| `{split}` points | `{rubrics}` |" in README
