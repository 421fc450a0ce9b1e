"""Foreign text that comes in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.domain.pieces import Pieces
from interviewbot.domain.text import one_line, sanitise, settled

HOSTILE = "a \x1b]52;c;aGk=\x07b \x1b[2J\x1b[31mc\x1b(B \x1b]8;;x\x1b\\d\x9b1m \u202ee\x1bPq\x1b\\f"
TEXTS = st.lists(
    st.sampled_from([*"ab ?\n\r\t[]();\\0m\x07\x1b\x9b\u202e", "\x1b[31m", "\x1b]8;;", "\x1b("])
).map("".join)


def in_pieces(text: str, size: int, *, lines: bool = False) -> tuple[list[str], str]:
    """Return everything that was shown on the way, and the end."""
    pieces = Pieces(most=1000, lines=lines)
    shown = []
    for start in range(0, len(text), size):
        pieces.add(text[start : start + size])
        shown.append(pieces.shown)
    return shown, pieces.end()


@given(TEXTS, st.integers(1, 5))
def test_it_does_not_matter_how_a_text_is_cut(text: str, size: int) -> None:
    """The end is the whole, sanitised; all that was shown before is a beginning of it."""
    shown, end = in_pieces(text, size)
    assert end == one_line(text)
    assert all(end.startswith(part) for part in shown)


@given(TEXTS, st.integers(1, 5))
def test_lines_are_kept_where_they_are_wanted(text: str, size: int) -> None:
    """The same words in the same order, on lines, with no more than one empty one between."""
    shown, end = in_pieces(text, size, lines=True)
    assert end.split() == sanitise(text).split()
    assert "\n\n\n" not in end
    assert all(end.startswith(part) for part in shown)


@given(TEXTS, TEXTS)
def test_what_is_settled_stays(text: str, more: str) -> None:
    """Whatever follows, nothing of it is taken back."""
    assert sanitise(text + more).startswith(sanitise(settled(text)).rstrip("\r"))


@pytest.mark.parametrize("size", range(1, 12))
def test_no_control_reaches_a_terminal(size: int) -> None:
    """Clipboard writes, screen clears and marks that reorder are gone, however they are cut."""
    shown, end = in_pieces(HOSTILE, size)
    assert end == "a b c d1m ef"
    for text in (*shown, end):
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
        assert "52;c" not in text


def test_only_whole_words_are_shown() -> None:
    """A word that may go on is held back until it has ended."""
    pieces = Pieces(most=100)
    seen = []
    for piece in ("How ", "do", "es", " it", " end?"):
        pieces.add(piece)
        seen.append(pieces.shown)
    assert seen == ["How", "How", "How", "How does", "How does it"]
    assert pieces.end() == "How does it end?"


def test_a_flood_is_cut_off() -> None:
    """Neither what is shown nor what hides in it grows without a bound."""
    for piece in ("word ", "\x1b[31m", "\x1b]52;"):
        pieces = Pieces(most=100)
        for _ in range(10_000):
            pieces.add(piece)
        assert pieces.full
        assert len(pieces.end()) <= 800
