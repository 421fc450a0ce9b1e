"""Faults of rubrics that the judge cannot see: found where they are, and nowhere else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from tests.conftest import ROOT

from interviewbot.adapters.question_format import parse_question
from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.question import Point, Question
from interviewbot.services.evaluation.rubric_blame import Fault
from interviewbot.services.evaluation.rubric_closeness import Likenesses
from interviewbot.services.evaluation.rubric_places import Places
from interviewbot.services.evaluation.rubric_plan import Case, RubricCheck
from interviewbot.services.evaluation.rubric_readings import Reading, read
from interviewbot.wiring import Wiring

DATA = ROOT / "tests" / "data"
PLANTED = [json.loads(line) for line in (DATA / "planted_faults.jsonl").read_text().splitlines()]
Planted = dict[str, Any]


@pytest.fixture(scope="module")
def places(wiring: Wiring) -> Places:
    """The shipped corpus, and a question of another subject with few wordings."""
    text = (DATA / "TC0001-tcp.md").read_text()
    other = parse_question(text, path="TC0001.md", name="TC0001-tcp.md", folder="networks")
    return Places(entries=[*wiring.corpus.questions, other], vectors=wiring.embeddings)


def _with(places: Places, question: Question) -> tuple[CorpusEntry, Places]:
    """Return ``places`` with ``question`` instead of the one of its id; the rest stays known."""
    (old,) = [entry for entry in places.entries if entry.question.id == question.id]
    entry = replace(old, question=question)
    found = Places(
        entries=[entry if one is old else one for one in places.entries], vectors=places.vectors
    )
    tables = {**places.tables, question.id: Likenesses.of(question, places.vectors)}
    found.__dict__.update(tables=tables, usual=places.usual)  # as if they were asked for before
    return entry, found


def _case(entry: CorpusEntry, check: RubricCheck, *points: Point, text: str = "") -> Case:
    return Case(entry=entry, check=check, measured=(), line=1, points=points, text=text)


def _changed(question: Question, name: str, change: Callable[[Point], Point]) -> Question:
    points = tuple(change(point) if point.id == name else point for point in question.points)
    return replace(question, points=points)


def _found(places: Places, planted: Planted) -> Reading | None:
    """Return what is read where ``planted`` is put into its question."""
    kind, name, text = planted["kind"], planted["point"], planted["text"]
    (question,) = [e.question for e in places.entries if e.question.id == planted["question"]]
    if kind == "accept":
        faulty = _changed(question, name, lambda p: replace(p, accept=(*p.accept, text)))
        check = RubricCheck.ACCEPT
    elif kind == "misconception":
        faulty = _changed(
            question, name, lambda p: replace(p, misconceptions=(*p.misconceptions, text))
        )
        check = RubricCheck.MISCONCEPTION
    elif kind == "point":
        again = Point(id="again", text=text, accept=tuple(planted["accept"]))
        faulty, check = replace(question, points=(*question.points, again)), RubricCheck.TOLD_APART
    else:
        faulty, check = replace(question, prompt=text), RubricCheck.GIVEN_AWAY
    entry, others = _with(places, faulty)
    points = [point for point in faulty.points if point.id in {name, "again"}]
    return read(_case(entry, check, *points, text=text), others)


def test_faults_that_were_planted_are_found(places: Places) -> None:
    """Of 80 faults as authors make them four in five are found, and most of every kind."""
    outcome = [(one["kind"], _found(places, one)) for one in PLANTED]
    found, every = Counter(kind for kind, one in outcome if one), Counter(k for k, _ in outcome)
    assert len(PLANTED) >= 25
    assert sum(found.values()) >= 0.8 * len(PLANTED), found
    assert all(found[kind] >= 0.7 * every[kind] for kind in every), found
    readings = [one for _, one in outcome if one is not None]
    assert {one.blame.fault for one in readings} == {Fault.RUBRIC}
    texts = {text for planted in PLANTED for text in (planted["text"], *planted.get("accept", ()))}
    assert sum(one.blame.text in texts for one in readings) >= len(readings) - 2


def _cases(entry: CorpusEntry) -> Iterator[Case]:
    points = entry.question.points
    for point in points:
        yield _case(entry, RubricCheck.GIVEN_AWAY, point)
        for text in point.claims:
            yield _case(entry, RubricCheck.ACCEPT, point, text=text)
        for text in point.misconceptions:
            yield _case(entry, RubricCheck.MISCONCEPTION, point, text=text)
    for point, sister in combinations(points, 2):
        yield _case(entry, RubricCheck.TOLD_APART, point, sister)


def test_nothing_is_found_where_nothing_was_planted(places: Places) -> None:
    """Questions that people read have no such fault, however near their points are."""
    cases = [case for entry in places.entries for case in _cases(entry)]
    wrong = [(case.entry.question.id, case.text) for case in cases if read(case, places)]
    assert len(cases) > 3000
    assert wrong == []


def test_few_wordings_are_no_reason(places: Places) -> None:
    """A deck of one wording a point, or none, is not told that it is all misplaced."""
    for most in (0, 1):
        entries = [
            replace(entry, question=replace(entry.question, points=_short(entry, most)))
            for entry in places.entries
        ]
        few = Places(entries=entries, vectors=places.vectors)
        wrong = [case for entry in entries for case in _cases(entry) if read(case, few)]
        assert len(wrong) <= len(entries) / 30


def _short(entry: CorpusEntry, most: int) -> tuple[Point, ...]:
    return tuple(
        replace(point, accept=point.accept[:most], misconceptions=())
        for point in entry.question.points
    )


def test_a_wording_says_where_it_belongs(places: Places) -> None:
    """The author reads which point it is nearer to, of which question."""
    planted = {
        "kind": "accept",
        "question": "DL0003",
        "point": "random-zeroing",
        "text": "Gradient clipping limits the norm of the gradient.",
    }
    found = _found(places, planted)
    assert found is not None
    assert "clipping of DL0004" in found.blame.change
    assert found.measurement.measured < found.measurement.bound


def test_a_wording_that_says_a_misconception(places: Places) -> None:
    """One of the two is wrong, and the author has to decide which."""
    wrong = "Precision is true positives divided by true positives plus false negatives."
    planted = {"kind": "accept", "question": "EV0001", "point": "precision-definition"}
    found = _found(places, {**planted, "text": f"The {wrong[0].lower()}{wrong[1:]}"})
    assert found is not None
    assert found.blame.change.startswith("Decide whether it is right")
    assert wrong in found.blame.change
