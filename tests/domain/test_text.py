"""Sentences of all kinds of writing and speech, as spans of the text as given."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.text import (
    LONGEST_SENTENCE,
    Span,
    sentences,
    words,
)

# What the rules look for, so that random texts meet them often.
MARKS = '1. (b) - * • e.g. etc. Dr. . .. ?! … ; , : " ) ’ é 漢 3.5 _ \x1b[0m'.split()
GAPS = [" ", "  ", "\n", "\n\n", "\r\n", "\t", "\x0b", "\u2028", "\u3000"]
PIECES = st.sampled_from([*"a I No word and then because so".split(), *MARKS, *GAPS])
MESSY = st.lists(PIECES, max_size=120).map("".join)
LONG_WORD = st.text("xyz", min_size=3, max_size=6)

SPEECH = (
    "so a neural network is basically a stack of layers and the first one takes the features in"
    " and then every hidden layer multiplies by weights and adds a bias and applies an activation"
    " because the loss tells us how wrong it was so we move the weights a little against the slope"
)


def cut(text: str) -> list[str]:
    """Return the sentences of ``text`` as texts."""
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "One. Two! Three?  Four… Five; six",
            ["One.", "Two!", "Three?", "Four…", "Five;", "six"],
        ),
        ("Really?! Yes...  Well.", ["Really?!", "Yes...", "Well."]),
        (
            'He said "stop." Then (he left.) He’d “gone.” Now',
            ['He said "stop."', "Then (he left.)", "He’d “gone.”", "Now"],
        ),
        ("file.name and a.b stay", ["file.name and a.b stay"]),
        ("", []),
        (" \n\t\n ", []),
        ("... !!! ???", []),
    ],
)
def test_prose_ends_at_stops(text: str, expected: list[str]) -> None:
    """A stop ends a sentence where white space follows it and its closing quotes."""
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one\n* two\n• three\n+ four\n– five", ["one", "two", "three", "four", "five"]),
        ("1. one\n12) two\n(3) three\n(b) four", ["one", "two", "three", "four"]),
        ("- one\n  goes on\n- two", ["one\n  goes on", "two"]),
        ("Intro:\n- one. Still one.\n\nEnd", ["Intro:", "one.", "Still one.", "End"]),
        ("-dash without a space\n123. too long", ["-dash without a space\n123.", "too long"]),
    ],
)
def test_bullets_are_cut_and_left_out(text: str, expected: list[str]) -> None:
    """Each item is a sentence of its own, without its mark."""
    assert cut(text) == expected


def test_wrapped_lines_stay_whole() -> None:
    """A line break is white space, but for a blank line and after a stop."""
    text = "A line that\nwraps twice\r\nbefore it ends.\nNext one\n \t\nA title\n\nand text"
    assert cut(text) == [
        "A line that\nwraps twice\r\nbefore it ends.",
        "Next one",
        "A title",
        "and text",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Use noise, e.g. dropout, i.e. zeroing.",
        "See Fig. 3 and Eq. 4 of Smith et al. 2015.",
        "Bias vs. variance by Dr. Who, approx. 1950.",
        "L1, L2, etc. and more.",
        "It was R. Fisher who said so.",
        "So A. Ng and S. Amari taught it.",
        "From 0.001 to 3.5 in v1.2.3 it holds.",
    ],
)
def test_abbreviations_and_decimals_end_nothing(text: str) -> None:
    """Their full stops are no stops."""
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L1, L2, etc. Then more.", ["L1, L2, etc.", "Then more."]),
        ("So did I. Then more.", ["So did I.", "Then more."]),
        ("It is 0.5. Then more.", ["It is 0.5.", "Then more."]),
        ("Until it reaches p. Then more.", ["Until it reaches p.", "Then more."]),
        ("Smaller than that of B. That is a lie.", ["Smaller than that of B.", "That is a lie."]),
        ("We call it A. It's not.", ["We call it A.", "It's not."]),
    ],
)
def test_what_looks_like_an_abbreviation_may_end_one(text: str, expected: list[str]) -> None:
    """Before a capital "etc." ends a sentence, so does a letter before a word no name begins with.

    "I." and decimals always do.
    """
    assert cut(text) == expected


def test_speech_is_cut_where_a_speaker_breathes() -> None:
    """A run without a stop falls into pieces that begin at a joining word."""
    found = cut(SPEECH)
    assert len(found) == 4
    assert all(len(words(piece)) <= 25 for piece in found)
    assert {piece.split()[0] for piece in found[1:]} <= {"and", "because", "so"}
    assert [word for piece in found for word in words(piece)] == words(SPEECH)


def test_a_run_is_cut_where_a_line_begins() -> None:
    """A typist's lines without stops, too many for wrapped prose, fall apart between them."""
    lines = ["one two three four five six seven eight nine ten eleven twelve thirteen"] * 4
    assert cut("  \n".join(lines)) == lines
    assert len(cut("  \n".join(lines[:3]))) == 1


def test_speech_without_a_breath_is_cut_anyway() -> None:
    """A hundred words without a joining word fall into equal parts."""
    text = "word " * 100
    assert [len(piece.split()) for piece in cut(text)] == [25, 25, 25, 25]


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("filler", "size"),
    [
        ("word ", 1 << 20),
        (".", 1 << 20),
        ('."', 1 << 20),
        (" ", 1 << 20),
        ("漢", 1 << 20),
        ("and so, ", 1 << 17),
        ("e.g. ", 1 << 17),
        ("a; ", 1 << 17),
        ("- x\n", 1 << 17),
        ("\n", 1 << 17),
        ("a" + " " * 50 + "\n", 1 << 17),
    ],
    ids=ascii,
)
def test_filler_takes_bounded_time(filler: str, size: int) -> None:
    """Time grows with the text, not with its square, in the midst of a sentence too."""
    text = "zig " * 25 + filler * (size // len(filler)) + "x " + "zag " * 25 + "end"
    found = sentences(text)
    assert found[-1].end == len(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(text=MESSY | st.text(max_size=200))
@settings(deadline=None, max_examples=300)
def test_spans_lie_in_order_inside_the_text(text: str) -> None:
    """They do not overlap, hold a word character each, and are trimmed."""
    end = 0
    for span in sentences(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end
        said = span.of(text)
        assert said == said.strip()
        assert re.search(r"\w", said)
        assert len(words(said)) <= LONGEST_SENTENCE


@given(
    pieces=st.lists(st.tuples(LONG_WORD, st.sampled_from([" ", ". ", ", ", "\n", "\n\n", "! "])))
)
@settings(deadline=None)
def test_no_word_is_lost(pieces: list[tuple[str, str]]) -> None:
    """Where there are no bullets every word is in a sentence, in order."""
    text = "".join(word + gap for word, gap in pieces)
    assert [word for piece in cut(text) for word in words(piece)] == [word for word, _ in pieces]


def test_a_span_quotes_its_text() -> None:
    """Spans are ordered by where they begin."""
    assert Span(2, 5).of("ab cde f") == " cd"
    assert sorted([Span(3, 4), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(3, 4)]


def test_words_are_lower_case_and_keep_their_joints() -> None:
    """Apostrophes and hyphens inside belong to a word, marks around do not."""
    assert words("Don't pre-train, “X_1” 3D – it’s é!") == [
        "don't",
        "pre-train",
        "x_1",
        "3d",
        "it’s",
        "é",
    ]
