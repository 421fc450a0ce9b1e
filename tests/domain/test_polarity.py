"""Opposite words that stand for each other, and negations."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.polarity import Opposition, denies, is_negative, negates, oppositions
from interviewbot.domain.text import Span

Pairs = Mapping[tuple[str, str], float]


def opposed(claim: str, sentence: str, near: Pairs | None = None) -> list[tuple[str, str]]:
    """Return the opposed words; ``near`` is the nearness of two words, 1 where not given."""

    def nearness(ours: Span, theirs: Span) -> float:
        pair = (ours.of(claim), theirs.of(sentence))
        return 1.0 if near is None else near.get(pair, 0.0)

    return [(found.claimed, found.said) for found in oppositions(claim, sentence, nearness)]


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        ("It increases the error.", "It decreases the error.", [("increases", "decreases")]),
        ("It INCREASES.", "It Lowers.", [("increases", "lowers")]),
        ("Bias is high.", "Bias is small.", [("high", "small")]),
        ("It increases the error.", "It raises the error.", []),
        ("It increases the error.", "It changes the error.", []),
        ("It changes the error.", "It decreases the error.", []),
        ("Trained before testing.", "Trained after testing.", [("before", "after")]),
        ("It is linear.", "It is non-linear.", [("linear", "non-linear")]),
    ],
)
def test_words_of_one_scale_are_compared(
    claim: str, sentence: str, expected: list[tuple[str, str]]
) -> None:
    """The same side agrees, the other side opposes, other words say nothing."""
    assert opposed(claim, sentence) == expected


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        ("It increases.", "It does not increase.", [("increases", "not increase")]),
        ("It doesn't increase.", "It increases.", [("not increase", "increases")]),
        ("It doesn’t increase.", "It increases.", [("not increase", "increases")]),
        ("It increases.", "It does not decrease.", []),
        ("It does not increase.", "It decreases.", []),
        ("It does not increase.", "It never increases.", []),
        (
            "It increases.",
            "It is not true that it cannot increase.",
            [("increases", "not increase")],
        ),
        ("It increases.", "It is not so simple, yet it will of course increase.", []),
    ],
)
def test_a_negation_turns_the_next_words_round(
    claim: str, sentence: str, expected: list[tuple[str, str]]
) -> None:
    """Within three words, twice is not at all; the turned word is shown with "not"."""
    assert opposed(claim, sentence) == expected


def test_a_word_is_compared_with_the_one_that_stands_for_it() -> None:
    """Of several words on a scale the nearest counts."""
    claim = "Bias falls when variance rises"
    sentence = "variance increases and bias drops"
    same = {("falls", "drops"): 0.9, ("rises", "increases"): 0.9, ("falls", "increases"): 0.6}
    assert opposed(claim, sentence, same) == []
    swapped = {("falls", "increases"): 0.9, ("rises", "drops"): 0.9, ("falls", "drops"): 0.6}
    assert opposed(claim, sentence, swapped) == [("falls", "increases"), ("rises", "drops")]


@pytest.mark.parametrize(("cosine", "found"), [(0.0, 0), (0.449, 0), (0.451, 1), (1.0, 1)])
def test_words_far_apart_are_about_different_things(cosine: float, found: int) -> None:
    """Below a nearness of 0.45 they are not compared."""
    pairs = {("increases", "decreases"): cosine}
    assert len(opposed("It increases.", "It decreases.", pairs)) == found


def test_agreement_outweighs_as_much_opposition() -> None:
    """Two sides taken alike and two otherwise are no reversal, one and two are."""
    claim, sentence = "More data raises a high score", "More data lowers a low score"
    assert opposed(claim, sentence) == [("raises", "lowers"), ("high", "low")]
    assert opposed(claim.replace("high ", ""), sentence) == []


def test_spans_point_into_the_texts_as_given() -> None:
    """Even behind a letter whose lower case is longer."""
    seen: list[tuple[str, str]] = []
    claim, sentence = "İİİ increases", "İ decreases"

    def nearness(ours: Span, theirs: Span) -> float:
        seen.append((ours.of(claim), theirs.of(sentence)))
        return 1.0

    found = oppositions(claim, sentence, nearness)
    assert found == [Opposition(claimed="increases", said="decreases")]
    assert set(seen) == {("increases", "decreases")}


WORDS = st.lists(
    st.sampled_from("it not never more less raises lowers high low before after true".split()),
    max_size=12,
).map(" ".join)


@given(text=WORDS)
@settings(deadline=None)
def test_nothing_opposes_itself(text: str) -> None:
    """A word stands nearest to itself."""

    def nearness(ours: Span, theirs: Span) -> float:
        return 1.0 if ours == theirs else 0.9

    assert oppositions(text, text, nearness) == []


@given(claim=WORDS, sentence=WORDS)
@settings(deadline=None)
def test_without_nearness_nothing_is_opposed(claim: str, sentence: str) -> None:
    """Whatever the words are."""
    assert opposed(claim, sentence, {}) == []


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        ("It scales.", "It does not scale.", True),
        ("It scales.", "It doesn’t scale.", True),
        ("It DOESN'T scale.", "It scales.", True),
        ("It scales.", "It scales without limit.", True),
        ("It does not scale.", "It never scales.", False),
        ("It scales.", "It cannot fail to scale.", False),
        ("It scales.", "It scales well.", False),
        ("", "", False),
    ],
)
def test_an_odd_negation_turns_a_copy_round(claim: str, sentence: str, expected: bool) -> None:
    """Even numbers of negations cancel out."""
    assert negates(claim, sentence) is expected
    assert negates(sentence, claim) is expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It is no exaggeration, dropout deletes rows.",
        "Nothing new here: dropout deletes rows.",
        "We had not met that before, but dropout deletes rows.",
        "Dropout deletes rows, not that it matters.",
    ],
)
def test_a_negation_in_the_talk_around_a_claim_turns_nothing(sentence: str) -> None:
    """Only what stands between the first and the last word of the claim counts."""
    assert not negates("Dropout deletes rows.", sentence)
    assert denies("Dropout deletes rows.", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Never has dropout deleted rows.",
        "No dropout deletes rows.",
        "Dropout deletes no rows.",
        "Well, dropout doesn't delete rows.",
    ],
)
def test_a_negation_beside_a_claim_turns_it(sentence: str) -> None:
    """However near the edge."""
    assert negates("Dropout deletes rows.", sentence)


def test_negative_claims() -> None:
    """By their words of negation."""
    assert is_negative("A large p-value isn’t a proof.")
    assert not is_negative("A p-value is nonlinear.")
