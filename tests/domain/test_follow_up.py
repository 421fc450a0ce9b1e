"""Follow-ups: which are asked, in what order, and what a reply changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.domain.made_interviews import graded_point, made_grade, made_question

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.domain.follow_up import (
    MOST_PROBES,
    Probe,
    after_reply,
    asked_as,
    by_value,
    next_probe,
)
from interviewbot.domain.grade import Evidence, Grade, PointGrade, Verdict
from interviewbot.domain.question import Question
from interviewbot.domain.terms import content_words

QUESTION = made_question(points=6)
POINT = QUESTION.points[0]
VERDICTS = st.dictionaries(
    st.sampled_from([p.id for p in QUESTION.points]), st.sampled_from(Verdict)
)


def probes(grade: Grade, question: Question = QUESTION) -> list[Probe]:
    """Return every follow-up that would be asked, one after the other."""
    asked: list[Probe] = []
    while (probe := next_probe(question, grade, asked)) is not None:
        asked.append(probe)
        assert len(asked) <= len(question.points)
    return asked


def graded(verdicts: Mapping[str, Verdict]) -> Grade:
    """Return a grade with those verdicts; every other point is covered."""
    return made_grade(QUESTION, verdicts)


def contradicted(quote: str) -> Grade:
    """Return a grade in which the first point is contradicted by ``quote``."""
    grade = graded({"p1": Verdict.CONTRADICTED})
    evidence = Evidence(start=0, end=len(quote), quote=quote)
    points = (replace(grade.points[0], evidence=evidence), *grade.points[1:])
    return replace(grade, points=points)


def test_a_full_answer_gets_no_follow_up() -> None:
    """There is nothing to ask about."""
    assert probes(graded({})) == []


def test_the_points_that_would_add_most_are_asked_about() -> None:
    """Two of them, the heaviest first, each with the words of its author."""
    missing = dict.fromkeys(["p1", "p3", "p5", "p6"], Verdict.MISSING)
    found = probes(graded({**missing, "p6": Verdict.PARTIAL}))
    assert [probe.point_id for probe in found] == ["p5", "p3"]  # 5 and 3; half of 6 is 3, later
    assert found[0] == Probe(point_id="p5", prompt="And what of 5?", verdict=Verdict.MISSING)


def test_contradicted_points_come_first_and_do_not_count() -> None:
    """Each has its own follow-up, and two others still come."""
    found = probes(
        graded(
            {
                "p1": Verdict.CONTRADICTED,
                "p2": Verdict.CONTRADICTED,
                "p3": Verdict.CONTRADICTED,
                "p4": Verdict.MISSING,
                "p5": Verdict.MISSING,
                "p6": Verdict.MISSING,
            }
        )
    )
    assert [probe.point_id for probe in found] == ["p3", "p2", "p1", "p6", "p5"]


@settings(max_examples=200)
@given(VERDICTS)
def test_what_holds_for_every_grade(verdicts: dict[str, Verdict]) -> None:
    """No point twice, contradicted ones first and all of them, two others at most."""
    found = probes(graded(verdicts))
    ids = [probe.point_id for probe in found]
    wrong = {p for p, verdict in verdicts.items() if verdict is Verdict.CONTRADICTED}
    wanting = {p for p, v in verdicts.items() if v in {Verdict.MISSING, Verdict.PARTIAL}}
    assert len(set(ids)) == len(ids)
    assert set(ids[: len(wrong)]) == wrong
    assert set(ids[len(wrong) :]) <= wanting
    assert len(ids) - len(wrong) == min(MOST_PROBES, len(wanting))


@settings(max_examples=200)
@given(VERDICTS)
def test_no_follow_up_says_the_point(verdicts: dict[str, Verdict]) -> None:
    """Whatever the verdicts, no prompt holds the text of any point."""
    for probe in probes(graded(verdicts)):
        assert all(point.text not in probe.prompt for point in QUESTION.points)


def test_a_point_without_a_follow_up_is_asked_about_openly_and_once() -> None:
    """The open question is not repeated; a point with words of its own still gets them."""
    silent = tuple(replace(p, follow_up="") if p.id != "p1" else p for p in QUESTION.points)
    question = replace(QUESTION, points=silent)
    grade = graded(dict.fromkeys(["p1", "p5", "p6"], Verdict.MISSING))
    found = probes(grade, question)
    assert [probe.point_id for probe in found] == ["p6", "p1"]
    assert found[0].prompt == "Is there anything you would add to that?"


def test_a_contradiction_is_quoted_and_doubted() -> None:
    """In the candidate's words, on one line, without what is right."""
    (found,) = probes(contradicted("It deletes\n  rows.\x1b[2J"))
    assert (
        found.prompt
        == "You said: “It deletes rows.” Do you stand by that? Say why, or put it right."
    )
    assert found.verdict is Verdict.CONTRADICTED


def test_a_long_quote_is_cut() -> None:
    """A follow-up stays short enough to listen to."""
    (found,) = probes(contradicted("word " * 200))
    assert "…”" in found.prompt
    assert len(found.prompt) < 240


def test_a_contradiction_without_words_is_doubted_in_general() -> None:
    """There is nothing to quote."""
    (found,) = probes(graded({"p1": Verdict.CONTRADICTED}))
    assert found.prompt.startswith("Are you sure")


def test_by_value_leaves_out_what_is_covered() -> None:
    """Contradicted first, then what a full treatment would add."""
    verdicts = {"p1": Verdict.CONTRADICTED, "p2": Verdict.MISSING, "p3": Verdict.PARTIAL}
    assert [point.id for point in by_value(graded(verdicts).points)] == ["p1", "p2", "p3"]


def test_a_follow_up_is_part_of_what_was_asked() -> None:
    """Its words repeated must earn nothing, so the judge hears them as the question."""
    probe = Probe(point_id="p1", prompt="And what of 1?", verdict=Verdict.MISSING)
    heard = asked_as(QUESTION, probe)
    assert heard.prompt == "What is AA0001?\nAnd what of 1?"
    assert replace(heard, prompt=QUESTION.prompt) == QUESTION


def point(verdict: Verdict, credit: float | None = None) -> PointGrade:
    """Return a grade of one point."""
    return graded_point(POINT, verdict, quote="said", credit=credit)


@pytest.mark.parametrize(
    ("before", "reply", "counts"),
    [
        (point(Verdict.MISSING), point(Verdict.COVERED), True),
        (point(Verdict.MISSING), point(Verdict.PARTIAL), True),
        (point(Verdict.PARTIAL), point(Verdict.COVERED), True),
        (point(Verdict.PARTIAL, 0.4), point(Verdict.PARTIAL, 0.6), True),
        (point(Verdict.PARTIAL), point(Verdict.CONTRADICTED), True),
        (point(Verdict.MISSING), point(Verdict.CONTRADICTED), True),
        (point(Verdict.CONTRADICTED), point(Verdict.COVERED), True),
        (point(Verdict.CONTRADICTED), point(Verdict.PARTIAL), True),
        (point(Verdict.CONTRADICTED), point(Verdict.MISSING, 0.2), False),
        (point(Verdict.PARTIAL), point(Verdict.MISSING), False),
        (point(Verdict.PARTIAL, 0.6), point(Verdict.PARTIAL, 0.4), False),
        (point(Verdict.MISSING), point(Verdict.MISSING), False),
    ],
)
def test_what_a_reply_changes(before: PointGrade, reply: PointGrade, counts: bool) -> None:
    """More than before counts, and so does taking it back; silence changes nothing."""
    found = after_reply(before, reply, 2)
    assert found == (replace(reply, turn=2) if counts else before)


def test_no_follow_up_of_the_shipped_questions_gives_its_point_away() -> None:
    """None shares more than half of the content words that are the point's own.

    Words of the question itself, or of three of its points, do not count: whoever follows
    up has to use them.
    """
    told: list[str] = []
    asked = 0
    for entry in read_corpus([ROOT / "corpus"]).questions:
        question = entry.question
        used = Counter(word for one in question.points for word in content_words(one.text))
        subject = content_words(f"{question.title} {question.prompt}")
        subject |= {word for word, count in used.items() if count >= 3}
        for one in question.points:
            grade = made_grade(question, {one.id: Verdict.MISSING})
            (probe,) = probes(grade, question)
            asked += 1
            own = content_words(one.text) - subject
            if len(own & content_words(probe.prompt)) > len(own) / 2:
                told.append(f"{question.id} {one.id}: {probe.prompt}")
    assert asked > 100
    assert told == []
