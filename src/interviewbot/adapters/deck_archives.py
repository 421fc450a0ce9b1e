"""Decks as zip files: a corpus folder, packed; and back.

Owns what is taken out of a foreign zip file: question files of the corpus format, by name, never
written as they are named, bounded in number and size. Everything else in it is listed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

from interviewbot.adapters.draft_files import draft_text, file_name
from interviewbot.adapters.question_format import parse_question
from interviewbot.adapters.strict_yaml import MAX_BYTES
from interviewbot.domain.errors import BadInput, CorpusInvalid
from interviewbot.domain.pages.found import Found, FoundQuestion, LeftOut
from interviewbot.domain.question import Question
from interviewbot.domain.text import one_line

MOST_FILES = 5_000
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same deck makes the same bytes


def archive(questions: Sequence[Question]) -> bytes:
    """Return ``questions`` as a zip file of their files, in folders by topic."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for question in sorted(questions, key=lambda one: one.id):
            name = f"{question.topic}/{file_name(question)}"
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, draft_text(question))
    return out.getvalue()


def read_archive(content: bytes, shown: str) -> Found:
    """Return the questions of a packed deck; lines are the numbers of its files.

    Nothing is unpacked onto the disk: a name may lead anywhere, only its last two parts count.
    A link is no question file.

    Raises:
        BadInput: if it is no zip file, or holds too many files.
    """
    questions: list[FoundQuestion] = []
    left_out: list[LeftOut] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = [one for one in packed.infolist() if not one.is_dir()]
            if len(members) > MOST_FILES:
                raise BadInput(f"{shown} holds over {MOST_FILES:,} files", "pack the deck alone")
            for number, member in enumerate(members, start=1):
                found = _member(packed, member, number)
                questions.extend(found.questions)
                left_out.extend(found.left_out)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise BadInput(f"{shown} is not a zip file: {error}", "pack it anew") from error
    return Found(questions=tuple(questions), left_out=tuple(left_out))


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, number: int) -> Found:
    shown = one_line(member.filename)
    read = _question(packed, member, shown)
    if isinstance(read, str):
        return Found(left_out=(LeftOut(line=number, text=shown, why=read),))
    return Found(questions=(FoundQuestion.of(read, number),))


def _question(packed: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str) -> Question | str:
    """Return the question in ``member``, or why there is none."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    regular = (member.external_attr >> 16) & 0o170000 in {0, 0o100000}
    if path.suffix != ".md" or path.name == "README.md" or len(path.parts) < 2 or not regular:
        return "not a question file, TOPIC/ID-a-few-words.md"
    try:
        with packed.open(member) as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            return f"it is over {MAX_BYTES // 1024} KiB"
        name, folder = path.name, path.parent.name
        return parse_question(data.decode(), path=shown, name=name, folder=folder).question
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        return f"it cannot be unpacked: {one_line(str(error))}"
    except UnicodeDecodeError:
        return "it is not UTF-8"
    except CorpusInvalid as error:
        fault = error.faults[0]
        return f"line {fault.line}: {fault.problem}"
