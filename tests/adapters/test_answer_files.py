"""Answer files: what is no plain text is refused with a reason, what is one is not touched."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from interviewbot.adapters.answer_files import LARGEST, decode, read_answer
from interviewbot.domain.errors import BadInput


def written(folder: Path, content: bytes) -> str:
    """Return the name of a file with ``content``."""
    path = folder / "answer.txt"
    path.write_bytes(content)
    return str(path)


class Input(io.TextIOWrapper):
    """Standard input that holds the given bytes."""

    def __init__(self, content: bytes) -> None:
        """Wrap ``content``."""
        super().__init__(io.BytesIO(content), encoding="ascii")


@pytest.mark.parametrize(
    "text",
    [
        "A plain answer.\n",
        "\r\n  Leading and trailing white space, e\u0301 and \u00e9, stays. \t\r\n",
        "\x1b[31mescape\x1b[0m sequences and \u202e marks stay: offsets must hold",
        "漢字 👍 ∑",
        "x",
    ],
)
def test_text_is_read_as_it_is(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a file and from standard input, whatever the locale."""
    content = text.encode("utf-8")
    assert read_answer(written(tmp_path, content)) == text
    monkeypatch.setattr(sys, "stdin", Input(content))
    assert read_answer("-") == text


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    """One, at the beginning; it is no part of the text."""
    assert read_answer(written(tmp_path, b"\xef\xbb\xbfText")) == "Text"
    assert read_answer(written(tmp_path, b"\xef\xbb\xbf\xef\xbb\xbfText")) == "\ufeffText"
    assert read_answer(written(tmp_path, b"Te\xef\xbb\xbfxt")) == "Te\ufeffxt"


REFUSED = [
    (b"", "is empty"),
    (b"\xef\xbb\xbf", "is empty"),
    (b" \t\r\n\xc2\xa0\xe3\x80\x80", "holds nothing to see"),
    (b"text\0text", "zero byte"),
    (b"\x7fELF\x02\x01\x01\0\0", "zero byte"),
    ("Text".encode("utf-16"), "is UTF-16 text"),
    (b"\xfe\xff" + "Text".encode("utf-16-be"), "is UTF-16 text"),
    ("Text".encode("utf-16-le"), "zero byte"),
    ("Text".encode("utf-32"), "is UTF-16 text"),
    (b"caf\xe9 latin", "not UTF-8: byte 3 "),
    (b"\xef\xbb\xbfcaf\xe9", "not UTF-8: byte "),
    (b"half \xed\xa0\x80", "not UTF-8: byte 5 "),
    (b"overlong \xc0\xaf", "not UTF-8: byte 9 "),
    (b"cut \xe6\xbc", "not UTF-8: byte 4 "),
    (b"x" * (LARGEST + 1), "is over 1 MiB"),
    (b"\xff" * (LARGEST + 1), "is over 1 MiB"),
]


@pytest.mark.parametrize(("content", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_what_is_no_plain_text_is_refused(
    tmp_path: Path, content: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a reason and a hint, from a file and from standard input alike."""
    name = written(tmp_path, content)
    monkeypatch.setattr(sys, "stdin", Input(content))
    for source, shown in ((name, name), ("-", "standard input")):
        with pytest.raises(BadInput) as caught:
            read_answer(source)
        assert reason in caught.value.message
        assert shown in caught.value.message
        assert caught.value.hint


def test_a_mebibyte_is_not_too_much(tmp_path: Path) -> None:
    """The limit itself is allowed."""
    assert len(read_answer(written(tmp_path, b"x" * LARGEST))) == LARGEST


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """In a missing folder too, and behind a file."""
    file = written(tmp_path, b"x")
    for name in (f"{tmp_path}/none.txt", f"{tmp_path}/none/answer.txt"):
        with pytest.raises(BadInput, match="there is no file"):
            read_answer(name)
    with pytest.raises(BadInput, match="cannot be read"):
        read_answer(f"{file}/answer.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """And the hint says what is for many files."""
    with pytest.raises(BadInput, match="is a folder") as caught:
        read_answer(str(tmp_path))
    assert "--batch" in caught.value.hint


@pytest.mark.timeout(20)
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    """It is refused at once, though nobody ever writes into it."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    link = tmp_path / "link"
    link.symlink_to(path)
    for name in (path, link, "/dev/zero"):
        with pytest.raises(BadInput, match="not a regular file"):
            read_answer(str(name))


@pytest.mark.timeout(20)
def test_a_file_that_turns_into_a_pipe_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the check and the opening."""
    path = Path(written(tmp_path, b"x"))
    found = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda _: found)
    with pytest.raises(BadInput, match="is empty"):
        read_answer(str(path))


def test_a_link_to_a_file_works(tmp_path: Path) -> None:
    """A link to itself does not."""
    link, loop = tmp_path / "link.txt", tmp_path / "loop.txt"
    link.symlink_to(written(tmp_path, b"linked"))
    assert read_answer(str(link)) == "linked"
    loop.symlink_to(loop)
    with pytest.raises(BadInput, match="cannot be read"):
        read_answer(str(loop))


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000])
def test_an_impossible_name_is_refused(name: str) -> None:
    """As any file that cannot be read."""
    with pytest.raises(BadInput, match="cannot be read"):
        read_answer(name)


def test_a_file_without_rights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the system's."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(BadInput, match="cannot be read: Permission denied"):
        read_answer(written(tmp_path, b"secret"))


def test_a_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter has none then."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(BadInput, match="standard input is closed"):
        read_answer("-")


def test_a_standard_input_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For example one that is open for writing."""
    with (tmp_path / "out").open("w") as output:
        monkeypatch.setattr(sys, "stdin", output)
        with pytest.raises(BadInput, match="standard input cannot be read"):
            read_answer("-")


def test_decoding_names_its_source() -> None:
    """As it was told to."""
    assert decode(b"text", "row 3") == "text"
    with pytest.raises(BadInput, match="row 3 is not UTF-8"):
        decode(b"\xff", "row 3")
