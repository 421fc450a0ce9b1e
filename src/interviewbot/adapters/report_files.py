"""Reports as files: Markdown, or one HTML page.

Owns when a file may be written, and that it is whole or not there at all. Refuses to know
what a report looks like.
"""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from interviewbot.adapters.report_pages import html_page, markdown_page
from interviewbot.adapters.report_words import in_plain_words
from interviewbot.domain.errors import BadInput, FileIsThere, StorageFailed
from interviewbot.domain.report import Report
from interviewbot.domain.text import one_line

_PAGES = {
    ".md": markdown_page,
    ".markdown": markdown_page,
    ".html": html_page,
    ".htm": html_page,
}
_HINTS: dict[int | None, str] = {errno.ENAMETOOLONG: "choose a shorter name"}


def write_report(report: Report, path: Path, overwrite: bool = False) -> None:  # noqa: FBT001,FBT002 - a port's flag
    """Write ``report`` to ``path``, whose ending says in which form; ``~`` is a home folder.

    Raises:
        FileIsThere: if it is there and ``overwrite`` is not set.
        BadInput: if the ending is unknown, the folder is missing, or ``path`` is no regular
            file or cannot be one.
        StorageFailed: if it cannot be written, or not even looked at.
    """
    page = _PAGES.get(path.suffix.lower())
    if page is None:
        raise BadInput(f"{one_line(str(path))} has no known ending", "end the name in .md or .html")
    write_page(page(in_plain_words(report)), path, overwrite=overwrite)


def write_page(text: str, path: Path, *, overwrite: bool = False) -> None:
    """Write ``text`` to ``path`` as ``write_file`` does."""
    write_file(text.encode("utf-8", "replace"), path, overwrite=overwrite)


def write_file(content: bytes, path: Path, *, overwrite: bool = False) -> None:
    """Write ``content`` to ``path`` whole or not at all; ``~`` is a home folder.

    Raises:
        FileIsThere: if it is there and ``overwrite`` is not set.
        BadInput: if the folder is missing, or ``path`` is no regular file or cannot be one.
        StorageFailed: if it cannot be written, or not even looked at.
    """
    shown = one_line(str(path))
    try:
        path = path.expanduser()
        _check(path, shown, overwrite=overwrite)
        _write(path, content, overwrite=overwrite)
    except FileExistsError:
        raise _is_there(shown) from None
    except RuntimeError as error:  # so pathlib says that nobody has that home folder
        raise BadInput(f"there is no home folder as in {shown}", "write the path out") from error
    except ValueError as error:  # a NUL, a lone surrogate
        raise BadInput(f"{shown} cannot be the name of a file", "choose another name") from error
    except OSError as error:
        hint = _HINTS.get(error.errno, "choose another folder")
        raise StorageFailed(f"{shown} cannot be written: {error.strerror}", hint) from error


def _check(path: Path, shown: str, *, overwrite: bool) -> None:
    """Refuse a path that should not be written to."""
    if not path.parent.is_dir():
        raise BadInput(f"there is no folder {one_line(str(path.parent))}", "make it first")
    if not path.exists():
        return
    if not path.is_file():
        raise BadInput(f"{shown} is not a regular file", "choose another name")
    if not overwrite:
        raise _is_there(shown)


def _write(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write beside ``path`` and put it in place in one step."""
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            beside.replace(path)
        else:
            _put(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _put(beside: Path, path: Path) -> None:
    """Move ``beside`` to ``path``, which must not be there.

    Raises:
        FileExistsError: if it is.
    """
    try:
        path.hardlink_to(beside)  # unlike a rename, it refuses to replace
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        beside.replace(path)


def _is_there(shown: str) -> FileIsThere:
    return FileIsThere(f"{shown} is there already", "choose another name, or allow to replace it")
