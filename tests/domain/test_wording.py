"""The shape of what a language model says to a candidate."""

from __future__ import annotations

import pytest

from interviewbot.domain.wording import (
    gives_score,
    plain_question,
    question_in,
    whole_sentences,
)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("What then? Think of the mean.", "What then?"),
        ("You said “why?” there. What then? And why?", "You said “why?” there. What then?"),
        ("Is a?b:c one?", "Is a?b:c one?"),
        ("What then?\nWell.", "What then?"),
        ('"What then?" Well.', '"What then?"'),
        ("What then", None),
        ("???", None),
        ("", None),
    ],
)
def test_the_first_question_is_all_that_counts(text: str, question: str | None) -> None:
    """A hint or a second question behind it is cut off."""
    assert question_in(text, over=True) == question


def test_a_question_mark_at_the_end_may_not_be_the_end() -> None:
    """While more may come, it is not known."""
    assert question_in("You said “why?”", over=False) is None
    assert question_in("You said “why?” there. What then? Think", over=False) == (
        "You said “why?” there. What then?"
    )


@pytest.mark.parametrize(
    "text",
    [
        "What then?",
        "Follow-up: What then?",
        "follow up question: What then?",
        '"What then?"',
        "“What then?”",
        "**What then?**",
        "Question: `What then?`",
    ],
)
def test_a_question_stands_alone(text: str) -> None:
    """Labels, marks and quotation marks around it are nothing to read."""
    assert plain_question(text) == "What then?"


@pytest.mark.parametrize(
    ("text", "most", "whole"),
    [
        ("One. Two is cu", 100, "One."),
        ("- One thing\n- Anoth", 100, "- One thing"),
        ("One. Two. Three.", 12, "One. Two."),
        ("One. Two.", 100, "One. Two."),
        ("A rate of 0.5 is used. So", 12, ""),
        ("No end", 100, ""),
        ("", 100, ""),
    ],
)
def test_what_is_cut_off_ends_with_a_sentence(text: str, most: int, whole: str) -> None:
    """No half sentence is left, nor more than fits."""
    assert whole_sentences(text, most) == whole


@pytest.mark.parametrize(
    "text",
    ["I give you 8/10.", "That is 70 out of 100.", "Your score is 55.", "Study.\nGrade: B"],
)
def test_a_score_is_seen(text: str) -> None:
    """Figures come from code alone."""
    assert gives_score(text)


@pytest.mark.parametrize(
    "text", ["Divide by 10.", "Use 80 % of the data.", "Read on scoring rules.", "1/2 is a half."]
)
def test_other_numbers_are_no_score(text: str) -> None:
    """A subject has figures of its own."""
    assert not gives_score(text)
