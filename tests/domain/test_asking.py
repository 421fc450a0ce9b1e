"""Questions, requests and tags."""

from __future__ import annotations

import pytest

from interviewbot.domain.asking import asks, is_request, without_tag

CLAIM = "Each neuron adds a bias"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What does it do?", True),
        ("“What does it do?”  ", True),
        ("(or does it?)", True),
        ("So how does it learn?", True),
        ("If it overfits, what do you do?", True),
        ("It does.", False),
        ("It adds a bias?", False),
        ("Maybe it adds a bias?", False),
        ("Recall: of all positives, how many did it find?", False),
        ("Question: how many did it find?", True),
        ("", False),
    ],
)
def test_a_question_claims_nothing(text: str, expected: bool) -> None:
    """A rising voice and a definition put as a question do."""
    assert asks(text) is expected


@pytest.mark.parametrize(
    "tag",
    [
        ", right?",
        " right?",
        ", you know?",
        ", does that make sense?",
        " does that make sense?",
        " — shall I go deeper?",
        " - do you want an example?",
        ", isn't it?",
        ", isn’t it?",
        ", ok?",
        ", no?",
        ", or not?",
        "; is that clear?",
    ],
)
def test_a_tag_is_cut(tag: str) -> None:
    """What stands before it is said."""
    assert without_tag(CLAIM + tag) == CLAIM


@pytest.mark.parametrize(
    "text",
    [
        "What does it do, right?",
        "If it overfits, what do you do?",
        "Does it add a bias, or not?",
        "Right?",
        "It is, is it?",
        "Each neuron adds a bias.",
    ],
)
def test_a_real_question_stays_whole(text: str) -> None:
    """As does what is no question at all."""
    assert without_tag(text) == text


def test_a_main_clause_before_a_tag_is_kept() -> None:
    """Even behind an "if" or a "when"."""
    text = "When data depend on time, the split follows time — shall I go on?"
    assert without_tag(text) == "When data depend on time, the split follows time"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please explain how each neuron adds a bias.", True),
        ("Explain how each neuron adds a bias.", True),
        ("Tell me how training works.", True),
        ("So could you, well, I would like you to list the layers.", False),
        ("I would like you to list the layers.", True),
        ("I skipped the lecture on how neurons add a bias.", True),
        ("I also skipped the one about training.", True),
        ("Unfortunately I missed the class on dropout.", True),
        ("Please note that each neuron adds a bias.", False),
        ("Describe the loss as a valley and follow its slope.", False),
        ("I missed one thing: each neuron adds a bias.", False),
        ("The model explains how the loss falls.", False),
        ("Let me explain: each neuron adds a bias.", False),
    ],
)
def test_a_request_claims_nothing(text: str, expected: bool) -> None:
    """Nor does who missed the lecture; imperatives to a practitioner are statements."""
    assert is_request(text) is expected
