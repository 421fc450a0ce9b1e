"""``interviewbot corpus export``: questions for Anki, spreadsheets, programs, paper, others.

Owns the options. Refuses to write a format (the adapters do, one each).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from interviewbot.cli import options, output
from interviewbot.cli.diagnostics import say
from interviewbot.domain.errors import BadInput
from interviewbot.domain.question import Question
from interviewbot.domain.text import counted, one_line
from interviewbot.wiring import Wiring

_FORMATS = ("apkg", "csv", "json", "html", "zip")
_BINARY = frozenset({"apkg", "zip"})


@click.command("export")
@click.argument("question_ids", nargs=-1, metavar="[ID]...")
@click.option("--topic", metavar="TOPIC", help="Only this topic.")
@click.option("--level", metavar="LEVEL", help="Only this level.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="By the name if not.")
@click.option(
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to; standard output if not.",
)
@click.option("--overwrite", is_flag=True, help="Replace FILE.")
@click.option("--title", default="interviewbot", show_default=True, help="Of the deck or page.")
@options.wired
def export(
    question_ids: tuple[str, ...],
    topic: str | None,
    level: str | None,
    format_: str | None,
    target: Path | None,
    overwrite: bool,  # noqa: FBT001 - click passes options by name
    title: str,
    wiring: Wiring,
) -> None:
    """Write questions as an Anki package, CSV, JSON, a page to print, or a zipped deck.

    'corpus import' of the file brings back the same questions.
    """
    from interviewbot.adapters.report_files import write_file

    chosen = format_ or (target.suffix.lower().lstrip(".") if target else "")
    if chosen not in _FORMATS:
        raise click.UsageError(f"say --format: one of {', '.join(_FORMATS)}")
    questions = _questions(wiring, question_ids, topic, level)
    content = _content(questions, chosen, title)
    if target is not None:
        write_file(content, target, overwrite=overwrite)
        say(f"{counted(len(questions), 'question')} written to {one_line(str(target))}")
        return
    if chosen in _BINARY and sys.stdout.isatty():
        raise click.UsageError(f"a terminal cannot show {chosen}; say --output FILE")
    output.raw(content)


def _questions(
    wiring: Wiring, ids: Sequence[str], topic: str | None, level: str | None
) -> list[Question]:
    named = [wiring.question(one) for one in dict.fromkeys(ids)]
    every = named or [entry.question for entry in wiring.corpus.questions]
    chosen = [one for one in every if topic in {None, one.topic} and level in {None, one.level}]
    if not chosen:
        raise BadInput("there is no such question", "see 'interviewbot corpus list'")
    return chosen


def _content(questions: Sequence[Question], format_: str, title: str) -> bytes:
    match format_:
        case "apkg":
            from interviewbot.adapters.anki_packages import package

            return package(questions, title)
        case "zip":
            from interviewbot.adapters.deck_archives import archive

            return archive(questions)
        case "csv":
            from interviewbot.adapters.question_tables import table

            return table(questions).encode()
        case "html":
            from interviewbot.adapters.deck_pages import deck_page

            return deck_page(questions, title).encode()
    from interviewbot.adapters.question_documents import documents

    return (json.dumps(documents(questions), ensure_ascii=False, indent=2) + "\n").encode()
