"""The lines of a page of questions."""

from __future__ import annotations

import pytest

from interviewbot.domain.pages.lines import Kind, joined, line_of, lines_of


@pytest.mark.parametrize(
    ("raw", "kind", "text", "mark"),
    [
        ("", Kind.BLANK, "", ""),
        ("   \t", Kind.BLANK, "", ""),
        ("(1) Faster: it is quick.", Kind.ITEM, "Faster: it is quick.", "1."),
        ("(2)Glued: to its number.", Kind.ITEM, "Glued: to its number.", "2."),
        ("3. A third one", Kind.ITEM, "A third one", "3."),
        ("3.5 times as fast", Kind.TEXT, "3.5 times as fast", ""),
        ("• a bullet", Kind.ITEM, "a bullet", "-"),
        ("- a dash", Kind.ITEM, "a dash", "-"),
        ("-5 degrees", Kind.TEXT, "-5 degrees", ""),
        ("Validation Set:", Kind.HEADING, "Validation Set:", ""),
        (
            "Here are the equations for calculating the output of such a layer:",
            Kind.TEXT,
            "Here are the equations for calculating the output of such a layer:",
            "",
        ),
        (r"\mu = \frac{1}{n} \sum x", Kind.FORMULA, r"$\mu = \frac{1}{n} \sum x$", ""),
        ("$a = b$", Kind.FORMULA, "$a = b$", ""),
        ("Login to view more content", Kind.FURNITURE, "Login to view more content", ""),
        ("Author: admin", Kind.FURNITURE, "Author: admin", ""),
        ("Page 3 of 12", Kind.FURNITURE, "Page 3 of 12", ""),
        ("Read more »", Kind.FURNITURE, "Read more »", ""),
        ("Log loss punishes confident mistakes.", Kind.TEXT, None, ""),
        ("Authors disagree: some say so.", Kind.TEXT, None, ""),
        ("Signal processing uses it in filters.", Kind.TEXT, None, ""),
        ("Likelihood and prior are multiplied.", Kind.TEXT, None, ""),
        ("Below shows an example of an NN.", Kind.CAPTION, None, ""),
        ("The figure below compares both.", Kind.CAPTION, None, ""),
        ("Here is an example: with p = 0.5 half of them vanish.", Kind.TEXT, None, ""),
        ("Below a threshold nothing is kept.", Kind.TEXT, None, ""),
    ],
)
def test_a_line_is_told_for_what_it_is(raw: str, kind: Kind, text: str | None, mark: str) -> None:
    """Items lose their mark, formulas get dollars, words that only look alike stay text."""
    line = line_of(7, raw)
    assert (line.number, line.kind, line.mark) == (7, kind, mark)
    assert line.text == (raw if text is None else text)


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("One sentence that is so long that somebody has wrapped\nit here.", 1),
        ("A sentence ends.\nAnother begins.", 2),
        ("- an item that goes on\n  further in", 1),
        ("- an item\n- another", 2),
        ("Heading:\nits text", 2),
        ("short line\nAnother", 2),
    ],
)
def test_wrapped_lines_are_put_together(page: str, texts: int) -> None:
    """Only where a line goes on in the next one."""
    assert len(joined(lines_of(page))) == texts


def test_nothing_in_a_line_acts_on_a_terminal() -> None:
    """Escape sequences are gone before anything is read."""
    assert line_of(1, "plain").text == "plain"
    assert [line.text for line in lines_of("a\x1b]52;c;eA==\x07b\x1b[2J")] == ["ab"]
