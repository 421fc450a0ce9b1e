"""What commands that write new questions have in common.

Owns where a question is written to, what its options mean, and which ids are taken. Refuses to
make a question.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewbot.cli.diagnostics import say
from interviewbot.wiring import Wiring

if TYPE_CHECKING:
    from interviewbot.domain.question import Level, Question

UNKNOWN_LICENCE = "unknown; ask whoever wrote the page"


def folder(wiring: Wiring, target: Path | None) -> Path:
    """Return the corpus folder to write into: what was said, the user's first, or this one."""
    from interviewbot.paths import shipped_folder

    shipped = shipped_folder("corpus").resolve()
    own = (root for root in wiring.roots if root.resolve() != shipped)
    return target.expanduser() if target is not None else next(own, Path())


def question_id(name: str | None) -> str:
    """Return the id that --id gives, checked; empty for the next free one."""
    from interviewbot.domain.question_names import ID

    if name is None:
        return ""
    if not ID.fullmatch(name.upper()):
        raise click.UsageError("--id takes two letters and four digits, like ML0042")
    return name.upper()


def topic(name: str | None) -> str:
    """Return the topic that --topic gives, as a name of a folder; empty without one."""
    from interviewbot.domain.draft_replies import LONGEST_NAME
    from interviewbot.domain.question_names import slug

    if name is None:
        return ""
    plain = slug(name, LONGEST_NAME)
    if not plain:
        raise click.UsageError("--topic takes a few words, like machine-learning")
    return plain


def level(name: str | None) -> Level | None:
    """Return the level that --level gives."""
    from interviewbot.domain.choosing import parse_level

    return None if name is None else parse_level(name)


def known(roots: Sequence[Path]) -> tuple[Question, ...]:
    """Return the questions in the corpus folders ``roots``; none where none is there yet.

    Raises:
        CorpusInvalid: with every fault of every file.
    """
    from interviewbot.adapters.corpus_files import read_corpus
    from interviewbot.adapters.corpus_folders import question_files
    from interviewbot.domain.errors import BadInput

    try:
        question_files(roots)
    except BadInput:
        return ()
    return tuple(entry.question for entry in read_corpus(roots).questions)


def taken(wiring: Wiring, root: Path) -> frozenset[str]:
    """Return every id that a question in ``root`` or in the corpus has."""
    from interviewbot.adapters.corpus_files import question_ids
    from interviewbot.adapters.draft_files import ids_in
    from interviewbot.domain.errors import BadInput

    try:
        return ids_in(root) | set(question_ids(wiring.roots))
    except BadInput:  # no question is there yet
        return ids_in(root)


def refuse_taken(wanted: str, taken: Collection[str]) -> None:
    """Refuse the id that was ``wanted`` where it is among those ``taken``.

    Raises:
        FileIsThere: if it is.
    """
    from interviewbot.domain.errors import FileIsThere

    if wanted in taken:
        raise FileIsThere(
            f"the question {wanted} is there already",
            "give another --id, or none to get the next free one",
        )


def say_how_to_practise(wiring: Wiring, root: Path, *, draft: bool) -> None:
    """Say what is left to do with a new question in ``root``, a ``draft`` or not."""
    used = root.resolve() in {known.resolve() for known in wiring.roots}
    steps = ["read it and delete the line 'draft: true'"] if draft else []
    if not used:
        steps.append(f"practise with 'interviewbot interview --corpus {shlex.quote(str(root))}'")
    if steps:
        say(f"next: {', then '.join(steps)}")
