"""Answers as a candidate hands them in: one text file, or standard input.

Owns the checks before a byte is believed. Refuses to change the text: offsets into it
must hold.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from interviewbot.domain.errors import BadInput
from interviewbot.domain.folding import is_blank

LARGEST = 1 << 20  # bytes

_WIDE_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_answer(name: str) -> str:
    """Return the text of the file ``name``, or of standard input for ``-``.

    A leading byte order mark of UTF-8 is dropped; it is no part of the text.

    Raises:
        BadInput: if it is missing, unreadable, not a regular file, over 1 MiB, binary, not
            UTF-8, empty, or blank.
    """
    shown = "standard input" if name == "-" else name
    content = _read_input() if name == "-" else _read_file(Path(name))
    if len(content) > LARGEST:
        raise BadInput(f"{shown} is over 1 MiB", "an answer is a few paragraphs; cut it down")
    text = decode(content, shown)
    if not text:
        raise BadInput(f"{shown} is empty", "write an answer into it first")
    if is_blank(text):
        raise BadInput(f"{shown} holds nothing to see", "write an answer into it first")
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


def _read_input() -> bytes:
    if sys.stdin is None:
        raise BadInput("standard input is closed", "pipe an answer in, or name a file")
    try:
        return sys.stdin.buffer.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(
            f"standard input cannot be read: {error.strerror or error}", "name a file instead"
        ) from error


def _read_file(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BadInput(f"{path} is a folder", "name one answer file, or use --batch for many")
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"{path} is not a regular file", "use - to read a pipe")
        if found.st_size > LARGEST:
            raise BadInput(f"{path} is over 1 MiB", "an answer is a few paragraphs; cut it down")
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
