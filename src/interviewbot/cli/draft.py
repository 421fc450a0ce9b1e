"""``interviewbot corpus draft``: a draft question out of a page, by a language model.

Owns the options, what is refused before a model is asked, and the output. Refuses to draft
(``services.drafting``) and to write the format (``adapters.draft_files``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewbot.cli import new_questions, options, output
from interviewbot.cli.diagnostics import say
from interviewbot.cli.number_types import Number
from interviewbot.domain.text import one_line
from interviewbot.wiring import Wiring

if TYPE_CHECKING:
    from interviewbot.domain.corpus import Advice
    from interviewbot.domain.question import Level
    from interviewbot.services.drafting import Draft, Drafting

_TIMEOUT = 180.0  # seconds; a draft is some ten times as long as a judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """The options, checked; empty or None is for the model, or for the program, to choose."""

    root: Path
    question_id: str
    topic: str
    level: Level | None


@click.command()
@click.argument("page", metavar="PAGE|-")
@click.option(
    "--model",
    metavar="PROVIDER:NAME",
    help="The language model, as in openai:gpt-5-mini or ollama:llama3.2.",
)
@click.option("--id", "question_id", metavar="ID", help="As in ML0042; the next free one if not.")
@click.option("--topic", metavar="TOPIC", help="As in machine-learning; the model's if not.")
@click.option("--level", metavar="LEVEL", help="foundation, intermediate or advanced.")
@click.option(
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The corpus folder to write into, made if need be; your first if not, else this one.",
)
@click.option(
    "--timeout",
    type=Number(0.1, options.LONGEST_WAIT),
    default=_TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="Give up after this long.",
)
@options.JSON
@options.wired
def draft(
    page: str,
    model: str | None,
    question_id: str | None,
    topic: str | None,
    level: str | None,
    target: Path | None,
    timeout: float,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    wiring: Wiring,
) -> None:
    """Draft a question from PAGE, a text with one question and its answer.

    A language model writes points, other wordings and misconceptions; the page's own answer
    becomes the model answer. The file is marked as a draft: no interview asks it by itself
    until you have read it and deleted the line 'draft: true'. No file is ever replaced.
    """
    from interviewbot.adapters.answer_files import Kind, read_answer
    from interviewbot.adapters.draft_files import check_folder, write_draft

    chosen = wiring.language_model
    wiring = replace(
        wiring,
        language_model=replace(chosen, name=model or chosen.name, timeout=timeout),
    )
    wiring.language_models.check()
    kind = Kind(
        noun="a question and its answer",
        length="a page holds one question and its answer; cut it down",
        one_file="name one file",
    )
    text = read_answer(page, kind)
    wanted = _Wanted(
        root=new_questions.folder(wiring, target),
        question_id=new_questions.question_id(question_id),
        topic=new_questions.topic(topic),
        level=new_questions.level(level),
    )
    check_folder(wanted.root)
    new_questions.refuse_taken(wanted.question_id, new_questions.taken(wiring, wanted.root))
    models = wiring.language_models
    drafting = _drafting(wiring, page, wanted)
    say(f"asking {models.model.id} for a draft")
    try:
        made = drafting.draft(text, topic=wanted.topic, level=wanted.level)
    finally:
        if models.spending.usage.total:
            say(str(models.spending))
    unsupported = {one.point_id for one in made.unsupported}
    path = write_draft(made.question, unsupported, wanted.root)
    advice = _linted(wiring, path, wanted.root)
    _tell(wiring, made, advice, wanted.root)
    if as_json:
        output.json_document(_document(made, advice, path, models.model.id))
    else:
        output.text(one_line(str(path)))


def _drafting(wiring: Wiring, page: str, wanted: _Wanted) -> Drafting:
    from interviewbot.adapters.draft_files import parse_draft
    from interviewbot.domain.question_names import next_id
    from interviewbot.services.drafting import Drafting, repair_message

    models = wiring.language_models
    asking = replace(models.asking, repair=partial(repair_message, models.prompts))
    known = wiring.corpus.questions

    def new_id(topic: str) -> str:
        return wanted.question_id or next_id(
            topic, (entry.question for entry in known), new_questions.taken(wiring, wanted.root)
        )

    name = "standard input" if page == "-" else one_line(Path(page).name)
    return Drafting(
        ask=asking.ask,
        prompts=models.prompts,
        parse=parse_draft,
        known=known,
        new_id=new_id,
        source=f"the page {name}; points drafted with {one_line(models.model.id)}",
        licence=new_questions.UNKNOWN_LICENCE,
    )


def _linted(wiring: Wiring, path: Path, root: Path) -> list[Advice]:
    """Return what the linter says of the file, as it now is, among all other questions."""
    from interviewbot.adapters.draft_files import read_draft
    from interviewbot.domain.corpus import Corpus
    from interviewbot.services.linting import lint

    entry = read_draft(path, root)
    corpus = Corpus(questions=(*wiring.corpus.questions, entry), digest="")
    return [one for one in lint(corpus) if one.path == entry.path]


def _tell(wiring: Wiring, made: Draft, advice: list[Advice], root: Path) -> None:
    for one in made.unsupported:
        say(f"look at the point {one.point_id}: {one.why}: {one.text}")
    for item in advice:
        say(str(item))
    new_questions.say_how_to_practise(wiring, root, draft=True)


def _document(made: Draft, advice: list[Advice], path: Path, model: str) -> dict[str, output.Json]:
    question = made.question
    return {
        "path": str(path),
        "id": question.id,
        "title": question.title,
        "topic": question.topic,
        "level": question.level or "",
        "points": len(question.points),
        "draft": question.draft,
        "unsupported": [
            {"id": one.point_id, "text": one.text, "why": one.why} for one in made.unsupported
        ],
        "advice": [{"line": one.line, "message": one.message} for one in advice],
        "model": model,
    }
