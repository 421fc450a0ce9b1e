"""Drafts of questions as files of the corpus.

Owns the writing of the format that ``question_format`` reads, and the refusal to write what it
would not read back as it was: one faulty file makes a whole corpus invalid. Never replaces a
file. Refuses to know how a draft comes about.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml

from interviewbot.adapters.corpus_folders import question_file
from interviewbot.adapters.fault_log import FaultLog
from interviewbot.adapters.question_format import parse_question
from interviewbot.adapters.strict_yaml import MAX_BYTES
from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.errors import BadInput, CorpusInvalid, FileIsThere, StorageFailed
from interviewbot.domain.question import Point, Question
from interviewbot.domain.question_names import ID, slug
from interviewbot.domain.text import one_line

_FILES = "*/[A-Z][A-Z][0-9][0-9][0-9][0-9]-*.md"
_LOOK = "# look at this point: nothing on the page was found to say it\n"


class _Dumper(yaml.SafeDumper):
    """Writes lists as the shipped questions have them, a step further in than their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - the base class's signature
        return super().increase_indent(flow, False)  # noqa: FBT003 - likewise


def draft_text(question: Question, unsupported: Collection[str] = ()) -> str:
    """Return ``question`` as the text of a file; points named by ``unsupported`` get a comment."""
    head: dict[str, object] = {
        "id": question.id,
        "title": question.title,
        "topic": question.topic,
        "level": str(question.level or ""),
        "prompt": question.prompt,
        "tags": list(question.tags),
        "source": question.source,
        "licence": question.licence,
    }
    lines = [_yaml({key: value for key, value in head.items() if value})]
    if question.reviewed:
        lines.append(f"reviewed: {question.reviewed}\n")
    if question.draft:
        lines.append("draft: true  # until a person has read it\n")
    lines.append("points:\n")
    for point in question.points:
        mark = _LOOK if point.id in unsupported else ""
        lines.append(indent(mark + _yaml([_point(point)]), "  "))
    return f"---\n{''.join(lines)}---\n{question.model_answer}\n"


def parse_draft(question: Question) -> CorpusEntry:
    """Return ``question`` as it would be read from its file.

    Raises:
        CorpusInvalid: if it breaks the format, or would come back as another question.
    """
    name = file_name(question)
    text, log = draft_text(question), FaultLog("the draft")
    if not question.topic or slug(question.topic, len(question.topic)) != question.topic:
        raise log.fatal(1, "the topic is no name of a folder", "write it like machine-learning")
    if len(text.encode()) > MAX_BYTES:
        raise log.fatal(1, f"the draft is over {MAX_BYTES // 1024} KiB", "say less")
    entry = parse_question(text, path=log.path, name=name, folder=question.topic)
    if entry.question != question:
        raise log.fatal(1, "a text of the draft cannot be written down", "use plain words")
    return entry


def file_name(question: Question) -> str:
    """Return the name of the file that holds ``question``."""
    return f"{question.id}-{slug(question.title) or 'question'}.md"


def write_draft(question: Question, unsupported: Collection[str], root: Path) -> Path:
    """Write ``question`` into the corpus folder ``root``, below its topic, and return where.

    Raises:
        CorpusInvalid: as ``parse_draft``; nothing is written then.
        FileIsThere: if the file is there already.
        BadInput: if the topic's folder cannot be one, or leads out of ``root``.
        StorageFailed: if it cannot be written.
    """
    from interviewbot.adapters.report_files import write_page

    parse_draft(question)
    folder = root / question.topic
    try:
        folder.mkdir(parents=True, exist_ok=True)
        inside = folder.resolve().parent == root.resolve()
    except FileExistsError as error:
        raise BadInput(f"{_shown(folder)} is not a folder", "choose another --topic") from error
    except OSError as error:
        raise StorageFailed(
            f"{_shown(folder)} cannot be made: {error.strerror}", "choose another --output"
        ) from error
    if not inside:
        raise BadInput(f"{_shown(folder)} leads out of the corpus folder", "put a folder there")
    path = folder / file_name(question)
    try:
        write_page(draft_text(question, unsupported), path)
    except FileIsThere as error:
        raise FileIsThere(error.message, "give another --id; no file is replaced") from error
    return path


def read_draft(path: Path, root: Path) -> CorpusEntry:
    """Return the question in the file ``path`` of the corpus folder ``root``, with its lines.

    Raises:
        CorpusInvalid: with every fault of the file.
    """
    text = question_file(path, root).content().decode()
    return parse_question(text, path=str(path), name=path.name, folder=path.parent.name)


def check_folder(root: Path) -> None:
    """Refuse a corpus folder in which no draft can be kept, before a model is asked for one.

    One that is not there yet is made with the first draft, in a folder that is.

    Raises:
        BadInput: if there is no such folder, and none that it could be made in.
        StorageFailed: if it cannot be written to.
    """
    if root.exists() and not root.is_dir():
        raise BadInput(f"{_shown(root)} is not a folder", "choose another --output")
    there = root if root.is_dir() else root.parent
    if not there.is_dir():
        raise BadInput(f"there is no folder {_shown(there)}", "make it first")
    if not os.access(there, os.W_OK | os.X_OK):
        raise StorageFailed(f"{_shown(there)} cannot be written to", "choose another --output")


def ids_in(root: Path) -> frozenset[str]:
    """Return the ids that names of files in the folders of ``root`` begin with."""
    names = (path.name[:6] for path in root.glob(_FILES))
    return frozenset(name for name in names if ID.fullmatch(name))


def questions_in(root: Path) -> tuple[Question, ...]:
    """Return the valid questions in ``root``, which may be any folder with other files too."""
    found: list[Question] = []
    for path in sorted(root.glob(_FILES)):
        with suppress(CorpusInvalid, UnicodeDecodeError):
            found.append(read_draft(path, root).question)
    return tuple(found)


def _point(point: Point) -> dict[str, object]:
    weight = point.weight
    fields: dict[str, object] = {
        "id": point.id,
        "text": point.text,
        "weight": int(weight) if weight == int(weight) else weight,
        "accept": list(point.accept),
        "misconceptions": list(point.misconceptions),
        "follow_up": point.follow_up,
    }
    return {key: value for key, value in fields.items() if value}


def _yaml(value: object) -> str:
    """Return ``value`` in block style, every text on one line, so that none is cut or joined."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31 - 1
    )
    return text


def _shown(path: Path) -> str:
    return one_line(str(path))
