"""``interviewbot corpus``: what there is to practise, and whether it is sound.

Owns the subcommands and their output. Refuses to read a file itself.
"""

from __future__ import annotations

import click

from interviewbot.cli import options, output
from interviewbot.cli.draft import draft
from interviewbot.cli.export_questions import export
from interviewbot.cli.import_questions import import_
from interviewbot.cli.lint import lint
from interviewbot.cli.new_question import new
from interviewbot.cli.number_types import WholeNumber
from interviewbot.cli.try_question import try_
from interviewbot.domain.question import Question
from interviewbot.domain.text import one_line
from interviewbot.wiring import Wiring


@click.group()
def corpus() -> None:
    """The questions: list, show, search, check, write, import and export them."""


corpus.add_command(draft)
corpus.add_command(export)
corpus.add_command(import_)
corpus.add_command(lint)
corpus.add_command(new)
corpus.add_command(try_)


@corpus.command("list")
@click.option("--topic", metavar="TOPIC", help="Only this topic.")
@click.option("--level", metavar="LEVEL", help="Only this level.")
@options.JSON
@options.wired
def list_(
    topic: str | None,
    level: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    wiring: Wiring,
) -> None:
    """List the questions."""
    chosen = [
        entry.question
        for entry in wiring.corpus.questions
        if topic in {None, entry.question.topic} and level in {None, entry.question.level}
    ]
    if as_json:
        output.json_document({"questions": [_summary(question) for question in chosen]})
        return
    output.table(
        [(q.id, q.level or "", q.topic, str(len(q.points)), _title(q)) for q in chosen],
        ("id", "level", "topic", "points", "title"),
        shorten=4,
    )


@corpus.command()
@click.argument("question_id", metavar="ID")
@click.option("--prompt", "prompt_only", is_flag=True, help="Only the question itself.")
@options.JSON
@options.wired
def show(
    question_id: str,
    prompt_only: bool,  # noqa: FBT001 - likewise
    as_json: bool,  # noqa: FBT001 - likewise
    wiring: Wiring,
) -> None:
    """Show one question with its points and its model answer."""
    from interviewbot.adapters.formulas import readable
    from interviewbot.adapters.question_documents import document

    question = wiring.question(question_id)
    if as_json:
        output.json_document({**_summary(question), **document(question)})
    elif prompt_only:
        output.text("\n".join(output.paragraphs(readable(question.prompt))).rstrip("\n"))
    else:
        output.text("\n".join(_page(question)))


@corpus.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "-n", "count", type=WholeNumber(1, 100), default=5, show_default=True, help="How many."
)
@options.JSON
@options.wired
def search(
    query: tuple[str, ...],
    count: int,
    as_json: bool,  # noqa: FBT001 - likewise
    wiring: Wiring,
) -> None:
    """Find questions by meaning."""
    from interviewbot.services.searching import search as find

    words = " ".join(query).strip()
    if not words:
        raise click.UsageError("say what to search for")
    hits = find(wiring.indexing, wiring.embeddings([words]), words, count)
    if as_json:
        output.json_document(
            {
                "query": words,
                "questions": [
                    {
                        "id": hit.question_id,
                        "title": hit.title,
                        "cosine": round(hit.cosine, 4),
                        "point": hit.point_id or None,
                        "text": hit.text,
                    }
                    for hit in hits
                ],
            }
        )
        return
    for hit in hits:
        output.text(f"{hit.question_id}  {hit.cosine:.2f}  {one_line(hit.title)}")
        output.text("\n".join(output.wrapped(hit.text, "              ")))


@corpus.command()
@click.option("--rebuild", is_flag=True, help="Start anew instead of updating.")
@options.JSON
@options.wired
def index(
    rebuild: bool,  # noqa: FBT001 - likewise
    as_json: bool,  # noqa: FBT001 - likewise
    wiring: Wiring,
) -> None:
    """Bring the vector index up to date with the question files."""
    questions = len(wiring.corpus.questions)
    report = wiring.indexing.refresh(anew=rebuild)
    if as_json:
        output.json_document(
            {
                "questions": questions,
                "fresh": report is None,
                "embedded": report.embedded if report else 0,
                "added": report.added if report else 0,
                "removed": report.removed if report else 0,
            }
        )
    elif report is None:
        output.text(f"{questions} questions: the index is up to date, nothing embedded")
    else:
        output.text(
            f"{questions} questions, {report.rows} texts: {report.embedded} embedded,"
            f" {report.added} added, {report.removed} removed"
        )


def _summary(question: Question) -> dict[str, output.Json]:
    return {
        "id": question.id,
        "title": question.title,
        "topic": question.topic,
        "level": question.level or "",
        "points": len(question.points),
        **({"draft": True} if question.draft else {}),
    }


def _title(question: Question) -> str:
    """Return the title; of a draft, which no interview asks by itself, with a word that says so."""
    return f"(draft) {question.title}" if question.draft else question.title


def _page(question: Question) -> list[str]:
    from interviewbot.adapters.formulas import readable

    lines = [click.style(f"{question.id}  {one_line(question.title)}", bold=True)]
    lines.append(f"{question.topic}, {question.level}")
    lines += ["", *output.paragraphs(readable(question.prompt))]
    for point in question.points:
        mark = f"  {point.weight:g} × " if output.can_draw() else f"  {point.weight:g} x "
        lines += output.wrapped(readable(point.text), "      ", first=mark)
    lines += ["", click.style("A model answer", bold=True)]
    lines += output.paragraphs(readable(question.model_answer))
    lines.append(click.style(f"source: {one_line(question.source)}", dim=True))
    return lines
