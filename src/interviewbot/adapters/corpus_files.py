"""A corpus out of its files.

Owns what no single file can show: the order, ids that are there twice, and the digest.
Refuses to know the format inside a file, and how files are found and opened.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from interviewbot.adapters.corpus_folders import QuestionFile, question_file, question_files
from interviewbot.adapters.fault_log import FaultLog
from interviewbot.adapters.question_format import parse_question
from interviewbot.domain.corpus import Corpus, CorpusEntry
from interviewbot.domain.errors import CorpusInvalid, Fault
from interviewbot.domain.question import Question


def read_question(path: Path, root: Path) -> Question:
    """Return the question in the file ``path`` of the corpus folder ``root``.

    Raises:
        CorpusInvalid: with every fault of the file.
    """
    file = question_file(path, root)
    return _parsed(file, file.content()).question


def read_corpus(roots: Sequence[Path]) -> Corpus:
    """Return all questions in the corpus folders ``roots``, ordered by id.

    Raises:
        BadInput: if a root is missing or not a folder, or there is no question at all.
        CorpusInvalid: with every fault of every file.
    """
    files = question_files(roots)
    entries: dict[str, CorpusEntry] = {}
    contents: list[tuple[str, bytes]] = []
    faults: list[Fault] = []
    for file in files:
        try:
            data = file.content()
            contents.append((file.relative, data))
            entries[file.path] = _parsed(file, data)
        except CorpusInvalid as error:
            faults.extend(error.faults)
    faults.extend(_repeated_ids(files, entries))
    if faults:
        raise CorpusInvalid(sorted(faults, key=lambda fault: (fault.path, fault.line)))
    return Corpus(
        questions=tuple(sorted(entries.values(), key=lambda entry: entry.question.id)),
        digest=_digest(contents),
    )


def corpus_digest(roots: Sequence[Path]) -> str:
    """Return ``sha256:<hex>`` over the paths (below the roots) and bytes of all files.

    Equal to ``Corpus.digest`` where the corpus is valid; nothing is parsed. A file that
    must not be opened counts with the reason instead of its bytes.

    Raises:
        BadInput: if a root is missing or not a folder, or there is no question at all.
    """
    contents: list[tuple[str, bytes]] = []
    for file in question_files(roots):
        try:
            contents.append((file.relative, file.content()))
        except CorpusInvalid as error:
            contents.append((file.relative, error.faults[0].problem.encode()))
    return _digest(contents)


def find_question(roots: Sequence[Path], question_id: str) -> CorpusEntry | None:
    """Return the question ``question_id``, or None; no other question's file is opened.

    Raises:
        BadInput: if a root is missing or not a folder, or there is no question at all.
        CorpusInvalid: if its file breaks the format, or two files have that id.
    """
    files = [file for file in question_files(roots) if file.question_id == question_id != ""]
    entries = {file.path: _parsed(file, file.content()) for file in files}
    if faults := list(_repeated_ids(files, entries)):
        raise CorpusInvalid(faults)
    return next(iter(entries.values()), None)


def question_ids(roots: Sequence[Path]) -> list[str]:
    """Return the ids that the names of the question files begin with, in order.

    Raises:
        BadInput: if a root is missing or not a folder, or there is no question at all.
    """
    return sorted({file.question_id for file in question_files(roots)} - {""})


def _parsed(file: QuestionFile, data: bytes) -> CorpusEntry:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FaultLog(file.shown).fatal(
            data.count(b"\n", 0, error.start) + 1,
            f"not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            "save the file as UTF-8",
        ) from error
    return parse_question(text, path=file.path, name=file.parts[-1], folder=file.parts[-2])


def _repeated_ids(
    files: Iterable[QuestionFile], entries: Mapping[str, CorpusEntry]
) -> Iterator[Fault]:
    """Yield a fault for every file after the first one whose name begins with its id.

    Names are enough, since a valid file's name begins with its id; so a repeat shows even
    while one of the two files is faulty.
    """
    first: dict[str, QuestionFile] = {}
    for file in files:
        other = first.setdefault(file.question_id, file)
        if file.question_id and other is not file:
            entry = entries.get(file.path)
            yield Fault(
                path=file.shown,
                line=entry.line if entry else 1,
                problem=f"the id {file.question_id} is also that of {other.shown}",
                remedy="give one of the two another id, in the file and in its name",
            )


def _digest(contents: Iterable[tuple[str, bytes]]) -> str:
    """Hash names and bytes with their lengths, so that no two corpora run together."""
    total = hashlib.sha256()
    for relative, data in sorted(contents):
        name = os.fsencode(relative)
        total.update(b"%d %d\n" % (len(name), len(data)))
        total.update(name)
        total.update(data)
    return f"sha256:{total.hexdigest()}"
