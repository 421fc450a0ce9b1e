"""Terms named one after another claim nothing; short sentences with a verb of their own do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.naming import only_named

TERMS = ("bias", "noise", "hidden units", "batch size", "gradient", "validation loss")


@pytest.mark.parametrize(
    "frame",
    [
        "What matters here is {}.",
        "{} has to be seen here.",
        "You need the {} for it.",
        "Important: {}: important.",
        "Then one looks at {} as well.",
    ],
)
def test_one_frame_around_six_terms_claims_nothing(frame: str) -> None:
    """Whatever the frame says, six times over it says nothing about the subject."""
    texts = [frame.format(term) for term in TERMS]
    assert only_named([*texts, "Noise blurs the gradient of a small batch."]) == set(texts)


def test_frames_may_take_turns() -> None:
    """Where each of them comes back often enough."""
    first = [f"It is about {term}." for term in TERMS]
    second = [f"Look at {term}, too." for term in TERMS]
    mixed = [text for pair in zip(first, second, strict=True) for text in pair]
    assert only_named(mixed) == set(mixed)


def test_terms_in_frames_that_fit_any_subject_claim_nothing() -> None:
    """However the frames differ, from four of them on."""
    texts = ["The key is regularisation.", "Noise matters.", "It is about variance."]
    assert only_named(texts) == set()
    texts = [*texts, "Then there is the concept of dropout.", "I would also mention bias."]
    assert only_named(texts) == {text for text in texts if text != "It is about variance."}


@pytest.mark.parametrize(
    "texts",
    [
        ["It reduces cost.", "It reduces noise.", "It reduces variance.", "It reduces drift."],
        ["It is fast.", "It is simple.", "It is robust.", "It is cheap.", "It is exact."],
        [f"Step {n} of {m} halves the error of step {n - 1}." for n, m in [(1, 9), (2, 9), (3, 9)]],
        ["The bias does not matter.", "Nor does the noise matter.", "No term matters.", "It is."],
        ["1.", "2.", "3.", "4.", "Simplify the loss."],
        [
            f"The {term} grows with the {other}."
            for term, other in zip(TERMS, TERMS[::-1], strict=True)
        ],
        [],
    ],
)
def test_honest_sentences_name_more_than_terms(texts: list[str]) -> None:
    """Short ones in a row, denials, numbered items, and claims about two terms."""
    assert only_named(texts) == set()


@given(texts=st.lists(st.text(max_size=40), max_size=12))
@settings(deadline=None)
def test_only_sentences_given_are_named(texts: list[str]) -> None:
    """Whatever they are."""
    assert only_named(texts) <= set(texts)


def test_many_long_sentences_take_bounded_time() -> None:
    """Frames longer than ten words are not looked for."""
    begun = time.monotonic()
    only_named([f"{'word ' * 40}{number}" for number in range(3_000)])
    assert time.monotonic() - begun < 10
