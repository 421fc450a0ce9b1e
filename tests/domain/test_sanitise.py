"""Text made safe for a terminal, put on one line, and folded for comparing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.text import fold, one_line, sanitise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b]52;c;cm0gLXJm\x07after", "after"),
        ("\x1b]52;c;cm0gLXJm\x1b\\after", "after"),
        ("\x1b]0;title never closed", ""),
        ("\x1b]0;never closed\nnext\x1bPnor this\nlast", "\nnext\nlast"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b[2J\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b[?25l\x1b[38:2:1:2:3mx", "x"),
        ("\x1bPq#0;2\x1b\\x\x1b_hidden\x1b\\y", "xy"),
        ("\x1b(B\x1bcx\x1b", "x"),
        ("\x9b31mred\x9d52;c;x\x9c", "31mred52;c;x"),
        ("a\x00b\x07c\x08d\x7fe\x0cf", "abcdef"),
        ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
        ("a\u200bb\u00adc\ufeffd\u2060e", "abcde"),
        ("tag\U000e0001\U000e0041\U000e007f", "tag"),
        ("a\r\nb\tc\nd\re", "a\nb\tc\nde"),
        ("naïve café ∑ 漢字 👍 e\u0301", "naïve café ∑ 漢字 👍 e\u0301"),
    ],
    ids=ascii,
)
def test_sanitised(text: str, expected: str) -> None:
    """Escape sequences go with what they carry, unsafe characters alone; text stays."""
    assert sanitise(text) == expected


HOSTILE = st.text(
    st.sampled_from("\x1b\x9b\x9d[]0;52cm\\\x07PX^_(B \r\n\ta\u202e\u200b\U000e0041\x00\x9c")
) | st.text(st.characters())


def is_unsafe(letter: str) -> bool:
    """Return whether a terminal might act on ``letter``, or hide or reorder text by it."""
    code = ord(letter)
    control = (code < 0x20 and letter not in "\t\n") or 0x7F <= code <= 0x9F
    hiding = 0x200B <= code <= 0x200F or 0x2060 <= code <= 0x2064 or letter in "\u00ad\ufeff"
    bidi = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or letter == "\u061c"
    breaking = code in (0x2028, 0x2029)
    return control or hiding or bidi or breaking or 0xE0000 <= code <= 0xE007F


@given(text=HOSTILE)
@settings(deadline=None, max_examples=300)
def test_nothing_unsafe_is_left(text: str) -> None:
    """Of whatever text, and a second pass changes nothing."""
    safe = sanitise(text)
    assert not [letter for letter in safe if is_unsafe(letter)]
    assert sanitise(safe) == safe


def test_one_line_is_safe_and_has_single_spaces() -> None:
    """Breaks, tabs and runs of spaces become one space."""
    assert one_line(" \x1b[31ma\r\n\tb \u3000 c\n") == "a b c"


def test_fold_makes_equal_what_reads_alike() -> None:
    """Case, ligatures, widths and composed accents do not count, nor does white space."""
    assert (
        fold("\uff26\uff29ne\u00a0  Cafe\u0301\n") == fold("\ufb01NE caf\u00e9") == "fine caf\u00e9"
    )
    assert fold("Straße") == fold("STRASSE")
