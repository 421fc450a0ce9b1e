"""A quote is found where it stands, as it stands, or not at all."""

from __future__ import annotations

import time
import unicodedata
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.folding import folded
from interviewbot.domain.quotes import LONGEST_QUOTE, LONGEST_STRETCH, find_quote, quotes_text

PROMPT = "What is the bias-variance trade-off, and how does it show in practice?"


def shown(answer: str, quote: str) -> str | None:
    """Return the words that would be shown for ``quote``."""
    span = find_quote(answer, quote)
    return None if span is None else span.of(answer)


@pytest.mark.parametrize(
    ("answer", "quote", "found"),
    [
        ("The rate shrinks. It decays.", "It decays.", "It decays."),
        ("The rate\n  shrinks  slowly", "the rate shrinks slowly", "The rate\n  shrinks  slowly"),
        ("a “true” label", 'A "true" label', "a “true” label"),
        ('the "true" label', "the 'true' label", 'the "true" label'),
        ("it’s linear", "it's linear", "it’s linear"),
        ("it drops – sharply", "it drops - sharply", "it drops – sharply"),
        ("x − y is small", "x - y is small", "x − y is small"),
        ("It waits… then stops", "it waits... then stops", "It waits… then stops"),
        ("It waits... then stops", "It waits… then stops", "It waits... then stops"),
        ("net\u00adworks learn", "networks learn", "net\u00adworks learn"),
        ("ﬁne tuning", "fine tuning", "ﬁne tuning"),
        ("a na\u00efve Bayes model", "a nai\u0308ve bayes model", "a na\u00efve Bayes model"),
        ("Die Straße ist lang", "die strasse ist", "Die Straße ist"),
        ("is **very** deep", "is very deep", "is **very** deep"),
        ("call `fit` first", "call fit first", "call `fit` first"),
        ("red blue, green", "“red blue.”", "red blue"),
        ("red blue, green", "…red blue…", "red blue"),
        ("red blue, green", '  "red blue," ', "red blue,"),
        ("It is so. it is so", "it is so", "it is so"),  # the exact one
        ("网络学习权重的表示", "学习权重", "学习权重"),
        ("multi-head attention", "multi-head attention", "multi-head attention"),
    ],
)
def test_what_is_forgiven(answer: str, quote: str, found: str) -> None:
    """What is shown is the answer's stretch, whatever the model's copy looks like."""
    assert shown(answer, quote) == found


@pytest.mark.parametrize(
    ("answer", "quote"),
    [
        ("The rate shrinks.", "The rate grows."),
        ("it is unable to learn", "able to learn"),
        ("it is un\u00adable to learn", "able to learn"),
        ("in general it can't learn", "in general it can"),
        ("it can’t learn", "it can"),
        ("a non-linear model", "linear model"),
        ("the mean is zero-based", "the mean is zero"),
        ("a rate of 0.15", "a rate of 0.1"),
        ("a rate of 0.1", "a rate of 0"),
        ("a rate of 1,000", "a rate of 1"),
        ("the loss x² falls", "the loss x"),
        ("a nice cafe\u0301", "a nice cafe"),
        ("the gradient is small", "the gradient is ... large"),
        ("", "a b"),
        ("a b", ""),
    ],
)
def test_what_is_not(answer: str, quote: str) -> None:
    """Other words, and a part of a word or number, do not stand in the answer."""
    assert find_quote(answer, quote) is None


@pytest.mark.parametrize(
    ("answer", "quote", "found"),
    [
        ("The gradient vanishes.", "gradient", None),
        ("The gradient vanishes.", "gradient.", None),
        ("The gradient vanishes.", "...", None),
        ("...", "...", None),
        ("The gradient vanishes.", " “ ” ", None),
        ("Softmax", "softmax.", "Softmax"),
        ("It takes O(n) steps", "O(n)", "O(n)"),
        ("so y=Wx+b holds", "y=Wx+b", "y=Wx+b"),
        ("it is n^2 then", "n^2", "n^2"),
        ("about 95% of it", "95%", "95%"),
        ("either and/or both", "and/or", None),
        ("with ResNet-50 here", "ResNet-50", None),
    ],
)
def test_one_word_is_no_evidence(answer: str, quote: str, found: str | None) -> None:
    """But a formula is, and a word that is all of the answer."""
    assert shown(answer, quote) == found


GAPPED = "Dropout removes units at random, though not at test time, so that no unit is relied on."


@pytest.mark.parametrize("gap", ["…", " ... ", " [...] ", " (…) ", " .... "])
def test_words_left_out_are_back_in_what_is_shown(gap: str) -> None:
    """So nobody can leave out a "not"."""
    quote = f"removes units at random{gap}so that no unit is relied on."
    assert shown(GAPPED, quote) == GAPPED.removeprefix("Dropout ").removesuffix(".")


@pytest.mark.parametrize(
    "quote",
    [
        "so that no unit … removes units at random",  # another order
        "removes units … so that no unit",  # a piece of two words
        "removes units at random … so that every unit",
        "units at random … its at test time",
    ],
)
def test_pieces_must_be_long_and_in_order(quote: str) -> None:
    """Anything else could join what the answer never joined."""
    assert find_quote(GAPPED, quote) is None


def test_pieces_must_stand_close_together() -> None:
    """Within one stretch, from the nearest first piece on."""
    filler = "word " * (LONGEST_STRETCH // 5)
    answer = f"one two three {filler} one two three and four five six"
    assert shown(answer, "one two three … four five six") == ("one two three and four five six")
    assert find_quote(f"one two three {filler}four five six", "one two three…four five six") is None


def test_a_quote_longer_than_any_evidence_is_none() -> None:
    """The shortest sufficient words were asked for."""
    answer = "so it is " * LONGEST_QUOTE
    assert find_quote(answer, answer) is None


PIECES = ["a", "B ", "ß", "…", "...", " ", "\n", "“", '"', "'", "—", "-", "é", "e\u0301", "İ"]
PIECES += ["ﬁ", "\u200b", "**", "*", "`", "1", ".", "²", "网", "x=", "\ud800", "the ", "not "]


def loosely(text: str) -> str:
    """Fold as far as a quote may differ, the plain way and without offsets."""
    plain = folded(text).text.replace("**", "").replace("`", "")
    plain = unicodedata.normalize("NFD", plain).casefold()
    for signs, one in (('"‘’“”', "'"), ("—–", "-"), ("…", "...")):
        for sign in signs:
            plain = plain.replace(sign, one)
    return "".join(unicodedata.normalize("NFD", plain).casefold().split())


@given(parts=st.lists(st.sampled_from(PIECES), max_size=30), data=st.data())
@settings(deadline=None, max_examples=300)
def test_what_is_shown_is_what_was_quoted(parts: list[str], data: st.DataObject) -> None:
    """Loosely compared, any quote of the answer without a gap equals what is shown for it."""
    answer = "".join(parts)
    start = data.draw(st.integers(0, len(answer)))
    quote = answer[start : data.draw(st.integers(start, len(answer)))]
    span = find_quote(answer, quote)
    if span is None or "..." in loosely(quote).strip("."):
        return
    assert 0 <= span.start < span.end <= len(answer)
    edges = "'.,;:"
    assert loosely(span.of(answer)).strip(edges) == loosely(quote).strip(edges)


@given(text=st.text(min_size=1, max_size=60))
@settings(deadline=None)
def test_a_whole_answer_quoted_is_found(text: str) -> None:
    """Whatever it holds, if any of it can be seen and is more than marks."""
    span = find_quote(text, text)
    if span is None:
        assert sum(map(str.isalnum, folded(text).text)) == 0 or not loosely(text).strip("'.,;:")


@given(answer=st.text(max_size=200), quote=st.text(max_size=80))
@settings(deadline=None)
def test_it_never_raises(answer: str, quote: str) -> None:
    """Both are foreign text."""
    span = find_quote(answer, quote)
    assert span is None or span.of(answer)


@pytest.mark.parametrize(
    ("unit", "quote"),
    [
        ("a", "a" * LONGEST_QUOTE),
        ("a b ", "a b … b a b … x y z"),
        ("a b c ", " … ".join(["a b c"] * 7 + ["x y z"])),
        ("ß ", "sS ss s"),
        ("…", ".. a .."),
        ("\u200b", "a b"),
        ("un", "un un"),
    ],
)
def test_a_hostile_answer_takes_bounded_time(unit: str, quote: str) -> None:
    """A megabyte of what almost matches; folding it is what costs."""
    answer = unit * (1_000_000 // len(unit.encode()))
    find_quote(answer, quote)  # folds
    begun = time.process_time()
    assert find_quote(answer, quote) is None
    assert time.process_time() - begun < 1.0


def test_many_quotes_of_one_answer_fold_it_once() -> None:
    """Twelve points of a long answer take milliseconds."""
    dice = Random(1)
    said = [f"word{dice.randrange(10_000)}" for _ in range(100_000)]
    answer = "  ".join(said)
    find_quote(answer, "nothing of it")
    begun = time.process_time()
    for start in range(0, 96_000, 8_000):
        assert find_quote(answer, " ".join(said[start : start + 5]))
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize(
    ("quote", "text", "echo"),
    [
        ("the bias-variance trade-off, and how does it show in practice", PROMPT, True),
        ("So: what is the bias-variance trade-off, and how does it show?", PROMPT, True),
        ("What is dropout", "What is dropout?", True),
        ("bias-variance trade-off", PROMPT, False),  # a term, which an answer has to use
        ("the bias-variance trade-off says that simple models err alike", PROMPT, False),
        ("...", PROMPT, False),
        ("", "", False),
    ],
)
def test_a_quote_of_the_question_is_told(quote: str, text: str, echo: bool) -> None:
    """Most of it word for word, or all of a short one."""
    assert quotes_text(quote, text) is echo
