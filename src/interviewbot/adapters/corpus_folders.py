"""Finding and opening the files of a corpus: ``<corpus>/<topic>/<ID>-<slug>.md``.

Owns the walk and the refusals: nothing is read through a link that leads out of the
corpus, no pipe or device is opened, nothing too big is taken in. Refuses to know what is
inside a file.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewbot.adapters.fault_log import FaultLog
from interviewbot.adapters.strict_yaml import MAX_BYTES
from interviewbot.domain.errors import BadInput
from interviewbot.domain.text import sanitise

_ID_IN_NAME = re.compile(r"([A-Z]{2}[0-9]{4})-")
_DEEPEST = 3  # one floor below the topics, so that files gone astray are found
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_ESCAPES = ("the path leads out of the corpus folder", "put a copy of the file in its place")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFile:
    """A file that should hold a question.

    ``parts`` is the path below the corpus folder, ``question_id`` what the name begins
    with (or empty), ``refusal`` the problem and the remedy if it must not be opened.
    """

    path: str
    parts: tuple[str, ...]
    refusal: tuple[str, str] | None

    @property
    def relative(self) -> str:
        """The path below the corpus folder, with slashes on every system."""
        return "/".join(self.parts)

    @property
    def shown(self) -> str:
        """The path as it can be printed."""
        return _printable(self.path)

    @property
    def question_id(self) -> str:
        """The id that the name begins with; empty where it begins with none."""
        match = _ID_IN_NAME.match(self.parts[-1])
        return match.group(1) if match else ""

    def content(self) -> bytes:
        """Read the file, whose size is bounded by ``MAX_BYTES``.

        Raises:
            CorpusInvalid: if it must not be opened, cannot be read or is too big.
        """
        log = FaultLog(self.shown)
        if self.refusal is not None:
            raise log.fatal(1, *self.refusal)
        try:
            with os.fdopen(os.open(self.path, _READ), "rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise log.fatal(1, *_unreadable(error)) from error
        if len(data) > MAX_BYTES:
            raise log.fatal(1, f"the file is over {MAX_BYTES // 1024} KiB", "split the question")
        return data


def question_files(roots: Sequence[Path]) -> list[QuestionFile]:
    """Return the files that should hold questions, ordered by their paths below ``roots``.

    Raises:
        BadInput: if a root is missing or not a folder, or no root holds such a file.
    """
    found: list[QuestionFile] = []
    for real, root in {os.path.realpath(root): str(root) for root in roots}.items():
        try:
            found.extend(_walk(root, (), real))
        except OSError as error:
            raise BadInput(
                f"the corpus folder '{_printable(root)}' cannot be read: {error.strerror}",
                "name a folder that holds <topic>/<ID>-<slug>.md files",
            ) from error
    if not found:
        folders = ", ".join(_printable(str(root)) for root in roots)
        raise BadInput(
            f"there is no question in {folders}",
            "a question is a file TOPIC/ID-a-few-words.md; see CONTRIBUTING.md",
        )
    return sorted(found, key=lambda file: (file.relative, file.path))


def question_file(path: Path, root: Path) -> QuestionFile:
    """Return the file ``path`` of the corpus folder ``root``, found without a walk."""
    return _file(
        str(path),
        Path(os.path.relpath(path, root)).parts,
        inside=_is_inside(str(path), os.path.realpath(root)),
        regular=path.is_file(),
    )


def _walk(folder: str, parts: tuple[str, ...], root: str) -> Iterator[QuestionFile]:
    """Yield the files below ``folder``; ``root`` is the real path of the corpus folder."""
    with os.scandir(folder) as listing:
        for item in listing:
            if item.name.startswith(".") or item.name == "README.md":
                continue
            mode, inner = _mode_of(item), (*parts, item.name)
            inside = not item.is_symlink() or _is_inside(item.path, root)
            if stat.S_ISDIR(mode):
                yield from _walk_inner(item.path, inner, root, inside=inside)
            elif item.name.endswith(".md"):
                yield _file(item.path, inner, inside=inside, regular=stat.S_ISREG(mode))


def _walk_inner(
    folder: str, parts: tuple[str, ...], root: str, *, inside: bool
) -> Iterator[QuestionFile]:
    if not inside:
        yield QuestionFile(path=folder, parts=parts, refusal=_ESCAPES)
    elif len(parts) < _DEEPEST:
        try:
            yield from _walk(folder, parts, root)
        except OSError as error:
            yield QuestionFile(path=folder, parts=parts, refusal=_unreadable(error))


def _file(path: str, parts: tuple[str, ...], *, inside: bool, regular: bool) -> QuestionFile:
    refusal: tuple[str, str] | None = None
    if not inside:
        refusal = _ESCAPES
    elif not regular:
        refusal = (
            "not a regular file, or a link that leads nowhere",
            "put a text file in its place, or take it away",
        )
    elif _printable(path) != path:
        refusal = (
            "the path holds control characters or is not UTF-8",
            "use lower-case letters, digits and hyphens",
        )
    elif len(parts) != 2:
        refusal = (
            "the file does not lie in a topic's folder, right below the corpus folder",
            "move it to <topic>/, or give it another ending than .md",
        )
    return QuestionFile(path=path, parts=parts, refusal=refusal)


def _mode_of(item: os.DirEntry[str]) -> int:
    """Return the mode of what ``item`` leads to; 0 where it is a link that leads nowhere."""
    try:
        return item.stat().st_mode
    except OSError:
        return 0


def _is_inside(path: str, root: str) -> bool:
    return os.path.realpath(path).startswith(root.rstrip(os.sep) + os.sep)


def _printable(path: str) -> str:
    text = os.fsencode(path).decode("utf-8", "replace")
    return sanitise(text).replace("\n", "\ufffd").replace("\t", "\ufffd")


def _unreadable(error: OSError) -> tuple[str, str]:
    return (f"cannot be read: {error.strerror}", "make it readable, or take it away")
