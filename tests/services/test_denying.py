"""A claim denied word for word contradicts its point and earns nothing for another."""

from __future__ import annotations

import pytest
from tests.services.test_local_judge import made_judge

from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Point, Question

PRECISION = "Precision equals hits divided by all alarms that were raised in the test set."
RECALL = "Recall equals hits divided by all events that were raised in the test set."
QUESTION = Question(
    id="AA0002",
    prompt="How is a detector measured?",
    points=(Point(id="precision", text=PRECISION), Point(id="recall", text=RECALL)),
)
DENIED = "Precision does not equal hits divided by all alarms that were raised in the test set."


def test_a_denied_claim_earns_nothing_for_its_neighbour() -> None:
    """Though the two differ in two words."""
    own, other = made_judge().judge(QUESTION, DENIED)
    assert (own.verdict, own.credit) == (Verdict.CONTRADICTED, 0)
    assert (other.verdict, other.evidence) == (Verdict.MISSING, None)


def test_what_is_said_beside_it_counts() -> None:
    """For the neighbour as if the denial were not there."""
    alone = made_judge().judge(QUESTION, RECALL)[1]
    beside = made_judge().judge(QUESTION, f"{RECALL} {DENIED}")
    assert beside[1].credit == alone.credit
    assert beside[0].verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "answer",
    [
        PRECISION,
        "Precision equals hits divided by all alarms raised in the test set, does it not.",
        "Precision does not count missed events: it equals hits divided by all alarms raised.",
    ],
)
def test_honest_sentences_are_not_denials(answer: str) -> None:
    """Neither copies, nor copies with a tag, nor other words with a negation in them."""
    assert made_judge().judge(QUESTION, answer)[0].verdict is not Verdict.CONTRADICTED
