"""``interviewbot corpus import``: questions that people have, as drafts in the corpus format.

Owns the options and the output. Refuses to read a format (``adapters.import_files``) and to
decide what a question is called (``services.importing``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewbot.cli import new_questions, options, output
from interviewbot.cli.diagnostics import say
from interviewbot.domain.text import counted, one_line
from interviewbot.wiring import Wiring

if TYPE_CHECKING:
    from interviewbot.domain.pages.found import LeftOut
    from interviewbot.services.importing import Plan, Planned

_FORMATS = ("text", "markdown", "csv", "tsv", "json", "html", "apkg", "zip")


@click.command("import")
@click.argument("file", metavar="FILE|-")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), help="What FILE is; by its name if not."
)
@click.option("--topic", metavar="TOPIC", help="For all of them, as in machine-learning.")
@click.option("--level", metavar="LEVEL", help="Where none is given; intermediate if not.")
@click.option(
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The corpus folder to write into, made if need be; your first if not, else this one.",
)
@options.JSON
@options.wired
def import_(
    file: str,
    dry_run: bool,  # noqa: FBT001 - click passes options by name
    format_: str | None,
    topic: str | None,
    level: str | None,
    target: Path | None,
    as_json: bool,  # noqa: FBT001 - likewise
    wiring: Wiring,
) -> None:
    """Turn the questions of FILE into draft questions.

    FILE is a page of questions and answers (text or Markdown), a table (CSV, TSV), JSON, an
    Anki package, a zipped deck, or what 'corpus export' wrote. Every point becomes a draft point;
    what was not understood is listed with its line. Drafts are asked in no interview until you
    have read them and deleted the line 'draft: true'. No file is ever replaced.
    """
    from interviewbot.adapters.draft_files import (
        check_folder,
        parse_draft,
        questions_in,
        write_draft,
    )
    from interviewbot.adapters.import_files import Format, read_file
    from interviewbot.domain.question import Level
    from interviewbot.services.importing import Importing

    root = new_questions.folder(wiring, target)
    if not dry_run:
        check_folder(root)
    found = read_file(file, Format(format_) if format_ else None)
    name = "standard input" if file == "-" else one_line(Path(file).name)
    in_use = root.resolve() in {one.resolve() for one in wiring.roots}
    there = new_questions.known(wiring.roots) if in_use else questions_in(root)
    taken = new_questions.taken(wiring, root)
    importing = Importing(
        parse=parse_draft,
        known=new_questions.known(wiring.roots),
        taken=taken,
        there=there,
        source=f"imported from {name}",
        licence=new_questions.UNKNOWN_LICENCE,
        topic=new_questions.topic(topic),
        level=new_questions.level(level) or Level.INTERMEDIATE,
    )
    plan = importing.plan(found)
    paths = [] if dry_run else [write_draft(one.question, (), root) for one in plan.questions]
    if as_json:
        output.json_document(_document(plan, paths))
    else:
        _show(plan, paths)
    _tell(plan)
    also = sorted({one.question.id for one in plan.questions} & taken)
    if also:
        say(f"in the corpus in use too, so practise with this folder alone: {', '.join(also)}")
    elif paths:
        new_questions.say_how_to_practise(
            wiring, root, draft=any(one.question.draft for one in plan.questions)
        )


def _show(plan: Plan, paths: list[Path]) -> None:
    from interviewbot.adapters.formulas import readable

    if paths:
        for path in paths:
            output.text(one_line(str(path)))
        return
    for planned in plan.questions:
        question = planned.question
        output.text(click.style(f"{_id(planned)}  {one_line(question.title)}", bold=True))
        output.text("\n".join(output.wrapped(readable(question.prompt), "  ")))
        for point in question.points:
            output.text("\n".join(output.wrapped(readable(point.text), "    ", first="  - ")))


def _id(planned: Planned) -> str:
    """Return the id that the source gives the question, else the one that it gets."""
    return planned.found.id or planned.question.id


def _tell(plan: Plan) -> None:
    for planned in plan.questions:
        if planned.renamed:
            say(f"{one_line(planned.found.id)} becomes {planned.question.id}: that id is taken")
    for piece in plan.furniture:
        say(f"line {piece.line}: dropped, page furniture: {_shortened(piece.text)}")
    for piece in plan.left_out:
        say(f"line {piece.line}: left out: {_shortened(piece.text)} ({piece.why})")
    points = sum(len(one.question.points) for one in plan.questions)
    count = len(plan.questions)
    say(
        f"{counted(count, 'question')} with {counted(points, 'point')};"
        f" {counted(len(plan.left_out), 'piece')} left out"
    )


def _shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 100 else line[:99] + "…"


def _document(plan: Plan, paths: list[Path]) -> dict[str, output.Json]:
    questions: list[output.Json] = [
        {
            "id": _id(planned),
            "new_id": planned.question.id,
            "title": planned.question.title,
            "prompt": planned.question.prompt,
            "points": [{"id": one.id, "text": one.text} for one in planned.question.points],
            "model_answer": planned.question.model_answer,
            "topic": planned.question.topic,
            "level": str(planned.question.level or ""),
            "draft": planned.question.draft,
            "path": None if not paths else str(path),
        }
        for planned, path in zip(
            plan.questions, paths or [Path()] * len(plan.questions), strict=True
        )
    ]
    return {
        "questions": questions,
        "unparsed": [_piece(one) for one in plan.left_out],
        "furniture": [_piece(one) for one in plan.furniture],
    }


def _piece(piece: LeftOut) -> dict[str, output.Json]:
    return {"line": piece.line, "text": piece.text, "why": piece.why}
