"""Texts as a candidate hands them in, answers above all: one text file, or standard input.

Owns the checks before a byte is believed. Refuses to change the text: offsets into it
must hold.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from interviewbot.domain.errors import BadInput
from interviewbot.domain.folding import is_blank

LARGEST = 1 << 20  # bytes

_WIDE_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is read, for the hints: ``noun`` with its article, how long one is, one file only."""

    noun: str
    length: str
    one_file: str


ANSWER = Kind(
    noun="an answer",
    length="an answer is a few paragraphs; cut it down",
    one_file="name one answer file, or use --batch for many",
)
JOB = Kind(
    noun="a job description",
    length="a job description is a page or two; cut it down",
    one_file="name the file with the job description",
)


def read_answer(name: str, kind: Kind = ANSWER) -> str:
    """Return the text of the file ``name``, or of standard input for ``-``.

    ``kind`` says what the text is, for the hints. A leading byte order mark of UTF-8 is
    dropped; it is no part of the text.

    Raises:
        BadInput: if it is missing, unreadable, not a regular file, over 1 MiB, binary, not
            UTF-8, empty, or blank.
    """
    shown = "standard input" if name == "-" else name
    content = _read_input(kind) if name == "-" else _read_file(Path(name), kind)
    if len(content) > LARGEST:
        raise BadInput(f"{shown} is over 1 MiB", kind.length)
    text = decode(content, shown)
    if not text:
        raise BadInput(f"{shown} is empty", f"write {kind.noun} into it first")
    if is_blank(text):
        raise BadInput(f"{shown} holds nothing to see", f"write {kind.noun} into it first")
    return text


def decode(content: bytes, shown: str) -> str:
    """Return ``content`` as text.

    Raises:
        BadInput: if it is binary or not UTF-8.
    """
    wide = _WIDE_MARKS.get(content[:2])
    if wide:
        raise BadInput(f"{shown} is {wide} text", "save it as UTF-8")
    if b"\0" in content:
        raise BadInput(f"{shown} is not text: it holds a zero byte", "hand in plain UTF-8 text")
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{shown} is not UTF-8: byte {error.start} does not fit", "save it as UTF-8"
        ) from error


def _read_input(kind: Kind) -> bytes:
    if sys.stdin is None:
        raise BadInput("standard input is closed", f"pipe {kind.noun} in, or name a file")
    try:
        return sys.stdin.buffer.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(
            f"standard input cannot be read: {error.strerror or error}", "name a file instead"
        ) from error


def _read_file(path: Path, kind: Kind) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BadInput(f"{path} is a folder", kind.one_file)
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"{path} is not a regular file", "use - to read a pipe")
        if found.st_size > LARGEST:
            raise BadInput(f"{path} is over 1 MiB", kind.length)
        # Not blocking: between the check and the opening it may have become a pipe.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise BadInput(f"there is no file {path}", "check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(
            f"{path} cannot be read: {reason}", "check the name and its rights"
        ) from error
