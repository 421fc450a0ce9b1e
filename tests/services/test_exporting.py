"""Exported answers: what the gold reader takes, and nothing that was not graded."""

from __future__ import annotations

from tests.services.made_practice import Bench, answered

from interviewbot.adapters.gold_format import gold_row
from interviewbot.cli.output import json_line
from interviewbot.domain.choosing import Wish
from interviewbot.domain.grade import Verdict


def test_the_gold_reader_takes_every_row() -> None:
    """Points with their weights, the labels, and the question as it is asked."""
    bench = Bench()
    practice = bench.practice()
    answered(practice.begin(Wish(question_ids=("AA0001",))), "p1 ~p2", "no more")
    (row,) = practice.answers()
    read, problems = gold_row(row.document())
    assert problems == ()
    assert read.question == "Prompt of AA0001?"
    assert [(point.id, point.weight) for point in read.points] == [("p1", 2.0), ("p2", 1.0)]
    assert read.point_labels == {"p1": Verdict.COVERED, "p2": Verdict.PARTIAL}
    assert '"split": "journal"' in json_line(row.document())


def test_what_was_not_graded_is_not_gold() -> None:
    """Skipped and ungraded exchanges, and those still open."""
    bench = Bench()
    practice = bench.practice()
    answered(practice.begin(Wish(question_ids=("AA0001", "BB0001"))), "what?")
    practice.begin(Wish(question_ids=("CC0001",))).go_on()
    assert practice.answers() == []
    assert practice.contested() == []


def test_an_answer_whose_question_is_gone_keeps_its_points() -> None:
    """They are those it was graded by."""
    bench = Bench()
    practice = bench.practice()
    answered(practice.begin(Wish(question_ids=("CC0001",))), "p1")
    bench.questions = []
    document = practice.answers()[0].document()
    assert (document["question_id"], document["question"]) == ("CC0001", "")
    assert document["points"] == [{"id": "p1", "text": "Claim 1 of CC0001.", "weight": 2.0}]
