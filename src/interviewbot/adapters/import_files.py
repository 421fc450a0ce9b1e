"""Files that people keep questions in, opened and handed to the reader of their format.

Owns which format a name means, and how much is read. Refuses to understand any of them.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from interviewbot.adapters.answer_files import decode
from interviewbot.adapters.note_text import ANKI_TEXT
from interviewbot.domain.errors import BadInput, CorpusInvalid
from interviewbot.domain.pages.found import Found, FoundQuestion
from interviewbot.domain.text import one_line

LARGEST = 64 << 20  # bytes; a package of Anki brings its pictures
LARGEST_TEXT = 8 << 20


class Format(StrEnum):
    """What a file is written in."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    HTML = "html"
    ANKI = "apkg"
    ZIP = "zip"


_SUFFIXES: Mapping[str, Format] = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".tab": Format.TSV,
    ".json": Format.JSON,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".apkg": Format.ANKI,
    ".zip": Format.ZIP,
}


def read_file(name: str, format_: Format | None = None) -> Found:
    """Return the questions of the file ``name``, ``-`` for standard input.

    The format is what is said, or what the name ends with, or else what the text begins with.

    Raises:
        BadInput: if it cannot be read, is too big, is no text where it should be, or is not
            of its format.
    """
    shown = "standard input" if name == "-" else one_line(name)
    content = _content(name, shown)
    format_ = format_ or _SUFFIXES.get(Path(name).suffix.lower()) or _sniffed(content)
    if format_ is Format.ANKI:
        from interviewbot.adapters.anki_packages import read_package

        return read_package(content, shown)
    if format_ is Format.ZIP:
        from interviewbot.adapters.deck_archives import read_archive

        return read_archive(content, shown)
    if len(content) > LARGEST_TEXT:
        raise BadInput(f"{shown} is over {LARGEST_TEXT >> 20} MiB", "import it in parts")
    return _read_text(decode(content, shown), format_, name, shown)


def _read_text(text: str, format_: Format, name: str, shown: str) -> Found:
    if not text.strip():
        raise BadInput(f"{shown} is empty", "name a file with questions and answers")
    match format_:
        case Format.JSON:
            from interviewbot.adapters.import_json import read_json

            return read_json(text, shown)
        case Format.CSV | Format.TSV:
            from interviewbot.adapters.question_tables import read_table

            return read_table(text, shown, tabs=format_ is Format.TSV)
        case Format.HTML:
            from interviewbot.adapters.deck_pages import read_deck_page

            return read_deck_page(text, shown)
        case Format.MARKDOWN:
            return _read_markdown(text, name)
    from interviewbot.domain.pages.questions import read_page

    return read_page(text)


def _read_markdown(text: str, name: str) -> Found:
    """Return the question of a file in the corpus format, or those of any other Markdown."""
    from interviewbot.adapters.question_format import parse_question
    from interviewbot.domain.pages.markdown import read_markdown

    path = Path(name)
    if text.startswith("---\n"):
        try:
            entry = parse_question(
                text, path=one_line(name), name=path.name, folder=path.absolute().parent.name
            )
            return Found(questions=(FoundQuestion.of(entry.question, entry.line),))
        except CorpusInvalid:
            pass  # the front matter of another program
    return read_markdown(text)


def _sniffed(content: bytes) -> Format:
    head = content[:4096].lstrip()
    if content.startswith(b"PK\x03\x04"):
        return Format.ANKI if b"collection.anki2" in content else Format.ZIP
    if head.startswith((b"{", b"[")):
        return Format.JSON
    if content.startswith(ANKI_TEXT.encode()):
        return Format.TSV
    if head.lower().startswith((b"<!doctype html", b"<html")):
        return Format.HTML
    return Format.MARKDOWN if b"\n#" in b"\n" + head else Format.TEXT


def _content(name: str, shown: str) -> bytes:
    if name == "-":
        if sys.stdin is None:
            raise BadInput("standard input is closed", "pipe a page in, or name a file")
        content = sys.stdin.buffer.read(LARGEST + 1)
    else:
        content = _file(Path(name), shown)
    if len(content) > LARGEST:
        raise BadInput(f"{shown} is over {LARGEST >> 20} MiB", "import it in parts")
    return content


def _file(path: Path, shown: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise BadInput(f"{shown} is a folder", "name it with --corpus to use it as a deck")
        if not stat.S_ISREG(mode):
            raise BadInput(f"{shown} is not a regular file", "use - to read a pipe")
        # Not blocking: between the check and the opening it may have become a pipe.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise BadInput(f"there is no file {shown}", "check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(
            f"{shown} cannot be read: {reason}", "check the name and its rights"
        ) from error
